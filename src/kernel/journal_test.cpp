// What the journal tells, how long it tells of reads, and that nothing else can be made to end with them.
#include "kernel/journal.hpp"

#include "base/bytes.hpp"
#include "kernel/data.hpp"
#include "kernel/kernel_test.hpp"

namespace wa {
namespace {

using testing::KernelWorld;

class Journal : public ::testing::Test {
  protected:
    void SetUp() override {
        clerk_ = account("erika", "clerk");
        auditor_ = account("karin", "auditor");
        case_ = text_of(
            world_.must("case.open", {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Umzug"}},
                        clerk_),
            "case_id");
    }
    Actor account(const std::string& login, const std::string& role) {
        const auto made = world_.must(
            "user.create", {{"login", login}, {"name", login}, {"roles", json::array{role}}}, system_actor());
        return actor_of(*world_.row("user_account", text_of(made, "user_id")));
    }
    /// Its number in the chain.
    std::int64_t read(const std::string& day) {
        world_.at = *parse_timestamp(day + "T09:00:00Z");
        EXPECT_TRUE(world_.ask("case.get", {{"case_id", case_}}, clerk_));
        return journal_head(world_.tx()).seq;
    }
    std::int64_t end_reads(const std::string& day) {
        world_.at = *parse_timestamp(day + "T09:00:00Z");
        return integer_of(world_.must("journal.end_reads", {}, system_actor()), "count");
    }
    Row entry(std::int64_t seq) {
        return world_.tx().query(sql::kernel::journal_page, {{"from", seq}, {"until", seq}}).front();
    }
    void execute(const std::string& sql) { world_.tx().execute({"test", sql}); }
    std::string faults(Timestamp now = {std::numeric_limits<std::int64_t>::max()}) {
        std::string all;
        for (const auto& fault :
             verify_journal(world_.tx(), world_.scope().digest_key, {}, nullptr, now).faults)
            all += fault.what + " " + fault.id + "; ";
        return all;
    }
    /// What who has the store open can do past the program: with every command as if it were old.
    std::int64_t erase_past_the_program(Timestamp before) {
        constexpr const char* turned = "UPDATE journal SET latest_ms = -latest_ms";
        execute(turned);
        const auto count = end_entries(world_.tx(), before, 1).count;
        execute(turned);
        return count;
    }
    json::array entries(json::object params) {
        const auto answer = world_.ask("journal.list", std::move(params), auditor_);
        return answer ? array_of(*answer, "entries") : json::array{};
    }

    KernelWorld world_;
    Actor clerk_, auditor_;
    std::string case_;
};

TEST_F(Journal, TellsTheRolesByWhichSomebodyActed) {
    const auto seq = read("2026-11-05");
    world_.must("user.set_roles", {{"user_id", clerk_.user_id}, {"roles", json::array{"clerk", "reception"}}},
                system_actor());
    clerk_ = actor_of(*world_.row("user_account", clerk_.user_id));
    EXPECT_EQ(entry(seq).text("roles"), "clerk");
    EXPECT_EQ(entry(read("2026-11-06")).text("roles"), "clerk,reception");
    EXPECT_EQ(entry(1).text("roles"), "system");
    EXPECT_FALSE(world_.ask("journal.list", {}, clerk_));
    EXPECT_EQ(entry(journal_head(world_.tx()).seq).text("roles"), "clerk,reception");  // the refusal
    EXPECT_EQ(text_of(entries({{"limit", 3}})[1].as_object(), "roles"), "clerk,reception");
    EXPECT_EQ(faults(), "");
    execute("UPDATE journal SET roles = 'team_lead' WHERE seq = " + std::to_string(seq));
    EXPECT_EQ(faults(), "chain_broken " + std::to_string(seq) + "; ");
}

TEST_F(Journal, ReadsEndWithTheYearThatFollowsAndTheChainStands) {
    const auto old = read("2026-12-31"), young = read("2027-01-01");
    const auto opened = entry(old - 1);
    EXPECT_EQ(end_reads("2027-12-31"), 0);
    EXPECT_EQ(end_reads("2028-01-01"), 1);
    const auto row = entry(old);
    for (const auto* column :
         {"name", "command_id", "actor", "roles", "device", "place", "reason", "outcome"})
        EXPECT_EQ(row.text(column), "") << column;
    EXPECT_EQ(row.text("kind"), "read");
    EXPECT_TRUE(world_.tx()
                    .query({"test", "SELECT * FROM journal_subject WHERE seq = $seq"}, {{"seq", old}})
                    .empty());
    EXPECT_EQ(entry(young).text("actor"), clerk_.user_id);
    EXPECT_EQ(entry(old - 1).text("name"), opened.text("name"));  // a command stays
    const auto named =
        world_.tx().query({"test", "SELECT subject_id FROM journal_subject WHERE subject_type = 'journal'"});
    ASSERT_EQ(named.size(), 1u);
    EXPECT_EQ(named.front().text("subject_id"), std::to_string(old) + "-" + std::to_string(old));
    EXPECT_EQ(faults(world_.at), "");
    EXPECT_EQ(end_reads("2028-01-02"), 0);
    const auto shown = entries({{"before", old + 1}, {"limit", 1}});
    EXPECT_EQ(integer_of(shown[0].as_object(), "erased"), 1);
}

TEST_F(Journal, SignInsAndRefusalsEndToo) {
    world_.at = *parse_timestamp("2026-12-01T09:00:00Z");
    EXPECT_FALSE(world_.ask("journal.list", {}, clerk_));
    const auto seq = journal_head(world_.tx()).seq;
    EXPECT_EQ(entry(seq).text("kind"), "access");
    EXPECT_EQ(end_reads("2028-01-01"), 1);
    EXPECT_EQ(entry(seq).text("actor"), "");
    EXPECT_EQ(faults(), "");
}

TEST_F(Journal, ALegalHoldKeepsWhoHasRead) {
    read("2026-12-01");
    world_.must("test.put_task", {{"case_id", case_}, {"subject", "x"}}, clerk_);
    execute("UPDATE task SET kind = 'legal_hold'");
    EXPECT_EQ(end_reads("2028-01-01"), 0);
    execute("UPDATE task SET state = 'done'");
    EXPECT_EQ(end_reads("2028-01-02"), 1);
    EXPECT_EQ(faults(), "");
}

/// Who has the store open can make any entry say nothing; the chain tells what it was and when.
TEST_F(Journal, NeitherACommandNorAYoungReadPassesForAnOldRead) {
    const auto first = read("2026-11-30");
    world_.must("test.put_task", {{"case_id", case_}}, clerk_);
    const auto command = first + 1, young = read("2027-12-01");
    const auto last = read("2026-12-02");  // from a Koffer that came late
    ASSERT_EQ((std::pair{command + 1, young + 1}), (std::pair{young, last}));
    ASSERT_EQ(end_reads("2028-01-01"),
              2);  // the numbers it names have the command and the young one among them
    ASSERT_EQ(faults(), "");
    const auto said = [](std::int64_t seq) { return "erased_wrongly " + std::to_string(seq) + "; "; };
    const auto broken = [](std::int64_t seq) { return "chain_broken " + std::to_string(seq) + "; "; };
    const auto with = [&](std::int64_t seq, const std::string& change, const std::string& fault) {
        world_.tx().savepoint();
        const auto before = entry(seq);
        if (before.is_null("content")) {
            // With the right digest: of a command, too, it can be computed.
            const auto at = before.integer("at_ms");
            const auto kind = before.text("kind");
            execute("UPDATE journal SET kind = 'read', at_ms = 1 WHERE seq = " + std::to_string(seq));
            execute("DELETE FROM journal_row WHERE seq = " + std::to_string(seq));
            ASSERT_EQ(erase_past_the_program({2}), 1);
            execute("UPDATE journal SET kind = '" + kind + "', at_ms = " + std::to_string(at) +
                    " WHERE seq = " + std::to_string(seq));
        }
        if (!change.empty()) execute("UPDATE journal SET " + change + " WHERE seq = " + std::to_string(seq));
        EXPECT_EQ(faults(), fault) << change;
        world_.tx().rollback_to_savepoint();
    };
    with(command, "", said(command));
    with(command, "kind = 'read'", broken(command));
    with(young, "", said(young));
    with(young, "at_ms = at_ms - 31536000000", broken(young));
    with(last, "name = 'person.get', actor = 'X'", broken(last));
    with(last, "content = x'00'", broken(last));
    execute("UPDATE journal_subject SET subject_id = '1-1' WHERE subject_type = 'journal'");
    EXPECT_NE(faults().find(said(last)), std::string::npos);  // and nobody says to have erased it
}

TEST_F(Journal, AClockThatWasWrongIsToldOf) {
    read("2026-12-01");
    read("2027-06-01");
    world_.must("test.put_task", {{"case_id", case_}}, clerk_);
    const auto backward = read("2025-06-01");  // hides nothing, though it calls itself old
    const auto said = "erased_wrongly " + std::to_string(backward) + "; ";
    EXPECT_EQ(end_reads("2027-06-02"), 0);
    world_.tx().savepoint();
    EXPECT_EQ(erase_past_the_program(*parse_timestamp("2026-01-01T00:00:00Z")), 1);
    JournalEntry erasure;
    erasure.at = world_.at;
    erasure.kind = "command";
    erasure.name = "journal.end_reads";
    erasure.device = "hub";
    erasure.outcome = "done";
    erasure.subjects = {
        {std::string(journal_range), std::to_string(backward) + "-" + std::to_string(backward)}};
    append_journal(world_.tx(), std::move(erasure));
    EXPECT_EQ(faults(), said);
    world_.tx().rollback_to_savepoint();
    EXPECT_EQ(end_reads("2031-01-01"), 3);  // a clock years ahead
    const auto ahead = journal_head(world_.tx()).seq;
    EXPECT_EQ(faults(*parse_timestamp("2027-06-03T09:00:00Z")),
              "erased_wrongly " + std::to_string(ahead) + "; ");
}

/// A Koffer that is found again after years brings reads home that are older than any rule: erased at once
/// they would pass for forged, and no backup of the store could be put back any more.
TEST_F(Journal, AReadThatComesHomeYearsLaterEndsWhenThatCanBeProved) {
    read("2026-12-01");
    read("2028-02-01");
    world_.must("test.put_task", {{"case_id", case_}}, clerk_);
    const auto late = read("2026-12-02");
    EXPECT_EQ(end_reads("2028-02-02"), 1);
    EXPECT_EQ(faults(), "");
    EXPECT_FALSE(entry(late).text("actor").empty());
    EXPECT_EQ(end_reads("2029-01-01"), 1);
    EXPECT_EQ(faults(), "");
    EXPECT_TRUE(entry(late).text("actor").empty());
}

/// The hub's own clock may have been set back, and on: what was done under the later time counts also for
/// what is numbered behind it, though many commands since call themselves older.
TEST_F(Journal, ACommandOfALaterTimeCountsAlsoWhenTheClockWasSetBack) {
    const auto command = [&](const char* day) {
        world_.at = *parse_timestamp(std::string(day) + "T10:00:00Z");
        world_.must("test.put_task", {{"case_id", case_}}, clerk_);
    };
    read("2026-12-01");
    command("2028-02-01");
    for (int i = 0; i < 9; ++i) command("2026-12-02");
    const auto behind = read("2026-12-03");
    EXPECT_EQ(end_reads("2028-02-02"), 1);
    EXPECT_EQ(faults(), "");
    EXPECT_FALSE(entry(behind).text("actor").empty());
    EXPECT_EQ(end_reads("2029-01-01"), 1);
    EXPECT_EQ(faults(), "");
}

/// However many of those there are before the others.
TEST_F(Journal, LateReadsHoldUpNoOthers) {
    read("2026-12-02");
    read("2028-02-01");
    world_.must("test.put_task", {{"case_id", case_}}, clerk_);
    for (int i = 0; i < 3; ++i) read("2026-12-01");
    EXPECT_EQ(end_entries(world_.tx(), *parse_timestamp("2026-12-31T23:00:00Z"), 1).count, 1);
}

/// As entries were linked before they told roles.
TEST_F(Journal, EntriesFromBeforeStillProveAndStay) {
    const auto head = journal_head(world_.tx());
    ByteWriter out;
    out.raw(head.hash);
    out.varint(std::uint64_t(head.seq + 1));
    out.varint(1'600'000'000'000);
    for (const auto* text : {"read", "case.get", "", "U", "hub", "counter", "Anruf", "done"}) out.text(text);
    out.raw(Hash{});
    out.raw(sha256(""));
    out.text("case");
    out.text(case_);
    world_.tx().execute(
        {"test",
         "INSERT INTO journal (seq, at_ms, kind, name, command_id, actor, device, place, reason, outcome, "
         "payload_digest, rows_digest, hash) VALUES ($seq, 1600000000000, 'read', 'case.get', '', 'U', "
         "'hub', "
         "'counter', 'Anruf', 'done', $payload, $rows, $hash)"},
        {{"seq", head.seq + 1},
         {"payload", to_bytes(Hash{})},
         {"rows", to_bytes(sha256(""))},
         {"hash", to_bytes(sha256(out.written()))}});
    execute("INSERT INTO journal_subject (seq, subject_type, subject_id) VALUES (" +
            std::to_string(head.seq + 1) + ", 'case', '" + case_ + "')");
    read("2026-12-01");
    EXPECT_EQ(faults(), "");
    EXPECT_EQ(end_reads("2028-01-01"), 1);
    EXPECT_EQ(entry(head.seq + 1).text("reason"), "Anruf");
    EXPECT_EQ(faults(), "");
}

TEST_F(Journal, DrawsReadsAtRandom) {
    for (int i = 0; i < 30; ++i) read("2026-11-05");
    const auto early = read("2026-10-01");
    world_.at = *parse_timestamp("2026-11-06T09:00:00Z");
    std::set<std::int64_t> drawn;
    for (const auto& one : entries({{"sample", 5}, {"from", "2026-11-01T00:00:00Z"}})) {
        EXPECT_EQ(text_of(one.as_object(), "kind"), "read");
        EXPECT_EQ(text_of(one.as_object(), "name"), "case.get");  // not the auditor's own
        drawn.insert(integer_of(one.as_object(), "seq"));
    }
    EXPECT_EQ(drawn.size(), 5u);
    EXPECT_FALSE(drawn.contains(early));
    EXPECT_EQ(entries({{"sample", 100}}).size(), 31u);
    EXPECT_EQ(entries({{"sample", 100}, {"actor", auditor_.user_id}}).size(), 0u);
}

TEST_F(Journal, WhoHasReadIsAskedAndAnswersAlone) {
    const auto seq = read("2026-11-05");
    const json::object question{{"seq", seq}};
    EXPECT_EQ(world_.refusal("journal.ask_reason", question, clerk_), "permission_denied");
    const auto task = text_of(world_.must("journal.ask_reason", question, auditor_), "task_id");
    EXPECT_EQ(text_of(world_.must("journal.ask_reason", question, auditor_), "task_id"), task);  // once
    EXPECT_EQ(world_.refusal("journal.ask_reason", {{"seq", seq - 1}}, auditor_), "not_found");  // no read

    const auto other = account("otto", "clerk");
    const auto lead = account("lotte", "team_lead");
    const auto seen = [&](const Actor& who) {
        return array_of(*world_.ask("task.list", {{"kind", "read_reason"}}, who), "tasks").size();
    };
    EXPECT_EQ(seen(clerk_), 1u);
    EXPECT_EQ(seen(other), 0u);
    EXPECT_EQ(seen(lead), 0u);
    const json::object answer{{"task_id", task}, {"result", "Vorsprache am Schalter"}};
    EXPECT_EQ(world_.refusal("task.close", answer, other), "task_not_found");
    EXPECT_EQ(world_.refusal("task.close", answer, lead), "task_not_found");
    world_.must("task.close", answer, clerk_);

    const auto asked = entries({{"asked", true}});
    ASSERT_EQ(asked.size(), 1u);
    EXPECT_EQ(integer_of(asked[0].as_object(), "seq"), seq);
    EXPECT_EQ(text_of(object_of(asked[0].as_object(), "question"), "answer"), "Vorsprache am Schalter");
    EXPECT_EQ(text_of(object_of(entries({{"before", seq + 1}})[0].as_object(), "question"), "state"), "done");
}

TEST_F(Journal, WhoHasLeftIsNotAsked) {
    const auto seq = read("2026-11-05");
    execute("UPDATE user_account SET state = 'left' WHERE id = '" + clerk_.user_id + "'");
    EXPECT_EQ(world_.refusal("journal.ask_reason", {{"seq", seq}}, auditor_), "journal_not_askable");
}

}  // namespace
}  // namespace wa

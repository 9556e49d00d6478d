#include "kernel/arrivals.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/arrivals_testing.hpp"
#include "kernel/documents.hpp"

namespace wa {
namespace {

using namespace wa::testing;

std::unique_ptr<Store> new_store() {
    SqliteOptions options;
    options.path = ":memory:";
    auto opened = open_sqlite_store(std::move(options));
    opened->migrate(data::kernel::schema_sqlite());
    return opened;
}

struct Arrivals : ::testing::Test {
    Registry registry;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Store> node_store = new_store(), hub_store = new_store();
    std::unique_ptr<Transaction> node = node_store->begin_write(), hub = hub_store->begin_write();
    TenantScope node_scope = test_scope(Side::node), hub_scope = test_scope(Side::hub);
    SignKeys device = SignKeys::from_seed(seed_of("device")), clerk = SignKeys::from_seed(seed_of("clerk"));
    KnownDevice known{"K1", "Koffer 1", device.public_key, false};
    KnownClerk known_clerk{clerk.public_key, test_clerk()};
    bool on_tour = true;
    ClerkLookup clerks = [this](Transaction&, const std::string&, const std::string& tour,
                                const std::string& user) -> std::optional<KnownClerk> {
        if (!on_tour || tour != "T1" || user != "clerk-1") return std::nullopt;
        return known_clerk;
    };
    std::int64_t now = 1'788'000'000'000;
    int counter = 0;

    void SetUp() override {
        install_test_commands(registry);
        engine = std::make_unique<Engine>(registry);
        for (auto* tx : {node.get(), hub.get()}) lease_block(*tx, "K1", node_scope.digest_key, now);
    }

    CommandRequest request(const std::string& name, json::object payload) {
        const auto random = sha256(std::to_string(++counter));
        CommandRequest r;
        r.id = make_id(now, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
        r.name = name;
        r.payload = std::move(payload);
        r.actor = test_clerk();
        r.origin = {"koffer", "K1", "Koffer 1", "T1"};
        r.at = Timestamp{now++};
        return r;
    }
    /// Does it on the node and queues it; the command's id.
    std::string work(const std::string& name, json::object payload) {
        const auto r = request(name, std::move(payload));
        const auto result = engine->run(*node, node_scope, r);
        EXPECT_NE(result.outcome, Outcome::refused) << result.problem.code;
        EXPECT_TRUE(enqueue(*node, registry, r, result, device, clerk));
        return r.id;
    }
    std::vector<QueuedEnvelope> queued(std::int64_t after = 0) {
        return queued_envelopes(*node, after, 1 << 20, 100);
    }
    Arrival arrive(const Bytes& bytes) {
        return accept_envelope(*hub, *engine, hub_scope, known, clerks, bytes, Timestamp{now});
    }
    std::vector<Arrival> sync() {
        std::vector<Arrival> out;
        for (const auto& one : queued()) {
            out.push_back(arrive(one.bytes));
            record_answer(*node, out.back().answer);
        }
        return out;
    }
    void at_hub(const std::string& name, json::object payload) {
        auto r = request(name, std::move(payload));
        r.origin = {"counter", "hub", "Zentrale", ""};
        EXPECT_EQ(engine->run(*hub, hub_scope, r).outcome, Outcome::done);
    }
    std::string title(Transaction& tx, const std::string& id) {
        return read_row(tx, "case_file", id)->text("title");
    }
    bool journals_whole() {
        return verify_journal(*hub, hub_scope.digest_key, registry.journalled_tables()).faults.empty() &&
               verify_journal(*node, hub_scope.digest_key, registry.journalled_tables()).faults.empty();
    }
};

TEST_F(Arrivals, TheQueueCountsCasesNotWhateverElseWaits) {
    const auto first = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", first}, {"text", "a"}});
    work("t.open", {{"title", "zwei"}});
    // A list of reads, say: of no case, a stream of its own.
    node->execute(sql::kernel::add_outgoing, {{"device_seq", std::int64_t(4)},
                                              {"command_id", std::string("R")},
                                              {"stream", std::string("no case")},
                                              {"name", std::string("t.reads")},
                                              {"envelope", Bytes{1}},
                                              {"hash", Bytes{1}},
                                              {"at_ms", std::int64_t(1)}});
    const auto counts = queue_counts(*node);
    EXPECT_EQ(counts.cases, 2);
    EXPECT_EQ(counts.commands, 4);
    EXPECT_FALSE(counts.empty());
}

TEST_F(Arrivals, WorkArrivesAndIsTheSame) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    EXPECT_EQ(stream_state(*node, id).certainty, Certainty::here);
    EXPECT_EQ(queue_counts(*node).cases, 1);  // two commands of one case
    for (const auto& arrival : sync()) {
        EXPECT_EQ(arrival.kind, ArrivalKind::accepted);
        EXPECT_EQ(arrival.answer.outcome, Outcome::done) << arrival.answer.problem.code;
    }
    EXPECT_EQ(row_to_json(*read_row(*hub, "case_file", id)), row_to_json(*read_row(*node, "case_file", id)));
    EXPECT_EQ(stream_state(*node, id).certainty, Certainty::hub);
    EXPECT_TRUE(queue_counts(*node).empty());
    EXPECT_EQ(last_answered(*node), 2);
    at_hub("t.decide", {{"case_id", id}});
    EXPECT_EQ(stored_answer(*hub, "K1", "T1", 2)->certainty, Certainty::final_);
    EXPECT_TRUE(journals_whole());
}

TEST_F(Arrivals, LocalAndRefusedCommandsStayAtHome) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.draft", {{"case_id", id}});
    auto other = request("t.note", {{"case_id", request("t.open", {}).id}, {"text", "a"}});
    const auto refused = engine->run(*node, node_scope, other);
    EXPECT_EQ(refused.outcome, Outcome::refused);
    EXPECT_EQ(enqueue(*node, registry, other, refused, device, clerk).value(), 0);
    EXPECT_EQ(queued().size(), 1u);
}

TEST_F(Arrivals, DocumentsNamedByWorkAreQueued) {
    const auto id = work("t.open", {{"title", "eins"}});
    const Bytes scan(60'000, 7);
    const auto hash = put_document(*node, scan).value();
    work("t.attach", {{"case_id", id}, {"hash", hash}, {"size", 60'000}});
    ASSERT_EQ(pending_documents(*node, 10).size(), 1u);
    EXPECT_EQ(queue_counts(*node).chunks, 2);
    EXPECT_EQ(is_document_at_hub(*node, hash), false);
    document_at_hub(*node, hash);
    EXPECT_EQ(is_document_at_hub(*node, hash), true);
    EXPECT_TRUE(pending_documents(*node, 10).empty());
}

TEST_F(Arrivals, TwiceSentOnceDone) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    const auto all = queued();
    for (const auto& one : all) arrive(one.bytes);
    const auto again = arrive(all[1].bytes);
    EXPECT_EQ(again.kind, ArrivalKind::repeated);
    EXPECT_EQ(again.answer.outcome, Outcome::done);
    EXPECT_EQ(read_row(*hub, "case_file", id)->text("form"), "a;");
}

TEST_F(Arrivals, AGapIsAskedForAndLosesNothing) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    const auto all = queued();
    const auto early = arrive(all[1].bytes);
    EXPECT_EQ(early.kind, ArrivalKind::gap);
    EXPECT_EQ(early.need_from, 1);
    EXPECT_EQ(arrive(all[0].bytes).kind, ArrivalKind::accepted);
    EXPECT_EQ(arrive(all[1].bytes).kind, ArrivalKind::accepted);
}

TEST_F(Arrivals, AForgedEnvelopeNeverAdvancesTheChain) {
    work("t.open", {{"title", "eins"}});
    auto bytes = queued()[0].bytes;
    bytes[bytes.size() - 100] ^= 1;  // the device's signature
    const auto forged = arrive(bytes);
    EXPECT_EQ(forged.kind, ArrivalKind::forged);
    EXPECT_TRUE(forged.alarm);
    EXPECT_EQ(forged.answer.problem.code, problems::envelope_forged.name);
    EXPECT_FALSE(arrive(bytes).alarm);  // once is enough
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 0);
    EXPECT_EQ(arrive(Bytes(500, 3)).kind, ArrivalKind::forged);
    EXPECT_EQ(arrive(queued()[0].bytes).kind, ArrivalKind::accepted);
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 1);
}

TEST_F(Arrivals, AForkIsKeptWithAllThatFollowsIt) {
    const auto id = work("t.open", {{"title", "eins"}});
    arrive(queued()[0].bytes);
    // Another store of the same device: its chain begins anew.
    auto other = new_store();
    auto tx = other->begin_write();
    lease_block(*tx, "K1", node_scope.digest_key, now);
    std::swap(node, tx);
    const auto second = work("t.open", {{"title", "zwei"}});
    work("t.note", {{"case_id", second}, {"text", "a"}});
    for (const auto& one : queued()) {
        const auto arrival = arrive(one.bytes);
        EXPECT_EQ(arrival.kind, ArrivalKind::forged);
        EXPECT_TRUE(arrival.answer.quarantined);
    }
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 1);
    EXPECT_EQ(hub->query(sql::kernel::list_quarantine, {{"state", std::string("open")}}).size(), 2u);
    std::swap(node, tx);
    EXPECT_EQ(title(*hub, id), "eins");
}

TEST_F(Arrivals, WhatSomebodyElseSentAsWellStillArrives) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    const auto mine = queued();
    // Another device has it, and is first; or comes in between.
    const KnownDevice other{"K2", "Koffer 2", SignKeys::from_seed(seed_of("other")).public_key, false};
    const auto replay = [&](const Bytes& bytes) {
        return accept_envelope(*hub, *engine, hub_scope, other, clerks, bytes, Timestamp{now}).kind;
    };
    EXPECT_EQ(replay(mine[0].bytes), ArrivalKind::forged);
    // Set aside it is no answer to anybody: the number it claims is that of work still on its way.
    const auto kept = hub->query(sql::kernel::list_quarantine, {{"state", std::string("open")}});
    const auto settled = settle_quarantine(*hub, *engine, hub_scope, clerks, kept.front().text("command_id"),
                                           Settlement::set_aside, test_clerk(), "fremd", Timestamp{now});
    ASSERT_TRUE(settled);
    EXPECT_TRUE(settled->entries.empty());
    EXPECT_EQ(arrive(mine[0].bytes).kind, ArrivalKind::accepted);
    EXPECT_EQ(arrive(mine[1].bytes).kind, ArrivalKind::accepted);
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 2);
}

TEST_F(Arrivals, AConflictShowsTheRegistersRowAgainAndDropsWhatTheNodeMade) {
    const auto id = work("t.open", {{"title", "eins"}});
    sync();
    at_hub("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "hub"}});
    work("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "node"}});
    const auto findings = [](Transaction& tx) {
        return tx.query(Statement{"test", "SELECT id FROM case_finding"}).size();
    };
    ASSERT_EQ(findings(*node), 1u);
    const auto before = journal_head(*hub).seq;
    const auto arrivals = sync();
    EXPECT_EQ(arrivals.back().answer.outcome, Outcome::conflict);
    bool shown = false;
    for (const auto& row : hub->query(sql::kernel::rows_changed_after, {{"after", before}}))
        shown = shown || (row.text("table_name") == "case_file" && row.text("row_id") == id);
    EXPECT_TRUE(shown);
    EXPECT_EQ(findings(*node), 0u);
    EXPECT_EQ(findings(*hub), 1u);
    EXPECT_TRUE(verify_journal(*hub, hub_scope.digest_key, registry.journalled_tables()).faults.empty());
}

TEST_F(Arrivals, ARefusedCommandStopsItsCaseOnly) {
    const auto bad = work("t.open", {{"title", "refuse"}});
    const auto check = work("t.check", {{"case_id", bad}});
    const auto note = work("t.note", {{"case_id", bad}, {"text", "a"}});
    const auto good = work("t.open", {{"title", "gut"}});
    const auto arrivals = sync();
    EXPECT_TRUE(arrivals[1].answer.quarantined);
    EXPECT_EQ(arrivals[1].answer.problem.code, problems::case_wrong_status.name);
    EXPECT_EQ(arrivals[2].answer.problem.code, problems::stream_waiting.name);
    EXPECT_EQ(arrivals[3].answer.outcome, Outcome::done);
    EXPECT_EQ(title(*hub, good), "gut");
    const auto state = stream_state(*node, bad);
    EXPECT_TRUE(state.needs_clerk);
    EXPECT_EQ(state.code, problems::case_wrong_status.name);

    const auto settle = [&](const std::string& id, Settlement choice) {
        return settle_quarantine(*hub, *engine, hub_scope, clerks, id, choice, test_clerk(), "geprüft",
                                 Timestamp{now});
    };
    EXPECT_TRUE(settle(note, Settlement::retry).error().is(problems::stream_waiting));
    EXPECT_TRUE(settle(good, Settlement::retry).error().is(problems::not_found));
    EXPECT_TRUE(
        settle(check, Settlement::retry).value().entries.front().answer.quarantined);  // still refused
    at_hub("t.rename", {{"case_id", bad}, {"title", "jetzt gut"}});
    const auto settled = settle(check, Settlement::retry);
    ASSERT_TRUE(settled);
    ASSERT_EQ(settled->entries.size(), 2u);
    for (const auto& one : settled->entries)
        EXPECT_EQ(one.answer.outcome, Outcome::done) << one.answer.problem.code;
    EXPECT_EQ(read_row(*hub, "case_file", bad)->text("form"), "a;");
    EXPECT_EQ(stored_answer(*hub, "K1", "T1", 3)->outcome, Outcome::done);
    EXPECT_TRUE(settle(check, Settlement::retry).error().is(problems::not_found));
    EXPECT_TRUE(journals_whole());
}

TEST_F(Arrivals, SettingAsideLetsTheRestGoOn) {
    const auto bad = work("t.open", {{"title", "refuse"}});
    const auto check = work("t.check", {{"case_id", bad}});
    work("t.note", {{"case_id", bad}, {"text", "a"}});
    sync();
    const auto settled = settle_quarantine(*hub, *engine, hub_scope, clerks, check, Settlement::set_aside,
                                           test_clerk(), "nicht nötig", Timestamp{now});
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->entries.size(), 2u);
    EXPECT_EQ(read_row(*hub, "case_file", bad)->text("form"), "a;");
    const auto answer = stored_answer(*hub, "K1", "T1", 2);
    EXPECT_EQ(answer->outcome, Outcome::refused);
    EXPECT_FALSE(answer->quarantined);
}

TEST_F(Arrivals, AStaleRequestWaitsForAPersonAMergedOneDoesNot) {
    const auto id = work("t.open", {{"title", "eins"}});
    sync();
    at_hub("t.rename", {{"case_id", id}, {"title", "Zentrale"}});
    const auto rename = work("t.rename", {{"case_id", id}, {"title", "Koffer"}});
    auto arrivals = sync();
    EXPECT_EQ(arrivals[0].answer.outcome, Outcome::conflict);
    EXPECT_TRUE(arrivals[0].answer.quarantined);
    EXPECT_EQ(title(*hub, id), "Zentrale");
    EXPECT_TRUE(settle_quarantine(*hub, *engine, hub_scope, clerks, rename, Settlement::retry, test_clerk(),
                                  "Koffer gilt", Timestamp{now}));
    EXPECT_EQ(title(*hub, id), "Koffer");

    at_hub("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "portal"}});
    work("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "kiosk"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    arrivals = sync();
    EXPECT_EQ(arrivals[0].answer.outcome, Outcome::conflict);
    EXPECT_FALSE(arrivals[0].answer.quarantined);
    EXPECT_EQ(arrivals[1].answer.outcome, Outcome::done);
    EXPECT_EQ(stored_answer(*hub, "K1", "T1", 3)->outcome, Outcome::conflict);
    EXPECT_TRUE(journals_whole());
}

TEST_F(Arrivals, AnInventedClerkIsKeptAndTheChainGoesOn) {
    work("t.open", {{"title", "eins"}});
    work("t.open", {{"title", "zwei"}});
    const auto all = queued();
    known_clerk.sign_key = SignKeys::from_seed(seed_of("new key")).public_key;
    auto arrival = arrive(all[0].bytes);
    EXPECT_EQ(arrival.kind, ArrivalKind::accepted);
    EXPECT_EQ(arrival.answer.problem.code, problems::envelope_forged.name);
    EXPECT_TRUE(arrival.alarm);
    on_tour = false;
    arrival = arrive(all[1].bytes);
    EXPECT_EQ(arrival.answer.problem.code, problems::envelope_clerk.name);
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 2);
}

TEST_F(Arrivals, TheWorkOfWhoHasLeftIsTakenOverInAnothersName) {
    const auto id = work("t.open", {{"title", "eins"}});
    work("t.note", {{"case_id", id}, {"text", "a"}});
    known_clerk.left = true;
    const auto arrivals = sync();
    EXPECT_EQ(arrivals[0].answer.problem.code, problems::envelope_clerk_left.name);
    EXPECT_EQ(arrivals[1].answer.problem.code, problems::stream_waiting.name);
    auto lead = test_clerk();
    lead.user_id = "01J0000000000000000000LEAD";
    const auto settle = [&](Settlement choice) {
        return settle_quarantine(*hub, *engine, hub_scope, clerks, id, choice, lead, "geprüft",
                                 Timestamp{now});
    };
    EXPECT_TRUE(settle(Settlement::retry).value().entries.front().answer.quarantined);
    const auto settled = settle(Settlement::take_over);
    ASSERT_TRUE(settled);
    ASSERT_EQ(settled->entries.size(), 2u);
    for (const auto& one : settled->entries)
        EXPECT_EQ(one.answer.outcome, Outcome::done) << one.answer.problem.code;
    EXPECT_EQ(read_row(*hub, "case_file", id)->text("form"), "a;");
    const auto rows = hub->query(
        {"test", "SELECT actor FROM journal WHERE command_id = $id AND outcome = 'done'"}, {{"id", id}});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.front().text("actor"), lead.user_id);
    EXPECT_TRUE(journals_whole());
}

TEST_F(Arrivals, WhoHasLeftIsStillProvedByTheirKey) {
    const auto id = work("t.open", {{"title", "eins"}});
    known_clerk.left = true;
    known_clerk.sign_key = SignKeys::from_seed(seed_of("new key")).public_key;
    sync();
    const auto settled = settle_quarantine(*hub, *engine, hub_scope, clerks, id, Settlement::take_over,
                                           test_clerk(), "geprüft", Timestamp{now});
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->entries.front().answer.problem.code, problems::envelope_forged.name);
}

TEST_F(Arrivals, ARevokedDevicesWorkIsKept) {
    const auto id = work("t.open", {{"title", "eins"}});
    known.revoked = true;
    const auto arrival = arrive(queued()[0].bytes);
    EXPECT_EQ(arrival.answer.problem.code, problems::device_revoked.name);
    EXPECT_TRUE(arrival.answer.quarantined);
    EXPECT_TRUE(settle_quarantine(*hub, *engine, hub_scope, clerks, id, Settlement::retry, test_clerk(),
                                  "geprüft", Timestamp{now}));
    EXPECT_EQ(title(*hub, id), "eins");
}

TEST_F(Arrivals, AFailingStatementStopsItsCaseNeverTheQueue) {
    work("t.break", {{"number", "X-1"}});
    at_hub("t.break", {{"number", "X-1"}});
    const auto good = work("t.open", {{"title", "gut"}});
    const auto arrivals = sync();
    EXPECT_EQ(arrivals[0].answer.problem.code, problems::internal.name);
    EXPECT_TRUE(arrivals[0].answer.quarantined);
    EXPECT_EQ(title(*hub, good), "gut");
    EXPECT_TRUE(journals_whole());
}

TEST_F(Arrivals, AUsedIdIsNotTakenForItsOwn) {
    const auto r = request("t.open", {{"title", "eins"}});
    auto hub_request = r;
    hub_request.origin.device = "K1";
    EXPECT_EQ(engine->run(*hub, hub_scope, hub_request).outcome, Outcome::done);
    const auto result = engine->run(*node, node_scope, r);
    EXPECT_TRUE(enqueue(*node, registry, r, result, device, clerk));
    const auto arrival = arrive(queued()[0].bytes);
    EXPECT_EQ(arrival.answer.problem.code, problems::command_bad_id.name);
    EXPECT_EQ(chain_head(*hub, "K1", "T1").device_seq, 1);
    work("t.open", {{"title", "zwei"}});
    EXPECT_EQ(arrive(queued()[1].bytes).kind, ArrivalKind::accepted);
}

TEST_F(Arrivals, AHubCommandCannotComeInAnEnvelope) {
    const auto id = work("t.open", {{"title", "eins"}});
    const auto r = request("t.decide", {{"case_id", id}});
    CommandResult pretended;
    pretended.outcome = Outcome::done;
    EXPECT_TRUE(enqueue(*node, registry, r, pretended, device, clerk));
    EXPECT_EQ(sync()[1].answer.problem.code, problems::needs_hub.name);
}

TEST_F(Arrivals, AClockFarAheadIsNoticed) {
    now += 3LL * 24 * 3600 * 1000;
    work("t.open", {{"title", "eins"}});
    const auto bytes = queued()[0].bytes;
    now -= 2LL * 24 * 3600 * 1000;
    const auto arrival = arrive(bytes);
    EXPECT_TRUE(arrival.clock_ahead);
    EXPECT_EQ(arrival.answer.outcome, Outcome::done);
}

/// A tour packed before the clerk has set a new PIN brings its work home.
TEST_F(Arrivals, WhatAFormerKeyHasSignedIsDone) {
    const auto id = work("t.open", {{"title", "eins"}});
    known_clerk.sign_key = SignKeys::from_seed(seed_of("new key")).public_key;
    known_clerk.former_keys = {SignKeys::from_seed(seed_of("older key")).public_key, clerk.public_key};
    const auto arrivals = sync();
    ASSERT_EQ(arrivals.size(), 1u);
    EXPECT_EQ(arrivals[0].answer.outcome, Outcome::done) << arrivals[0].answer.problem.code;
    EXPECT_FALSE(arrivals[0].alarm);
    EXPECT_EQ(title(*hub, id), "eins");
    // Whoever has left is proved by it, and no more than that.
    known_clerk.left = true;
    work("t.open", {{"title", "zwei"}});
    EXPECT_TRUE(arrive(queued().back().bytes).answer.problem.is(problems::envelope_clerk_left));
}

}  // namespace
}  // namespace wa

// The seam: permission, validation, once-only, journal, done mark, on a real store in memory.
#include "kernel/engine.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "kernel/numbers.hpp"

namespace wa {
namespace {

/// Refuses after it has written, though it is said not to.
Result<json::object> refuse_late(CommandContext& context, const json::object&) {
    lease_numbers(context, "case", "hub", "L", 1);
    return fail(problems::not_found);
}

const Registry& kernel_registry() {
    static const Registry* const made = [] {
        auto* fresh = new Registry;
        install_kernel(*fresh);
        fresh->declare(R"json({"commands": [{"name": "test.refuse_late", "version": 1, "kind": "fact",
                                             "permission": "case.write", "payload": []}]})json");
        fresh->bind_command("test.refuse_late", refuse_late);
        fresh->refuse_before_writing({"test.refuse_late"});
        fresh->seal();
        set_registry(*fresh);
        return fresh;
    }();
    return *made;
}

class EngineTest : public testing::Test {
  protected:
    EngineTest() : engine_(kernel_registry()), store_(open_sqlite_store({":memory:"})) {
        store_->migrate(kernel_registry().schema());
        scope_.tenant.id = scope_.tenant.ags = "99001001";
        scope_.tenant.land = "NI";
        scope_.reference = Reference::load("NI", {});
        tx_ = store_->begin_write();
    }
    static std::string id(int number) {
        return derive_id(Id{}, std::uint32_t(number), 1'700'000'000'000).text();
    }
    CommandResult run(int number, const std::string& name, json::object payload,
                      const Actor& actor = system_actor()) {
        return engine_.run(*tx_, scope_,
                           {id(number),
                            name,
                            1,
                            std::move(payload),
                            actor,
                            {"counter", "hub", "Zentrale", ""},
                            Timestamp{1'780'000'000'000}});
    }
    std::int64_t journal_length() { return journal_head(*tx_).seq; }
    JournalReport verify() {
        return verify_journal(*tx_, scope_.digest_key, kernel_registry().journalled_tables());
    }

    Engine engine_;
    std::shared_ptr<Store> store_;
    TenantScope scope_;
    std::unique_ptr<Transaction> tx_;
};

const json::object wanted_numbers{{"kind", "receipt"}, {"holder", "hub"}, {"series", "Z"}, {"count", 3}};

TEST_F(EngineTest, WhatNoRoleGrantsIsRefusedAndJournalled) {
    const Actor nobody{"", "Niemand", {}};
    const auto result = run(1, "numbers.lease", wanted_numbers, nobody);
    EXPECT_EQ(result.outcome, Outcome::refused);
    EXPECT_TRUE(result.problem.is(problems::permission_denied));
    EXPECT_EQ(journal_length(), 1);
    EXPECT_TRUE(tx_->query({"t", "SELECT * FROM number_block"}).empty());
}

TEST_F(EngineTest, TwiceSentIsOnceDone) {
    const auto first = run(1, "numbers.lease", wanted_numbers),
               again = run(1, "numbers.lease", wanted_numbers);
    EXPECT_EQ(first.outcome, Outcome::done);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.answer, first.answer);
    EXPECT_EQ(tx_->query({"t", "SELECT * FROM number_block"}).size(), 1u);
    EXPECT_EQ(journal_length(), 1);
}

TEST_F(EngineTest, AFaultyPayloadNamesItsFieldAndMayBeSentAgain) {
    auto payload = wanted_numbers;
    payload["count"] = 0;
    const auto wrong = run(1, "numbers.lease", payload);
    ASSERT_TRUE(wrong.problem.is(problems::payload_invalid));
    const auto& fault = array_of(wrong.problem.details, "fields").at(0).as_object();
    EXPECT_EQ(text_of(fault, "path"), "count");
    EXPECT_EQ(text_of(fault, "code"), "field.out_of_range");
    EXPECT_EQ(run(1, "numbers.lease", wanted_numbers).outcome, Outcome::done);
}

TEST_F(EngineTest, AHubCommandIsRefusedAtANode) {
    scope_.side = Side::node;
    EXPECT_TRUE(run(1, "numbers.lease", wanted_numbers).problem.is(problems::needs_hub));
}

TEST_F(EngineTest, AnotherVersionOfThePageIsTold) {
    auto result = engine_.run(*tx_, scope_,
                              {id(1), "numbers.lease", 2, wanted_numbers, system_actor(), {}, Timestamp{1}});
    EXPECT_TRUE(result.problem.is(problems::command_version));
}

TEST_F(EngineTest, ARefusedCommandLeavesNoRow) {
    // The handler fails after the login was found to exist: nothing of the second account may stay.
    const json::object user{{"login", "a.b"}, {"name", "A B"}, {"roles", json::array{"clerk"}}};
    EXPECT_EQ(run(1, "user.create", user).outcome, Outcome::done);
    EXPECT_EQ(run(2, "user.create", user).outcome, Outcome::refused);
    EXPECT_EQ(tx_->query({"t", "SELECT * FROM user_account"}).size(), 1u);
    EXPECT_TRUE(verify().faults.empty());
}

/// Who refuses before writing needs no savepoint. Whoever only says so leaves nothing either.
TEST_F(EngineTest, WhoRefusesAfterWritingWithoutASavepointTakesTheTransactionAlong) {
    const Actor clerk{"", "Erika Amt", permissions_of({"clerk"})};
    EXPECT_THROW(run(1, "test.refuse_late", {}, clerk), StoreError);
    tx_.reset();
    tx_ = store_->begin_write();
    EXPECT_TRUE(tx_->query({"t", "SELECT * FROM number_block"}).empty());
    EXPECT_EQ(journal_length(), 0);
    EXPECT_EQ(run(2, "numbers.lease", wanted_numbers).outcome, Outcome::done);
}

/// What comes from a Koffer can always be taken back alone.
TEST_F(EngineTest, WhatCameFromANodeHasASavepointOfItsOwn) {
    CommandRequest late{
        id(1),           "test.refuse_late", 1, {}, {"", "Erika Amt", permissions_of({"clerk"})},
        {"koffer", "k"}, Timestamp{1}};
    late.replayed = true;
    run(2, "numbers.lease", wanted_numbers);
    EXPECT_TRUE(engine_.run(*tx_, scope_, late).problem.is(problems::not_found));
    EXPECT_EQ(tx_->query({"t", "SELECT * FROM number_block"}).size(), 1u);
    EXPECT_TRUE(verify().faults.empty());
}

TEST_F(EngineTest, AccountLocksAfterFiveWrongTriesAndIsUnlocked) {
    const auto made =
        run(1, "user.create", {{"login", "a.b"}, {"name", "A B"}, {"roles", json::array{"clerk"}}});
    const auto user = text_of(made.answer, "user_id");
    for (int i = 0; i < sign_in_tries_max; ++i)
        run(10 + i, "user.note_try", {{"user_id", user}, {"good", false}, {"way", "password"}});
    EXPECT_GT(read_row(*tx_, "user_account", user)->integer("locked_until_ms"), 1'780'000'000'000);
    run(20, "user.unlock", {{"user_id", user}});
    EXPECT_EQ(read_row(*tx_, "user_account", user)->integer("locked_until_ms"), 0);
}

TEST_F(EngineTest, VerifyNamesAChangedAMissingAndAnUnknownRow) {
    run(1, "numbers.lease", wanted_numbers);
    run(2, "numbers.lease", {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 3}});
    ASSERT_TRUE(verify().faults.empty());
    tx_->execute({"t", "UPDATE number_block SET next_number = 2 WHERE kind = 'receipt'"});
    tx_->execute({"t", "DELETE FROM number_block WHERE kind = 'case'"});
    tx_->execute(
        {"t",
         "INSERT INTO number_block (id, version, kind, series, next_number, last_number, holder, state) "
         "VALUES ('X', 'Y', 'case', 'Q', 1, 2, 'hub', 'open')"});
    std::set<std::string> found;
    for (const auto& fault : verify().faults) found.insert(fault.what + " " + fault.table);
    EXPECT_EQ(found, (std::set<std::string>{"row_changed number_block", "row_missing number_block",
                                            "row_unknown number_block"}));
}

TEST_F(EngineTest, VerifyNamesABrokenChain) {
    for (int i = 1; i <= 3; ++i) run(i, "numbers.lease", wanted_numbers);
    const auto head = journal_head(*tx_);
    tx_->execute({"t", "UPDATE journal SET actor = 'someone' WHERE seq = 2"});
    const auto report = verify();
    ASSERT_FALSE(report.faults.empty());
    EXPECT_EQ(report.faults.front().what, "chain_broken");
    EXPECT_EQ(report.faults.front().id, "2");
    // A chain that was cut at its end is noticed by who knows a later head.
    tx_->execute({"t", "DELETE FROM journal_row WHERE seq = 3"});
    tx_->execute({"t", "DELETE FROM journal WHERE seq = 3"});
    const auto cut = verify_journal(*tx_, scope_.digest_key, {}, &head);
    EXPECT_EQ(cut.faults.back().id, "ends before 3");
}

/// A command that draws numbers.
struct Numbers {
    Numbers(Transaction& tx, const TenantScope& of) : scope(of), records(tx, command_id, of.digest_key) {}
    const TenantScope& scope;
    const std::string command_id = derive_id(Id{}, 50, 50).text();
    Records records;
    Actor actor = system_actor();
    Origin origin;
    CommandContext context{
        scope.tenant,      actor,   origin,          Side::hub, Timestamp{1}, Date{2026, 11, 21}, command_id,
        IdSource(Id{}, 1), records, *scope.reference};
};

TEST_F(EngineTest, NumbersAreDrawnWithoutGapsAndEnd) {
    run(2, "numbers.lease", {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 2}});
    // The clock was set back meanwhile: this block's id comes before the other's, its numbers behind.
    run(1, "numbers.lease", {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 1}});
    Numbers numbers(*tx_, scope_);
    auto& context = numbers.context;
    EXPECT_EQ(*draw_number(context, "case", "hub"), "Z-000001");
    EXPECT_EQ(*draw_number(context, "case", "hub"), "Z-000002");
    EXPECT_EQ(*draw_number(context, "case", "hub"), "Z-000003");
    EXPECT_TRUE(draw_number(context, "case", "hub").error().is(problems::number_block_empty));
}

TEST_F(EngineTest, ANumberOfAReceiptIsNoCases) {
    for (int i = 1; i <= 2; ++i)
        run(i, "numbers.lease",
            {{"kind", i == 1 ? "case" : "receipt"}, {"holder", "hub"}, {"series", "K1"}, {"count", 9}});
    Numbers numbers(*tx_, scope_);
    auto& context = numbers.context;
    EXPECT_EQ(*draw_number(context, "case", "hub"), "K1-000001");
    EXPECT_EQ(*draw_number(context, "receipt", "hub"), "K1-Q000001");
    // A Koffer of before gave its receipts numbers without the letter: taken, and the next one follows.
    note_number(context, "receipt", "K1-Q000003");
    note_number(context, "receipt", "K1-000005");
    EXPECT_EQ(*draw_number(context, "receipt", "hub"), "K1-Q000006");
    note_number(context, "case", "K1-Q000007");
    EXPECT_EQ(*draw_number(context, "case", "hub"), "K1-000002");
}

TEST(Identity, WeakSecretsAreRefused) {
    for (const auto* pin : {"12345", "111111", "123456", "654321", "12345a", ""})
        EXPECT_FALSE(pin_acceptable(pin)) << pin;
    EXPECT_TRUE(pin_acceptable("270481"));
    EXPECT_FALSE(password_acceptable("kurz"));
    EXPECT_TRUE(password_acceptable("Deich-Kuchen-26"));
}

TEST(Identity, RolesGrantTheirPermissionsAndUnknownOnesNothing) {
    EXPECT_TRUE(permissions_of({"koffer_clerk"}).contains("case.write"));
    EXPECT_FALSE(permissions_of({"clerk"}).contains("tour.check_out"));
    EXPECT_FALSE(permissions_of({"admin"}).contains("register.read"));
    EXPECT_TRUE(permissions_of({"kaiser"}).empty());
}

}  // namespace
}  // namespace wa

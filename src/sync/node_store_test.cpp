#include "sync/node_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/arrivals_testing.hpp"
#include "kernel/engine.hpp"
#include "sync/hub_store.hpp"

namespace wa::sync {
namespace {

using namespace wa::testing;

struct NodeStore : ::testing::Test {
    Registry registry;
    std::unique_ptr<Store> store;
    std::unique_ptr<Transaction> tx;

    void SetUp() override {
        install_test_commands(registry);
        registry.add_working_table("number_block");
        SqliteOptions options;
        options.path = ":memory:";
        store = open_sqlite_store(std::move(options));
        store->migrate(data::kernel::schema_sqlite());
        tx = store->begin_write();
    }
    Changes one(const std::string& table, const json::object& row, std::int64_t up_to = 5) {
        Changes changes;
        changes.up_to = up_to;
        changes.hash.fill(std::uint8_t(up_to));
        changes.rows.push_back({table, text_of(row, "id"), json::serialize(row)});
        return changes;
    }
    static json::object block(std::int64_t next) {
        return {{"id", "B1"},          {"version", "v"},     {"kind", "receipt"}, {"series", "K1"},
                {"next_number", next}, {"last_number", 500}, {"holder", "K1"},    {"state", "open"}};
    }
};

/// Or a Koffer with a damaged disk would be wiped.
TEST_F(NodeStore, ABrokenStoreIsNotAnEmptyQueue) {
    const auto broken = open_sqlite_store({.path = ":memory:"});  // without its tables
    EXPECT_FALSE(StoreNodeQueue(*broken, registry, "T1", {}).counts().empty());
}

TEST_F(NodeStore, AColumnOfTomorrowIsLeftOut) {
    auto row = block(3);
    row["colour"] = "blue";
    apply_changes(*tx, registry, one("number_block", row));
    ASSERT_TRUE(read_row(*tx, "number_block", "B1"));
    EXPECT_EQ(read_row(*tx, "number_block", "B1")->integer("next_number"), 3);
    EXPECT_EQ(changes_cursor(*tx), 5);
}

/// Found by the simulator (a tour that went over to another Koffer): the document stands in the journal
/// before the latest change of its case, and the Koffer that had heard of neither could never take a row
/// again.
TEST_F(NodeStore, ACaseComesBeforeWhatBelongsToIt) {
    lease_block(*tx, "K1", seed_of("digests"), 1);
    const auto scope = test_scope(Side::hub);
    const auto run = [&](std::uint8_t number, const char* name, json::object payload) {
        std::array<std::uint8_t, 10> random{number};
        CommandRequest request;
        request.id = make_id(2, random).text();
        request.name = name;
        request.payload = std::move(payload);
        request.actor = test_clerk();
        request.origin = {"koffer", "K1", "Koffer 1", "tour"};
        request.at = Timestamp{2};
        const auto result = Engine(registry).run(*tx, scope, request);
        EXPECT_EQ(result.outcome, Outcome::done) << result.problem.code;
        return request.id;
    };
    const auto id = run(1, "t.open", {{"title", "x"}});
    run(2, "t.attach", {{"case_id", id}, {"hash", std::string(64, 'a')}, {"size", 1}});
    run(3, "t.note", {{"case_id", id}, {"text", "y"}});
    const auto changes = changes_after(*tx, registry, "tour", 0, [](auto&&...) { return true; });
    const auto at = [&](std::string_view table) {
        return std::find_if(changes.rows.begin(), changes.rows.end(),
                            [&](const auto& row) { return row.table == table; });
    };
    EXPECT_EQ(std::count_if(changes.rows.begin(), changes.rows.end(),
                            [](const auto& row) { return row.table == "case_file"; }),
              1);
    EXPECT_LT(at("case_file"), at("case_document"));
    const auto node = open_sqlite_store({.path = ":memory:"});
    node->migrate(data::kernel::schema_sqlite());
    const auto at_node = node->begin_write();
    apply_changes(*at_node, registry, changes);
    at_node->commit();
    EXPECT_TRUE(read_row(*node->begin_read(), "case_document", at("case_document")->id));
}

/// Found by the simulator: a form that was to be forgotten stayed on the Koffer until the tour was wiped.
TEST_F(NodeStore, WhatTheHubErasesIsErasedHere) {
    apply_changes(*tx, registry, one("number_block", block(3)));
    const auto key = seed_of("digests");
    std::array<std::uint8_t, 10> random{1};
    const auto id = make_id(2, random).text();
    const auto hub = open_sqlite_store({.path = ":memory:"});
    hub->migrate(data::kernel::schema_sqlite());
    const auto at_hub = hub->begin_write();
    apply_changes(*at_hub, registry, one("number_block", block(3)));
    Records records(*at_hub, id, key);
    records.erase("number_block", "B1");
    JournalEntry entry;
    entry.at = Timestamp{2};
    entry.kind = "command";
    entry.name = "t.forget";
    entry.command_id = id;
    entry.outcome = "done";
    entry.changes = records.changes();
    append_journal(*at_hub, entry);
    // It is in nobody's working set any more.
    apply_changes(*tx, registry,
                  changes_after(*at_hub, registry, "tour", 0, [](auto&&...) { return false; }));
    EXPECT_FALSE(read_row(*tx, "number_block", "B1"));
}

TEST_F(NodeStore, ANumberDrawnStaysDrawn) {
    apply_changes(*tx, registry, one("number_block", block(3)));
    apply_changes(*tx, registry, one("number_block", block(2)));
    EXPECT_EQ(read_row(*tx, "number_block", "B1")->integer("next_number"), 3);
    apply_changes(*tx, registry, one("number_block", block(4)));
    EXPECT_EQ(read_row(*tx, "number_block", "B1")->integer("next_number"), 4);
}

TEST_F(NodeStore, WhatItKnowsOfTheJournalIsNeverBehindItsPlaceInIt) {
    apply_changes(*tx, registry, one("number_block", block(3), 7));
    EXPECT_EQ(known_hub_head(*tx).seq, 7);
    EXPECT_EQ(known_hub_head(*tx).hash[0], 7);
    // The hub has another past: everything comes anew, from the beginning.
    set_hub_point(*tx, {});
    EXPECT_EQ(known_hub_head(*tx).seq, 0);
    EXPECT_EQ(changes_cursor(*tx), 0);
}

}  // namespace
}  // namespace wa::sync

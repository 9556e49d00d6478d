#include "sync/node_store.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/arrivals_testing.hpp"

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

TEST_F(NodeStore, AColumnOfTomorrowIsLeftOut) {
    auto row = block(3);
    row["colour"] = "blue";
    apply_changes(*tx, registry, one("number_block", row));
    ASSERT_TRUE(read_row(*tx, "number_block", "B1"));
    EXPECT_EQ(read_row(*tx, "number_block", "B1")->integer("next_number"), 3);
    EXPECT_EQ(changes_cursor(*tx), 5);
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

#include "adapters/sqlite/optional_filters.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"

namespace wa {
namespace {

using sqlite::decided_filters;
using sqlite::has_optional_filters;

TEST(OptionalFilters, are_decided_by_their_values) {
    const std::string text =
        "SELECT 1 WHERE ($a = '' OR x = $a OR y IN ('(', $a)) AND ($n = 0 OR z = $n) AND (p = 1 OR q = 2)";
    EXPECT_TRUE(has_optional_filters(text));
    EXPECT_EQ(decided_filters(text, Params{{"a", std::string()}, {"n", std::int64_t(0)}}),
              "SELECT 1 WHERE ($a = '') AND ($n = 0) AND (p = 1 OR q = 2)");
    EXPECT_EQ(decided_filters(text, Params{{"a", std::string("v")}, {"n", std::int64_t(7)}}),
              "SELECT 1 WHERE ($a <> '' AND (x = $a OR y IN ('(', $a))) AND ($n <> 0 AND (z = $n)) "
              "AND (p = 1 OR q = 2)");
}

TEST(OptionalFilters, everything_else_stays) {
    const std::string text = "SELECT ($a = 1 OR x) WHERE ($b = '' OR x = $b) AND ($c = 0 OR ($d = '' OR y))";
    EXPECT_EQ(decided_filters(text, Params{{"b", Value{}}, {"c", std::string()}, {"d", std::string()}}),
              "SELECT ($a = 1 OR x) WHERE ($b = '' OR x = $b) AND ($c = 0 OR ($d = ''))");
    EXPECT_FALSE(has_optional_filters("SELECT ($a = 1 OR x), ($a), ($"));
    EXPECT_FALSE(has_optional_filters("SELECT ($a = '' OR x"));
}

struct Cases : ::testing::Test {
    Cases() {
        store->migrate({{"test/0001",
                         "CREATE TABLE item (id INTEGER PRIMARY KEY, state TEXT, owner TEXT) STRICT;"
                         "CREATE INDEX item_state ON item(state); CREATE INDEX item_owner ON item(owner);"}});
        auto tx = store->begin_write();
        for (std::int64_t i = 0; i < 40; ++i)
            tx->execute({"add", "INSERT INTO item (id, state, owner) VALUES ($id, $state, $owner)"},
                        {{"id", i},
                         {"state", std::string(i % 2 ? "open" : "done")},
                         {"owner", std::string(i % 3 ? "a" : "b")}});
        tx->commit();
    }
    static constexpr std::string_view filtered =
        "FROM item WHERE ($state = '' OR state = $state) AND ($owner = '' OR owner = $owner)";
    Rows ask(const std::string& select, const std::string& state, const std::string& owner) {
        const auto text = select + std::string(filtered);
        return store->begin_read()->query({"ask", text}, {{"state", state}, {"owner", owner}});
    }
    std::int64_t count(const std::string& state, const std::string& owner) {
        return ask("SELECT COUNT(*) AS n ", state, owner).front().integer("n");
    }
    std::string plan(const std::string& state, const std::string& owner) {
        return ask("EXPLAIN QUERY PLAN SELECT * ", state, owner).front().text("detail");
    }
    std::unique_ptr<Store> store = open_sqlite_store({":memory:"});
};

TEST_F(Cases, one_statement_gives_the_right_rows_for_all_values) {
    for (int twice = 0; twice < 2; ++twice) {
        EXPECT_EQ(count("", ""), 40);
        EXPECT_EQ(count("open", ""), 20);
        EXPECT_EQ(count("", "b"), 14);
        EXPECT_EQ(count("open", "b"), 7);
        EXPECT_EQ(count("none", ""), 0);
    }
}

TEST_F(Cases, a_parameter_that_stands_in_one_filter_alone_may_go_with_it) {
    const Statement statement{"ask", "SELECT id FROM item WHERE ($late = 0 OR id < $today) AND id > $from"};
    EXPECT_EQ(store->begin_read()
                  ->query(statement,
                          {{"late", std::int64_t(0)}, {"today", std::int64_t(5)}, {"from", std::int64_t(-1)}})
                  .size(),
              40u);
    EXPECT_EQ(store->begin_read()
                  ->query(statement,
                          {{"late", std::int64_t(1)}, {"today", std::int64_t(5)}, {"from", std::int64_t(-1)}})
                  .size(),
              5u);
}

TEST_F(Cases, the_index_of_what_is_asked_for_is_used) {
    EXPECT_NE(plan("open", "").find("item_state"), std::string::npos);
    EXPECT_NE(plan("", "b").find("item_owner"), std::string::npos);
    EXPECT_EQ(plan("", ""), "SCAN item");
}

}  // namespace
}  // namespace wa

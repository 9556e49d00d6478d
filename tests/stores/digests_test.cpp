// The digests of changed rows are those of the rows as they stand, on every store: also where they are not
// read again for it.
#include <gtest/gtest.h>

#include "kernel/passing_transaction.hpp"
#include "kernel/records.hpp"
#include "places.hpp"

namespace wa::stores {
namespace {

const std::vector<Step> kDigestedSchema{
    {"test/0001_rows",
     "CREATE TABLE plain (id TEXT PRIMARY KEY, version TEXT NOT NULL, a_b TEXT, ab TEXT, n INTEGER, raw "
     "BLOB, "
     "more INTEGER NOT NULL DEFAULT 7) STRICT;"
     "CREATE TABLE computed (id TEXT PRIMARY KEY, version TEXT NOT NULL, n INTEGER, "
     "twice INTEGER GENERATED ALWAYS AS (2 * n) STORED) STRICT;"
     "CREATE TABLE watched (id TEXT PRIMARY KEY, version TEXT NOT NULL, n INTEGER) STRICT;"
     "CREATE TRIGGER more_i AFTER INSERT ON watched BEGIN UPDATE watched SET n = n + 1 WHERE id = new.id; "
     "END;"
     "CREATE TRIGGER more_u AFTER UPDATE OF version ON watched BEGIN UPDATE watched SET n = n + 1 "
     "WHERE id = new.id; END",
     "CREATE TABLE plain (id TEXT PRIMARY KEY, version TEXT NOT NULL, a_b TEXT, ab TEXT, n BIGINT, raw "
     "BYTEA, "
     "more BIGINT NOT NULL DEFAULT 7);"
     "CREATE TABLE computed (id TEXT PRIMARY KEY, version TEXT NOT NULL, n BIGINT, "
     "twice BIGINT GENERATED ALWAYS AS (2 * n) STORED);"
     "CREATE TABLE watched (id TEXT PRIMARY KEY, version TEXT NOT NULL, n BIGINT);"
     "CREATE FUNCTION one_more() RETURNS trigger LANGUAGE plpgsql AS "
     "'BEGIN NEW.n := NEW.n + 1; RETURN NEW; END';"
     "CREATE TRIGGER more BEFORE INSERT OR UPDATE ON watched FOR EACH ROW EXECUTE FUNCTION one_more()"}};

/// Counts what is read.
struct CountedReads final : PassingTransaction {
    using PassingTransaction::PassingTransaction;
    Rows query(const Statement& statement, std::span<const Param> params) override {
        ++count;
        return PassingTransaction::query(statement, params);
    }
    int count = 0;
};

class DigestsTest : public testing::TestWithParam<const char*> {
  protected:
    DigestsTest() {
        store_->migrate(place_->schema(1));
        tx_ = std::make_unique<CountedReads>(store_->begin_write());
    }
    Records records(const std::string& command_id) { return {*tx_, command_id, key_}; }

    /// How many rows were read for the digests. They are those of the rows as they stand.
    int read_for_digests(Records& records) {
        const auto before = tx_->count;
        const auto changes = records.changes();
        const auto read = tx_->count - before;
        EXPECT_FALSE(changes.empty());
        for (const auto& change : changes) {
            const auto row = read_row(*tx_, change.table, change.id);
            EXPECT_EQ(change.digest, row ? row_digest(key_, change.table, *row) : Hash{}) << change.id;
        }
        return read;
    }
    int read_for_insert(const std::string& id, std::string_view table, const Columns& columns) {
        auto one = records(id);
        one.insert(table, id, columns);
        return read_for_digests(one);
    }

    std::unique_ptr<Place> place_ = make_place(GetParam(), kDigestedSchema);
    std::unique_ptr<Store> store_ = place_->open();
    std::unique_ptr<CountedReads> tx_;
    Key32 key_;
};

const Columns kPlain{{"raw", Bytes{1, 0}},
                     {"n", std::int64_t{-5}},
                     {"more", std::int64_t{8}},
                     {"ab", std::string("ß")},
                     {"a_b", std::string()}};

TEST_P(DigestsTest, a_new_row_is_read_only_where_the_store_may_have_put_something_else) {
    EXPECT_EQ(read_for_insert("A", "plain", kPlain), 0);
    // Columns that are not named have what the schema says: nothing, or its default.
    EXPECT_EQ(read_for_insert("B", "plain", {{"more", std::int64_t{1}}}), 0);
    EXPECT_EQ(read_for_insert("C", "plain", {{"ab", std::string("x")}}), 1);
    EXPECT_EQ(read_for_insert("D", "plain", {{"ab", Value()}, {"more", std::int64_t{1}}}), 0);
    EXPECT_EQ(read_for_insert("E", "computed", {{"n", std::int64_t{2}}}), 1);
    EXPECT_EQ(read_for_insert("F", "watched", {{"n", std::int64_t{2}}}), 1);
    EXPECT_EQ(read_row(*tx_, "watched", "F")->integer("n"), 3);
}

TEST_P(DigestsTest, a_text_for_a_column_of_numbers_is_read_as_the_number_it_became) {
    if (GetParam() == std::string("postgres")) GTEST_SKIP() << "a statement's parameters have one type there";
    EXPECT_EQ(read_for_insert("A", "plain", {{"n", std::string("1")}, {"more", std::int64_t{1}}}), 1);
    EXPECT_EQ(read_row(*tx_, "plain", "A")->integer("n"), 1);
}

TEST_P(DigestsTest, a_changed_row_is_not_read_again_once_it_was_found) {
    for (const auto* id : {"A", "B", "C", "D"}) records("1").insert("plain", id, kPlain);
    records("1").insert("computed", "E", {{"n", std::int64_t{2}}});
    records("1").insert("watched", "F", {{"n", std::int64_t{2}}});

    auto found = records("2");
    ASSERT_TRUE(found.find("plain", "A") && found.find("plain", "B"));
    found.update("plain", "A", {{"n", Value()}, {"raw", Bytes()}});
    found.update("plain", "B", {{"ab", std::string("y")}});
    found.show_again("plain", "A");
    EXPECT_EQ(read_for_digests(found), 0);
    // What it then holds is no longer what was read.
    found.update("plain", "B", {{"n", std::int64_t{9}}});
    EXPECT_EQ(read_for_digests(found), 1);
    found.erase("plain", "B");
    EXPECT_EQ(read_for_digests(found), 0);

    auto others = records("3");
    others.update("plain", "C", {{"n", std::int64_t{9}}});  // never read
    others.show_again("plain", "D");
    ASSERT_TRUE(others.find("computed", "E") && others.find("watched", "F"));
    others.update("computed", "E", {{"n", std::int64_t{9}}});
    others.update("watched", "F", {{"n", std::int64_t{9}}});
    EXPECT_EQ(read_for_digests(others), 4);
}

TEST_P(DigestsTest, a_row_that_is_held_tells_what_it_holds_afterwards) {
    records("1").insert("plain", "A", kPlain);
    auto held = records("2");
    held.hold("plain", held.query({"all", "SELECT * FROM plain WHERE n < 0"}).front());
    held.update("plain", "A", {{"a_b", std::string("z")}});
    EXPECT_EQ(read_for_digests(held), 0);
    // Of a row that was not read whole only the store can tell.
    auto in_part = records("3");
    in_part.hold("plain", in_part.query({"some", "SELECT id, n FROM plain"}).front());
    in_part.update("plain", "A", {{"a_b", std::string("zz")}});
    EXPECT_EQ(read_for_digests(in_part), 1);
}

INSTANTIATE_TEST_SUITE_P(, DigestsTest, testing::Values("sqlite_memory", "sqlite_file", "postgres"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace wa::stores

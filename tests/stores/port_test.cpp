// What kernel/store.hpp promises, on every store.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <tuple>

#include "places.hpp"

namespace wa::stores {
namespace {

const std::vector<Step> kSchema{
    {"test/0001_items",
     "CREATE TABLE item (id INTEGER PRIMARY KEY NOT NULL, name TEXT, content BLOB) STRICT;"
     "CREATE UNIQUE INDEX item_name ON item (name);",
     "CREATE TABLE item (id BIGINT PRIMARY KEY NOT NULL, name TEXT, content BYTEA);"
     "CREATE UNIQUE INDEX item_name ON item (name);"},
    {"test/0002_more",
     "ALTER TABLE item ADD COLUMN more TEXT;"
     "CREATE TABLE b (x TEXT, n INTEGER NOT NULL DEFAULT 0, raw BLOB, a INTEGER GENERATED ALWAYS AS (2 * n) "
     "STORED) STRICT",
     "ALTER TABLE item ADD COLUMN more TEXT;"
     "CREATE TABLE b (x TEXT, n BIGINT NOT NULL DEFAULT 0, raw BYTEA, a BIGINT GENERATED ALWAYS AS (2 * n) "
     "STORED)"},
    {"test/0003_broken", "CREATE TABLE c (x TEXT) STRICT; CREATE TABLE b (x TEXT) STRICT",
     "CREATE TABLE c (x TEXT); CREATE TABLE b (x TEXT)"}};

const Statement kInsert{"insert", "INSERT INTO item (id, name, content) VALUES ($id, $name, $content)"};
const Statement kAll{"all", "SELECT id, name, content FROM item ORDER BY id"};
const Statement kCount{"count", "SELECT count(*) AS n FROM item"};

void insert(Transaction& transaction, std::int64_t id, Value name, Value content = std::monostate{}) {
    EXPECT_EQ(transaction.execute(kInsert,
                                  {{"id", id}, {"name", std::move(name)}, {"content", std::move(content)}}),
              1);
}

void add(Store& store, std::int64_t id, std::string name) {
    const auto transaction = store.begin_write();
    insert(*transaction, id, std::move(name));
    transaction->commit();
}

std::int64_t count(Store& store) {
    return store.begin_read()->query(kCount).front().integer("n");
}

StoreError::Kind kind_thrown(const std::function<void()>& work, std::string* text = nullptr) {
    try {
        work();
    } catch (const StoreError& error) {
        if (text) *text = error.what();
        return error.kind;
    }
    ADD_FAILURE() << "nothing was thrown";
    return StoreError::Kind::full;
}

class StorePortTest : public testing::TestWithParam<const char*> {
  protected:
    StorePortTest() {
        // Before a test that forks for EXPECT_DEATH the server must be there.
        store_->migrate(place_->schema(1));
    }
    std::unique_ptr<Place> place_ = make_place(GetParam(), kSchema);
    std::unique_ptr<Store> store_ = place_->open();
};

/// Of stores that more than one program may open.
class StoreOpenedTwiceTest : public StorePortTest {};

TEST_P(StorePortTest, keeps_every_type_as_it_is) {
    const std::string odd = "\x01 inside, ß and 𝄞, \\x41, 'quoted' $id";
    {
        const auto transaction = store_->begin_write();
        insert(*transaction, INT64_MIN, odd, Bytes{0, 255, 0});
        insert(*transaction, 0, std::string(), Bytes());
        insert(*transaction, INT64_MAX, std::monostate{}, std::monostate{});
        insert(*transaction, 5, std::string(100000, 'x'), Bytes(300000, 7));
        transaction->commit();
    }
    if (place_->opens_twice()) store_ = place_->open();
    const Rows rows = store_->begin_read()->query(kAll);
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[0].values(), (std::vector<Value>{INT64_MIN, odd, Bytes{0, 255, 0}}));
    EXPECT_EQ(rows[1].values(), (std::vector<Value>{std::int64_t{0}, std::string(), Bytes()}));
    EXPECT_FALSE(rows[1].is_null("content"));
    EXPECT_EQ(rows[2].text("name"), std::string(100000, 'x'));
    EXPECT_EQ(rows[2].bytes("content"), Bytes(300000, 7));
    EXPECT_EQ(rows[3].integer("id"), INT64_MAX);
    EXPECT_TRUE(rows[3].is_null("name") && rows[3].is_null("content"));
    EXPECT_EQ(rows[0].names(), (std::vector<std::string>{"id", "name", "content"}));
}

TEST_P(StorePortTest, binds_by_name_whatever_the_order) {
    const auto transaction = store_->begin_write();
    const Statement mixed{"mixed",
                          "SELECT $b AS b, $a AS a, $b || $a || $b AS all_of_them, $10 AS ten, $1 AS one"};
    const Params given{{"1", std::string("one")},
                       {"a", std::string("A")},
                       {"10", std::string("ten")},
                       {"b", std::string("B")}};
    for (int run = 0; run < 2; ++run) {
        const Row row = transaction->query(mixed, given).front();
        EXPECT_EQ(row.text("a") + row.text("b") + row.text("all_of_them"), "ABBAB");
        EXPECT_EQ(row.text("one") + row.text("ten"), "oneten");
    }
}

TEST_P(StorePortTest, wrong_parameters_are_programmer_errors) {
    const auto run = [&](const Params& params) {
        store_->begin_read()->query({"p", "SELECT $a AS a"}, params);
    };
    EXPECT_DEATH(run({}), "is given");
    EXPECT_DEATH(run({{"b", std::int64_t{1}}}), "is given");
    EXPECT_DEATH(run({{"a", std::string("x")}, {"b", std::int64_t{1}}}), "every given parameter");
    EXPECT_DEATH(run({{"a", std::string("x")}, {"a", std::string("x")}}), "every given parameter");
    EXPECT_DEATH(store_->begin_read()->execute({"w", "DELETE FROM item"}), "only_reads");
    EXPECT_DEATH(store_->begin_read()->query({"two", "SELECT 1; SELECT 2"}), "one statement");
}

TEST_P(StorePortTest, texts_are_ordered_by_their_bytes) {
    const auto transaction = store_->begin_write();
    std::int64_t id = 0;
    for (const auto* name : {"a", "B", "ä", "Z", "z", "_", " ", "ae", "a b", "𝄞", "～"})
        insert(*transaction, ++id, std::string(name));
    std::vector<std::string> names, sorted;
    for (const Row& row : transaction->query({"by name", "SELECT name FROM item ORDER BY name"}))
        names.push_back(row.text("name"));
    sorted = names;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(names, sorted);
    const Rows range =
        transaction->query({"range", "SELECT COUNT(*) AS n FROM item WHERE name >= $a AND name < $b"},
                           {{"a", std::string("a")}, {"b", std::string("b")}});
    EXPECT_EQ(range.front().integer("n"), 3);
}

TEST_P(StorePortTest, filters_that_are_left_out) {
    const auto transaction = store_->begin_write();
    for (std::int64_t id : {1, 2, 3}) insert(*transaction, id, "n" + std::to_string(id), Bytes{1});
    const Statement filtered{
        "filtered",
        "SELECT id FROM item WHERE ($name = '' OR name = $name) AND ($id = 0 OR id = $id) "
        "AND content = $content ORDER BY id LIMIT $limit"};
    const auto found = [&](std::string name, std::int64_t id) {
        return transaction
            ->query(
                filtered,
                {{"name", std::move(name)}, {"id", id}, {"content", Bytes{1}}, {"limit", std::int64_t{2}}})
            .size();
    };
    for (int run = 0; run < 2; ++run) {
        EXPECT_EQ(found("", 0), 2u);
        EXPECT_EQ(found("n3", 0), 1u);
        EXPECT_EQ(found("", 3), 1u);
        EXPECT_EQ(found("n1", 3), 0u);
    }
}

TEST_P(StorePortTest, returning_and_counts) {
    const auto transaction = store_->begin_write();
    const Rows rows =
        transaction->query({"returning", "INSERT INTO item (id, name) VALUES ($id, $name) RETURNING id"},
                           {{"name", std::string("a")}, {"id", std::int64_t{4}}});
    EXPECT_EQ(rows.front().integer("id"), 4);
    insert(*transaction, 5, std::string("b"));
    EXPECT_EQ(transaction->execute({"update", "UPDATE item SET content = NULL"}), 2);
    EXPECT_EQ(transaction->execute(kCount), 0);
    EXPECT_EQ(transaction->execute({"none", "DELETE FROM item WHERE id = 99"}), 0);
}

TEST_P(StorePortTest, savepoint_undoes_its_part_only) {
    {
        const auto transaction = store_->begin_write();
        insert(*transaction, 1, std::string("kept"));
        transaction->savepoint();
        insert(*transaction, 2, std::string("undone"));
        transaction->rollback_to_savepoint();
        transaction->savepoint();
        insert(*transaction, 3, std::string("kept too"));
        transaction->release_savepoint();
        transaction->commit();
    }
    const Rows rows = store_->begin_read()->query(kAll);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].integer("id"), 3);
}

TEST_P(StorePortTest, without_commit_nothing_happened) {
    insert(*store_->begin_write(), 1, std::string("a"));
    EXPECT_EQ(count(*store_), 0);
    EXPECT_DEATH(
        {
            const auto transaction = store_->begin_write();
            transaction->commit();
            transaction->query(kCount);
        },
        "goes on");
}

TEST_P(StorePortTest, a_reader_sees_one_moment_beside_a_writer) {
    const auto before = store_->begin_read();
    const auto writer = store_->begin_write();
    insert(*writer, 1, std::string("a"));
    const auto during = store_->begin_read();
    EXPECT_EQ(writer->query(kCount).front().integer("n"), 1);
    writer->commit();
    EXPECT_EQ(before->query(kCount).front().integer("n"), 0);
    EXPECT_EQ(during->query(kCount).front().integer("n"), 0);
    EXPECT_EQ(count(*store_), 1);
}

TEST_P(StorePortTest, many_threads_read_and_write) {
    std::vector<std::thread> threads;
    std::atomic<int> backwards{0};
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 40; ++i) add(*store_, t * 1000 + i, fmt::format("{} {}", t, i));
        });
    for (int t = 0; t < 3; ++t)
        threads.emplace_back([&] {
            for (std::int64_t last = 0, i = 0; i < 60; ++i) {
                const auto now = count(*store_);
                if (now < last) ++backwards;
                last = now;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count(*store_), 120);
    EXPECT_EQ(backwards, 0);
}

TEST_P(StoreOpenedTwiceTest, two_programs_write_one_after_the_other) {
    const auto other = place_->open();
    std::vector<std::thread> threads;
    for (auto* store : {store_.get(), other.get()})
        threads.emplace_back([store] {
            for (int i = 0; i < 40; ++i) {
                const auto transaction = store->begin_write();
                // Reads what the other one has committed, and not what it is about to.
                const auto next = transaction->query(kCount).front().integer("n");
                insert(*transaction, next, std::to_string(next));
                transaction->commit();
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count(*store_), 80);
}

TEST_P(StoreOpenedTwiceTest, whoever_waits_too_long_is_told_so) {
    const auto impatient = place_->open(50);
    auto writing = store_->begin_write();
    EXPECT_EQ(kind_thrown([&] { impatient->begin_write(); }), StoreError::Kind::busy);
    writing.reset();
    add(*impatient, 1, "a");
    EXPECT_EQ(count(*store_), 1);
}

TEST_P(StorePortTest, an_error_names_the_statement_but_no_value) {
    add(*store_, 1, "Geheimnis");
    std::string text;
    const auto fails = [&](const Statement& statement, const Params& params) {
        const auto transaction = store_->begin_write();
        EXPECT_EQ(kind_thrown([&] { transaction->execute(statement, params); }, &text),
                  StoreError::Kind::other);
        EXPECT_EQ(text.find("Geheimnis"), std::string::npos) << text;
        EXPECT_EQ(text.find(std::string(statement.name) + ": "), 0u) << text;
    };
    fails(kInsert, {{"id", std::int64_t{2}}, {"name", std::string("Geheimnis")}, {"content", Bytes()}});
    EXPECT_NE(text.find("item_name") != text.npos || text.find("item.name") != text.npos, false) << text;
    fails({"typed", "UPDATE item SET id = $id"}, {{"id", std::string("Geheimnis")}});
    fails({"no table", "DELETE FROM nothing WHERE a = $a"}, {{"a", std::string("Geheimnis")}});
    EXPECT_EQ(count(*store_), 1);
}

TEST_P(StorePortTest, more_statements_than_the_cache_holds) {
    const auto transaction = store_->begin_read();
    for (int run = 0; run < 2; ++run)
        for (int i = 0; i < 600; ++i) {
            const std::string text = fmt::format("SELECT {} AS n", i);
            EXPECT_EQ(transaction->query({"n", text}).front().integer("n"), i);
        }
}

TEST_P(StorePortTest, each_schema_step_runs_once_and_whole) {
    EXPECT_EQ(store_->begin_read()->query({"star", "SELECT * FROM item"}).size(), 0u);
    store_->migrate(place_->schema(2));
    store_->migrate(place_->schema(2));
    kind_thrown([&] { store_->migrate(place_->schema(3)); });
    EXPECT_EQ(store_->tables(), (std::vector<std::string>{"b", "item"}));
    add(*store_, 1, "a");
    const auto reading = store_->begin_read();
    EXPECT_EQ(reading->query({"star", "SELECT * FROM item"}).front().names().size(), 4u);
    const Rows steps =
        reading->query({"steps", "SELECT name, applied_at_ms AS at FROM schema_step ORDER BY name"});
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[1].text("name"), "test/0002_more");
    EXPECT_EQ(steps[1].integer("at"), 1700000000000);
}

TEST_P(StorePortTest, tells_the_columns_of_a_table) {
    using Kind = TableColumn::Kind;
    const auto told = [](Transaction& transaction, std::string_view table) {
        std::vector<std::tuple<std::string, Kind, bool>> columns;
        for (const auto& one : transaction.columns_of(table))
            if (one.kind != Kind::other) columns.emplace_back(one.name, one.kind, one.has_default);
        return columns;
    };
    const std::vector<std::tuple<std::string, Kind, bool>> item{
        {"content", Kind::bytes, false}, {"id", Kind::integer, false}, {"name", Kind::text, false}};
    EXPECT_EQ(told(*store_->begin_write(), "item"), item);
    store_->migrate(place_->schema(2));
    const auto transaction = store_->begin_write();
    auto more = item;
    more.insert(more.begin() + 2, {"more", Kind::text, false});
    EXPECT_EQ(told(*transaction, "item"), more);
    EXPECT_EQ(told(*transaction, "b"),
              (std::vector<std::tuple<std::string, Kind, bool>>{
                  {"n", Kind::integer, true}, {"raw", Kind::bytes, false}, {"x", Kind::text, false}}));
    // What the store computes is told, and of no kind.
    EXPECT_EQ(transaction->columns_of("b").size(), 4u);
    EXPECT_EQ(transaction->columns_of("b").front().name, "a");
    EXPECT_TRUE(transaction->columns_of("nothing").empty());
}

TEST_P(StorePortTest, a_whole_store_is_found_whole) {
    for (int i = 0; i < 50; ++i) add(*store_, i, std::to_string(i));
    EXPECT_TRUE(store_->check().empty());
}

std::string name_of(const testing::TestParamInfo<const char*>& one) {
    return one.param;
}
INSTANTIATE_TEST_SUITE_P(Stores, StorePortTest, testing::Values("sqlite_memory", "sqlite_file", "postgres"),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Stores, StoreOpenedTwiceTest, testing::Values("sqlite_file", "postgres"), name_of);

}  // namespace
}  // namespace wa::stores

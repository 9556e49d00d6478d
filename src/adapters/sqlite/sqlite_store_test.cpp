#include "adapters/sqlite/sqlite_store.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "adapters/sqlite/connection.hpp"

namespace wa {
namespace {

const SchemaStep kItems{"test/0001_items",
                        "CREATE TABLE item (id INTEGER PRIMARY KEY NOT NULL, name TEXT, content BLOB) STRICT;"
                        "CREATE UNIQUE INDEX item_name ON item (name);"};
const Statement kInsert{"insert", "INSERT INTO item (id, name, content) VALUES ($id, $name, $content)"};
const Statement kAll{"all", "SELECT id, name, content FROM item ORDER BY id"};
const Statement kCount{"count", "SELECT count(*) AS n FROM item"};

Bytes key_of(std::uint8_t fill) {
    return Bytes(32, fill);
}

void insert(Transaction& transaction, std::int64_t id, Value name, Value content) {
    EXPECT_EQ(transaction.execute(kInsert,
                                  {{"id", id}, {"name", std::move(name)}, {"content", std::move(content)}}),
              1);
}

void add(Store& store, std::int64_t id, std::string name) {
    auto transaction = store.begin_write();
    insert(*transaction, id, std::move(name), std::monostate{});
    transaction->commit();
}

std::int64_t count(Store& store) {
    return store.begin_read()->query(kCount).front().integer("n");
}

std::unique_ptr<Store> memory_store() {
    auto store = open_sqlite_store({":memory:"});
    store->migrate({kItems});
    return store;
}

StoreError::Kind kind_thrown(const std::function<void()>& work, std::string* text = nullptr) {
    try {
        work();
    } catch (const StoreError& error) {
        if (text) *text = error.what();
        return error.kind;
    }
    ADD_FAILURE() << "nothing was thrown";
    return StoreError::Kind::other;
}

class SqliteStoreTest : public testing::Test {
  protected:
    SqliteStoreTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "wa-sqlite-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    ~SqliteStoreTest() override { std::filesystem::remove_all(folder_); }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::unique_ptr<Store> open(const std::string& name, std::optional<Bytes> key = std::nullopt) const {
        auto store = open_sqlite_store({path(name), std::move(key)});
        store->migrate({kItems});
        return store;
    }
    std::string everything_on_disk() const {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            std::ifstream file(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(file), {});
        }
        return all;
    }

    std::filesystem::path folder_;
};

TEST_F(SqliteStoreTest, keeps_every_type_as_it_is) {
    const std::string odd = std::string("nul ") + '\0' + " inside, ß and 𝄞";
    {
        auto store = open("a.db", key_of(1));
        auto transaction = store->begin_write();
        insert(*transaction, INT64_MIN, odd, Bytes{0, 255, 0});
        insert(*transaction, 0, std::string(), Bytes());
        insert(*transaction, INT64_MAX, std::monostate{}, std::monostate{});
        insert(*transaction, 5, std::string(100000, 'x'), Bytes(300000, 7));
        transaction->commit();
    }
    const Rows rows = open("a.db", key_of(1))->begin_read()->query(kAll);
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

TEST_F(SqliteStoreTest, binds_by_name_whatever_the_order) {
    auto store = memory_store();
    auto transaction = store->begin_write();
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

TEST_F(SqliteStoreTest, wrong_parameters_are_programmer_errors) {
    auto store = memory_store();
    const auto run = [&](const Params& params) {
        store->begin_read()->query({"p", "SELECT $a AS a"}, params);
    };
    EXPECT_DEATH(run({}), "is given");
    EXPECT_DEATH(run({{"b", std::int64_t{1}}}), "is given");
    EXPECT_DEATH(run({{"a", std::int64_t{1}}, {"b", std::int64_t{1}}}), "every given parameter");
    EXPECT_DEATH(run({{"a", std::int64_t{1}}, {"a", std::int64_t{1}}}), "every given parameter");
    EXPECT_DEATH(store->begin_read()->execute({"w", "DELETE FROM item"}), "only_reads");
    EXPECT_DEATH(store->begin_read()->query({"two", "SELECT 1; SELECT 2"}), "one statement");
}

TEST_F(SqliteStoreTest, returning_and_counts) {
    auto store = memory_store();
    auto transaction = store->begin_write();
    const Rows rows =
        transaction->query({"returning", "INSERT INTO item (id, name) VALUES ($id, $name) RETURNING id"},
                           {{"name", std::string("a")}, {"id", std::int64_t{4}}});
    EXPECT_EQ(rows.front().integer("id"), 4);
    insert(*transaction, 5, std::string("b"), std::monostate{});
    EXPECT_EQ(transaction->execute({"update", "UPDATE item SET content = NULL"}), 2);
    EXPECT_EQ(transaction->execute(kCount), 0);
    EXPECT_EQ(transaction->execute({"none", "DELETE FROM item WHERE id = 99"}), 0);
}

TEST_F(SqliteStoreTest, savepoint_undoes_its_part_only) {
    auto store = memory_store();
    {
        auto transaction = store->begin_write();
        insert(*transaction, 1, std::string("kept"), std::monostate{});
        transaction->savepoint();
        insert(*transaction, 2, std::string("undone"), std::monostate{});
        transaction->rollback_to_savepoint();
        transaction->savepoint();
        insert(*transaction, 3, std::string("kept too"), std::monostate{});
        transaction->release_savepoint();
        transaction->commit();
    }
    const Rows rows = store->begin_read()->query(kAll);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[1].integer("id"), 3);
}

TEST_F(SqliteStoreTest, without_commit_nothing_happened) {
    auto store = memory_store();
    insert(*store->begin_write(), 1, std::string("a"), std::monostate{});
    EXPECT_EQ(count(*store), 0);
    EXPECT_DEATH(
        {
            auto transaction = store->begin_write();
            transaction->commit();
            transaction->query(kCount);
        },
        "goes on");
}

TEST_F(SqliteStoreTest, a_reader_sees_one_moment_beside_a_writer) {
    for (const bool on_disk : {false, true}) {
        auto store = on_disk ? open("r.db", key_of(3)) : memory_store();
        auto before = store->begin_read();
        auto writer = store->begin_write();
        insert(*writer, 1, std::string("a"), std::monostate{});
        auto during = store->begin_read();
        EXPECT_EQ(writer->query(kCount).front().integer("n"), 1);
        writer->commit();
        EXPECT_EQ(before->query(kCount).front().integer("n"), 0);
        EXPECT_EQ(during->query(kCount).front().integer("n"), 0);
        EXPECT_EQ(count(*store), 1);
    }
}

TEST_F(SqliteStoreTest, many_threads_read_and_write) {
    for (const bool on_disk : {false, true}) {
        auto store = on_disk ? open("t.db", key_of(3)) : memory_store();
        std::vector<std::thread> threads;
        std::atomic<int> backwards{0};
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 40; ++i) add(*store, t * 1000 + i, fmt::format("{} {}", t, i));
            });
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&] {
                for (std::int64_t last = 0, i = 0; i < 60; ++i) {
                    const auto now = count(*store);
                    if (now < last) ++backwards;
                    last = now;
                }
            });
        for (auto& thread : threads) thread.join();
        EXPECT_EQ(count(*store), 120);
        EXPECT_EQ(backwards, 0);
    }
}

TEST_F(SqliteStoreTest, the_log_is_moved_beside_the_writer_and_stays_short) {
    const auto log_bytes = [&] { return std::filesystem::file_size(path("a-wal")); };
    SqliteOptions options{path("a"), key_of(7)};
    options.checkpoints_beside = true;
    {
        const auto store = open_sqlite_store(options);
        store->migrate({kItems});
        // 40 kB each: 24 MB, six times what is moved at once and less than what makes the writer do it.
        for (std::int64_t i = 1; i <= 600; ++i) {
            auto transaction = store->begin_write();
            insert(*transaction, i, std::to_string(i), Bytes(40'000, std::uint8_t(i)));
            transaction->commit();
        }
        // The last commits may still be in the log; once it is moved the next commit begins it anew.
        const auto file_bytes = [&] { return std::filesystem::file_size(path("a")); };
        for (int tries = 0; tries < 500 && file_bytes() < 15'000'000; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        EXPECT_GT(file_bytes(), 15'000'000u);
        EXPECT_EQ(count(*store), 600);
    }
    EXPECT_FALSE(std::filesystem::exists(path("a-wal")) && log_bytes() > 0);
    const auto store = open_sqlite_store(options);
    EXPECT_EQ(count(*store), 600);
    EXPECT_TRUE(store->check().empty());
}

TEST_F(SqliteStoreTest, an_error_names_the_statement_but_no_value) {
    auto store = memory_store();
    add(*store, 1, "Geheimnis");
    auto transaction = store->begin_write();
    std::string text;
    EXPECT_EQ(
        kind_thrown([&] { insert(*transaction, 2, std::string("Geheimnis"), std::monostate{}); }, &text),
        StoreError::Kind::other);
    EXPECT_NE(text.find("insert: UNIQUE constraint failed: item.name"), std::string::npos) << text;
    kind_thrown([&] { insert(*transaction, 2, std::string("x"), std::string("Geheimnis")); }, &text);
    EXPECT_EQ(text.find("Geheimnis"), std::string::npos) << text;
    transaction->commit();
    EXPECT_EQ(count(*store), 1);
}

TEST_F(SqliteStoreTest, no_statement_reaches_another_file) {
    add(*open("other.db"), 1, "other tenant");
    auto store = memory_store();
    kind_thrown([&] {
        store->begin_read()->query({"attach", "ATTACH $file AS other"}, {{"file", path("other.db")}});
    });
}

TEST_F(SqliteStoreTest, more_statements_than_the_cache_holds) {
    auto store = memory_store();
    auto transaction = store->begin_read();
    for (int run = 0; run < 2; ++run)
        for (int i = 0; i < 600; ++i) {
            const std::string text = fmt::format("SELECT {} AS n", i);
            EXPECT_EQ(transaction->query({"n", text}).front().integer("n"), i);
        }
}

TEST_F(SqliteStoreTest, encrypted_files_show_no_plaintext) {
    const std::string secret = "Wohnungsgeberbestaetigung";
    for (const bool encrypted : {false, true}) {
        const std::string name = encrypted ? "e.db" : "p.db";
        auto store = encrypted ? open(name, key_of(9)) : open(name);
        add(*store, 1, secret);
        const bool in_log = everything_on_disk().find(secret) != std::string::npos;
        store.reset();
        const bool in_file = everything_on_disk().find(secret) != std::string::npos;
        EXPECT_EQ(in_log, !encrypted);
        EXPECT_EQ(in_file, !encrypted);
        std::filesystem::remove(path(name));
    }
}

TEST_F(SqliteStoreTest, a_wrong_key_says_so) {
    add(*open("k.db", key_of(1)), 1, "a");
    add(*open("plain.db"), 1, "a");
    std::ofstream(path("short")) << "not a store";
    std::ofstream(path("long")) << std::string(20000, 'x');
    const auto expect_refused = [&](const std::string& name, std::optional<Bytes> key) {
        std::string text;
        EXPECT_EQ(kind_thrown([&] { open(name, key); }, &text), StoreError::Kind::damaged) << name;
        EXPECT_EQ(text, "wrong key or not a store") << name;
    };
    expect_refused("k.db", key_of(2));
    expect_refused("k.db", std::nullopt);
    expect_refused("plain.db", key_of(1));
    for (const char* name : {"short", "long"}) {
        expect_refused(name, key_of(1));
        expect_refused(name, std::nullopt);
    }
    EXPECT_EQ(count(*open("k.db", key_of(1))), 1);
    EXPECT_EQ(kind_thrown([&] { open("no/such/folder.db"); }), StoreError::Kind::other);
}

TEST_F(SqliteStoreTest, each_schema_step_runs_once_and_whole) {
    const SchemaStep second{"test/0002_more",
                            "ALTER TABLE item ADD COLUMN more TEXT; CREATE TABLE b (x ANY) STRICT"};
    const SchemaStep broken{"test/0003_broken",
                            "CREATE TABLE c (x ANY) STRICT; CREATE TABLE b (x ANY) STRICT"};
    auto store =
        open_sqlite_store({path("m.db"), key_of(1), nullptr, true, 5000, [] { return 1700000000000; }});
    store->migrate({kItems});
    EXPECT_EQ(store->begin_read()->query({"star", "SELECT * FROM item"}).size(), 0u);
    store->migrate({kItems, second});
    store->migrate({kItems, second});
    kind_thrown([&] { store->migrate({kItems, second, broken}); });
    EXPECT_EQ(store->tables(), (std::vector<std::string>{"b", "item"}));
    add(*store, 1, "a");
    auto reading = store->begin_read();
    EXPECT_EQ(reading->query({"star", "SELECT * FROM item"}).front().names().size(), 4u);
    const Rows steps =
        reading->query({"steps", "SELECT name, applied_at_ms AS at FROM schema_step ORDER BY name"});
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[1].text("name"), "test/0002_more");
    EXPECT_EQ(steps[1].integer("at"), 1700000000000);
}

TEST_F(SqliteStoreTest, a_copy_is_complete_encrypted_and_of_one_moment) {
    auto store = open("o.db", key_of(4));
    for (int i = 0; i < 300; ++i) add(*store, i, fmt::format("Eintrag {} {}", i, std::string(200, 'y')));
    auto writing = store->begin_write();
    insert(*writing, 1000, std::string("not committed"), std::monostate{});
    store->copy_to(path("copy.db"));
    writing->commit();
    writing.reset();
    store->copy_to(path("copy2.db"));
    store->copy_to(path("copy2.db"));  // over an older copy
    EXPECT_FALSE(std::filesystem::exists(path("copy.db.new")));
    EXPECT_EQ(everything_on_disk().find("Eintrag"), std::string::npos);
    auto copy = open("copy.db", key_of(4));
    EXPECT_EQ(count(*copy), 300);
    EXPECT_TRUE(copy->check().empty());
    auto second = open("copy2.db", key_of(4));
    const Rows expected = store->begin_read()->query(kAll);
    const Rows found = second->begin_read()->query(kAll);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].values(), expected[i].values());
    EXPECT_EQ(kind_thrown([&] { open("copy.db", key_of(5)); }), StoreError::Kind::damaged);
    EXPECT_EQ(kind_thrown([&] { store->copy_to(path("no/such/copy.db")); }), StoreError::Kind::other);
    EXPECT_EQ(count(*store), 301);
}

TEST_F(SqliteStoreTest, a_full_disk_is_told_and_survived) {
    for (const bool encrypted : {false, true}) {
        auto disk = std::make_shared<SimDisk>();
        auto store = open_sqlite_store({"f.db", encrypted ? std::optional(key_of(1)) : std::nullopt, disk});
        store->migrate({kItems});
        add(*store, 1, "before");
        disk->set_capacity(400000);
        const auto fill = [&] {
            auto transaction = store->begin_write();
            for (int i = 0; i < 100; ++i) insert(*transaction, 10 + i, std::to_string(i), Bytes(20000, 1));
            transaction->commit();
        };
        EXPECT_EQ(kind_thrown(fill), StoreError::Kind::full);
        EXPECT_EQ(kind_thrown(fill), StoreError::Kind::full);
        EXPECT_EQ(kind_thrown(fill), StoreError::Kind::full);
        EXPECT_EQ(count(*store), 1);
        disk->set_capacity(1);
        EXPECT_EQ(kind_thrown([&] { store->copy_to("copy.db"); }), StoreError::Kind::full);
        EXPECT_FALSE(disk->read("copy.db") || disk->read("copy.db.new"));
        disk->set_capacity(std::nullopt);
        fill();
        EXPECT_EQ(count(*store), 101);
        EXPECT_TRUE(store->check().empty());
    }
}

TEST_F(SqliteStoreTest, a_locked_file_is_busy) {
    SqliteOptions options{path("b.db")};
    options.busy_ms = 50;
    auto other = open("b.db");
    auto store = open_sqlite_store(options);
    auto writing = other->begin_write();
    EXPECT_EQ(kind_thrown([&] { store->begin_write(); }), StoreError::Kind::busy);
    writing.reset();
    add(*store, 1, "a");
}

}  // namespace
}  // namespace wa

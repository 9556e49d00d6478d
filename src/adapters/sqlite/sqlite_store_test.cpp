#include "adapters/sqlite/sqlite_store.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
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

// What every store must do is tested in tests/stores, on both; here is what only SQLite does.

TEST_F(SqliteStoreTest, keeps_a_nul_inside_a_text) {
    const std::string odd = std::string("nul ") + '\0' + " inside";
    {
        auto store = open("a.db", key_of(1));
        auto transaction = store->begin_write();
        insert(*transaction, 1, odd, std::monostate{});
        transaction->commit();
    }
    EXPECT_EQ(open("a.db", key_of(1))->begin_read()->query(kAll).front().text("name"), odd);
}

TEST_F(SqliteStoreTest, the_log_is_moved_beside_the_writer_and_stays_short) {
    const auto log_bytes = [&] { return std::filesystem::file_size(path("a-wal")); };
    SqliteOptions options{path("a"), key_of(7)};
    options.checkpoints_beside = true;
    {
        const auto store = open_sqlite_store(options);
        store->migrate({kItems});
        // 40 kB each: 24 MB, more than what is moved at once and less than what makes the writer do it alone.
        for (std::int64_t i = 1; i <= 600; ++i) {
            auto transaction = store->begin_write();
            insert(*transaction, i, std::to_string(i), Bytes(40'000, std::uint8_t(i)));
            transaction->commit();
        }
        // Up to 16 MB may still be in the log.
        constexpr std::uintmax_t moved = 8'000'000;
        const auto file_bytes = [&] { return std::filesystem::file_size(path("a")); };
        for (int tries = 0; tries < 500 && file_bytes() < moved; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        EXPECT_GE(file_bytes(), moved);
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

TEST(SqliteStore, a_statement_is_prepared_once_whatever_its_limit_is) {
    SqliteOptions options;
    options.path = "/memory";
    options.disk = std::make_shared<SimDisk>(SimDisk::Crashes::never);
    sqlite::Connection connection(options, sqlite::Connection::Role::writer);
    connection.run_script(kItems.name, kItems.text);
    for (std::int64_t limit = 1; limit <= 3; ++limit)
        connection.query({"some", "SELECT id FROM item WHERE id > $from ORDER BY id LIMIT $limit"},
                         {{"from", limit}, {"limit", limit}});
    for (auto* one = sqlite3_next_stmt(connection.handle(), nullptr); one;
         one = sqlite3_next_stmt(connection.handle(), one))
        EXPECT_EQ(sqlite3_stmt_status(one, SQLITE_STMTSTATUS_REPREPARE, 0), 0) << sqlite3_sql(one);
}

}  // namespace
}  // namespace wa

// One changed byte anywhere in an encrypted store is found, and the table it belongs to is named.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/sqlite_store.hpp"

namespace wa {
namespace {

using sqlite::Connection;

constexpr std::size_t kPage = 4096;

class DamageTest : public testing::Test {
  protected:
    DamageTest() : disk_(std::make_shared<SimDisk>()), options_{"d.db", Bytes(32, 7), disk_} {
        auto store = open_sqlite_store(options_);
        store->migrate({{"test/0001",
                         "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT) STRICT;"
                         "CREATE INDEX person_name ON person (name);"
                         "CREATE TABLE document (id INTEGER PRIMARY KEY, content BLOB) STRICT;"
                         "CREATE TABLE note (key TEXT PRIMARY KEY, text TEXT) STRICT, WITHOUT ROWID;"
                         "CREATE TABLE gone (content BLOB) STRICT;"}});
        auto transaction = store->begin_write();
        for (std::int64_t i = 0; i < 1500; ++i) {
            const Value name = fmt::format("Muster {} {}", i * 7919 % 1500, std::string(80, 'm'));
            transaction->execute({"person", "INSERT INTO person VALUES ($id, $name)"},
                                 {{"id", i}, {"name", name}});
            transaction->execute({"note", "INSERT INTO note VALUES ($name, $name)"}, {{"name", name}});
            if (i % 100 == 0)
                transaction->execute({"document", "INSERT INTO document VALUES ($id, $content)"},
                                     {{"id", i}, {"content", Bytes(30000, static_cast<std::uint8_t>(i))}});
        }
        transaction->execute({"gone", "INSERT INTO gone VALUES (zeroblob(200000))"});
        transaction->execute({"gone", "DELETE FROM gone"});
        transaction->commit();
        transaction.reset();
        store.reset();
        healthy_ = *disk_->read("d.db");
        map_pages();
    }

    void map_pages() {
        Connection connection(options_, Connection::Role::reader);
        for (const Row& row :
             connection.query({"pages",
                               "SELECT s.pageno AS page, coalesce(t.tbl_name, s.name) AS owner FROM dbstat s "
                               "LEFT JOIN sqlite_schema t ON t.name = s.name"}))
            owner_[row.integer("page")] = row.text("owner");
    }

    std::vector<StoreDamage> damage_after_flip(std::size_t offset, std::uint8_t bits) {
        Bytes damaged = healthy_;
        damaged[offset] ^= bits;
        disk_->put("d.db", damaged);
        return open_sqlite_store(options_)->check();
    }

    std::shared_ptr<SimDisk> disk_;
    SqliteOptions options_;
    Bytes healthy_;
    std::map<std::int64_t, std::string> owner_;  ///< table of each page; free pages are absent
};

TEST_F(DamageTest, nothing_is_found_in_a_healthy_store) {
    EXPECT_TRUE(open_sqlite_store(options_)->check().empty());
    EXPECT_GT(owner_.size(), 200u);
    EXPECT_LT(owner_.size(), healthy_.size() / kPage);  // some are free
}

TEST_F(DamageTest, a_flipped_bit_is_found_in_its_table) {
    std::mt19937_64 random(2026);
    std::set<std::string> seen;
    for (int round = 0; round < 60; ++round) {
        const std::size_t offset = kPage + random() % (healthy_.size() - kPage);
        const auto page = static_cast<std::int64_t>(offset / kPage) + 1;
        const std::string owner = owner_.count(page) ? owner_[page] : "file";
        const auto damage = damage_after_flip(offset, static_cast<std::uint8_t>(1u << random() % 8));
        ASSERT_EQ(damage.size(), 1u) << "page " << page << " of " << owner;
        EXPECT_EQ(damage[0].table, owner) << damage[0].where;
        EXPECT_NE(damage[0].where.find(fmt::format("unreadable pages: {}", page)), std::string::npos)
            << damage[0].where;
        EXPECT_EQ(damage[0].where.find("Muster"), std::string::npos);
        seen.insert(owner);
    }
    EXPECT_EQ(seen, (std::set<std::string>{"document", "file", "note", "person"}));
}

TEST_F(DamageTest, root_pages_too) {
    Connection connection(options_, Connection::Role::reader);
    const Rows roots = connection.query(
        {"roots", "SELECT tbl_name AS owner, rootpage AS page FROM sqlite_schema WHERE rootpage > 0"});
    for (const Row& root : roots) {
        const auto damage =
            damage_after_flip(static_cast<std::size_t>(root.integer("page") - 1) * kPage + 100, 1);
        ASSERT_EQ(damage.size(), 1u);
        EXPECT_EQ(damage[0].table, root.text("owner"));
    }
    EXPECT_GE(roots.size(), 6u);
}

TEST_F(DamageTest, damage_in_several_tables_names_each) {
    Bytes damaged = healthy_;
    std::set<std::string> expected;
    for (const auto& [page, owner] : owner_)
        if ((owner == "person" || owner == "document") && expected.insert(owner).second)
            damaged[static_cast<std::size_t>(page - 1) * kPage + 2000] ^= 1;
    disk_->put("d.db", damaged);
    std::set<std::string> found;
    for (const auto& place : open_sqlite_store(options_)->check()) found.insert(place.table);
    EXPECT_EQ(found, expected);
}

TEST_F(DamageTest, the_first_page) {
    auto store = open_sqlite_store(options_);
    for (const std::size_t offset : {0u, 15u, 18u, 30u, 2000u, 4095u}) {
        Bytes damaged = healthy_;
        damaged[offset] ^= 4;
        disk_->put("d.db", damaged);
        const auto damage = store->check();
        ASSERT_EQ(damage.size(), 1u) << offset;
        EXPECT_EQ(damage[0].table, "sqlite_schema");
        EXPECT_THROW(open_sqlite_store(options_), StoreError) << offset;
    }
    disk_->put("d.db", healthy_);
    EXPECT_TRUE(store->check().empty());
}

TEST_F(DamageTest, a_cut_file_is_found) {
    for (const std::size_t pages :
         {healthy_.size() / kPage - 1, healthy_.size() / kPage / 2, std::size_t{1}}) {
        disk_->put("d.db",
                   Bytes(healthy_.begin(), healthy_.begin() + static_cast<std::ptrdiff_t>(pages * kPage)));
        try {
            open_sqlite_store(options_);
            FAIL() << "opened with " << pages << " pages";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::damaged);
            EXPECT_NE(std::string(error.what()).find("malformed"), std::string::npos) << error.what();
        }
    }
}

TEST_F(DamageTest, a_page_in_anothers_place_is_found) {
    Bytes damaged = healthy_;
    const auto second = damaged.begin() + static_cast<std::ptrdiff_t>(20 * kPage);
    std::copy(second, second + kPage, damaged.begin() + static_cast<std::ptrdiff_t>(10 * kPage));
    disk_->put("d.db", damaged);
    EXPECT_FALSE(open_sqlite_store(options_)->check().empty());
}

TEST_F(DamageTest, reading_a_damaged_page_throws_and_the_rest_stays_readable) {
    Bytes damaged = healthy_;
    for (const auto& [page, owner] : owner_)
        if (owner == "document") damaged[static_cast<std::size_t>(page - 1) * kPage + 50] ^= 1;
    disk_->put("d.db", damaged);
    auto store = open_sqlite_store(options_);
    const Statement documents{"documents", "SELECT content FROM document"};
    const Statement people{"people", "SELECT count(name) AS n FROM person"};
    for (int round = 0; round < 3; ++round) {
        try {
            store->begin_read()->query(documents);
            FAIL() << "the damage went unnoticed";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::damaged) << error.what();
        }
        try {
            store->begin_write()->query(documents);
            FAIL() << "the damage went unnoticed";
        } catch (const StoreError& error) {
            EXPECT_EQ(error.kind, StoreError::Kind::damaged) << error.what();
        }
        EXPECT_EQ(store->begin_read()->query(people).front().integer("n"), 1500);
        auto writing = store->begin_write();
        EXPECT_EQ(writing->query(people).front().integer("n"), 1500);
        writing->execute({"note", "INSERT INTO note VALUES ($name, NULL)"},
                         {{"name", std::to_string(round)}});
        writing->commit();
    }
    EXPECT_THROW(store->copy_to("copy.db"), StoreError);
}

}  // namespace
}  // namespace wa

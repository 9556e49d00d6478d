// What only PostgreSQL does; what every store must do is tested in tests/stores.
#include "adapters/postgres/postgres_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "adapters/postgres/temporary_server.hpp"
#include "adapters/postgres/tenant_databases.hpp"

namespace wa {
namespace {

const SchemaStep kItems{"test/0001_items",
                        "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT NOT NULL, content BYTEA);"
                        "CREATE TABLE pair (b TEXT, n BIGINT, a TEXT, PRIMARY KEY (b, n))"};
const Statement kInsert{"insert", "INSERT INTO item (id, name) VALUES ($id, $name)"};
const Statement kCount{"count", "SELECT count(*) AS n FROM item"};

struct PostgresStoreTest : testing::Test {
    std::unique_ptr<Store> open() {
        PostgresOptions options;
        options.server = server.server();
        options.database = options.role = "tenant";
        options.password = to_bytes("secret");
        options.schema = {kItems};
        auto store = open_postgres_store(options);
        store->migrate({kItems});
        return store;
    }
    void add(Store& store, std::int64_t id, const std::string& name = "a") {
        const auto transaction = store.begin_write();
        transaction->execute(kInsert, {{"id", id}, {"name", name}});
        transaction->commit();
    }
    std::int64_t count(Store& store) { return store.begin_read()->query(kCount).front().integer("n"); }

    void SetUp() override { TenantDatabases(server.administrator()).create("tenant", to_bytes("secret")); }
    TemporaryServer server;
};

TEST_F(PostgresStoreTest, what_was_committed_survives_a_crash_and_the_store_goes_on) {
    const auto store = open();
    for (std::int64_t i = 1; i <= 20; ++i) add(*store, i);
    {
        const auto reading = store->begin_read();
        const auto writing = store->begin_write();
        writing->execute(kInsert, {{"id", std::int64_t{99}}, {"name", std::string("lost")}});
        server.crash();
        EXPECT_THROW(writing->commit(), StoreError);
        EXPECT_THROW(reading->query(kCount), StoreError);
    }
    EXPECT_THROW(store->begin_write(), StoreError);
    EXPECT_THROW(store->begin_read(), StoreError);
    server.start();
    EXPECT_EQ(count(*store), 20);
    add(*store, 21);
    EXPECT_EQ(count(*store), 21);
    EXPECT_TRUE(store->check().empty());
}

TEST_F(PostgresStoreTest, a_server_that_was_restarted_meanwhile_is_not_noticed) {
    const auto store = open();
    for (int round = 1; round <= 3; ++round) {
        {
            // Two readers and the writer are idle when the server goes.
            const auto one = store->begin_read(), other = store->begin_read();
            add(*store, round);
        }
        if (round % 2 == 1)
            server.crash();
        else
            server.stop();
        server.start();
        EXPECT_EQ(count(*store), round);
        const auto one = store->begin_read(), other = store->begin_read();
        add(*store, 100 + round);
        const auto writing = store->begin_write();
        writing->execute({"undo", "DELETE FROM item WHERE id > 100"});
        writing->commit();
    }
}

TEST_F(PostgresStoreTest, after_an_error_nothing_of_the_transaction_is_kept) {
    const auto store = open();
    add(*store, 1);
    {
        const auto transaction = store->begin_write();
        transaction->execute(kInsert, {{"id", std::int64_t{2}}, {"name", std::string("b")}});
        EXPECT_THROW(transaction->execute(kInsert, {{"id", std::int64_t{1}}, {"name", std::string("b")}}),
                     StoreError);
        EXPECT_THROW(transaction->commit(), StoreError);
    }
    EXPECT_EQ(count(*store), 1);
}

TEST_F(PostgresStoreTest, a_nul_inside_a_text_is_refused) {
    const auto store = open();
    EXPECT_THROW(add(*store, 1, std::string("a\0b", 3)), StoreError);
    EXPECT_EQ(count(*store), 0);
}

TEST_F(PostgresStoreTest, key_columns_come_in_the_order_of_the_key) {
    const auto store = open();
    std::vector<std::string> names;
    for (const auto& row : store->begin_read()->query(postgres_key_columns, {{"table", std::string("pair")}}))
        names.push_back(row.text("name"));
    EXPECT_EQ(names, (std::vector<std::string>{"b", "n"}));
}

TEST_F(PostgresStoreTest, a_step_without_words_for_postgres_is_a_programmer_error) {
    const auto store = open();
    EXPECT_DEATH(store->migrate({kItems, {"test/0002_x", "CREATE TABLE x (a TEXT) STRICT"}}), "both stores");
}

/// Changes a byte in the middle of a file of the table or index, while the server is down.
void spoil(TemporaryServer& server, Store& store, const std::string& relation) {
    const auto path =
        store.begin_read()
            ->query({"path", "SELECT pg_relation_filepath($name::regclass) AS path"}, {{"name", relation}})
            .front()
            .text("path");
    server.run("CHECKPOINT");
    server.stop();
    const int file = ::open((server.data() + "/" + path).c_str(), O_RDWR);
    ASSERT_GE(file, 0);
    char byte = 0;
    const off_t at = 8192 * 2 + 5000;
    ASSERT_EQ(::pread(file, &byte, 1, at), 1);
    byte = char(byte ^ 0x10);
    ASSERT_EQ(::pwrite(file, &byte, 1, at), 1);
    ::close(file);
    server.start();
}

TEST_F(PostgresStoreTest, a_changed_bit_is_found_and_its_table_named) {
    const auto store = open();
    {
        const auto transaction = store->begin_write();
        for (std::int64_t i = 0; i < 3000; ++i)
            transaction->execute(kInsert, {{"id", i}, {"name", std::string(100, 'x')}});
        transaction->commit();
    }
    ASSERT_TRUE(store->check().empty());
    spoil(server, *store, "item");
    const auto damage = store->check();
    ASSERT_FALSE(damage.empty());
    EXPECT_EQ(damage.front().table, "item");
    EXPECT_EQ(damage.front().where.find("xxx"), std::string::npos);
    try {
        store->begin_read()->query({"all", "SELECT * FROM item"});
        ADD_FAILURE() << "a damaged page was read";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::damaged);
    }
}

TEST_F(PostgresStoreTest, a_damaged_index_is_found) {
    const auto store = open();
    {
        const auto transaction = store->begin_write();
        for (std::int64_t i = 0; i < 3000; ++i)
            transaction->execute(kInsert, {{"id", i}, {"name", std::string("x")}});
        transaction->commit();
    }
    spoil(server, *store, "item_pkey");
    const auto damage = store->check();
    ASSERT_EQ(damage.size(), 1u);
    EXPECT_EQ(damage.front().table, "item");
}

}  // namespace
}  // namespace wa

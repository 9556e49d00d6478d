#include "adapters/postgres/tenant_databases.hpp"

#include <gtest/gtest.h>

#include "adapters/postgres/connection.hpp"
#include "adapters/postgres/temporary_server.hpp"

namespace wa {
namespace {

struct TenantDatabasesTest : testing::Test {
    static void SetUpTestSuite() {
        server = new TemporaryServer(TemporaryServer::Durability::fast);
        server->run("CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'maker'");
    }
    static void TearDownTestSuite() { delete std::exchange(server, nullptr); }
    void SetUp() override {
        for (const auto* name : {"wa_a", "wa_b"}) databases.create(name, to_bytes(std::string("of ") + name));
    }
    void TearDown() override {
        for (const auto* name : {"wa_a", "wa_b"}) databases.drop(name);
    }
    static std::string as(const std::string& role, const std::string& database) {
        return server->server() + " user=" + role + " dbname=" + database + " password='of " + role + "'";
    }
    static std::string error_of(const std::function<void()>& work) {
        try {
            work();
        } catch (const StoreError& error) {
            return error.what();
        }
        return "";
    }
    static inline TemporaryServer* server = nullptr;
    TenantDatabases databases{server->administrator()};
};

TEST_F(TenantDatabasesTest, a_role_reaches_its_own_database_and_no_other) {
    postgres::Connection own(as("wa_a", "wa_a"));
    own.run_script("make", "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('of a')");
    EXPECT_NE(error_of([] { postgres::Connection other(as("wa_a", "wa_b")); }).find("permission denied"),
              std::string::npos);
    EXPECT_NE(error_of([] { postgres::Connection other(as("wa_b", "wa_a")); }).find("permission denied"),
              std::string::npos);
}

TEST_F(TenantDatabasesTest, a_role_has_no_way_up) {
    postgres::Connection own(as("wa_a", "wa_a"));
    for (const auto* forbidden :
         {"SET ROLE wa_b", "SET SESSION AUTHORIZATION wa_b", "CREATE ROLE x", "CREATE DATABASE x",
          "ALTER ROLE wa_b PASSWORD 'x'", "GRANT wa_b TO wa_a", "SELECT * FROM pg_authid",
          "COPY pg_class TO '/tmp/x'", "COPY pg_class TO PROGRAM 'cat'", "CREATE EXTENSION dblink",
          "CREATE EXTENSION postgres_fdw", "SELECT pg_read_file('/etc/passwd')", "DROP DATABASE wa_b",
          "ALTER DATABASE wa_b OWNER TO wa_a",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
          "usename <> current_user",
          "SET ROLE wa_admin"})
        EXPECT_NE(error_of([&] { own.run_script("up", forbidden); }), "") << forbidden;
}

TEST_F(TenantDatabasesTest, the_password_is_asked_for_and_not_kept) {
    EXPECT_NE(error_of([] {
                  postgres::Connection wrong(server->server() + " user=wa_a dbname=wa_a password=x");
              }).find("password authentication failed"),
              std::string::npos);
    postgres::Connection admin(server->administrator());
    const auto kept = admin.query({"kept", "SELECT rolpassword FROM pg_authid WHERE rolname = 'wa_a'"});
    EXPECT_TRUE(kept.front().text("rolpassword").starts_with("SCRAM-SHA-256$"));
}

TEST_F(TenantDatabasesTest, dropped_is_gone_and_may_be_dropped_again) {
    postgres::Connection busy(as("wa_b", "wa_b"));
    databases.drop("wa_b");
    databases.drop("wa_b");
    EXPECT_NE(error_of([] { postgres::Connection gone(as("wa_b", "wa_b")); }), "");
    postgres::Connection admin(server->administrator());
    EXPECT_TRUE(admin.query({"left", "SELECT 1 AS one FROM pg_roles WHERE rolname = 'wa_b'"}).empty());
    databases.create("wa_b", to_bytes("of wa_b"));
    postgres::Connection again(as("wa_b", "wa_b"));
}

TEST_F(TenantDatabasesTest, the_administrator_need_not_be_superuser) {
    TenantDatabases made(server->server() + " user=maker password=maker dbname=postgres");
    made.create("wa_c", to_bytes("of wa_c"));
    postgres::Connection own(as("wa_c", "wa_c"));
    EXPECT_NE(error_of([] { postgres::Connection other(as("wa_a", "wa_c")); }), "");
    // Nor has it a way in once the database is made.
    EXPECT_NE(error_of([] {
                  postgres::Connection in(server->server() + " user=maker password=maker dbname=wa_c");
              }),
              "");
    made.drop("wa_c");
    EXPECT_NE(error_of([] { postgres::Connection gone(as("wa_c", "wa_c")); }), "");
}

TEST_F(TenantDatabasesTest, a_name_is_checked_before_it_becomes_a_statement) {
    EXPECT_DEATH(databases.create("a; DROP ROLE x", to_bytes("x")), "fits");
    EXPECT_DEATH(databases.drop("Robert'); --"), "");
}

}  // namespace
}  // namespace wa

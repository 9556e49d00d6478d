#include "adapters/postgres/tenant_databases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "adapters/postgres/connection.hpp"
#include "adapters/postgres/postgres_error.hpp"
#include "base/assert.hpp"

namespace wa {

namespace {

using postgres::Connection;

void must_be_name(const std::string& name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    WA_ASSERT(!name.empty() && name.size() <= 63 && name.front() >= 'a' && name.front() <= 'z');
    WA_ASSERT(std::all_of(name.begin(), name.end(), fits));
}

/// What the server keeps instead of the password; quoted.
std::string verifier(Connection& server, const std::string& role, const Bytes& password) {
    const std::string text(password.begin(), password.end());
    char* made = PQencryptPasswordConn(server.handle(), text.c_str(), role.c_str(), "scram-sha-256");
    if (!made) postgres::throw_error(server.handle(), "make a role");
    const std::string out = fmt::format("'{}'", made);
    PQfreemem(made);
    return out;
}

bool exists(Connection& server, const Statement& statement, const std::string& name) {
    return !server.query(statement, {{"name", name}}).empty();
}
/// A fifth of a second each.
constexpr int drop_tries = 50;
const Statement find_role{"find role", "SELECT 1 AS one FROM pg_roles WHERE rolname = $name"};
const Statement find_database{"find database", "SELECT 1 AS one FROM pg_database WHERE datname = $name"};

/// The tenant's role may let the server compare its indexes with its tables. Only a superuser can bring the
/// extension; without it verify proves less, see store_check.hpp.
void offer_index_check(Connection& server, const std::string& administrator, const std::string& name) {
    if (server.query({"superuser", "SELECT 1 AS one FROM pg_roles WHERE rolname = current_user AND rolsuper"})
            .empty())
        return;
    if (server.query({"amcheck", "SELECT 1 AS one FROM pg_available_extensions WHERE name = 'amcheck'"})
            .empty())
        return;
    Connection inside(administrator, name);
    inside.run_script("offer amcheck",
                      fmt::format("CREATE EXTENSION amcheck; "
                                  "GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO {}",
                                  name));
}

}  // namespace

TenantDatabases::TenantDatabases(std::string administrator) : administrator_(std::move(administrator)) {}

void TenantDatabases::create(const std::string& name, const Bytes& password) {
    must_be_name(name);
    Connection server(administrator_);
    if (server.query({"checksums", "SELECT current_setting('data_checksums') AS state"})
            .front()
            .text("state") != "on")
        throw StoreError(
            StoreError::Kind::other,
            "the PostgreSQL server keeps no checksums of its pages: stop it and run pg_checksums "
            "--enable");
    server.run_script("make a role",
                      fmt::format("CREATE ROLE {0} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION "
                                  "PASSWORD {1}",
                                  name, verifier(server, name, password)));
    // Who is no superuser may give a database only to a role it belongs to; and only for that moment.
    server.run_script("join the role", fmt::format("GRANT {} TO CURRENT_USER", name));
    server.run_script(
        "make a database",
        fmt::format("CREATE DATABASE {0} OWNER {0} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", name));
    server.run_script("close the database", fmt::format("REVOKE ALL ON DATABASE {} FROM PUBLIC", name));
    offer_index_check(server, administrator_, name);
    server.run_script("leave the role", fmt::format("REVOKE {} FROM CURRENT_USER", name));
}

void TenantDatabases::drop(const std::string& name) {
    must_be_name(name);
    Connection server(administrator_);
    const bool role = exists(server, find_role, name);
    if (role) server.run_script("join the role", fmt::format("GRANT {} TO CURRENT_USER", name));
    for (int tries_left = drop_tries;; --tries_left) {
        if (exists(server, find_database, name))
            server.run_script("drop a database", fmt::format("DROP DATABASE {} WITH (FORCE)", name));
        if (!role) return;
        try {
            server.run_script("drop a role", fmt::format("DROP ROLE {}", name));
            return;
        } catch (const StoreError&) {
            // The server may still be making the database for a program that was killed meanwhile.
            if (tries_left == 0) throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }
}

}  // namespace wa

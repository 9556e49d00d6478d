// The kernel's Store on one PostgreSQL database that belongs to one tenant's role.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/store.hpp"

namespace wa {

struct PostgresOptions {
    /// Where the server is, as libpq takes it: "host=/run/postgresql", "host=a,b port=5432
    /// sslmode=verify-full".
    std::string server;
    std::string database;
    std::string role;
    Bytes password;
    /// How long to wait for another program that writes, in milliseconds; then StoreError of kind busy.
    int busy_ms = 5000;
    /// False gives up durability at a power cut (never consistency): only for what can be repeated.
    bool synchronous = true;
    /// Milliseconds since 1970 for schema_step.applied_at_ms; absent: the column stays null.
    std::function<std::int64_t()> now_ms;
    /// The schema's steps in PostgreSQL's words. migrate() is told names, and takes the texts from here.
    std::vector<SchemaStep> schema;
    /// What Store::copy_to does with one moment of the store: the server's files are not ours to copy.
    std::function<void(Transaction& moment, const std::string& path)> copy;
};

/// Opens the store; the database must exist (TenantDatabases makes it). Throws StoreError, also when texts
/// would be ordered otherwise than by their bytes.
std::unique_ptr<Store> open_postgres_store(PostgresOptions options);

/// Names of the columns of a table's primary key, in its order, as `name`; parameter $table.
inline constexpr Statement postgres_key_columns{
    "key columns",
    "SELECT a.attname::text AS name FROM pg_index i "
    "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
    "WHERE i.indrelid = $table::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], "
    "a.attnum)"};

}  // namespace wa

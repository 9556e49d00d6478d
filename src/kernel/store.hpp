// What the kernel asks of a store. One store holds one tenant; no statement can name another.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"

namespace wa {

/// A named SQL statement of the common subset (SQLite and PostgreSQL), parameters written $name.
/// Declared in a folder's sql/queries.sql and generated as wa::sql::<folder>::<name>.
struct Statement {
    std::string_view name;
    std::string_view text;
};

/// One forward step of a folder's schema, e.g. "kernel/0001_kernel".
struct SchemaStep {
    std::string_view name;
    std::string_view text;
};

/// Everything a column can hold. No floating point: money is cents, times are milliseconds.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;

struct Param {
    std::string_view name;  ///< without the $
    Value value;
};
using Params = std::vector<Param>;

/// One row of a result, with its column names (shared between the rows of a result). It never changes; copies
/// share its values.
class Row {
  public:
    Row() = default;
    Row(std::shared_ptr<const std::vector<std::string>> names, std::vector<Value> values)
        : names_(std::move(names)), values_(std::make_shared<const std::vector<Value>>(std::move(values))) {}

    /// The column's value; asserts that the statement returns such a column.
    const Value& at(std::string_view column) const;
    std::string text(std::string_view column) const;      ///< "" when null
    std::int64_t integer(std::string_view column) const;  ///< 0 when null
    Bytes bytes(std::string_view column) const;           ///< empty when null
    bool is_null(std::string_view column) const;
    const std::vector<std::string>& names() const { return *names_; }
    const std::vector<Value>& values() const { return *values_; }

  private:
    std::shared_ptr<const std::vector<std::string>> names_;
    std::shared_ptr<const std::vector<Value>> values_;
};
using Rows = std::vector<Row>;

/// A column of a table, as its schema declares it.
struct TableColumn {
    /// Of what kind its values are. A value of that kind, and NULL, stands there as it was given; one of
    /// another kind may be converted. other: of none of them, or computed by the store; so is every column of
    /// a table with triggers.
    enum class Kind { integer, text, bytes, other };
    std::string name;
    Kind kind = Kind::other;
    bool has_default = false;  ///< an INSERT that does not name it leaves something other than NULL
};
using TableColumns = std::vector<TableColumn>;

/// One transaction on one tenant's store. Destroying it without commit() rolls back. A broken store
/// (full disk, damaged file) throws StoreError, caught once per request.
class Transaction {
  public:
    virtual ~Transaction() = default;
    virtual Rows query(const Statement& statement, std::span<const Param> params) = 0;
    /// Number of rows changed.
    virtual std::int64_t execute(const Statement& statement, std::span<const Param> params) = 0;
    /// With what stands in braces, which need not become a vector first.
    Rows query(const Statement& statement, std::initializer_list<Param> params = {}) {
        return query(statement, std::span(params.begin(), params.size()));
    }
    std::int64_t execute(const Statement& statement, std::initializer_list<Param> params = {}) {
        return execute(statement, std::span(params.begin(), params.size()));
    }
    /// All columns of a table, in the order of their names' bytes. The store is asked once; valid until the
    /// end of the transaction.
    virtual const TableColumns& columns_of(std::string_view table) = 0;
    virtual void savepoint() = 0;  ///< opens a savepoint; they do not nest
    virtual void release_savepoint() = 0;
    virtual void rollback_to_savepoint() = 0;  ///< undoes it and closes it
    /// Durable when it returns (fsync). The transaction is over then.
    virtual void commit() = 0;
};

/// What is broken, in words for the log of the operator: no values of rows.
class StoreError : public std::runtime_error {
  public:
    enum class Kind { full, damaged, busy, other };
    StoreError(Kind error_kind, const std::string& text) : std::runtime_error(text), kind(error_kind) {}
    Kind kind;
};

/// A damaged place found by Store::check: which table (or "file") and what.
struct StoreDamage {
    std::string table;
    std::string where;
};

/// One tenant's store. Thread-safe: one writing transaction at a time (the second waits), any number of
/// reading ones beside it.
class Store {
  public:
    virtual ~Store() = default;
    virtual std::unique_ptr<Transaction> begin_write() = 0;
    virtual std::unique_ptr<Transaction> begin_read() = 0;
    /// Brings the schema up to date; each step once, in order.
    virtual void migrate(const std::vector<SchemaStep>& steps) = 0;
    /// A second, durable, complete and encrypted copy, written beside and renamed; returns when it is
    /// fsynced.
    virtual void copy_to(const std::string& path) = 0;
    /// Reads every page; damage is returned, not thrown.
    virtual std::vector<StoreDamage> check() = 0;
    /// Names of all tables that are not the engine's own.
    virtual std::vector<std::string> tables() = 0;
};

}  // namespace wa

// One SQLite connection with its cache of prepared statements. Used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/sqlite/sqlite_store.hpp"

namespace wa::sqlite {

class Connection {
  public:
    /// copy: a file that is being filled with the pages of another and is not durable before its fsync.
    enum class Role { writer, reader, copy };

    /// Opens the file of the options; throws StoreError.
    Connection(const SqliteOptions& options, Role role);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Rows query(const Statement& statement, std::span<const Param> params);
    /// Number of rows changed; 0 for a statement that only reads.
    std::int64_t execute(const Statement& statement, std::span<const Param> params);
    Rows query(const Statement& statement, std::initializer_list<Param> params = {}) {
        return query(statement, std::span(params.begin(), params.size()));
    }
    std::int64_t execute(const Statement& statement, std::initializer_list<Param> params = {}) {
        return execute(statement, std::span(params.begin(), params.size()));
    }
    /// As Transaction says; valid until forget_statements.
    const TableColumns& columns_of(std::string_view table);
    /// Runs several statements of ours (a schema step), not cached.
    void run_script(std::string_view name, std::string_view text);
    bool only_reads(const Statement& statement);

    bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
    /// Never throws: what is already rolled back stays so.
    void rollback() noexcept;
    /// Forgets the prepared statements and the tables' columns, after the schema changed.
    void forget_statements();
    sqlite3* handle() { return handle_.get(); }

  private:
    struct CloseHandle {
        void operator()(sqlite3* handle) const { sqlite3_close(handle); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Prepared {
        std::string text;
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        std::vector<std::string> params;  ///< by position, without the $
        std::shared_ptr<const std::vector<std::string>> columns;
        bool optional_filters;
    };

    void open(const SqliteOptions& options, Role role);
    void set_key(const Bytes& key);
    void configure(const SqliteOptions& options, Role role);
    Prepared& prepare(const Statement& statement);
    /// The same for these values: optional filters are decided.
    Prepared& prepare(const Statement& statement, std::span<const Param> params);
    void bind(Prepared& prepared, const Statement& statement, std::span<const Param> params);
    void bind_one(sqlite3_stmt* handle, int position, const Value& value, const Statement& statement);
    /// Steps once; true while there is a row. Resets the statement before it throws.
    bool step(Prepared& prepared, const Statement& statement);

    std::unique_ptr<sqlite3, CloseHandle> handle_;
    std::list<Prepared> recent_;  ///< most recently used first
    std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_text_;
    std::map<std::string, TableColumns, std::less<>> tables_;
};

}  // namespace wa::sqlite

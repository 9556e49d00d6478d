// One PostgreSQL connection with its cache of prepared statements. Used by one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/postgres/postgres_store.hpp"

namespace wa::postgres {

class Connection {
  public:
    /// Connects as the role of the options; throws StoreError.
    explicit Connection(const PostgresOptions& options);
    /// Connects with a libpq connection string; for who administers the server.
    /// @param database empty: the one the string names
    explicit Connection(const std::string& conninfo, const std::string& database = "");
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
    /// Runs several statements of ours (a schema step, BEGIN and what belongs to it) in one round trip. The
    /// command tag of the last.
    std::string run_script(std::string_view name, const std::string& text);

    bool in_transaction() const { return PQtransactionStatus(handle_.get()) != PQTRANS_IDLE; }
    /// False when the server is gone or ended the session: nothing more can be done with it.
    bool is_alive() const { return !broken_ && PQstatus(handle_.get()) == CONNECTION_OK; }
    /// Never throws: what is already rolled back stays so.
    void rollback() noexcept;
    /// Forgets the prepared statements and the tables' columns, after the schema changed.
    void forget_statements();
    PGconn* handle() { return handle_.get(); }

  private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    struct Clear {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Result = std::unique_ptr<PGresult, Clear>;
    struct Prepared {
        std::string text;                 ///< as the statement has it
        std::string server_name;          ///< empty: planned anew each time
        std::string numbered;             ///< the text then
        std::vector<std::string> params;  ///< by position, without the $
        std::vector<Oid> types;           ///< of the parameters, as the server inferred them
        std::shared_ptr<const std::vector<std::string>> columns;
    };

    void connect(const std::vector<const char*>& keys, const std::vector<const char*>& values);
    Prepared& prepare(const Statement& statement);
    Result run(const Statement& statement, std::span<const Param> params, Prepared*& prepared);
    Result checked(PGresult* result, std::string_view doing);

    std::unique_ptr<PGconn, Close> handle_;
    bool broken_ = false;         ///< an answer said so, whatever libpq thinks of the socket
    std::int64_t made_ = 0;       ///< statements prepared so far; names them
    std::list<Prepared> recent_;  ///< most recently used first
    std::unordered_map<std::string_view, std::list<Prepared>::iterator> by_text_;
    std::map<std::string, TableColumns, std::less<>> tables_;
};

}  // namespace wa::postgres

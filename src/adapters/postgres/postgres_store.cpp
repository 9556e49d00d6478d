#include "adapters/postgres/postgres_store.hpp"

#include <fmt/format.h>
#include <string.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "adapters/postgres/connection.hpp"
#include "adapters/postgres/store_check.hpp"
#include "base/assert.hpp"

namespace wa {

namespace {

using postgres::Connection;

/// Fewer than for a file: each costs the server a process.
constexpr std::size_t kIdleReaders = 4;
/// One writer for one database, whichever program it belongs to: held until the end of its transaction, so
/// that what the next one reads is the state after it.
constexpr std::int64_t kWriterLock = 0x77616e64;

/// A transaction on a borrowed connection. `give_back` is called once, after the end of the transaction.
class PostgresTransaction final : public Transaction {
  public:
    PostgresTransaction(Connection& connection, bool writes, std::function<void()> give_back)
        : connection_(connection), writes_(writes), give_back_(std::move(give_back)) {}
    PostgresTransaction(const PostgresTransaction&) = delete;
    PostgresTransaction& operator=(const PostgresTransaction&) = delete;
    ~PostgresTransaction() override {
        connection_.rollback();
        give_back_();
    }

    Rows query(const Statement& statement, std::span<const Param> params) override {
        goes_on();
        return guarded([&] { return connection_.query(statement, params); });
    }
    std::int64_t execute(const Statement& statement, std::span<const Param> params) override {
        goes_on();
        return guarded([&] { return connection_.execute(statement, params); });
    }
    const TableColumns& columns_of(std::string_view table) override {
        goes_on();
        return guarded([&]() -> const TableColumns& { return connection_.columns_of(table); });
    }
    void savepoint() override {
        goes_on();
        WA_ASSERT(!savepoint_ && "savepoints do not nest");
        connection_.run_script("savepoint", "SAVEPOINT wa");
        savepoint_ = true;
    }
    void release_savepoint() override {
        end_savepoint();
        connection_.run_script("release savepoint", "RELEASE wa");
    }
    void rollback_to_savepoint() override {
        end_savepoint();
        connection_.run_script("rollback to savepoint", "ROLLBACK TO wa; RELEASE wa");
    }
    void commit() override {
        goes_on();
        WA_ASSERT(!savepoint_ && "a savepoint is closed before the commit");
        over_ = true;
        // After an error PostgreSQL answers COMMIT with a ROLLBACK.
        if (connection_.run_script("commit", "COMMIT") != "COMMIT")
            throw StoreError(StoreError::Kind::other, "commit: a statement had failed before");
    }

  private:
    void goes_on() const { WA_ASSERT(!over_ && "the transaction goes on"); }
    void end_savepoint() {
        goes_on();
        WA_ASSERT(savepoint_ && "a savepoint is open");
        savepoint_ = false;
    }
    template <class Work>
    auto guarded(Work work) -> decltype(work()) {
        try {
            return work();
        } catch (const StoreError& error) {
            const bool only_reads =
                std::string_view(error.what()).find("PostgreSQL 25006") == std::string::npos;
            WA_ASSERT((writes_ || only_reads) && "a reading transaction only_reads");
            throw;
        }
    }

    Connection& connection_;
    bool writes_;
    std::function<void()> give_back_;
    bool savepoint_ = false;
    bool over_ = false;
};

class PostgresStore final : public Store {
  public:
    explicit PostgresStore(PostgresOptions options) : options_(std::move(options)) {
        writer_ = std::make_unique<Connection>(options_);
        // Ranges of names and ids rely on the order of bytes, as everywhere else in the program.
        const auto kind =
            writer_->query({"kind of database",
                            "SELECT pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS "
                            "collate FROM pg_database WHERE datname = current_database()"});
        if (kind.front().text("encoding") != "UTF8" || kind.front().text("collate") != "C")
            throw StoreError(
                StoreError::Kind::other,
                "the database needs the encoding UTF8 and the locale C: let admin tenant make it");
    }
    PostgresStore(const PostgresStore&) = delete;
    PostgresStore& operator=(const PostgresStore&) = delete;
    ~PostgresStore() override {
        WA_ASSERT(!writing_ && reading_ == 0 && "all transactions end before their store");
        explicit_bzero(options_.password.data(), options_.password.size());
    }

    std::unique_ptr<Transaction> begin_write() override {
        take_writer();
        try {
            begin(writer_,
                  fmt::format("BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({})",
                              kWriterLock));
        } catch (const StoreError&) {
            give_back_writer();
            throw;
        }
        return std::make_unique<PostgresTransaction>(*writer_, true, [this] { give_back_writer(); });
    }

    std::unique_ptr<Transaction> begin_read() override {
        auto reader = take_reader();
        try {
            // The snapshot is taken with the first statement, not with BEGIN.
            begin(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
        } catch (const StoreError&) {
            give_back_reader(nullptr);
            throw;
        }
        auto lease = std::make_shared<std::unique_ptr<Connection>>(std::move(reader));
        return std::make_unique<PostgresTransaction>(**lease, false,
                                                     [this, lease] { give_back_reader(std::move(*lease)); });
    }

    void migrate(const std::vector<SchemaStep>& steps) override;

    void copy_to(const std::string& path) override {
        WA_ASSERT(options_.copy && "the store was opened with a way to copy it");
        const auto moment = begin_read();
        options_.copy(*moment, path);
    }

    std::vector<StoreDamage> check() override { return postgres::check_store(options_); }

    std::vector<std::string> tables() override {
        const auto tx = begin_read();
        std::vector<std::string> names;
        for (const Row& row : tx->query(postgres::list_tables, {})) names.push_back(row.text("name"));
        return names;
    }

  private:
    /// Begins on this connection, or on a new one when the server was restarted meanwhile.
    void begin(std::unique_ptr<Connection>& connection, const std::string& text) {
        if (connection && connection->is_alive()) {
            try {
                connection->run_script("begin", text);
                return;
            } catch (const StoreError&) {
                if (connection->is_alive()) {
                    connection->rollback();
                    throw;
                }
            }
        }
        connection = std::make_unique<Connection>(options_);
        connection->run_script("begin", text);
    }
    void take_writer() {
        std::unique_lock lock(mutex_);
        writer_free_.wait(lock, [&] { return !writing_; });
        writing_ = true;
    }
    void give_back_writer() {
        {
            const std::lock_guard lock(mutex_);
            writing_ = false;
        }
        writer_free_.notify_one();
    }
    /// Null when there is no idle one.
    std::unique_ptr<Connection> take_reader() {
        const std::lock_guard lock(mutex_);
        ++reading_;
        if (idle_.empty()) return nullptr;
        auto reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
    }
    void give_back_reader(std::unique_ptr<Connection> reader) {
        const std::lock_guard lock(mutex_);
        --reading_;
        if (reader && reader->is_alive() && !reader->in_transaction() && idle_.size() < kIdleReaders)
            idle_.push_back(std::move(reader));
    }

    PostgresOptions options_;
    std::unique_ptr<Connection> writer_;
    std::mutex mutex_;
    std::condition_variable writer_free_;
    bool writing_ = false;
    int reading_ = 0;
    std::vector<std::unique_ptr<Connection>> idle_;
};

void PostgresStore::migrate(const std::vector<SchemaStep>& steps) {
    {
        const auto transaction = begin_write();
        writer_->run_script("create schema_step",
                            "CREATE TABLE IF NOT EXISTS schema_step "
                            "(name TEXT PRIMARY KEY, applied_at_ms BIGINT)");
        transaction->commit();
    }
    bool changed = false;
    for (const SchemaStep& step : steps) {
        const auto words = std::find_if(options_.schema.begin(), options_.schema.end(),
                                        [&](const SchemaStep& one) { return one.name == step.name; });
        WA_ASSERT(words != options_.schema.end() && "each step of the schema is written for both stores");
        const auto transaction = begin_write();
        const Value name = std::string(step.name);
        if (!transaction
                 ->query({"find schema step", "SELECT name FROM schema_step WHERE name = $name"},
                         {{"name", name}})
                 .empty())
            continue;
        writer_->run_script(step.name, std::string(words->text));
        Value now;
        if (options_.now_ms) now = options_.now_ms();
        transaction->execute(
            {"note schema step", "INSERT INTO schema_step (name, applied_at_ms) VALUES ($name, $now)"},
            {{"name", name}, {"now", now}});
        transaction->commit();
        changed = true;
    }
    if (!changed) return;
    writer_->forget_statements();
    const std::lock_guard lock(mutex_);
    idle_.clear();
}

}  // namespace

std::unique_ptr<Store> open_postgres_store(PostgresOptions options) {
    return std::make_unique<PostgresStore>(std::move(options));
}

}  // namespace wa

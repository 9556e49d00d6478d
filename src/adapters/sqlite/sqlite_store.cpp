#include "adapters/sqlite/sqlite_store.hpp"

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <utility>

#include "adapters/sqlite/checkpointer.hpp"
#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/store_check.hpp"
#include "adapters/sqlite/store_copy.hpp"
#include "base/assert.hpp"

namespace wa {
namespace {

using sqlite::Connection;

constexpr std::size_t kIdleReaders = 8;

/// A transaction on a borrowed connection. `give_back` is called once, after the end of the transaction, with
/// whether the connection is still good.
class SqliteTransaction final : public Transaction {
  public:
    using GiveBack = std::function<void(bool good)>;

    SqliteTransaction(Connection& connection, bool writes, GiveBack give_back)
        : connection_(connection), writes_(writes), give_back_(std::move(give_back)) {}
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;
    ~SqliteTransaction() override {
        connection_.rollback();
        give_back_(good_);
    }

    Rows query(const Statement& statement, std::span<const Param> params) override {
        return guarded([&] {
            WA_ASSERT(writes_ || connection_.only_reads(statement));
            return connection_.query(statement, params);
        });
    }
    std::int64_t execute(const Statement& statement, std::span<const Param> params) override {
        return guarded([&] {
            WA_ASSERT(writes_ || connection_.only_reads(statement));
            return connection_.execute(statement, params);
        });
    }
    const TableColumns& columns_of(std::string_view table) override {
        return guarded([&]() -> const TableColumns& { return connection_.columns_of(table); });
    }
    void savepoint() override {
        WA_ASSERT(!savepoint_ && "savepoints do not nest");
        guarded([&] { return connection_.execute({"savepoint", "SAVEPOINT wa"}); });
        savepoint_ = true;
    }
    void release_savepoint() override {
        end_savepoint();
        guarded([&] { return connection_.execute({"release savepoint", "RELEASE wa"}); });
    }
    void rollback_to_savepoint() override {
        end_savepoint();
        guarded([&] {
            connection_.execute({"rollback to savepoint", "ROLLBACK TO wa"});
            return connection_.execute({"release savepoint", "RELEASE wa"});
        });
    }
    void commit() override {
        WA_ASSERT(!savepoint_ && "a savepoint is closed before the commit");
        guarded([&] { return connection_.execute({"commit", "COMMIT"}); });
        over_ = true;
    }

  private:
    template <class Work>
    auto guarded(Work work) -> decltype(work()) {
        WA_ASSERT(!over_ && "the transaction goes on");
        try {
            return work();
        } catch (const StoreError& error) {
            good_ = false;
            // SQLite rolls back by itself after some errors (full disk): nothing more may be done in here.
            over_ = !connection_.in_transaction();
            throw;
        }
    }
    void end_savepoint() {
        WA_ASSERT(savepoint_ && "a savepoint is open");
        savepoint_ = false;
    }

    Connection& connection_;
    bool writes_;
    GiveBack give_back_;
    bool savepoint_ = false;
    bool over_ = false;
    bool good_ = true;
};

class SqliteStore final : public Store {
  public:
    explicit SqliteStore(SqliteOptions options) : options_(std::move(options)) {
        if (options_.path == ":memory:") {
            options_.path = "/memory";
            options_.disk = std::make_shared<SimDisk>(SimDisk::Crashes::never);
        }
        writer_ = std::make_unique<Connection>(options_, Connection::Role::writer);
        if (options_.checkpoints_beside)
            checkpointer_ = std::make_unique<sqlite::Checkpointer>(options_, *writer_);
    }
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;
    ~SqliteStore() override {
        WA_ASSERT(!writing_ && reading_ == 0 && "all transactions end before their store");
        idle_.clear();
        checkpointer_.reset();
        writer_.reset();
        if (options_.key) explicit_bzero(options_.key->data(), options_.key->size());
    }

    std::unique_ptr<Transaction> begin_write() override {
        take_writer();
        // From here the transaction's destructor gives the writer back, also when BEGIN throws.
        auto transaction =
            std::make_unique<SqliteTransaction>(*writer_, true, [this](bool) { give_back_writer(); });
        writer_->execute({"begin write", "BEGIN IMMEDIATE"});
        return transaction;
    }

    std::unique_ptr<Transaction> begin_read() override {
        auto reader = take_reader();
        Connection& connection = *reader;
        auto lease = std::make_shared<std::unique_ptr<Connection>>(std::move(reader));
        auto transaction = std::make_unique<SqliteTransaction>(
            connection, false, [this, lease](bool good) { give_back_reader(std::move(*lease), good); });
        connection.execute({"begin read", "BEGIN"});
        // SQLite takes the snapshot with the first read, not with BEGIN.
        connection.query({"take snapshot", "SELECT 1 AS one FROM sqlite_schema LIMIT 1"});
        return transaction;
    }

    void migrate(const std::vector<SchemaStep>& steps) override;

    void copy_to(const std::string& path) override {
        with_reader([&](Connection& reader) { sqlite::copy_store(reader, options_, path); });
    }

    std::vector<StoreDamage> check() override { return sqlite::check_store(options_); }

    std::vector<std::string> tables() override {
        std::vector<std::string> names;
        with_reader([&](Connection& reader) { names = sqlite::table_names(reader); });
        return names;
    }

  private:
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
    std::unique_ptr<Connection> take_reader() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto reader = std::move(idle_.back());
                idle_.pop_back();
                ++reading_;
                return reader;
            }
        }
        auto reader = std::make_unique<Connection>(options_, Connection::Role::reader);
        const std::lock_guard lock(mutex_);
        ++reading_;
        return reader;
    }
    void give_back_reader(std::unique_ptr<Connection> reader, bool good) {
        if (!good) reader.reset();  // a connection that met a damaged page reads nothing more
        const std::lock_guard lock(mutex_);
        --reading_;
        if (reader && idle_.size() < kIdleReaders) idle_.push_back(std::move(reader));
    }

    template <class Work>
    void with_reader(Work work) {
        auto reader = take_reader();
        try {
            work(*reader);
        } catch (const StoreError&) {
            give_back_reader(std::move(reader), false);
            throw;
        }
        give_back_reader(std::move(reader), true);
    }

    SqliteOptions options_;
    std::unique_ptr<Connection> writer_;
    std::unique_ptr<sqlite::Checkpointer> checkpointer_;
    std::mutex mutex_;
    std::condition_variable writer_free_;
    bool writing_ = false;
    int reading_ = 0;
    std::vector<std::unique_ptr<Connection>> idle_;
};

void SqliteStore::migrate(const std::vector<SchemaStep>& steps) {
    {
        auto transaction = begin_write();
        writer_->run_script("create schema_step",
                            "CREATE TABLE IF NOT EXISTS schema_step "
                            "(name TEXT PRIMARY KEY NOT NULL, applied_at_ms INTEGER) STRICT");
        transaction->commit();
    }
    for (const SchemaStep& step : steps) {
        auto transaction = begin_write();
        const Value name = std::string(step.name);
        if (!transaction
                 ->query({"find schema step", "SELECT name FROM schema_step WHERE name = $name"},
                         {{"name", name}})
                 .empty())
            continue;
        writer_->run_script(step.name, step.text);
        Value now;
        if (options_.now_ms) now = options_.now_ms();
        transaction->execute(
            {"note schema step", "INSERT INTO schema_step (name, applied_at_ms) VALUES ($name, $now)"},
            {{"name", name}, {"now", now}});
        transaction->commit();
        writer_->forget_statements();
    }
    const std::lock_guard lock(mutex_);
    idle_.clear();
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(SqliteOptions options) {
    return std::make_unique<SqliteStore>(std::move(options));
}

}  // namespace wa

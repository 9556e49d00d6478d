#include "places.hpp"

#include <filesystem>

#include "adapters/postgres/postgres_store.hpp"
#include "adapters/postgres/tenant_databases.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "base/assert.hpp"

namespace wa::stores {

namespace {

std::int64_t a_moment() {
    return 1700000000000;
}

class SqlitePlace : public Place {
  public:
    SqlitePlace(bool in_memory, std::vector<Step> steps) : in_memory_(in_memory), steps_(std::move(steps)) {
        auto pattern = (std::filesystem::temp_directory_path() / "wa-stores-XXXXXX").string();
        WA_ASSERT(::mkdtemp(pattern.data()));
        folder_ = pattern;
    }
    ~SqlitePlace() override { std::filesystem::remove_all(folder_); }
    std::unique_ptr<Store> open(int busy_ms) override {
        SqliteOptions options;
        options.path = in_memory_ ? ":memory:" : folder_ + "/store.db";
        if (!in_memory_) options.key = Bytes(32, 7);
        options.busy_ms = busy_ms;
        options.now_ms = a_moment;
        return open_sqlite_store(std::move(options));
    }
    std::vector<SchemaStep> schema(std::size_t steps) const override {
        std::vector<SchemaStep> mine;
        for (const auto& step : steps_) mine.push_back({step.name, step.sqlite});
        return {mine.begin(), mine.begin() + std::ptrdiff_t(steps)};
    }
    bool opens_twice() const override { return !in_memory_; }

  private:
    bool in_memory_;
    std::vector<Step> steps_;
    std::string folder_;
};

class PostgresPlace : public Place {
  public:
    explicit PostgresPlace(std::vector<Step> steps)
        : steps_(std::move(steps)), name_("place_" + std::to_string(++count)) {
        TenantDatabases(server().administrator()).create(name_, to_bytes("secret"));
    }
    ~PostgresPlace() override { TenantDatabases(server().administrator()).drop(name_); }
    std::unique_ptr<Store> open(int busy_ms) override {
        PostgresOptions options;
        options.server = server().server();
        options.database = options.role = name_;
        options.password = to_bytes("secret");
        options.busy_ms = busy_ms;
        options.now_ms = a_moment;
        options.schema = schema(steps_.size());
        return open_postgres_store(std::move(options));
    }
    std::vector<SchemaStep> schema(std::size_t steps) const override {
        std::vector<SchemaStep> mine;
        for (const auto& step : steps_) mine.push_back({step.name, step.postgres});
        return {mine.begin(), mine.begin() + std::ptrdiff_t(steps)};
    }

  private:
    static inline int count = 0;
    std::vector<Step> steps_;
    std::string name_;
};

}  // namespace

TemporaryServer& server() {
    static TemporaryServer one(TemporaryServer::Durability::fast);
    return one;
}

std::unique_ptr<Place> make_place(const std::string& kind, const std::vector<Step>& schema) {
    if (kind == "postgres") return std::make_unique<PostgresPlace>(schema);
    return std::make_unique<SqlitePlace>(kind == "sqlite_memory", schema);
}

}  // namespace wa::stores

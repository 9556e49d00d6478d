#include <filesystem>
#include <map>

#include "adapters/postgres/postgres_store.hpp"
#include "adapters/postgres/temporary_server.hpp"
#include "adapters/postgres/tenant_databases.hpp"
#include "apps/service/wiring.hpp"
#include "office.hpp"

namespace wa::worlds {

namespace {

/// Each store is a database; a copy belongs to the role of what it was copied from.
class PostgresStores : public Stores {
  public:
    std::unique_ptr<Store> create(const std::string& name) override {
        TenantDatabases(server_.administrator()).create(name, to_bytes(password));
        role_of_[name] = name;
        auto store = reopen(name);
        store->migrate(service::postgres_schema());
        return store;
    }
    std::unique_ptr<Store> reopen(const std::string& name) override {
        PostgresOptions options;
        options.server = server_.server();
        options.database = name;
        options.role = role_of_.at(name);
        options.password = to_bytes(password);
        options.schema = service::postgres_schema();
        return open_postgres_store(std::move(options));
    }
    std::unique_ptr<Store> copy(const std::string& from, const std::string& name) override {
        drop(name);
        role_of_[name] = role_of_.at(from);
        server_.run("CREATE DATABASE " + name + " TEMPLATE " + from + " OWNER " + role_of_[name]);
        return reopen(name);
    }
    void drop(const std::string& name) override { server_.run("DROP DATABASE IF EXISTS " + name); }

  private:
    static constexpr std::string_view password = "of all stores here";
    TemporaryServer server_{TemporaryServer::Durability::fast,
                            std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp"};
    std::map<std::string, std::string> role_of_;
};

}  // namespace

std::unique_ptr<Stores> postgres_stores() {
    return std::make_unique<PostgresStores>();
}

}  // namespace wa::worlds

#include "adapters/postgres/postgres_store.hpp"
#include "adapters/postgres/temporary_server.hpp"
#include "adapters/postgres/tenant_databases.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/service/wiring.hpp"

namespace wa::bench {

namespace {

constexpr int rounds = 15;
constexpr int store_residents = 2000;
constexpr std::string_view password = "of the bench";

std::unique_ptr<Store> open_database(const TemporaryServer& server, const std::string& database) {
    PostgresOptions options;
    options.server = server.server();
    options.database = database;
    options.role = "ours";
    options.password = to_bytes(password);
    options.schema = service::postgres_schema();
    return open_postgres_store(std::move(options));
}

void on_sqlite(const Options& options, const Engine& engine, Report& report) {
    const auto ours = options.folder / "ours.db", bare = options.folder / "bare.db";
    {
        const auto store = open_store(ours);
        fill(*store, engine, store_residents, "hub");
        store->copy_to(bare.string());
    }
    commands_on("store.sqlite", rounds, engine, open_store(ours), *open_store(bare), report);
}

void on_postgres(const Options& options, const Engine& engine, Report& report) {
    // The server runs as another user when we are root; what else lies here is encrypted.
    std::filesystem::permissions(options.folder, std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
    TemporaryServer server(TemporaryServer::Durability::full, options.folder.string());
    TenantDatabases(server.administrator()).create("ours", to_bytes(password));
    {
        const auto store = open_database(server, "ours");
        store->migrate(engine.registry().schema());
        fill(*store, engine, store_residents, "hub");
    }
    server.run("VACUUM ANALYZE", "ours");
    server.run("CREATE DATABASE bare TEMPLATE ours OWNER ours");
    commands_on("store.postgres", rounds, engine, open_database(server, "ours"),
                *open_database(server, "bare"), report);
}

}  // namespace

void stores(const Options& options, Report& report) {
    const Engine engine(service::full_registry());
    on_sqlite(options, engine, report);
    on_postgres(options, engine, report);
}

}  // namespace wa::bench

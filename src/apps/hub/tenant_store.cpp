#include "apps/hub/tenant_store.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "adapters/postgres/postgres_store.hpp"
#include "adapters/postgres/tenant_databases.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/row_copy.hpp"
#include "apps/service/wiring.hpp"

namespace wa::hub {

namespace {

/// After a machine has started its database may need longer than we do. Once for all tenants: a server that
/// stays away must not keep those in files waiting for each of its own.
constexpr std::int64_t patience_ms = 20'000;

std::string purpose(const std::string& tenant_id) {
    return "postgres " + tenant_id;
}

void must_be_administered(const StorePlace& place) {
    if (place.administrator.empty())
        throw std::runtime_error(
            "store.postgres_administrator is not set in the configuration: it makes and drops databases");
}

/// What is on the server as an encrypted file: a backup, the second copy. Written beside and renamed.
void copy_into_file(Transaction& moment, const std::string& path, const Bytes& key) {
    const auto fresh = path + ".new";
    const auto tidy = [&] {
        for (const auto* end : {"", "-wal", "-shm"}) system::remove_file(fresh + end);
    };
    tidy();
    try {
        // Closing the store moves its log into the file and syncs it.
        const auto file = open_store_file(fresh, key);
        // Also of a store that was not brought up to this program yet: the backup before an upgrade.
        file->migrate(steps_of(moment));
        copy_rows(moment, postgres_key_columns, *file);
    } catch (...) {
        tidy();
        throw;
    }
    system::rename_folder(fresh, path);
}

std::shared_ptr<Store> open_on_server(const Keyring& keyring, const json::object& description) {
    const auto place = object_of(description, "store");
    PostgresOptions options;
    options.server = text_of(place, "server");
    options.database = options.role = text_of(place, "database");
    options.password = keyring.unwrap(text_of(place, "password"), purpose(text_of(description, "id")));
    options.now_ms = [] { return system::now().ms; };
    options.schema = service::postgres_schema();
    options.copy = [key = unwrap_keys(keyring, description).store](Transaction& moment, const auto& path) {
        copy_into_file(moment, path, key);
    };
    static const auto until = system::monotonic_ms() + patience_ms;
    for (;;) {
        try {
            return open_postgres_store(options);
        } catch (const StoreError& error) {
            if (error.kind != StoreError::Kind::busy || system::monotonic_ms() > until) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
}

}  // namespace

TenantKeys unwrap_keys(const Keyring& keyring, const json::object& description) {
    const auto id = text_of(description, "id");
    TenantKeys keys;
    const auto digest = keyring.unwrap(text_of(description, "digest_key"), "digest " + id);
    if (digest.size() != keys.digest.bytes.size())
        throw std::runtime_error("the digest key has a wrong length");
    std::copy(digest.begin(), digest.end(), keys.digest.bytes.begin());
    keys.store = keyring.unwrap(text_of(description, "store_key"), "store " + id);
    return keys;
}

void wrap_keys(const Keyring& keyring, const TenantKeys& keys, json::object& description) {
    const auto id = text_of(description, "id");
    description["store_key"] = keyring.wrap(keys.store, "store " + id);
    description["digest_key"] = keyring.wrap(keys.digest.bytes, "digest " + id);
}

std::string store_kind(const json::object& description) {
    return text_of(object_of(description, "store"), "kind", "sqlite");
}

const Statement& key_columns(const std::string& kind) {
    return kind == "postgres" ? postgres_key_columns : sqlite_key_columns;
}

std::unique_ptr<Store> open_store_file(const std::string& path, const Bytes& key) {
    SqliteOptions options;
    options.path = path;
    options.key = key;
    options.now_ms = [] { return system::now().ms; };
    return open_sqlite_store(std::move(options));
}

std::shared_ptr<Store> open_store(const Keyring& keyring, const json::object& description,
                                  const std::string& folder) {
    if (store_kind(description) == "postgres") return open_on_server(keyring, description);
    SqliteOptions options;
    options.path = folder + "/store.db";
    options.key = unwrap_keys(keyring, description).store;
    options.now_ms = [] { return system::now().ms; };
    options.checkpoints_beside = true;
    return open_sqlite_store(std::move(options));
}

json::object make_store(const Keyring& keyring, const std::string& tenant_id, const StorePlace& place,
                        const std::function<void(const json::object&)>& before) {
    if (place.kind != "sqlite" && place.kind != "postgres")
        throw std::runtime_error("store.kind is sqlite or postgres, not " + place.kind);
    json::object made{{"kind", place.kind}};
    const auto password = to_hex(system::random_bytes<32>());
    const auto database = "wa_" + tenant_id + "_" + to_hex(system::random_bytes<4>());
    if (place.kind == "postgres") {
        must_be_administered(place);
        made["server"] = place.server;
        made["database"] = database;
        made["password"] = keyring.wrap(as_span(password), purpose(tenant_id));
    }
    if (before) before(made);
    if (place.kind == "postgres") TenantDatabases(place.administrator).create(database, to_bytes(password));
    return made;
}

void drop_store(const json::object& store, const std::string& folder, const StorePlace& place) {
    if (text_of(store, "kind") == "postgres") {
        must_be_administered(place);
        TenantDatabases(place.administrator).drop(text_of(store, "database"));
        return;
    }
    for (const auto* end : {"-shm", "-wal", ""}) system::remove_file(folder + "/store.db" + end);
}

}  // namespace wa::hub

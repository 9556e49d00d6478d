// Where a tenant's rows are: a file in its folder, or a database of its own on a PostgreSQL server. Its
// description says which ("store"; without it the file).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "apps/hub/keyring.hpp"
#include "kernel/store.hpp"

namespace wa::hub {

/// Where a new store is to be.
struct StorePlace {
    std::string kind = "sqlite";  ///< sqlite | postgres
    std::string server;           ///< PostgresOptions::server; stays in the tenant's description
    std::string administrator;    ///< TenantDatabases: makes and drops databases, and stays nowhere
};

/// Keys of a tenant as its description holds them, wrapped.
struct TenantKeys {
    Bytes store;
    Key32 digest;
};
/// Throws std::runtime_error when they do not fit the master key.
TenantKeys unwrap_keys(const Keyring& keyring, const json::object& description);
/// Wraps them into the description.
void wrap_keys(const Keyring& keyring, const TenantKeys& keys, json::object& description);

/// "sqlite" or "postgres".
std::string store_kind(const json::object& description);
/// How the store of this kind tells the columns of a table's key; parameter $table, column `name`.
const Statement& key_columns(const std::string& kind);

/// Opens the store of the tenant in a folder as the hub works with it. Waits a while for a PostgreSQL server
/// that is not there yet. Throws StoreError.
std::shared_ptr<Store> open_store(const Keyring& keyring, const json::object& description,
                                  const std::string& folder);
/// Opens a store in a file with the tenant's key: also a backup, a second copy.
std::unique_ptr<Store> open_store_file(const std::string& path, const Bytes& key);

/// The part "store" of a description for a new store that nobody has yet; on a server its database and role
/// are made, with a password nobody knows. Throws StoreError, and std::runtime_error when the place misses
/// something.
/// @param before told the part before anything is made, so that it can be found again whatever happens
json::object make_store(const Keyring& keyring, const std::string& tenant_id, const StorePlace& place,
                        const std::function<void(const json::object&)>& before = {});
/// Removes for good what make_store made, as far as it is there.
/// @param store part "store" of a description
void drop_store(const json::object& store, const std::string& folder, const StorePlace& place);

}  // namespace wa::hub

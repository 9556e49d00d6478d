#include "apps/hub/tenants.hpp"

#include <stdexcept>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "kernel/data.hpp"
#include "modules/residence/streets.hpp"

namespace wa::hub {

json::object tenant_to_json(const Tenant& tenant) {
    json::array functions;
    for (const auto& function : tenant.functions) functions.push_back(json::string(function));
    return {{"id", tenant.id},        {"ags", tenant.ags},       {"name", tenant.name},
            {"land", tenant.land},    {"accent", tenant.accent}, {"functions", std::move(functions)},
            {"sender", tenant.sender}};
}

Tenant tenant_from_json(const json::object& object) {
    Tenant tenant;
    tenant.id = text_of(object, "id");
    tenant.ags = text_of(object, "ags");
    tenant.name = text_of(object, "name");
    tenant.land = text_of(object, "land");
    tenant.accent = text_of(object, "accent", tenant.accent);
    tenant.sender = object_of(object, "sender");
    for (const auto& function : array_of(object, "functions"))
        tenant.functions.emplace(std::string_view(function.as_string()));
    return tenant;
}

std::shared_ptr<const Reference> reference_for(const Tenant& tenant, Transaction& tx) {
    return Reference::load(
        tenant.land, tenant.functions.count("registration") ? load_streets(tx) : std::vector<CodeEntry>{});
}

Tenants::Tenants(std::string data_dir, const Registry& registry, const std::string& only)
    : data_dir_(std::move(data_dir)),
      keyring_((system::make_folder(data_dir_), data_dir_)),
      engine_(registry) {
    for (const auto& id : system::list_folder(data_dir_ + "/tenants"))
        if (only.empty() || id == only) open(id);
}

std::string Tenants::store_path(const std::string& tenant_id) const {
    return data_dir_ + "/tenants/" + tenant_id + "/store.db";
}

void Tenants::open(const std::string& tenant_id) {
    const auto folder = data_dir_ + "/tenants/" + tenant_id;
    const auto text = system::read_file(folder + "/tenant.json");
    const auto description = text ? parse_json(*text) : std::nullopt;
    if (!description || !description->is_object())
        throw std::runtime_error(folder + "/tenant.json is not readable");
    const auto& object = description->get_object();
    service::TenantRunner* made = nullptr;
    TenantScope scope;
    scope.tenant = tenant_from_json(object);
    scope.side = Side::hub;
    const auto digest = keyring_.unwrap(text_of(object, "digest_key"), "digest " + tenant_id);
    std::copy_n(digest.begin(), scope.digest_key.bytes.size(), scope.digest_key.bytes.begin());
    SqliteOptions options;
    options.path = store_path(tenant_id);
    options.key = keyring_.unwrap(text_of(object, "store_key"), "store " + tenant_id);
    options.now_ms = [] { return system::now().ms; };
    std::shared_ptr<Store> store = open_sqlite_store(std::move(options));
    store->migrate(engine_.registry().schema());
    scope.reference = reference_for(scope.tenant, *store->begin_read());
    made = new service::TenantRunner(engine_, std::move(scope), std::move(store));
    runners_[tenant_id] = std::shared_ptr<service::TenantRunner>(made);
}

void Tenants::create(const Tenant& tenant) {
    const auto folder = data_dir_ + "/tenants/" + tenant.id;
    if (system::read_file(folder + "/tenant.json"))
        throw std::runtime_error("the tenant " + tenant.id + " exists");
    system::make_folder(folder);
    auto description = tenant_to_json(tenant);
    description["store_key"] = keyring_.wrap(system::random_key().bytes, "store " + tenant.id);
    description["digest_key"] = keyring_.wrap(system::random_key().bytes, "digest " + tenant.id);
    system::write_file(folder + "/tenant.json", json::serialize(description) + "\n", true);
    open(tenant.id);
}

std::shared_ptr<service::TenantRunner> Tenants::runner(const std::string& tenant_id) const {
    const auto it = runners_.find(tenant_id);
    return it == runners_.end() ? nullptr : it->second;
}

std::vector<Tenant> Tenants::all() const {
    std::vector<Tenant> tenants;
    for (const auto& [id, runner] : runners_) tenants.push_back(runner->scope().tenant);
    return tenants;
}

std::optional<Tenants::DeviceOf> Tenants::device_by_fingerprint(const Bytes& fingerprint) const {
    if (fingerprint.empty()) return std::nullopt;
    for (const auto& [id, runner] : runners_) {
        Rows found;
        runner->read([&](Transaction& tx) {
            found = tx.query(sql::kernel::device_by_fingerprint, {{"fingerprint", fingerprint}});
        });
        if (!found.empty()) return DeviceOf{runner, std::move(found.front())};
    }
    return std::nullopt;
}

}  // namespace wa::hub

#include "apps/hub/tenants.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "adapters/log/log.hpp"
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
    return Reference::load(tenant.land, tenant.functions.count("registration") ? load_streets(tx, tenant.ags)
                                                                               : std::vector<CodeEntry>{});
}

Tenants::Tenants(std::string data_dir, const Registry& registry, const std::string& only)
    : data_dir_(std::move(data_dir)),
      keyring_((system::make_folder(data_dir_), data_dir_)),
      engine_(registry) {
    for (const auto& id : system::list_folder(data_dir_ + "/tenants")) {
        if (!only.empty() && id != only) continue;
        // Known by its number only, until its description can be read.
        Tenant tenant;
        tenant.id = tenant.name = id;
        try {
            tenant = tenant_from_json(read_description(data_dir_ + "/tenants/" + id));
            open(id);
        } catch (const StoreError& error) {
            put_aside(std::move(tenant), error, only);
        } catch (const UnreadableDescription& error) {
            put_aside(std::move(tenant), error, only);
        }
    }
}

/// The other authorities work on; whoever asked for this one alone is told.
void Tenants::put_aside(Tenant tenant, const std::exception& why, const std::string& only) {
    if (!only.empty()) throw;
    log::error("tenant does not open", {{"tenant", tenant.id}, {"why", why.what()}});
    const auto id = tenant.id;
    damaged_.emplace(id, std::move(tenant));
}

json::object read_description(const std::string& folder) {
    const auto text = system::read_file(folder + "/tenant.json");
    const auto description = text ? parse_json(*text) : std::nullopt;
    if (!description || !description->is_object() || text_of(description->get_object(), "id").empty())
        throw UnreadableDescription(folder + "/tenant.json is not readable");
    return description->get_object();
}

std::vector<std::string> applied_steps(Transaction& tx) {
    std::vector<std::string> names;
    for (const auto& row : tx.query(sql::kernel::applied_schema_steps)) names.push_back(row.text("name"));
    return names;
}

void refuse_newer(Store& store, const std::vector<SchemaStep>& steps) {
    if (store.tables().empty()) return;
    for (const auto& name : applied_steps(*store.begin_read()))
        if (std::none_of(steps.begin(), steps.end(), [&](const auto& step) { return step.name == name; }))
            throw std::runtime_error("the store was written by a newer program (it has the step " + name +
                                     "): start that one");
}

std::shared_ptr<service::TenantRunner> open_tenant(const Engine& engine, const Keyring& keyring,
                                                   const std::string& folder) {
    const auto description = read_description(folder);
    TenantScope scope;
    scope.tenant = tenant_from_json(description);
    scope.side = Side::hub;
    scope.digest_key = unwrap_keys(keyring, description).digest;
    auto store = open_store(keyring, description, folder);
    refuse_newer(*store, engine.registry().schema());
    store->migrate(engine.registry().schema());
    scope.reference = reference_for(scope.tenant, *store->begin_read());
    return service::TenantRunner::make(engine, std::move(scope), std::move(store));
}

void Tenants::open(const std::string& tenant_id) {
    runners_[tenant_id] = open_tenant(engine_, keyring_, data_dir_ + "/tenants/" + tenant_id);
}

void Tenants::create(const Tenant& tenant, const StorePlace& place) {
    const auto folder = data_dir_ + "/tenants/" + tenant.id;
    if (system::read_file(folder + "/tenant.json"))
        throw std::runtime_error("the tenant " + tenant.id + " exists");
    system::make_folder(folder);
    auto description = tenant_to_json(tenant);
    const auto store_key = system::random_key();
    wrap_keys(keyring_, {Bytes(store_key.bytes.begin(), store_key.bytes.end()), system::random_key()},
              description);
    description["store"] = make_store(keyring_, tenant.id, place);
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
    std::exception_ptr failed;
    for (const auto& [id, runner] : runners_) {
        Rows found;
        try {
            runner->read([&](Transaction& tx) {
                found = tx.query(sql::kernel::device_by_fingerprint, {{"fingerprint", fingerprint}});
            });
        } catch (const StoreError& error) {
            log::error("store failed", {{"tenant", id}, {"why", error.what()}});
            failed = std::current_exception();
        }
        if (!found.empty()) return DeviceOf{runner, std::move(found.front())};
    }
    if (failed) std::rethrow_exception(failed);
    return std::nullopt;
}

}  // namespace wa::hub

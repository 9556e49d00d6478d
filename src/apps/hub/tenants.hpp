// The tenants of a hub: a folder each, with its description, its wrapped keys and its store.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "apps/hub/tenant_store.hpp"
#include "apps/service/tenant_runner.hpp"

namespace wa::hub {

json::object tenant_to_json(const Tenant& tenant);
Tenant tenant_from_json(const json::object& object);

/// The tenant's reference tables with its own street directory. Reads the store.
std::shared_ptr<const Reference> reference_for(const Tenant& tenant, Transaction& tx);

struct UnreadableDescription : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// The description in a tenant's folder; throws UnreadableDescription.
json::object read_description(const std::string& folder);
/// Names of the schema steps a store has seen.
std::vector<std::string> applied_steps(Transaction& tx);
/// Throws std::runtime_error when a newer program has written the store: an older one must not write into it.
void refuse_newer(Store& store, const std::vector<SchemaStep>& steps);
/// Opens the tenant in a folder and brings its schema up to date. Throws std::runtime_error when a newer
/// program has written it.
std::shared_ptr<service::TenantRunner> open_tenant(const Engine& engine, const Keyring& keyring,
                                                   const std::string& folder);

/// Thread-safe after construction.
class Tenants {
  public:
    /// Opens every tenant below data_dir/tenants (or only the one named) and brings its schema up to date.
    /// One whose store or description cannot be read does not keep the others closed; the only one named
    /// throws.
    Tenants(std::string data_dir, const Registry& registry, const std::string& only = "");

    const Keyring& keyring() const { return keyring_; }
    std::shared_ptr<service::TenantRunner> runner(const std::string& tenant_id) const;
    std::vector<Tenant> all() const;
    /// Whether this tenant is there, but its store could not be opened.
    bool is_damaged(const std::string& tenant_id) const { return damaged_.count(tenant_id) > 0; }
    /// Those, by id: their people are told at the sign-in what is the matter.
    const std::map<std::string, Tenant>& damaged() const { return damaged_; }
    /// Makes a new tenant with keys of its own. Throws when it exists.
    void create(const Tenant& tenant, const StorePlace& place = {});
    /// The tenant and device a certificate belongs to; empty when unknown. Throws StoreError when it is known
    /// nowhere, and a store could not be asked.
    struct DeviceOf {
        std::shared_ptr<service::TenantRunner> runner;
        Row device;
    };
    std::optional<DeviceOf> device_by_fingerprint(const Bytes& fingerprint) const;

  private:
    void open(const std::string& tenant_id);
    void put_aside(Tenant tenant, const std::exception& why, const std::string& only);

    std::string data_dir_;
    Keyring keyring_;
    Engine engine_;
    std::map<std::string, Tenant> damaged_;
    std::map<std::string, std::shared_ptr<service::TenantRunner>> runners_;
};

}  // namespace wa::hub

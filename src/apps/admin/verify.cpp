#include <iostream>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/journal.hpp"

namespace wa::admin {

namespace {

bool verify_tenant(service::TenantRunner& runner, const Registry& registry) {
    const auto& tenant = runner.scope().tenant;
    bool good = true;
    for (const auto& damage : runner.store().check()) {
        good = false;
        std::cout << tenant.id << ": DAMAGED " << damage.table << ": " << damage.where << "\n";
    }
    if (!good) return false;
    JournalReport report;
    runner.read([&](Transaction& tx) {
        report = verify_journal(tx, runner.scope().digest_key, registry.journalled_tables());
    });
    for (const auto& fault : report.faults)
        std::cout << tenant.id << ": " << fault.what << " " << fault.table << " " << fault.id << "\n";
    std::cout << tenant.id << " " << tenant.name << ": " << report.entries << " journal entries, "
              << report.rows << " rows, " << report.faults.size() << " faults\n";
    return report.faults.empty();
}

}  // namespace

int verify(const std::string& data_dir, const std::string& only_tenant) {
    const auto& registry = service::full_registry();
    bool good = true;
    // One after the other: a damaged tenant must not hide the state of the others.
    for (const auto& id : system::list_folder(data_dir + "/tenants")) {
        if (!only_tenant.empty() && id != only_tenant) continue;
        try {
            hub::Tenants tenants(data_dir, registry, id);
            good = verify_tenant(*tenants.runner(id), registry) && good;
        } catch (const StoreError& error) {
            std::cout << id << ": DAMAGED file: " << error.what() << "\n";
            good = false;
        }
    }
    return good ? 0 : 1;
}

}  // namespace wa::admin

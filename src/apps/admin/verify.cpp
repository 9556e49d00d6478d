#include <algorithm>
#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/journal.hpp"

namespace wa::admin {

namespace {

/// "<number>:<hash in hex>"
JournalHead parse_head(const std::string& text) {
    const auto colon = text.find(':');
    const auto hash = colon == std::string::npos ? std::nullopt : from_hex(text.substr(colon + 1));
    JournalHead head;
    if (!hash || hash->size() != head.hash.size() || text.find_first_not_of("0123456789") != colon)
        throw std::runtime_error(text + " is no head of a journal (number:hash, as admin backup prints it)");
    head.seq = std::stoll(text);
    std::copy(hash->begin(), hash->end(), head.hash.begin());
    return head;
}

bool verify_tenant(service::TenantRunner& runner, const Registry& registry, const JournalHead* known_head) {
    const auto& tenant = runner.scope().tenant;
    bool good = true;
    for (const auto& damage : runner.store().check()) {
        good = false;
        std::cout << tenant.id << ": DAMAGED " << damage.table << ": " << damage.where << "\n";
    }
    if (!good) return false;
    JournalReport report;
    runner.read([&](Transaction& tx) {
        report = verify_journal(tx, runner.scope().digest_key, registry.journalled_tables(), known_head,
                                system::now());
    });
    for (const auto& fault : report.faults)
        std::cout << tenant.id << ": " << fault.what << " " << fault.table << " " << fault.id << "\n";
    std::cout << tenant.id << " " << tenant.name << ": " << report.entries << " journal entries, "
              << report.rows << " rows, " << report.faults.size() << " faults\n";
    return report.faults.empty();
}

}  // namespace

int verify(const std::string& data_dir, const std::string& only_tenant, const std::string& known_head) {
    const auto head = known_head.empty() ? JournalHead() : parse_head(known_head);
    bool found = false;
    const auto& registry = service::full_registry();
    bool good = true;
    // One after the other: a damaged tenant must not hide the state of the others.
    for (const auto& id : system::list_folder(data_dir + "/tenants")) {
        if (!only_tenant.empty() && id != only_tenant) continue;
        found = true;
        try {
            hub::Tenants tenants(data_dir, registry, id);
            good = verify_tenant(*tenants.runner(id), registry, known_head.empty() ? nullptr : &head) && good;
        } catch (const StoreError& error) {
            std::cout << id << ": DAMAGED file: " << error.what() << "\n";
            good = false;
        }
    }
    if (!found) throw std::runtime_error("there is no tenant " + only_tenant + " in " + data_dir);
    return good ? 0 : 1;
}

}  // namespace wa::admin

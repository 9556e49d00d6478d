#include "apps/admin/testland_setup.hpp"

#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/staff.hpp"
#include "apps/testland/testland.hpp"
#include "base/pin_key.hpp"
#include "kernel/identity.hpp"

namespace wa::admin {

namespace {

using testland::Colleague;

Tenant make_tenant(const std::string& id, const std::string& name, std::set<std::string> functions,
                   json::object sender, const std::string& accent) {
    Tenant tenant;
    tenant.id = tenant.ags = id;
    tenant.name = name;
    tenant.land = "NI";
    tenant.functions = std::move(functions);
    tenant.sender = std::move(sender);
    tenant.accent = accent;
    return tenant;
}

void add_colleague(service::TenantRunner& runner, const Colleague& colleague) {
    const auto id = add_user(runner, colleague.login, colleague.name, colleague.role, colleague.password);
    if (colleague.pin.empty()) return;
    const auto seed = system::random_key();
    const auto wrapped = wrap_with_secret(colleague.pin, seed.bytes, HashCost::strong,
                                          system::random_bytes<16>(), system::random_bytes<24>());
    Actor self = system_actor();
    self.user_id = id;
    run_as_program(runner, "user.set_pin",
                   {{"sign_key", to_hex(SignKeys::from_seed(seed).public_key)},
                    {"seal_key", to_hex(SealKeys::from_seed(seed).public_key)},
                    {"wrapped_seed", to_hex(wrapped)},
                    {"pin_auth", to_hex(pin_auth(key_from_pin(colleague.pin, wrapped).value()))}},
                   self);
}

void fill(hub::Tenants& tenants, const Tenant& tenant, int municipality, int residents) {
    tenants.create(tenant);
    auto runner = tenants.runner(tenant.id);
    add_number_blocks(*runner);
    if (!tenant.functions.count("registration")) return;
    run_as_program(*runner, "residence.set_streets", {{"streets", testland::streets(municipality)}},
                   system_actor());
    std::int64_t count = 0;
    for (auto& batch : testland::person_batches(municipality, residents))
        count += integer_of(
            run_as_program(*runner, "residence.import", {{"persons", std::move(batch)}}, system_actor()),
            "count");
    std::cerr << "  " << tenant.name << ": " << count << " persons\n";
}

bool exists(const std::string& data_dir) {
    return !system::list_folder(data_dir + "/tenants").empty();
}

void create(const std::string& data_dir, int residents) {
    std::cerr << "Creating Testland (invented persons only) …\n";
    hub::Tenants tenants(data_dir, service::full_registry());
    for (int index : {0, 1}) {
        const auto& place = testland::municipality(index);
        fill(tenants,
             make_tenant(place.ags, place.name, {"registration", "id_documents"}, place.sender,
                         index == 0 ? "#1f5f8b" : "#2f6f4f"),
             index, residents);
    }
    fill(tenants,
         make_tenant("99001", "Landkreis Testland", {"foreigners", "vehicles"},
                     {{"authority", "Landkreis Testland"},
                      {"office", "Der Landrat"},
                      {"street", "Kreishaus 1"},
                      {"place", "99101 Testhausen"},
                      {"phone", "0999 1000-0"}},
                     "#7a3b69"),
         2, residents);
    const char* tenant_of[] = {"99001001", "99001002", "99001"};
    for (int authority = 0; authority < 3; ++authority)
        for (const auto& colleague : testland::staff(authority))
            add_colleague(*tenants.runner(tenant_of[authority]), colleague);
    for (auto& site : testland::sites(0))
        run_as_program(*tenants.runner("99001001"), "site.add", std::move(site.as_object()), system_actor());
}

}  // namespace

std::vector<DemoLogin> set_up_testland(const std::string& data_dir, int residents) {
    if (!exists(data_dir)) {
        // Made beside and renamed: a set-up that was cut off leaves nothing that looks whole.
        const auto beside = data_dir + ".new";
        system::remove_folder(beside);
        create(beside, residents);
        system::rename_folder(beside, data_dir);
    }
    std::vector<DemoLogin> logins;
    for (const auto& colleague : testland::staff(0)) {
        logins.push_back({"Zentrale", colleague.title, colleague.login, colleague.password});
        if (!colleague.pin.empty())
            logins.push_back(
                {"Koffer", colleague.title, colleague.name, std::string("PIN ") + colleague.pin});
    }
    return logins;
}

PreparedKoffer prepare_koffer(const std::string& data_dir, const std::string& tenant, const std::string& name,
                              const std::string& host, int sync_port, int enrol_port) {
    hub::Tenants tenants(data_dir, service::full_registry(), tenant);
    const auto runner = tenants.runner(tenant);
    if (!runner) throw std::runtime_error("there is no tenant " + tenant);
    hub::Enrolment enrolment(tenants, data_dir, host, sync_port, enrol_port);
    const auto code = hub::Enrolment::make_code();
    const auto made =
        run_as_program(*runner, "device.prepare",
                       {{"name", name},
                        {"code_hash", to_hex(hub::Enrolment::hash_code(code))},
                        {"code_expires", to_rfc3339({system::now().ms + hub::code_minutes * 60'000})}},
                       system_actor());
    return {enrolment.enrolment_file(tenant, text_of(made, "device_id"), name), code};
}

}  // namespace wa::admin

// admin koffer: enrol, list, renew, revoke; and a tour whose Koffer broke down.
#include <iostream>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/enrolment.hpp"

namespace wa::admin {

namespace {

struct KofferOptions {
    std::string tenant, device, tour, name = "Koffer", out = ".", reason;
};

/// Writes the enrolment file and prints the code: for a new Koffer, or for one that needs a new certificate.
int prepare(Place& place, const KofferOptions& options) {
    TenantTool tool(place.data_dir, options.tenant);
    hub::Enrolment enrolment(tool.tenants(), place.data_dir, place.host, place.sync_port, place.enrol_port);
    const auto code = hub::Enrolment::make_code();
    json::object payload{{"name", options.name},
                         {"code_hash", to_hex(hub::Enrolment::hash_code(code))},
                         {"code_expires", to_rfc3339({system::now().ms + hub::code_minutes * 60'000})}};
    if (!options.device.empty()) payload["device_id"] = options.device;
    const auto id = text_of(tool.run("device.prepare", std::move(payload)), "device_id");
    const auto path = options.out + "/" + id + ".enrol.json";
    system::write_file(path, json::serialize(enrolment.enrolment_file(options.tenant, id, options.name)));
    std::cout << "enrolment file: " << path << "\none-time code:  " << code << " (" << hub::code_minutes
              << " minutes)\n";
    return 0;
}

int list(Place& place, const KofferOptions& options) {
    TenantTool tool(place.data_dir, options.tenant);
    const auto answer = tool.ask("device.list", {}, "");
    for (const auto& entry : array_of(answer, "devices")) {
        const auto& one = entry.as_object();
        const auto contact = integer_of(one, "last_contact_ms");
        std::cout << text_of(one, "id") << "  " << text_of(one, "name") << "  " << text_of(one, "state")
                  << "  certificate until " << text_of(one, "certificate_until", "never") << "  last contact "
                  << (contact == 0 ? "never" : to_rfc3339({contact}).substr(0, 16)) << "\n";
    }
    return 0;
}

}  // namespace

void AdminVerbs::add_koffer(CLI::App& verb) {
    auto options = std::make_shared<KofferOptions>();
    auto* koffer = verb.add_subcommand("koffer", "Koffer of a tenant: enrol, renew, revoke, replace");
    koffer->require_subcommand(1)->fallthrough();
    const auto where = [this, options](CLI::App& one) {
        one.add_option("--out", options->out, "Folder for the enrolment file");
        one.add_option("--host", place_.host, "Name or address by which the Koffer reaches the hub");
        one.add_option("--sync-port", place_.sync_port, "Port of the sync");
        one.add_option("--enrol-port", place_.enrol_port, "Port of the enrolment");
    };
    auto& fresh =
        add(*koffer, "add", "Prepare a new Koffer: writes the enrolment file, prints the one-time code",
            [options](Place& place) { return prepare(place, *options); });
    fresh.add_option("tenant", options->tenant)->required();
    fresh.add_option("--name", options->name, "As people will know it");
    where(fresh);
    auto& renew =
        add(*koffer, "renew", "A code for a Koffer whose certificate has expired; its tour and queue stay",
            [options](Place& place) { return prepare(place, *options); });
    renew.add_option("tenant", options->tenant)->required();
    renew.add_option("device", options->device, "Id of the Koffer (koffer list)")->required();
    where(renew);
    auto& all = add(*koffer, "list", "Koffer with state, certificate and last contact",
                    [options](Place& place) { return list(place, *options); });
    all.add_option("tenant", options->tenant)->required();
    auto& revoke =
        add(*koffer, "revoke", "End a Koffer's access at once; what arrives of it waits in quarantine",
            [options](Place& place) {
                TenantTool tool(place.data_dir, options->tenant);
                tool.run("device.revoke", {{"device_id", options->device}, {"reason", options->reason}});
                std::cout << options->device << " is revoked\n";
                return 0;
            });
    revoke.add_option("tenant", options->tenant)->required();
    revoke.add_option("device", options->device, "Id of the Koffer (koffer list)")->required();
    revoke.add_option("--reason", options->reason, "Stands in the journal")->required();
    auto& move = add(*koffer, "take-over", "Give a tour, also one that is out, to another Koffer",
                     [options](Place& place) {
                         TenantTool tool(place.data_dir, options->tenant);
                         tool.run("tour.reassign", {{"tour_id", options->tour},
                                                    {"device_id", options->device},
                                                    {"reason", options->reason}});
                         std::cout << options->tour << " now belongs to " << options->device << "\n";
                         return 0;
                     });
    move.add_option("tenant", options->tenant)->required();
    move.add_option("tour", options->tour, "Id of the tour")->required();
    move.add_option("device", options->device, "Id of the Koffer that goes on with it")->required();
    move.add_option("--reason", options->reason, "Stands in the journal")->required();
}

}  // namespace wa::admin

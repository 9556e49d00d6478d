// admin koffer: enrol, list, renew, revoke; and a tour whose Koffer broke down.
#include <iostream>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/hub/sealed_work.hpp"

namespace wa::admin {

namespace {

struct KofferOptions {
    std::string tenant, device, tour, name = "Koffer", out = ".", reason, file;
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

/// Takes the sealed queue that somebody has brought on a stick.
int import(Place& place, const KofferOptions& options) {
    const auto file = system::read_file(options.file);
    if (!file) throw std::runtime_error("there is no file " + options.file);
    const auto tenant = hub::tenant_of_queue(as_span(*file));
    if (tenant.empty())
        throw std::runtime_error(options.file +
                                 " is no whole queue of a Koffer (was the stick pulled out too early?)");
    TenantTool tool(place.data_dir, tenant);
    const auto taken = hub::import_queue(tool.runner(), as_span(*file), system::now());
    if (!taken) throw std::runtime_error(options.file + " was refused: " + taken.error().code);
    const auto fresh = taken->done + taken->waiting;
    std::cout << fresh << " steps taken (" << taken->waiting << " of them wait in quarantine), "
              << taken->again << " were already here; " << taken->scans << " documents taken, "
              << taken->scans_again << " were already here; " << taken->drafts << " drafts\n";
    if (fresh + taken->scans == 0) std::cout << "everything in this file is already here\n";
    if (taken->gap)
        std::cout << "something before it is missing: let the Koffer connect, or take its other file first\n";
    if (taken->drafts_left > 0)
        std::cout << taken->drafts_left
                  << " drafts were not taken: their cases are not here, or the Koffer is revoked\n";
    if (taken->malformed) std::cout << "a part of the file could not be read; what could be is taken\n";
    return taken->gap || taken->malformed || taken->drafts_left > 0 ? 1 : 0;
}

/// The same as the desk's page, for whoever has only the command line.
int report_loss(Place& place, const KofferOptions& options) {
    TenantTool tool(place.data_dir, options.tenant);
    const auto answer = tool.run("koffer.report_loss", {{"device_id", options.device},
                                                        {"kind", options.name},
                                                        {"noticed_on", to_iso(local_date(system::now()))},
                                                        {"place", options.out},
                                                        {"circumstances", options.reason}});
    std::cout << options.device << " is reported lost: " << text_of(answer, "loss_id")
              << "; the report is on the desk's page Verwaltung\n";
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
                tool.run("device.revoke",
                         {{"device_id", options->device},
                          {"reason", said_at_the_command_line("koffer revoke", options->reason)}});
                std::cout << options->device << " is revoked\n";
                return 0;
            });
    revoke.add_option("tenant", options->tenant)->required();
    revoke.add_option("device", options->device, "Id of the Koffer (koffer list)")->required();
    revoke.add_option("--reason", options->reason, "Stands in the journal")->required();
    auto& brought = add(*koffer, "import", "Take the sealed queue of a Koffer from a file (node --export)",
                        [options](Place& place) { return import(place, *options); });
    brought.add_option("file", options->file)->required();
    auto& lost =
        add(*koffer, "report-loss", "Report a Koffer lost: revoked at once, its keys go at its next contact",
            [options](Place& place) { return report_loss(place, *options); });
    lost.add_option("tenant", options->tenant)->required();
    lost.add_option("device", options->device, "Id of the Koffer (koffer list)")->required();
    lost.add_option("--kind", options->name, "lost or stolen")->required();
    lost.add_option("--place", options->out, "Where")->required();
    lost.add_option("--reason", options->reason, "What happened; stands in the report")->required();
    auto& move =
        add(*koffer, "take-over", "Give a tour, also one that is out, to another Koffer",
            [options](Place& place) {
                TenantTool tool(place.data_dir, options->tenant);
                tool.run("tour.reassign",
                         {{"tour_id", options->tour},
                          {"device_id", options->device},
                          {"reason", said_at_the_command_line("koffer take-over", options->reason)}});
                std::cout << options->tour << " now belongs to " << options->device << "\n";
                return 0;
            });
    move.add_option("tenant", options->tenant)->required();
    move.add_option("tour", options->tour, "Id of the tour")->required();
    move.add_option("device", options->device, "Id of the Koffer that goes on with it")->required();
    move.add_option("--reason", options->reason, "Stands in the journal")->required();
}

}  // namespace wa::admin

// admin verify, version, upgrade, backup, restore: the stores as a whole.
#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/admin/backup.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/service/wiring.hpp"

namespace wa::admin {

std::string head_text(const JournalHead& head) {
    return std::to_string(head.seq) + ":" + to_hex(head.hash);
}

namespace {

int version(Place& place) {
    const auto& steps = service::full_registry().schema();
    std::cout << "wanderamt " << WA_VERSION << ", schema " << steps.size() << " steps, last "
              << steps.back().name << "\n";
    for (const auto& id : system::list_folder(place.data_dir + "/tenants"))
        std::cout << id << "  " << text_of(hub::read_description(place.data_dir + "/tenants/" + id), "name")
                  << "\n";
    return 0;
}

/// Opening a tenant brings its schema up to date; here it is done before anybody waits for it.
int upgrade(Place& place) {
    const hub::DataLock lock(place.data_dir);
    hub::Tenants tenants(place.data_dir, service::full_registry());
    for (const auto& tenant : tenants.all())
        tenants.runner(tenant.id)->read([&](Transaction& tx) {
            std::cout << tenant.id << ": " << hub::applied_steps(tx).size() << " of "
                      << service::full_registry().schema().size() << " schema steps\n";
        });
    return 0;
}

int backup(Place& place, const std::string& tenant, const std::string& path) {
    const auto head = write_backup(place.data_dir, tenant, path);
    std::cout << path << ": " << head.size / 1024 << " KiB of store, made " << to_rfc3339(head.made_at)
              << "\n"
              << "journal head: " << head_text(head.journal) << "\n";
    return 0;
}

int restore(Place& place, const std::string& path, const RestoreOptions& options) {
    const auto restored = restore_backup(place.data_dir, path, options);
    std::cout << restored.tenant_id << ": " << restored.report.entries << " journal entries, "
              << restored.report.rows << " rows proved, 0 faults\n"
              << restored.blocks << " blocks of numbers begun anew, " << restored.sent
              << " messages had left after the backup and are not sent again\n";
    if (restored.held)
        std::cout << "no list of sent messages: what is due waits until a person releases it\n";
    if (!restored.replaced.empty()) std::cout << "the old store lies in " << restored.replaced << "\n";
    return 0;
}

/// What was held after a restore: listed, or released with a reason.
int messages(Place& place, const std::string& tenant, bool release, const std::string& reason) {
    if (release && reason.empty()) throw std::runtime_error("--release needs a --reason");
    TenantTool tool(place.data_dir, tenant);
    const auto answer = tool.ask("outbox.list", {{"state", "held"}}, "");
    for (const auto& entry : array_of(answer, "messages")) {
        const auto& one = entry.as_object();
        std::cout << text_of(one, "id") << "  " << text_of(one, "message_type") << "  "
                  << text_of(one, "recipient") << "  due " << text_of(one, "due_on") << "\n";
        if (release) tool.run("message.release", {{"message_id", text_of(one, "id")}, {"reason", reason}});
    }
    std::cout << array_of(answer, "messages").size() << (release ? " released\n" : " held\n");
    return 0;
}

}  // namespace

void AdminVerbs::add_store(CLI::App& verb) {
    struct Options {
        std::string tenant, path, head, reason;
        bool release = false;
        RestoreOptions restore;
    };
    auto options = std::make_shared<Options>();
    auto& prove =
        add(verb, "verify", "Prove stores, journal chains and rows; name what is wrong",
            [options](Place& place) { return verify(place.data_dir, options->tenant, options->head); });
    prove.add_option("--tenant", options->tenant, "Only this tenant");
    prove.add_option("--head", options->head, "A head of its journal seen elsewhere (backup prints it)")
        ->needs("--tenant");
    add(verb, "version", "This program, its schema, and the tenants", version, false);
    add(verb, "upgrade", "Bring every store up to this program; the hub must not run", upgrade);
    auto& save = add(verb, "backup", "A tenant into one encrypted file; may run beside the hub",
                     [options](Place& place) { return backup(place, options->tenant, options->path); });
    save.add_option("tenant", options->tenant)->required();
    save.add_option("file", options->path)->required();
    auto& held =
        add(verb, "messages", "Messages held after a restore; --release sends them", [options](Place& place) {
            return messages(place, options->tenant, options->release, options->reason);
        });
    held.add_option("tenant", options->tenant)->required();
    held.add_flag("--release", options->release, "Send all of them");
    held.add_option("--reason", options->reason, "Stands with the message");
    auto& put_back = add(
        verb, "restore", "Put a tenant back from its backup; the hub must not run",
        [options](Place& place) { return restore(place, options->path, options->restore); }, false);
    put_back.add_option("file", options->path)->required()->check(CLI::ExistingFile);
    put_back.add_flag("--replace", options->restore.replace, "Put the present store of the tenant aside");
    put_back
        .add_option("--master-key", options->restore.master_key_path, "Key of the hub that wrote the backup")
        ->check(CLI::ExistingFile);
    put_back
        .add_option("--sent", options->restore.sent_path,
                    "The old hub's sent.log, when this is another place")
        ->check(CLI::ExistingFile);
    put_back.add_option("--reason", options->restore.reason, "Stands in the journal")->required();
}

}  // namespace wa::admin

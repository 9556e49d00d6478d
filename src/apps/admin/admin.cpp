#include "apps/admin/admin.hpp"

#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/testland_setup.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/service/config.hpp"

namespace wa::admin {

void Place::complete() {
    const auto& schema = service::hub_config_schema();
    const auto config =
        config_path.empty() ? service::Config::defaults(schema) : service::Config::read(config_path, schema);
    if (data_dir.empty()) data_dir = config.text("data_dir");
    if (host.empty()) host = config.text("sync.public_host");
    if (host.empty()) host = config.text("sync.address");
    if (sync_port == 0) sync_port = int(config.integer("sync.port"));
    if (enrol_port == 0) enrol_port = int(config.integer("sync.enrol_port"));
    store = {config.text("store.kind"), config.text("store.postgres_server"),
             config.text("store.postgres_administrator")};
}

void Place::must_exist() {
    hub::must_own(data_dir);
    if (system::list_folder(data_dir + "/tenants").empty())
        throw std::runtime_error("there is no hub's data in " + data_dir + " (option --data or --config)");
}

CLI::App& AdminVerbs::add(CLI::App& above, const char* name, const char* text, Work work, bool needs_hub) {
    auto* verb = above.add_subcommand(name, text);
    verb->fallthrough();
    verb->callback([this, work = std::move(work), needs_hub] {
        work_ = [this, work, needs_hub] {
            place_.complete();
            if (needs_hub) place_.must_exist();
            return work(place_);
        };
    });
    return *verb;
}

AdminVerbs::AdminVerbs(CLI::App& verb) {
    verb.require_subcommand(1);
    verb.add_option("--data", place_.data_dir, "The hub's data folder");
    verb.add_option("--config", place_.config_path,
                    "The hub's configuration; tells the folder and the ports");
    add_config(verb);
    add_tenants(verb);
    add_users(verb);
    add_koffer(verb);
    add_store(verb);
    add_journal(verb);
    auto residents = std::make_shared<int>(30000);
    auto& testland = add(
        verb, "testland", "Create the synthetic Testland where it is missing",
        [residents](Place& place) {
            for (const auto& login : set_up_testland(place.data_dir, *residents))
                std::cout << login.place << ": " << login.role << " · " << login.name << " · "
                          << login.password << "\n";
            return 0;
        },
        false);
    testland.add_option("--residents", *residents, "Residents of each municipality");
}

}  // namespace wa::admin

// One program, with verbs. Each is wired in its own folder; here are only the words of the command line.
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

#include "apps/admin/admin.hpp"
#include "apps/demo/demo.hpp"
#include "apps/hub/hub.hpp"
#include "apps/node/device.hpp"
#include "apps/node/node.hpp"
#include "apps/service/config.hpp"
#include "apps/simulator/simulator.hpp"
#include "apps/wanderamt/demo_verb.hpp"
#include "apps/wanderamt/node_verb.hpp"

namespace {

using wa::service::Config;

struct ServiceOptions {
    std::string config_path;
    bool print_config = false;

    void add_to(CLI::App& verb) {
        verb.add_option("--config", config_path, "TOML file; without it the defaults hold");
        verb.add_flag("--print-config", print_config, "Print the full commented configuration and stop");
    }
    Config read(const std::vector<wa::service::ConfigKey>& schema) const {
        return config_path.empty() ? Config::defaults(schema) : Config::read(config_path, schema);
    }
};

int run(int argc, char** argv) {
    CLI::App app("Wanderamt: das Bürgerbüro im Koffer, am Terminal, am Schalter und online");
    app.require_subcommand(1);
    ServiceOptions hub_options, node_options, simulator_options;
    auto* hub = app.add_subcommand("hub", "Run the centre: all tenants, desk and sync");
    hub_options.add_to(*hub);
    auto* node = app.add_subcommand("node", "Run the Koffer: the same desk, offline");
    node_options.add_to(*node);
    wa::NodeVerb node_verb(*node);
    auto* simulator =
        app.add_subcommand("simulator", "Play the exchange and all other authorities, for demo and tests");
    simulator_options.add_to(*simulator);
    wa::DemoVerb demo_verb(
        *app.add_subcommand("demo", "Run hub and Koffer with Testland over an emulated line"), argv[0]);
    auto* admin = app.add_subcommand("admin", "Look after a hub: set up, verify, enrol");
    wa::admin::AdminVerbs admin_verbs(*admin);
    CLI11_PARSE(app, argc, argv);

    const auto& hub_schema = wa::service::hub_config_schema();
    const auto& node_schema = wa::service::node_config_schema();
    const auto& simulator_schema = wa::service::simulator_config_schema();
    if (simulator_options.print_config) return std::cout << wa::service::print_config(simulator_schema), 0;
    if (*simulator) return wa::simulator::run_simulator(simulator_options.read(simulator_schema));
    if (hub_options.print_config) return std::cout << wa::service::print_config(hub_schema), 0;
    if (node_options.print_config) return std::cout << wa::service::print_config(node_schema), 0;
    if (*hub) return wa::hub::run_hub(hub_options.read(hub_schema));
    if (*node) return node_verb.run(node_options.read(node_schema));
    if (*admin) return admin_verbs.run();
    return demo_verb.run();
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "wanderamt: " << error.what() << "\n";
        return 1;
    }
}

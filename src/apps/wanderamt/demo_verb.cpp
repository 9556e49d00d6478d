#include "apps/wanderamt/demo_verb.hpp"

#include <filesystem>

#include "adapters/system/system.hpp"
#include "apps/admin/testland_setup.hpp"
#include "apps/node/device.hpp"

namespace wa {

namespace {

std::string hub_config(const std::string& data, const std::string& web, const std::string& address,
                       int simulator_port) {
    return "data_dir = \"" + data + "/hub\"\ncopy_dir = \"" + data + "/hub-copy\"\nweb_dir = \"" + web +
           "\"\n[sync]\naddress = \"" + address +
           "\"\n[exchange]\nurl = \"http://127.0.0.1:" + std::to_string(simulator_port) +
           "\"\npoll_seconds = 1\n";
}

/// Inside the emulated line it serves the hub from the hub's own network, and its page on the inherited
/// socket.
std::string simulator_config(const std::string& data, int port, bool no_line) {
    return "data_dir = \"" + data + "/simulator\"\nport = " + std::to_string(port) +
           "\nlisten_beside_inherited = " + (no_line ? "false" : "true") + "\n";
}

std::string node_config(const std::string& data, const std::string& web) {
    return "data_dir = \"" + data + "/koffer-1\"\nweb_dir = \"" + web + "\"\n";
}

}  // namespace

DemoVerb::DemoVerb(CLI::App& verb, const std::string& program) {
    options_.program_path = std::filesystem::read_symlink("/proc/self/exe");
    (void)program;
    verb.add_option("--data", data_dir_, "Folder of the demo's data");
    verb.add_option("--web", web_dir_, "Folder of the built web pages");
    verb.add_option("--residents", residents_, "Residents of each municipality, when Testland is made");
    verb.add_flag("--no-line", options_.no_line, "Without the emulated line: hub and Koffer over loopback");
    verb.add_option("--profile", options_.profile, "Profile of the line at the start");
    verb.add_option("--seed", options_.seed, "Decides which packets get lost");
    verb.add_option("--packets", options_.packets,
                    "Writes every packet of the line into this new file (pcap)");
    verb.add_option("--hub-port", options_.hub_desk_port, "Port of the hub's desk");
    verb.add_option("--koffer-port", options_.node_desk_port, "Port of the Koffer's desk");
    verb.add_option("--simulator-port", options_.simulator_port,
                    "Port of the simulator of other authorities");
    verb.add_option("--control-port", options_.control_port, "Port of the demo page");
}

int DemoVerb::run() {
    const auto data = std::filesystem::absolute(data_dir_).string(),
               web = std::filesystem::absolute(web_dir_).string();
    const std::string address = options_.no_line ? "127.0.0.1" : "10.77.0.1";
    system::make_folder(data);
    system::write_file(data + "/hub.toml", hub_config(data, web, address, options_.simulator_port));
    system::write_file(data + "/simulator.toml",
                       simulator_config(data, options_.simulator_port, options_.no_line));
    system::write_file(data + "/koffer-1.toml", node_config(data, web));
    options_.logins = admin::set_up_testland(data + "/hub", residents_);
    options_.data_dir = data;
    options_.hub_args = {"hub", "--config", data + "/hub.toml"};
    options_.simulator_args = {"simulator", "--config", data + "/simulator.toml"};
    options_.node_args = {"node", "--config", data + "/koffer-1.toml"};
    if (!node::read_device(data + "/koffer-1")) {
        const auto prepared =
            admin::prepare_koffer(data + "/hub", admin::testland_tenant, "Koffer 1", address, 8443, 8444);
        system::write_file(data + "/koffer-1.enrol.json", json::serialize(prepared.file));
        system::write_file(data + "/koffer-1.code", prepared.code, true);
        for (const auto& argument : {std::string("--enrol"), data + "/koffer-1.enrol.json",
                                     std::string("--code-file"), data + "/koffer-1.code"})
            options_.node_args.push_back(argument);
    }
    return run_demo(options_);
}

}  // namespace wa

#include <fmt/format.h>

#include <thread>

#include "adapters/system/system.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/bench/processes.hpp"

namespace wa::bench {

namespace {

constexpr int starts = 5;
constexpr double start_goal_ms = 1000, start_memory_goal_mb = 100;
constexpr auto rest = std::chrono::seconds(2);
const std::string tenant = "99001001";

/// Several starts; leaves it running after the last.
void measure(Report& report, ChildProcess& child, std::optional<double> memory_goal) {
    std::vector<double> times;
    for (int i = 0; i < starts; ++i) {
        if (child.running()) end(child);
        times.push_back(start_ms(child));
    }
    std::this_thread::sleep_for(rest);
    const auto& name = child.spec().name;
    report.add({"start." + name, median(times), start_goal_ms, milliseconds_unit});
    report.add({"memory." + name, resident_mb(child.pid()), memory_goal, "MB (less is better)"});
}

}  // namespace

void start(const Options& options, Report& report) {
    progress(fmt::format("start: creating Testland with 2 × {} residents", options.residents));
    const auto folder = options.folder.string(), hub_data = folder + "/hub";
    const auto sync_port = free_port(), enrol_port = free_port();
    run_program(options,
                fmt::format("admin --data '{}' testland --residents {}", hub_data, options.residents));
    const auto prepared = run_program(
        options, fmt::format("admin --data '{}' koffer --tenant {} --out '{}' --sync-port {} --enrol-port {}",
                             hub_data, tenant, folder, sync_port, enrol_port));
    system::write_file(
        folder + "/hub.toml",
        fmt::format("data_dir = \"{0}\"\ncopy_dir = \"{1}/copy\"\nweb_dir = \"{4}\"\n[sync]\nport = {2}\n"
                    "enrol_port = {3}\n",
                    hub_data, folder, sync_port, enrol_port, options.web.string()));
    system::write_file(folder + "/node.toml", fmt::format("data_dir = \"{}/node\"\nweb_dir = \"{}\"\n",
                                                          folder, options.web.string()));
    const auto word_after = [&](const std::string& label) {
        const auto from = prepared.find_first_not_of(' ', prepared.find(label) + label.size());
        return prepared.substr(from, prepared.find_first_of(" \n", from) - from);
    };
    progress("start: hub and Koffer");
    ChildProcess hub(spec(options, "hub", {"hub", "--config", folder + "/hub.toml"}));
    measure(report, hub, std::nullopt);
    run_program(options, fmt::format("node --config '{}/node.toml' --enrol '{}' --code '{}' --enrol-only",
                                     folder, word_after("enrolment file:"), word_after("one-time code:")));
    ChildProcess node(spec(options, "node", {"node", "--config", folder + "/node.toml"}));
    measure(report, node, start_memory_goal_mb);
    end(node);
    end(hub);
}

}  // namespace wa::bench

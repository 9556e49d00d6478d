#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "adapters/system/system.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/demo/child_process.hpp"
#include "apps/demo/health_probe.hpp"

namespace wa::bench {

namespace {

constexpr int starts = 5;
constexpr double start_goal_ms = 1000, memory_goal_mb = 100, patience_ms = 30'000;
constexpr auto rest = std::chrono::seconds(2);
const std::string tenant = "99001001";

std::uint16_t free_port() {
    const auto socket = listen_on_loopback(0);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

/// Runs `wanderamt` to its end; what it prints goes to a file. Throws when it fails.
std::string run_program(const Options& options, const std::string& arguments) {
    const auto out = options.folder / "program.out";
    const auto line = fmt::format("'{}' {} >'{}' 2>&1", options.program.string(), arguments, out.string());
    if (std::system(line.c_str()) != 0)
        throw std::runtime_error(arguments + ":\n" + system::read_file(out.string()).value_or(""));
    return system::read_file(out.string()).value_or("");
}

ChildSpec spec(const Options& options, const std::string& name, std::vector<std::string> arguments) {
    ChildSpec made;
    made.name = made.label = name;
    made.argv = {options.program.string()};
    made.argv.insert(made.argv.end(), arguments.begin(), arguments.end());
    made.log_path = options.folder / (name + ".log");
    made.desk_port = free_port();
    return made;
}

/// Starts it; milliseconds to the first 200 of /api/health.
double start_ms(ChildProcess& child) {
    const auto began = Clock::now();
    child.start(nullptr);
    while (!desk_is_well(child.spec().desk_port)) {
        if (child.reap() || milliseconds_since(began) > patience_ms)
            throw std::runtime_error(child.spec().name + " did not start: " +
                                     system::read_file(child.spec().log_path.string()).value_or(""));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return milliseconds_since(began);
}

void end(ChildProcess& child) {
    child.stop(std::chrono::seconds(5));
    while (child.running()) {
        child.reap();
        child.tick(ChildProcess::Clock::now());
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

double resident_mb(pid_t pid) {
    std::ifstream file(fmt::format("/proc/{}/status", pid));
    std::string word;
    double kib = 0;
    while (file >> word)
        if (word == "VmRSS:" && file >> kib) return kib * 1024 / 1e6;
    throw std::runtime_error("the process does not tell its memory");
}

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
    measure(report, node, memory_goal_mb);
    end(node);
    end(hub);
}

}  // namespace wa::bench

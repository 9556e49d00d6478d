#include "apps/bench/processes.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "adapters/system/system.hpp"
#include "apps/demo/health_probe.hpp"

namespace wa::bench {

namespace {
constexpr double patience_ms = 30'000;
}

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

double processor_ms_of(pid_t pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // Behind the name, which may hold anything: the 12th and 13th are user and system time in ticks.
    const auto from = text.rfind(')');
    if (from == std::string::npos) return 0;
    long long user = 0, system = 0;
    std::sscanf(text.c_str() + from + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld", &user,
                &system);
    return double(user + system) * 1000 / double(::sysconf(_SC_CLK_TCK));
}

}  // namespace wa::bench

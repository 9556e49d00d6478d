#include "apps/demo/supervisor.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

#include <algorithm>
#include <csignal>

namespace wa {
namespace {

using Clock = ChildProcess::Clock;

sigset_t watched_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&set, signal);
    return set;
}

OwnedFd make_signal_fd() {
    const auto set = watched_signals();
    return OwnedFd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

std::unique_ptr<LineEmulator> make_line(const DemoOptions& options) {
    if (options.no_line) return nullptr;
    const auto* profile = find_line_profile(options.profile);
    if (!profile) {
        std::string known;
        for (const auto& one : line_profiles()) known += (known.empty() ? "" : ", ") + one.name;
        throw DemoError(
            fmt::format("Das Profil »{}« der Leitung gibt es nicht. Es gibt: {}.", options.profile, known));
    }
    auto line = std::make_unique<LineEmulator>(*profile, options.seed);
    if (!options.packets.empty()) line->listen_in(options.packets);
    return line;
}

std::vector<std::string> command_line(const DemoOptions& options, const std::vector<std::string>& args) {
    std::vector<std::string> argv{options.program_path.string()};
    argv.insert(argv.end(), args.begin(), args.end());
    return argv;
}

std::vector<std::uint16_t> probed_ports(const DemoOptions& options) {
    std::vector<std::uint16_t> ports{options.hub_desk_port, options.node_desk_port};
    if (!options.simulator_args.empty()) ports.push_back(options.simulator_port);
    return ports;
}

}  // namespace

Supervisor::Supervisor(const DemoOptions& options)
    : options_(options),
      line_(make_line(options)),
      signals_(make_signal_fd()),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      probe_(probed_ports(options)) {
    const auto& dir = options.data_dir;
    children_.push_back(
        std::make_unique<ChildProcess>(ChildSpec{"hub", "Zentrale", command_line(options, options.hub_args),
                                                 dir / "hub.log", options.hub_desk_port, LineEnd::hub}));
    children_.push_back(
        std::make_unique<ChildProcess>(ChildSpec{"node", "Koffer", command_line(options, options.node_args),
                                                 dir / "node.log", options.node_desk_port, LineEnd::node}));
    if (!options.simulator_args.empty())
        children_.push_back(std::make_unique<ChildProcess>(
            ChildSpec{"simulator", "Simulator", command_line(options, options.simulator_args),
                      dir / "simulator.log", options.simulator_port, LineEnd::hub}));
    publish();
}

int Supervisor::run(const std::function<void()>& ready) {
    const auto began = Clock::now();
    int code = 0;
    try {
        for (std::size_t i = 0; i < children_.size(); ++i) start(i);
        while (!asked_to_end_) {
            publish();
            wait_for_event(ready_ ? 1000 : 50);
            collect();
            take_requests();
            if (ready_) continue;
            if (start_up_failed(began)) {
                code = 1;
                break;
            }
            if (all_well()) {
                ready_ = true;
                publish();
                ready();
            }
        }
    } catch (const DemoError& error) {
        fmt::print(stderr, "{}\n", error.what());
        code = 1;
    }
    end_children();
    return code;
}

bool Supervisor::all_well() const {
    for (std::size_t i = 0; i < children_.size(); ++i)
        if (!probe_.well(i)) return false;
    return true;
}

bool Supervisor::start_up_failed(Clock::time_point since) {
    for (const auto& child : children_) {
        if (child->running()) continue;
        fmt::print(stderr, "{} endete beim Start ({}). Die Gründe stehen in {}.\n", child->spec().label,
                   child->last_end(), child->spec().log_path.string());
        return true;
    }
    if (Clock::now() - since < options_.ready_within) return false;
    for (std::size_t i = 0; i < children_.size(); ++i) {
        if (probe_.well(i)) continue;
        fmt::print(stderr, "{} antwortet nach {} s nicht an 127.0.0.1:{}. Die Gründe stehen in {}.\n",
                   children_[i]->spec().label, options_.ready_within.count(), children_[i]->spec().desk_port,
                   children_[i]->spec().log_path.string());
    }
    return true;
}

void Supervisor::wait_for_event(int timeout_ms) {
    pollfd watched[] = {{signals_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    ::poll(watched, 2, timeout_ms);
    std::uint64_t ignored;
    (void)!::read(wake_.get(), &ignored, sizeof ignored);
    take_signals();
    for (auto& child : children_) child->tick(Clock::now());
}

void Supervisor::take_signals() {
    signalfd_siginfo info;
    while (::read(signals_.get(), &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo != SIGCHLD) ++asked_to_end_;
    }
}

void Supervisor::collect() {
    for (std::size_t i = 0; i < children_.size(); ++i) {
        auto& child = *children_[i];
        if (!child.reap()) continue;
        probe_.forget(i);
        fmt::print("{} ist beendet: {}.\n", child.spec().label, child.last_end());
        std::fflush(stdout);
    }
}

void Supervisor::start(std::size_t index) {
    children_[index]->start(line_.get());
    probe_.forget(index);
}

void Supervisor::take_requests() {
    std::vector<std::unique_ptr<Request>> requests;
    {
        const std::lock_guard lock(mutex_);
        requests.swap(requests_);
    }
    for (auto& request : requests) {
        auto answer = carry_out(*request);
        publish();
        request->answer.set_value(std::move(answer));
    }
}

std::string Supervisor::carry_out(const Request& request) {
    for (std::size_t i = 0; i < children_.size(); ++i) {
        auto& child = *children_[i];
        if (child.spec().name != request.name) continue;
        const auto& label = child.spec().label;
        if (request.action == "start") {
            if (child.running()) return fmt::format("{} läuft schon.", label);
            try {
                start(i);
                return {};
            } catch (const DemoError& error) {
                return error.what();
            }
        }
        if (request.action != "stop" && request.action != "kill") return "Möglich sind start, stop und kill.";
        if (!child.running()) return fmt::format("{} läuft nicht.", label);
        request.action == "kill" ? child.kill() : child.stop(options_.stop_within);
        return {};
    }
    return "Einen Prozess dieses Namens gibt es hier nicht.";
}

void Supervisor::publish() {
    std::vector<ChildState> states;
    for (std::size_t i = 0; i < children_.size(); ++i) {
        const auto& child = *children_[i];
        states.push_back({.name = child.spec().name,
                          .label = child.spec().label,
                          .desk_port = child.spec().desk_port,
                          .pid = child.pid(),
                          .running = child.running(),
                          .stopping = child.stopping(),
                          .restarts = std::max(0, child.starts() - 1),
                          .last_end = child.last_end()});
    }
    const std::lock_guard lock(mutex_);
    states_ = std::move(states);
}

std::vector<ChildState> Supervisor::states() const {
    std::vector<ChildState> states;
    {
        const std::lock_guard lock(mutex_);
        states = states_;
    }
    for (std::size_t i = 0; i < states.size(); ++i) states[i].well = states[i].running && probe_.well(i);
    return states;
}

std::string Supervisor::request(std::string name, std::string action) {
    auto request = std::make_unique<Request>();
    request->name = std::move(name);
    request->action = std::move(action);
    auto answer = request->answer.get_future();
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return "Die Demo wird gerade beendet.";
        requests_.push_back(std::move(request));
    }
    const std::uint64_t one = 1;
    (void)!::write(wake_.get(), &one, sizeof one);
    return answer.get();
}

void Supervisor::end_children() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        for (auto& request : requests_) request->answer.set_value("Die Demo wird gerade beendet.");
        requests_.clear();
    }
    for (auto& child : children_) child->stop(options_.stop_within);
    const auto any_running = [this] {
        return std::any_of(children_.begin(), children_.end(),
                           [](const auto& child) { return child->running(); });
    };
    while (any_running()) {
        publish();
        wait_for_event(100);
        // Asked a second time: no more patience.
        if (asked_to_end_ > 1) {
            for (auto& child : children_) child->kill();
        }
        collect();
    }
    publish();
}

}  // namespace wa

#include "apps/demo/demo.hpp"

#include <fmt/format.h>

#include <csignal>

#include "apps/demo/control_server.hpp"

namespace wa {
namespace {

/// Blocks the signals the supervisor reads itself, for this thread and all it starts; undone at the end.
class BlockedSignals {
  public:
    BlockedSignals() {
        sigset_t set;
        sigemptyset(&set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&set, signal);
        ::pthread_sigmask(SIG_BLOCK, &set, &before_);
    }
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  private:
    sigset_t before_;
};

void print_ready(const DemoOptions& options) {
    fmt::print(
        "Die Wanderamt-Demo ist bereit.\n"
        "  Leitung und Prozesse     http://127.0.0.1:{}/\n"
        "  Arbeitsplatz Zentrale    http://127.0.0.1:{}/\n"
        "  Arbeitsplatz Koffer      http://127.0.0.1:{}/\n",
        options.control_port, options.hub_desk_port, options.node_desk_port);
    if (!options.simulator_args.empty())
        fmt::print("  Simulator der Behörden   http://127.0.0.1:{}/\n", options.simulator_port);
    fmt::print("{}\n", options.no_line ? "  Ohne nachgebildete Leitung (--no-line)."
                                       : fmt::format("  Leitung: Profil »{}«.", options.profile));
    if (!options.logins.empty()) fmt::print("Erfundene Zugänge, nur für diese Demo:\n");
    for (const auto& login : options.logins) {
        fmt::print("  {:<10} {:<28} {:<20} {}\n", login.place, login.role, login.name, login.password);
    }
    fmt::print("Protokolle: {}/hub.log und node.log. Beenden mit Strg+C.\n", options.data_dir.string());
    std::fflush(stdout);
}

}  // namespace

int run_demo(const DemoOptions& options) {
    const BlockedSignals blocked;
    try {
        std::filesystem::create_directories(options.data_dir);
        auto listener = listen_on_loopback(options.control_port);
        Supervisor supervisor(options);
        ControlApi api(supervisor, options.logins);
        const ControlServer server(std::move(listener), options.control_port, api);
        return supervisor.run([&options] { print_ready(options); });
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}

}  // namespace wa

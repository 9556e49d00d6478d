// `wanderamt demo`: starts hub and Koffer node as processes of their own, joined by an emulated mobile line,
// and serves the page on which the line can be cut.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wa {

/// One of the invented persons with whom the demo can be tried; shown on the console and on the page.
struct DemoLogin {
    std::string place;     ///< where to use it, e.g. "Zentrale" or "Koffer"
    std::string role;      ///< e.g. "Sachbearbeitung Meldewesen"
    std::string name;      ///< what is typed as the name
    std::string password;  ///< what is typed as the password
};

struct DemoOptions {
    std::filesystem::path data_dir;      ///< holds hub.log, node.log …; made if absent
    std::filesystem::path program_path;  ///< the program all children run
    std::uint16_t hub_desk_port = 8501;
    std::uint16_t node_desk_port = 8502;
    std::uint16_t simulator_port = 8503;
    std::uint16_t control_port = 8500;
    std::vector<std::string> hub_args;  ///< after the program's name, e.g. {"hub", "--config", "…"}
    std::vector<std::string> node_args;
    std::vector<std::string>
        simulator_args;  ///< of the other authorities, at the hub's end; empty: not started
    std::vector<DemoLogin> logins;
    bool no_line = false;           ///< hub and node talk over loopback; nothing can be cut
    std::string profile = "mobil";  ///< the line's profile at the start, see line_profiles()
    std::uint64_t seed = 1;         ///< decides which packets get lost
    std::string packets;            ///< a new file for every packet of the line (pcap); empty: none
    std::chrono::seconds ready_within{60};
    std::chrono::seconds stop_within{10};  ///< from SIGTERM to SIGKILL
};

/// Runs the demo until SIGINT or SIGTERM. Gives the exit code: 0, or 1 when the demo could not start (the
/// reason is on stderr). Leaves no process, device or namespace behind. Call it from the thread that lives as
/// long as the program, before other threads are started: the children die with that thread.
///
/// Each child gets the listening socket of its desk as systemd would pass it: LISTEN_PID, LISTEN_FDS=1,
/// LISTEN_FDNAMES=desk, descriptor 3, bound to 127.0.0.1 outside the emulated line. Inside the line the hub
/// is 10.77.0.1 and the Koffer at first 10.77.0.2.
int run_demo(const DemoOptions& options);

}  // namespace wa

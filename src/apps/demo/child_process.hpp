// A supervised child: started at one end of the line with a listening socket, and ended as a whole group.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/line_emulator/line_emulator.hpp"

namespace wa {

/// The demo cannot go on; what() is a sentence for people (German).
class DemoError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A socket that listens on 127.0.0.1:`port`, close-on-exec. Throws DemoError.
OwnedFd listen_on_loopback(std::uint16_t port);

/// A port nobody listens at, for tests and measurements. It lies below those the system gives to connections
/// that go out (32768 on), so that none of them gets it before the program that is to listen there.
std::uint16_t free_port();

struct ChildSpec {
    std::string name;                ///< "hub" or "node"
    std::string label;               ///< what people read
    std::vector<std::string> argv;   ///< [0] is the program's path
    std::filesystem::path log_path;  ///< receives stdout and stderr, appended
    std::uint16_t desk_port = 0;
    LineEnd end = LineEnd::hub;
};

/// One child. Used by one thread only, which must outlive it: the child is killed when that thread ends.
class ChildProcess {
  public:
    using Clock = std::chrono::steady_clock;

    explicit ChildProcess(ChildSpec spec) : spec_(std::move(spec)) {}
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Starts the program; `line` may be null (then it runs in the present network). Throws DemoError.
    void start(const LineEmulator* line);
    /// Asks it to end; what has not ended after `patience` is killed by tick().
    void stop(std::chrono::milliseconds patience);
    /// SIGKILL to the whole group, at once.
    void kill();
    /// Collects it if it has ended; true when it ended just now.
    bool reap();
    void tick(Clock::time_point now);

    const ChildSpec& spec() const { return spec_; }
    bool running() const { return pid_ > 0; }
    bool stopping() const { return kill_at_.has_value(); }
    pid_t pid() const { return pid_; }
    int starts() const { return starts_; }
    /// How it last ended, for people: "Signal 9 (Killed)", "Code 1"; empty before.
    const std::string& last_end() const { return last_end_; }

  private:
    ChildSpec spec_;
    pid_t pid_ = 0;
    int starts_ = 0;
    std::optional<Clock::time_point> kill_at_;
    std::string last_end_;
};

}  // namespace wa

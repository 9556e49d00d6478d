// The demo's supervisor: owns the line and all children, and does what the control page asks for.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "apps/demo/child_process.hpp"
#include "apps/demo/demo.hpp"
#include "apps/demo/health_probe.hpp"

namespace wa {

/// What is known of a child, for other threads.
struct ChildState {
    std::string name;
    std::string label;
    std::uint16_t desk_port = 0;
    pid_t pid = 0;  ///< 0 when it does not run
    bool running = false;
    bool stopping = false;
    bool well = false;  ///< its desk answers
    int restarts = 0;
    std::string last_end;
};

/// All processes are started, signalled and collected on the thread that calls run(); other threads use
/// states() and request().
class Supervisor {
  public:
    /// Makes the line (unless options.no_line). Throws LineError or DemoError. SIGINT, SIGTERM, SIGHUP and
    /// SIGCHLD must be blocked in the calling thread.
    explicit Supervisor(const DemoOptions& options);

    /// Starts all children and stays until a signal asks for the end or start-up fails. `ready` is called
    /// once, when all of them answer. Gives the exit code.
    int run(const std::function<void()>& ready);

    /// The line, or null with --no-line. Its operations may be called from any thread.
    LineEmulator* line() { return line_.get(); }
    std::vector<ChildState> states() const;
    /// Does "start", "stop" or "kill" with the child of that name. Gives an empty text, or a sentence for
    /// people that says why not. From any thread but that of run().
    std::string request(std::string name, std::string action);

  private:
    struct Request {
        std::string name;
        std::string action;
        std::promise<std::string> answer;
    };

    void wait_for_event(int timeout_ms);
    void take_signals();
    void take_requests();
    std::string carry_out(const Request& request);
    void start(std::size_t index);
    void collect();
    void publish();
    bool all_well() const;
    bool start_up_failed(ChildProcess::Clock::time_point since);
    void end_children();

    DemoOptions options_;
    std::unique_ptr<LineEmulator> line_;
    OwnedFd signals_;
    OwnedFd wake_;
    std::vector<std::unique_ptr<ChildProcess>> children_;
    HealthProbe probe_;
    int asked_to_end_ = 0;  // how often
    bool ready_ = false;
    mutable std::mutex mutex_;  // guards the rest
    std::vector<std::unique_ptr<Request>> requests_;
    std::vector<ChildState> states_;
    bool closed_ = false;  // nobody carries out requests any more
};

}  // namespace wa

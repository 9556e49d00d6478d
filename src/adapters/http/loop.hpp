// A thread that runs what it is given, now or later.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace wa::http {

class Core;

/// Where a task of any loop or server that throws is told of; it is over then, the others go on. Set once,
/// before the first of them begins.
void log_failures(std::function<void(std::string_view why)> log);

/// Everything given to it runs on its one thread, one after the other.
class Loop {
  public:
    using TimerId = std::uint64_t;

    Loop();
    /// Stops: nothing that still waits is run. Line sockets that are still open get on_close (aborted)
    /// during this call. Not from the loop's own thread.
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// From any thread, also from the loop itself (then it runs after the present task).
    void post(std::function<void()> task);
    /// Runs once, not before `ms` have passed (monotonic clock).
    TimerId call_after(std::int64_t ms, std::function<void()> task);
    /// Called on the loop's thread the task does not run any more; from elsewhere it may be running already.
    void cancel(TimerId timer);
    bool is_this_thread() const;
    void stop();

    /// For line sockets.
    const std::shared_ptr<Core>& core() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace wa::http

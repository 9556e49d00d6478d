// Asks the desks whether they are well, on a thread of its own.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace wa {

/// True when GET http://127.0.0.1:<port>/api/health answers 200 within a second.
bool desk_is_well(std::uint16_t port);

/// Keeps asking: every 200 ms those that are not well, every two seconds the others.
class HealthProbe {
  public:
    explicit HealthProbe(std::vector<std::uint16_t> ports);
    ~HealthProbe();
    HealthProbe(const HealthProbe&) = delete;
    HealthProbe& operator=(const HealthProbe&) = delete;

    bool well(std::size_t index) const { return desks_[index]->well; }
    /// The process has ended or begun; what was known of it no longer holds.
    void forget(std::size_t index);

  private:
    struct Desk {
        std::uint16_t port = 0;
        std::atomic<bool> well{false};
        std::atomic<unsigned> generation{0};
    };
    void run();
    void ask(Desk& desk);

    std::vector<std::unique_ptr<Desk>> desks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace wa

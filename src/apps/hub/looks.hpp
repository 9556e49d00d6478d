// When Koffer may look for what has changed at the hub: one of a tenant at a time, with pauses, so that all
// looks together take about a tenth of the writer's time, however many Koffer there are.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "adapters/http/loop.hpp"

namespace wa::hub {

/// Thread-safe. After stop() it does nothing more.
class Looks {
  public:
    explicit Looks(http::Loop& loop) : loop_(loop) {}

    /// `look` begins one, on the loop, when its turn has come; done() must follow.
    void want(const std::string& tenant_id, std::function<void()> look);
    void done(const std::string& tenant_id);
    void stop();

  private:
    struct Queue {
        std::deque<std::function<void()>> waiting;
        bool busy = false;  ///< one is under way, or its pause
        std::int64_t began = 0;
    };
    void begin_next(const std::string& tenant_id);

    http::Loop& loop_;
    std::mutex mutex_;
    std::map<std::string, Queue> queues_;
    bool stopped_ = false;
};

}  // namespace wa::hub

// When Koffer may look for what has changed at the hub: one of a tenant at a time, with pauses, so that all
// looks together take about a tenth of the writer's time, however many Koffer there are.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/http/loop.hpp"

namespace wa::hub {

/// Thread-safe; held by a shared pointer, so that what waits in the loop does not outlive it. After stop() it
/// does nothing more.
class Looks : public std::enable_shared_from_this<Looks> {
  public:
    explicit Looks(http::Loop& loop) : loop_(loop) {}

    /// Begins one; false when there is nobody any more to look for. Otherwise done() must follow.
    using Look = std::function<bool()>;

    /// `look` begins on the loop when its turn has come. A Koffer that comes back while it waits keeps its
    /// place: of each, the latest `look` counts.
    void want(const std::string& tenant_id, const std::string& device_id, Look look);
    void done(const std::string& tenant_id);
    void stop();

  private:
    struct Queue {
        std::deque<std::pair<std::string, Look>> waiting;  ///< by device
        bool busy = false;                                 ///< one is under way, or its pause
        std::int64_t began = 0;
    };
    void begin_next(const std::string& tenant_id);

    http::Loop& loop_;
    std::mutex mutex_;
    std::map<std::string, Queue> queues_;
    bool stopped_ = false;
};

}  // namespace wa::hub

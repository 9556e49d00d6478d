#include "apps/hub/looks.hpp"

#include <algorithm>

#include "adapters/system/system.hpp"

namespace wa::hub {

namespace {
/// Pause after a look, in times of what it took.
constexpr std::int64_t pause_share = 9;
/// And never longer: what a look takes is also what the writer made it wait.
constexpr std::int64_t pause_max_ms = 250;
}  // namespace

void Looks::want(const std::string& tenant_id, const std::string& device_id, Look look) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    auto& queue = queues_[tenant_id];
    const auto place = std::find_if(queue.waiting.begin(), queue.waiting.end(),
                                    [&](const auto& one) { return one.first == device_id; });
    if (place != queue.waiting.end())
        place->second = std::move(look);
    else
        queue.waiting.emplace_back(device_id, std::move(look));
    if (queue.busy) return;
    queue.busy = true;
    // Never at once: whoever asks holds locks of its own.
    loop_.post([weak = weak_from_this(), tenant_id] {
        if (const auto self = weak.lock()) self->begin_next(tenant_id);
    });
}

void Looks::begin_next(const std::string& tenant_id) {
    for (;;) {
        Look look;
        {
            const std::lock_guard lock(mutex_);
            auto& queue = queues_[tenant_id];
            if (stopped_ || queue.waiting.empty()) {
                queue.busy = false;
                return;
            }
            look = std::move(queue.waiting.front().second);
            queue.waiting.pop_front();
            queue.began = system::monotonic_ms();
        }
        if (look()) return;
    }
}

void Looks::done(const std::string& tenant_id) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    const auto took = system::monotonic_ms() - queues_[tenant_id].began;
    loop_.call_after(std::min(took * pause_share, pause_max_ms), [weak = weak_from_this(), tenant_id] {
        if (const auto self = weak.lock()) self->begin_next(tenant_id);
    });
}

void Looks::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    queues_.clear();
}

}  // namespace wa::hub

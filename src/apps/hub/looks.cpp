#include "apps/hub/looks.hpp"

#include "adapters/system/system.hpp"

namespace wa::hub {

namespace {
/// Pause after a look, in times of what it took.
constexpr std::int64_t pause_share = 9;
}  // namespace

void Looks::want(const std::string& tenant_id, std::function<void()> look) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    auto& queue = queues_[tenant_id];
    queue.waiting.push_back(std::move(look));
    if (queue.busy) return;
    queue.busy = true;
    // Never at once: whoever asks holds locks of its own.
    loop_.post([this, tenant_id] { begin_next(tenant_id); });
}

void Looks::begin_next(const std::string& tenant_id) {
    std::function<void()> look;
    {
        const std::lock_guard lock(mutex_);
        auto& queue = queues_[tenant_id];
        if (stopped_ || queue.waiting.empty()) {
            queue.busy = false;
            return;
        }
        look = std::move(queue.waiting.front());
        queue.waiting.pop_front();
        queue.began = system::monotonic_ms();
    }
    look();
}

void Looks::done(const std::string& tenant_id) {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    const auto took = system::monotonic_ms() - queues_[tenant_id].began;
    loop_.call_after(took * pause_share, [this, tenant_id] { begin_next(tenant_id); });
}

void Looks::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    queues_.clear();
}

}  // namespace wa::hub

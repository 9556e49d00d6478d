#include "adapters/http/loop.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <mutex>

#include "adapters/http/io_core.hpp"

namespace wa::http {

struct Loop::Impl {
    struct Waiting {
        net::steady_timer timer;
        std::function<void()> task;
    };
    std::shared_ptr<Core> core = std::make_shared<Core>(1);
    std::mutex mutex;
    std::map<TimerId, Waiting> waiting;
    TimerId last = 0;
    bool stopped = false;

    std::function<void()> take(TimerId id) {
        const std::lock_guard lock(mutex);
        const auto found = waiting.find(id);
        if (found == waiting.end()) return {};
        auto task = std::move(found->second.task);
        waiting.erase(found);
        return task;
    }

    bool is_stopped() {
        const std::lock_guard lock(mutex);
        return stopped;
    }
};

Loop::Loop() : impl_(std::make_shared<Impl>()) {
    impl_->core->start();
}

Loop::~Loop() {
    stop();
}

void Loop::post(std::function<void()> task) {
    net::post(impl_->core->io(), [weak = std::weak_ptr(impl_), task = std::move(task)] {
        if (const auto impl = weak.lock(); impl && !impl->is_stopped()) task();
    });
}

Loop::TimerId Loop::call_after(std::int64_t ms, std::function<void()> task) {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopped) return 0;
    const auto id = ++impl_->last;
    auto& entry =
        impl_->waiting.emplace(id, Impl::Waiting{net::steady_timer(impl_->core->io()), std::move(task)})
            .first->second;
    entry.timer.expires_after(std::chrono::milliseconds(ms));
    entry.timer.async_wait([weak = std::weak_ptr(impl_), id](const boost::system::error_code&) {
        // Cancelled is what is no longer in the map, whatever the timer says.
        if (const auto impl = weak.lock())
            if (const auto due = impl->take(id)) due();
    });
    return id;
}

void Loop::cancel(TimerId timer) {
    impl_->take(timer);
}

bool Loop::is_this_thread() const {
    return impl_->core->is_this_thread();
}

void Loop::stop() {
    std::map<TimerId, Impl::Waiting> dropped;
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopped = true;
        dropped.swap(impl_->waiting);
    }
    dropped.clear();
    impl_->core->stop();
}

const std::shared_ptr<Core>& Loop::core() const {
    return impl_->core;
}

}  // namespace wa::http

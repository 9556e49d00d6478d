#include "adapters/http/io_core.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>

#include <chrono>
#include <future>
#include <string_view>

#include "adapters/http/loop.hpp"
#include "base/assert.hpp"

namespace wa::http {

namespace {
std::function<void(std::string_view)>& failure_log() {
    static std::function<void(std::string_view)> log;
    return log;
}
}  // namespace

void log_failures(std::function<void(std::string_view why)> log) {
    failure_log() = std::move(log);
}

Core::Core(int threads) : io_(threads), thread_count_(threads) {}

Core::~Core() {
    // Both owners stop it; a thread that still ran would use what is being destroyed.
    WA_ASSERT(threads_.empty());
}

void Core::start() {
    work_.emplace(io_.get_executor());
    for (int i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { run(); });
}

/// What one task could not do must not end the program, and with it the work of everybody else.
void Core::run() {
    for (;;) {
        try {
            io_.run();
            return;
        } catch (const std::exception& error) {
            if (failure_log()) failure_log()(error.what());
        }
    }
}

bool Core::add(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    if (winding_down_) return false;
    connections_.emplace(connection.get(), connection);
    return true;
}

void Core::remove(const Connection* connection) {
    std::shared_ptr<Connection> last;  // destroyed after the lock
    const std::lock_guard lock(mutex_);
    const auto found = connections_.find(connection);
    if (found == connections_.end()) return;
    last = std::move(found->second);
    connections_.erase(found);
    if (connections_.empty()) changed_.notify_all();
}

std::size_t Core::count() const {
    const std::lock_guard lock(mutex_);
    return connections_.size();
}

std::vector<std::shared_ptr<Connection>> Core::connections() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto& [key, connection] : connections_) all.push_back(connection);
    return all;
}

void Core::wind_down(int ms) {
    {
        const std::lock_guard lock(mutex_);
        winding_down_ = true;
    }
    for (const auto& connection : connections()) connection->wind_down();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(ms), [this] { return connections_.empty(); });
}

void Core::stop() {
    WA_ASSERT(!is_this_thread());
    const std::lock_guard lock(stop_mutex_);
    if (stopped_) return;
    work_.reset();
    io_.stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    {
        const std::lock_guard connections_lock(mutex_);
        winding_down_ = true;
    }
    for (const auto& connection : connections()) connection->drop();
    // What was under way now completes as aborted and lets go of its connection.
    io_.restart();
    while (io_.poll() > 0) io_.restart();
    stopped_ = true;
}

void Core::run_and_wait(const std::function<void()>& task) {
    if (is_this_thread()) return task();
    std::promise<void> done;
    {
        // While it is held the threads cannot end between the question and the post.
        const std::lock_guard lock(stop_mutex_);
        if (stopped_) return task();
        net::post(io_, [&] {
            task();
            done.set_value();
        });
    }
    done.get_future().wait();
}

void tune_line(int fd, const LineTuning& tuning) {
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    constexpr std::string_view bbr = "bbr";
    setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, bbr.data(), socklen_t(bbr.size()));
    const unsigned int timeout = tuning.user_timeout_ms > 0 ? unsigned(tuning.user_timeout_ms) : 0;
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout);
    if (tuning.unsent_bytes > 0) limit_unsent(fd, tuning.unsent_bytes);
    if (tuning.send_buffer_bytes > 0)
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &tuning.send_buffer_bytes, sizeof tuning.send_buffer_bytes);
}

namespace {
void set_type_of_service(int fd, int mark) {
    // Without effect on IPv6, whose routes know no such mark.
    setsockopt(fd, IPPROTO_IP, IP_TOS, &mark, sizeof mark);
}
}  // namespace

void ask_for_wide_window(int fd) {
    constexpr int low_delay = 0x10;
    set_type_of_service(fd, low_delay);
}

void end_asking(int fd) {
    set_type_of_service(fd, 0);
}

void limit_unsent(int fd, int bytes) {
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
}

void close_on_exec(int fd) {
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void reset_on_close(int fd) {
    const linger now{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace wa::http

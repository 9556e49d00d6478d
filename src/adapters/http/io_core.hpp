// Inside the adapter: the threads that do the I/O, and who is alive on them.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace wa::http {

namespace net = boost::asio;
using Strand = net::strand<net::io_context::executor_type>;

/// Something open. The core keeps it alive until it removes itself.
class Connection {
  public:
    virtual ~Connection() = default;
    /// From any thread: finish what is begun, then end.
    virtual void wind_down() = 0;
    /// Only when the threads are stopped: end at once.
    virtual void drop() = 0;
};

/// Objects that may outlive the server or the loop (sockets in other hands) share it, so that their
/// executor always exists. Handlers that wait in it hold those objects weakly, or end when dropped.
class Core {
  public:
    explicit Core(int threads);
    ~Core();

    Strand make_strand() { return net::make_strand(io_); }
    net::io_context& io() { return io_; }
    void start();
    /// False when the core is winding down: the connection must not begin.
    bool add(const std::shared_ptr<Connection>& connection);
    void remove(const Connection* connection);
    std::size_t count() const;

    /// Asks every connection to end and waits until they have, at most `ms`.
    void wind_down(int ms);
    /// Ends the threads, drops what is left and runs the last handlers on the calling thread.
    void stop();
    /// Runs it on one of the threads and waits for its end; at once when called on one or when stopped.
    void run_and_wait(const std::function<void()>& task);
    bool is_this_thread() { return io_.get_executor().running_in_this_thread(); }

  private:
    std::vector<std::shared_ptr<Connection>> connections() const;

    void run();

    net::io_context io_;
    const int thread_count_;
    std::optional<net::executor_work_guard<net::io_context::executor_type>> work_;
    std::vector<std::thread> threads_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<const Connection*, std::shared_ptr<Connection>> connections_;
    bool winding_down_ = false;
    std::mutex stop_mutex_;
    bool stopped_ = false;
};

/// What a socket on a bad line wants of the kernel; refusals are ignored (not every kernel has BBR).
struct LineTuning {
    int user_timeout_ms = 20'000;
    int send_buffer_bytes = 1024 * 1024;
    int unsent_bytes = 16 * 1024;
};
void tune_line(int fd, const LineTuning& tuning);
/// Before connecting: marks the first packet (type of service 0x10), by which a route of this machine may
/// give the connection a wider first window than ten packets. Without such a route it means nothing.
void ask_for_wide_window(int fd);
/// Once connected: the packets that follow bear no mark.
void end_asking(int fd);
/// TCP_NOTSENT_LOWAT alone.
void limit_unsent(int fd, int bytes);
/// Programs that we start do not inherit it (Asio does not set this).
void close_on_exec(int fd);
/// The next close sends a reset and forgets what was not sent.
void reset_on_close(int fd);

}  // namespace wa::http

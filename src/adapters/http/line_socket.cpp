#include "adapters/http/line_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>

#include "adapters/http/io_core.hpp"
#include "adapters/http/tls_context.hpp"
#include "adapters/http/web_socket.hpp"

namespace wa::http {
namespace {

constexpr std::size_t attempts_least = 8;
/// So long an answer to one of the attempts is waited for, if they are close behind each other.
constexpr int attempt_worth_ms = 1200;

/// Of the attempts that ask for a wide window one in so many does not: a route that is made for the others
/// and leads nowhere must not keep a Koffer from its hub.
constexpr unsigned plain_every = 8;

/// Of the handshake itself in a client's first packets, with a ticket.
constexpr std::uint32_t client_hello_bytes = 3 * 1024;

/// How much early data the first packets of a new connection hold. The handshake goes on behind it: more than
/// those hold would delay everything by a round trip.
std::size_t early_data_room(int fd) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return early_data_usual;
    const auto window = info.tcpi_snd_cwnd * info.tcpi_snd_mss;
    return std::clamp(window, early_data_usual + client_hello_bytes, early_data_max + client_hello_bytes) -
           client_hello_bytes;
}

using Clock = std::chrono::steady_clock;

/// What a connection leaves behind for its line.
struct LineKnowledge {
    std::atomic<bool> resumed{false};
    std::atomic<int> trip_ms{0};           ///< until the last attempt was answered; 0: none was
    std::atomic<bool> takes_early{false};  ///< the other side, as of its last answer

    void set_local_address(std::string address) {
        const std::lock_guard lock(mutex_);
        local_address_ = std::move(address);
    }
    std::string local_address() {
        const std::lock_guard lock(mutex_);
        return local_address_;
    }

  private:
    std::mutex mutex_;
    std::string local_address_;
};

/// The way from a name to an open TLS connection; then the WebSocket takes over. Lives as long as one of
/// its steps, or the canceller of the socket it dials for.
class Dialer : public std::enable_shared_from_this<Dialer> {
  public:
    Dialer(std::shared_ptr<WebSocket> socket, LineOptions options, std::shared_ptr<ClientTls> tls,
           std::shared_ptr<LineKnowledge> shared)
        : socket_(std::move(socket)),
          options_(std::move(options)),
          tls_(std::move(tls)),
          shared_(std::move(shared)),
          quick_(options_.quick && shared_->trip_ms <= options_.quick_trip_ms),
          resolver_(socket_->strand()),
          again_(socket_->strand()) {}

    void start() {
        if (socket_->is_finished()) return;
        // The canceller must not keep the dialler: it keeps the socket, which keeps the canceller.
        socket_->set_canceller([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->cancel();
        });
        ErrorCode error;
        const auto address = net::ip::make_address(options_.host, error);
        if (!error) {
            endpoints_ = {{address, options_.port}};
            return connect(0);
        }
        resolve();
    }

  private:
    void resolve() {
        // The system's resolver cannot be interrupted and may answer long after the socket has ended, even
        // after the loop has: its handler holds us weakly, and we hold ourselves until the end of the socket.
        keeper_ = shared_from_this();
        resolver_.async_resolve(
            options_.host, std::to_string(options_.port),
            [weak = weak_from_this()](const ErrorCode& error, tcp::resolver::results_type found) {
                const auto self = weak.lock();
                if (!self) return;
                self->keeper_.reset();
                if (self->socket_->is_finished()) return;
                if (error) return self->socket_->finish(reason_of(error, "name"));
                for (const auto& entry : found) self->endpoints_.push_back(entry.endpoint());
                self->connect(0);
            });
    }

    /// One address after the other; the socket's timer bounds them together. What is not answered soon has
    /// company: whoever is first wins.
    void connect(std::size_t index) {
        if (socket_->is_finished() || won_) return;
        next_ = index + 1;
        auto attempt = std::make_shared<TcpSocket>(socket_->strand());
        const auto& endpoint = endpoints_[index % endpoints_.size()];
        ErrorCode error;
        attempt->open(endpoint.protocol(), error);
        if (error) return socket_->finish(reason_of(error, "socket"));
        close_on_exec(attempt->native_handle());
        // Before connecting: the window is negotiated then.
        tune_line(attempt->native_handle(),
                  {options_.user_timeout_ms, options_.send_buffer_bytes, options_.unsent_bytes});
        const bool wide = quick_ && ++wide_attempts_ % plain_every != 0;
        if (wide) ask_for_wide_window(attempt->native_handle());
        if (attempts_.size() >= std::max(attempts_least, std::size_t(attempt_worth_ms / pause_ms()))) {
            // The oldest stays: it is the one for a line whose round trip is longer than all our pauses.
            give_up(*attempts_[1]);
            attempts_.erase(attempts_.begin() + 1);
        }
        attempts_.push_back(attempt);
        attempt->async_connect(endpoint, [self = shared_from_this(), attempt, wide,
                                          began = Clock::now()](const ErrorCode& failed) {
            if (self->socket_->is_finished() || self->won_) return;
            if (!failed) {
                const auto took = std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - began);
                self->shared_->trip_ms = int(took.count());
                if (took.count() > self->options_.quick_trip_ms) self->quick_ = false;
                if (self->quick_ || !wide) return self->shake_hands(*attempt);
                // Forty packets at once would flood it.
                give_up(*attempt);
            }
            if (std::erase(self->attempts_, attempt) == 0) return;
            if (!failed || self->next_ < self->endpoints_.size()) return self->connect(self->next_);
            // Refused, or no way there: to ask again at once would not help.
            if (self->attempts_.empty()) self->socket_->finish(reason_of(failed, "connect"));
        });
        again_.expires_after(std::chrono::milliseconds(pause_ms()));
        again_.async_wait([self = shared_from_this()](const ErrorCode& stopped) {
            if (!stopped) self->connect(self->next_);
        });
    }

    int pause_ms() const {
        const int trip = shared_->trip_ms, usual = options_.next_attempt_ms;
        if (trip == 0 || options_.quick_attempt_ms == 0) return usual;
        return std::min(usual, std::max(options_.quick_attempt_ms, trip));
    }

    const std::string& server_name() const {
        return options_.server_name.empty() ? options_.host : options_.server_name;
    }

    static void give_up(TcpSocket& attempt) {
        ErrorCode ignored;
        attempt.close(ignored);
    }

    void shake_hands(TcpSocket& connected) {
        won_ = true;
        end_asking(connected.native_handle());
        again_.cancel();
        socket_->limit_opening(options_.handshake_timeout_ms);
        ErrorCode ignored;
        shared_->set_local_address(connected.local_endpoint(ignored).address().to_string());
        wire_ = std::make_unique<Wire>(std::move(connected), tls_ ? &tls_->context() : nullptr);
        wire_->on_bytes([socket = socket_] { socket->heard(); });
        for (const auto& other : attempts_)
            if (other.get() != &connected) give_up(*other);
        attempts_.clear();
        if (tls_) {
            if (!tls_->prepare(wire_->ssl(), server_name()))
                return socket_->finish({CloseKind::tls, "server name cannot be checked", 0});
            wire_->begin_with_first_write(quick_ ? early_data_room(wire_->socket().native_handle())
                                                 : early_data_usual);
        }
        hand_over();
    }

    void hand_over() {
        auto host = server_name();
        if (host.find(':') != std::string::npos && !host.starts_with('[')) host = '[' + host + ']';
        if (options_.port != (tls_ ? 443 : 80)) host += ':' + std::to_string(options_.port);
        // Without TLS nobody takes them.
        const bool early = tls_ && shared_->takes_early;
        socket_->handshake(std::move(*wire_), {host, options_.path, tls_, early, quick_,
                                               [shared = shared_](SSL* ssl, bool takes_early) {
                                                   shared->resumed = ssl && SSL_session_reused(ssl) == 1;
                                                   shared->takes_early = takes_early;
                                               }});
        wire_.reset();
    }

    void cancel() {
        const auto self = shared_from_this();
        resolver_.cancel();
        again_.cancel();
        for (const auto& attempt : attempts_) give_up(*attempt);
        attempts_.clear();
        if (wire_) wire_->abort();
        keeper_.reset();
    }

    const std::shared_ptr<WebSocket> socket_;
    const LineOptions options_;
    const std::shared_ptr<ClientTls> tls_;
    const std::shared_ptr<LineKnowledge> shared_;
    bool quick_;  ///< as far as is known; see LineOptions
    unsigned wide_attempts_ = 0;
    tcp::resolver resolver_;
    net::steady_timer again_;
    std::vector<tcp::endpoint> endpoints_;
    std::size_t next_ = 0;
    std::deque<std::shared_ptr<TcpSocket>> attempts_;  ///< not answered yet, oldest first
    std::unique_ptr<Wire> wire_;
    bool won_ = false;  ///< one of the attempts was answered
    /// Set only while a name is being resolved; the end of the socket clears it.
    std::shared_ptr<Dialer> keeper_;
};

}  // namespace

struct LineSocket::Impl {
    std::shared_ptr<Core> core;
    std::mutex mutex;
    std::shared_ptr<WebSocket> current;
    std::shared_ptr<ClientTls> tls;
    std::shared_ptr<LineKnowledge> knowledge = std::make_shared<LineKnowledge>();

    std::shared_ptr<WebSocket> socket() {
        const std::lock_guard lock(mutex);
        return current;
    }
};

LineSocket::LineSocket(Loop& loop) : impl_(std::make_shared<Impl>()) {
    impl_->core = loop.core();
}

LineSocket::~LineSocket() {
    const auto socket = impl_->socket();
    if (!socket) return;
    impl_->core->run_and_wait([&] { socket->discard(); });
}

void LineSocket::connect(LineOptions options, SocketCallbacks callbacks) {
    auto socket = std::make_shared<WebSocket>(impl_->core, impl_->core->make_strand(),
                                              SocketLimits{options.message_limit, options.queue_limit, 0});
    socket->set_callbacks(std::move(callbacks));
    std::string error;
    std::shared_ptr<WebSocket> old;
    std::shared_ptr<ClientTls> tls;
    {
        const std::lock_guard lock(impl_->mutex);
        old = std::exchange(impl_->current, socket);
        if (options.ca_pem.empty())
            impl_->tls = nullptr;
        else if (!impl_->tls || !impl_->tls->fits(options))
            impl_->tls = ClientTls::make(options, error);
        tls = impl_->tls;
        impl_->knowledge->resumed = false;
    }
    if (old) old->abort();
    if (!impl_->core->add(socket)) return;
    net::post(socket->strand(),
              [socket, options = std::move(options), tls, error, knowledge = impl_->knowledge] {
                  if (!error.empty()) return socket->finish({CloseKind::tls, error, 0});
                  socket->limit_opening(options.connect_timeout_ms);
                  std::make_shared<Dialer>(socket, options, tls, knowledge)->start();
              });
}

void LineSocket::send_binary(Bytes bytes) {
    if (const auto socket = impl_->socket()) socket->send_binary(std::move(bytes));
}

void LineSocket::send_text(std::string text) {
    if (const auto socket = impl_->socket()) socket->send_text(std::move(text));
}

void LineSocket::ping() {
    if (const auto socket = impl_->socket()) socket->ping();
}

void LineSocket::close() {
    if (const auto socket = impl_->socket()) socket->close();
}

void LineSocket::abort() {
    if (const auto socket = impl_->socket()) socket->abort();
}

std::size_t LineSocket::queued_bytes() const {
    const auto socket = impl_->socket();
    return socket ? socket->queued_bytes() : 0;
}

bool LineSocket::resumed() const {
    return impl_->knowledge->resumed;
}

std::string LineSocket::local_address() const {
    return impl_->knowledge->local_address();
}

void LineSocket::set_unsent_bytes(int bytes) {
    if (const auto socket = impl_->socket()) socket->set_unsent_bytes(bytes);
}

std::optional<LineMeasure> LineSocket::measured() const {
    const auto socket = impl_->socket();
    return socket ? socket->measured() : std::nullopt;
}

}  // namespace wa::http

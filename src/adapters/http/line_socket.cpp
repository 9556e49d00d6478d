#include "adapters/http/line_socket.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <mutex>

#include "adapters/http/io_core.hpp"
#include "adapters/http/tls_context.hpp"
#include "adapters/http/web_socket.hpp"

namespace wa::http {
namespace {

/// The way from a name to an open TLS connection; then the WebSocket takes over. Lives as long as one of
/// its steps, or the canceller of the socket it dials for.
class Dialer : public std::enable_shared_from_this<Dialer> {
  public:
    Dialer(std::shared_ptr<WebSocket> socket, LineOptions options, std::shared_ptr<ClientTls> tls,
           std::shared_ptr<std::atomic<bool>> resumed)
        : socket_(std::move(socket)),
          options_(std::move(options)),
          tls_(std::move(tls)),
          resumed_(std::move(resumed)),
          resolver_(socket_->strand()) {}

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

    /// One address after the other; the socket's timer bounds them together.
    void connect(std::size_t index) {
        stream_ = std::make_unique<Tcp>(socket_->strand());
        stream_->rate_policy().on_bytes = [socket = socket_] { socket->heard(); };
        ErrorCode error;
        stream_->socket().open(endpoints_[index].protocol(), error);
        if (error) return socket_->finish(reason_of(error, "socket"));
        close_on_exec(stream_->socket().native_handle());
        // Before connecting: the window is negotiated then.
        tune_line(stream_->socket().native_handle(),
                  {options_.user_timeout_ms, options_.send_buffer_bytes, options_.unsent_bytes});
        stream_->async_connect(endpoints_[index],
                               [self = shared_from_this(), index](const ErrorCode& failed) {
                                   if (self->socket_->is_finished()) return;
                                   if (!failed) return self->shake_hands();
                                   if (index + 1 < self->endpoints_.size()) return self->connect(index + 1);
                                   self->socket_->finish(reason_of(failed, "connect"));
                               });
    }

    const std::string& server_name() const {
        return options_.server_name.empty() ? options_.host : options_.server_name;
    }

    void shake_hands() {
        if (!tls_) {
            wire_ = std::make_unique<Wire>(std::move(*stream_));
            stream_.reset();
            return hand_over();
        }
        wire_ = std::make_unique<Wire>(std::move(*stream_), tls_->context());
        stream_.reset();
        if (!tls_->prepare(wire_->tls()->native_handle(), server_name()))
            return socket_->finish({CloseKind::tls, "server name cannot be checked", 0});
        wire_->tls()->async_handshake(
            net::ssl::stream_base::client, [self = shared_from_this()](const ErrorCode& error) {
                if (self->socket_->is_finished()) return;
                if (error) return self->socket_->finish(reason_of(error, "TLS"));
                *self->resumed_ = SSL_session_reused(self->wire_->tls()->native_handle()) == 1;
                self->hand_over();
            });
    }

    void hand_over() {
        auto host = server_name();
        if (host.find(':') != std::string::npos && !host.starts_with('[')) host = '[' + host + ']';
        if (options_.port != (tls_ ? 443 : 80)) host += ':' + std::to_string(options_.port);
        socket_->handshake(std::move(*wire_), host, options_.path, tls_);
        wire_.reset();
    }

    void cancel() {
        const auto self = shared_from_this();
        resolver_.cancel();
        if (stream_) stream_->close();
        if (wire_) {
            if (wire_->tcp_stream().socket().is_open())
                reset_on_close(wire_->tcp_stream().socket().native_handle());
            wire_->tcp_stream().close();
        }
        keeper_.reset();
    }

    const std::shared_ptr<WebSocket> socket_;
    const LineOptions options_;
    const std::shared_ptr<ClientTls> tls_;
    const std::shared_ptr<std::atomic<bool>> resumed_;
    tcp::resolver resolver_;
    std::vector<tcp::endpoint> endpoints_;
    std::unique_ptr<Tcp> stream_;
    std::unique_ptr<Wire> wire_;
    /// Set only while a name is being resolved; the end of the socket clears it.
    std::shared_ptr<Dialer> keeper_;
};

}  // namespace

struct LineSocket::Impl {
    std::shared_ptr<Core> core;
    std::mutex mutex;
    std::shared_ptr<WebSocket> current;
    std::shared_ptr<ClientTls> tls;
    std::shared_ptr<std::atomic<bool>> resumed = std::make_shared<std::atomic<bool>>(false);

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
        *impl_->resumed = false;
    }
    if (old) old->abort();
    if (!impl_->core->add(socket)) return;
    net::post(socket->strand(), [socket, options = std::move(options), tls, error, resumed = impl_->resumed] {
        if (!error.empty()) return socket->finish({CloseKind::tls, error, 0});
        socket->limit_opening(options.connect_timeout_ms);
        std::make_shared<Dialer>(socket, options, tls, resumed)->start();
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
    return *impl_->resumed;
}

}  // namespace wa::http

#include "adapters/http/listener.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>

#include <charconv>
#include <cstdlib>

namespace wa::http {

std::optional<int> inherited_listener(std::string_view name) {
    constexpr int first = 3;  // sd_listen_fds(3)
    const auto number = [](const char* variable) {
        const char* text = std::getenv(variable);
        long value = -1;
        if (text) std::from_chars(text, text + std::string_view(text).size(), value);
        return value;
    };
    if (std::getenv("LISTEN_PID") && number("LISTEN_PID") != long(getpid())) return std::nullopt;
    const long count = number("LISTEN_FDS");
    const char* names = std::getenv("LISTEN_FDNAMES");
    if (count < 1 || !names) return std::nullopt;
    std::string_view rest = names;
    for (long i = 0; i < count; ++i) {
        const auto end = rest.find(':');
        if (rest.substr(0, end) == name) {
            const int fd = first + int(i);
            if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return std::nullopt;
            return fd;
        }
        if (end == std::string_view::npos) break;
        rest = rest.substr(end + 1);
    }
    return std::nullopt;
}

Acceptor::Acceptor(std::shared_ptr<ServerShared> shared, Listener listener,
                   std::shared_ptr<net::ssl::context> context)
    : shared_(std::move(shared)),
      listener_(std::move(listener)),
      context_(std::move(context)),
      strand_(shared_->core->make_strand()),
      acceptor_(strand_),
      pause_(strand_) {}

std::optional<std::string> Acceptor::open() {
    const auto error = listener_.fd ? adopt(*listener_.fd) : bind();
    if (error) return "listener " + listener_.name + ": " + error.message();
    close_on_exec(acceptor_.native_handle());
    ErrorCode ignored;
    port_ = acceptor_.local_endpoint(ignored).port();
    return std::nullopt;
}

ErrorCode Acceptor::bind() {
    ErrorCode error;
    const auto address = net::ip::make_address(listener_.address, error);
    if (error) return error;
    const tcp::endpoint endpoint(address, listener_.port);
    if (acceptor_.open(endpoint.protocol(), error)) return error;
    if (acceptor_.set_option(net::socket_base::reuse_address(true), error)) return error;
    if (acceptor_.bind(endpoint, error)) return error;
    acceptor_.listen(net::socket_base::max_listen_connections, error);
    return error;
}

ErrorCode Acceptor::adopt(int fd) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        return {errno, boost::system::system_category()};
    ErrorCode error;
    acceptor_.assign(address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), fd, error);
    return error;
}

void Acceptor::start() {
    net::post(strand_, [self = shared_from_this()] { self->accept(); });
}

void Acceptor::accept() {
    if (closed_) return;
    acceptor_.async_accept(shared_->core->make_strand(),
                           [self = shared_from_this()](const ErrorCode& error, TcpSocket socket) {
                               if (self->closed_) return;
                               if (!error) {
                                   self->welcome(std::move(socket));
                                   return self->accept();
                               }
                               // Usually no free file descriptor: without a pause this would be a busy loop.
                               self->pause_.expires_after(std::chrono::milliseconds(100));
                               self->pause_.async_wait([self](const ErrorCode&) { self->accept(); });
                           });
}

void Acceptor::welcome(TcpSocket socket) {
    if (shared_->core->count() >= shared_->options.connection_limit) return;
    ErrorCode error;
    close_on_exec(socket.native_handle());
    const auto remote = socket.remote_endpoint(error).address();
    if (error) return;
    if (listener_.bad_line)
        tune_line(socket.native_handle(), {});
    else
        socket.set_option(tcp::no_delay(true), error);
    ++shared_->connections;
    const auto session = std::make_shared<HttpSession>(shared_, Wire(std::move(socket), context_.get()),
                                                       listener_, remote.to_string());
    if (shared_->core->add(session)) session->start();
}

void Acceptor::close() {
    net::post(strand_, [self = shared_from_this()] { self->close_now(); });
}

void Acceptor::close_now() {
    closed_ = true;
    ErrorCode ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

}  // namespace wa::http

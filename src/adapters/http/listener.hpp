// Inside the adapter: accepts connections of one listener.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

#include "adapters/http/http_session.hpp"

namespace wa::http {

class Acceptor : public std::enable_shared_from_this<Acceptor> {
  public:
    /// `context` is null without TLS.
    Acceptor(std::shared_ptr<ServerShared> shared, Listener listener,
             std::shared_ptr<net::ssl::context> context);

    /// Binds; a reason (English) when it is not possible.
    std::optional<std::string> open();
    void start();
    /// From any thread.
    void close();
    /// Only when the threads are stopped.
    void close_now();
    std::uint16_t port() const { return port_; }

  private:
    ErrorCode bind();
    ErrorCode adopt(int fd);
    void accept();
    void welcome(TcpSocket socket);

    const std::shared_ptr<ServerShared> shared_;
    const Listener listener_;
    const std::shared_ptr<net::ssl::context> context_;
    const Strand strand_;
    net::basic_socket_acceptor<tcp, Strand> acceptor_;
    net::steady_timer pause_;
    std::uint16_t port_ = 0;
    bool closed_ = false;
};

}  // namespace wa::http

// Inside the adapter: the settings of TLS, for servers and for the client with its session ticket.
#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <mutex>
#include <string>

#include "adapters/http/line_socket.hpp"
#include "adapters/http/server.hpp"
#include "base/bytes.hpp"

namespace wa::http {

/// What a device may send beside the handshake: as much as TCP sends at once to begin with; and where it
/// knows that the line is quick as much as a first window of forty packets holds, which is also what a server
/// takes.
constexpr std::uint32_t early_data_usual = 14 * 1024, early_data_max = 50 * 1024;

/// Empty with a reason in `error` when certificate or key cannot be used.
std::shared_ptr<boost::asio::ssl::context> make_server_context(const Tls& tls, bool bad_line,
                                                               std::string& error);

/// A client's context and the last session ticket it was given.
class ClientTls {
  public:
    /// Empty with a reason in `error` when certificate or key cannot be used.
    static std::shared_ptr<ClientTls> make(const LineOptions& options, std::string& error);

    boost::asio::ssl::context& context() { return context_; }
    /// Sets name, expected certificate and ticket of a new connection.
    bool prepare(SSL* ssl, const std::string& server_name);
    /// Whether it was made for the same authorities, certificate and server.
    bool fits(const LineOptions& options) const;

  private:
    explicit ClientTls(const LineOptions& options);
    static int keep_ticket(SSL* ssl, SSL_SESSION* session);

    boost::asio::ssl::context context_;
    const std::string made_for_;
    std::mutex mutex_;
    /// In DER: a session object in use is spoilt by OpenSSL when its connection breaks off.
    Bytes ticket_;
};

/// SHA-256 of the client's certificate (DER); empty when there is none, or when it has expired since the
/// session was first made (a resumed session is not checked again by OpenSSL).
Bytes checked_peer_fingerprint(SSL* ssl);

}  // namespace wa::http

// The HTTP and WebSocket server: HTTP/1.1, with or without TLS 1.3, with or without client certificates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/http/socket.hpp"

namespace wa::http {

/// TLS 1.3 only.
struct Tls {
    /// The server's certificate first, then intermediate ones.
    std::string certificate_pem;
    std::string key_pem;
    /// When not empty a client certificate issued by one of these is required (mTLS).
    std::string client_ca_pem;
};

struct Listener {
    /// Comes back in Request::listener.
    std::string name;
    std::string address = "127.0.0.1";
    /// 0: the system chooses; see Server::port.
    std::uint16_t port = 0;
    /// A listening socket that was inherited; address and port are then not used. The server owns it.
    std::optional<int> fd;
    std::optional<Tls> tls;
    /// For devices on bad lines: little is buffered beneath us, small TLS records, BBR where offered, a dead
    /// line is noticed after 20 s.
    bool bad_line = false;
};

/// The listening socket systemd (or whoever started us) passed under this name (LISTEN_FDS, LISTEN_FDNAMES,
/// LISTEN_PID); empty when there is none. The descriptor is set to close on exec.
std::optional<int> inherited_listener(std::string_view name);

struct ServerOptions {
    std::vector<Listener> listeners;
    Handler handler;
    /// Requests whose path begins with one of these (or is it without the final slash) go to the handler;
    /// without a static root all do.
    std::vector<std::string> handler_prefixes = {"/api/"};
    /// By exact path, e.g. "/api/events", "/sync".
    std::map<std::string, SocketHandler> sockets;
    /// The built web app, read into memory at start and again when index.html changes. A "<file>.gz" beside a
    /// file is served to browsers that accept gzip. Unknown paths get index.html (the app has its own
    /// routes); unknown paths below /assets/ get 404. Empty: none.
    std::string static_root;

    /// Names under which we may be addressed, without a port (against DNS rebinding): else 421. "*" allows
    /// all.
    std::vector<std::string> allowed_hosts = {"localhost", "127.0.0.1", "[::1]"};
    /// Origins that may change state and open WebSockets besides our own (Origin equal to the Host header),
    /// e.g. "http://localhost:5173" for development.
    std::vector<std::string> allowed_origins;

    /// Told of a request for a name that is not ours (421) or from a foreign page (403), for the log: mostly
    /// it is a proxy that was set up wrongly. Must not block.
    std::function<void(int status, const std::string& remote)> on_foreign;

    /// Bodies must be application/json (else 415), except below these prefixes.
    std::vector<std::string> document_prefixes;
    std::size_t body_limit = 1024 * 1024;
    std::size_t document_limit = 64 * 1024 * 1024;
    /// Request line and headers together; more is answered with 431.
    std::size_t header_limit = 16 * 1024;
    /// Called with the head of a request below a document prefix before its body is read: 0 goes on, anything
    /// else is the status it is refused with (e.g. 401). Must not block.
    std::function<int(const Request& head)> before_document;

    /// For the head of a request (also between two of a connection) and the TLS handshake. A body and an
    /// answer get this plus one second per 8 kB.
    int read_timeout_ms = 30'000;
    /// Further connections are closed at once.
    std::size_t connection_limit = 512;
    /// A WebSocket that is silent for half of this is pinged; silent for all of it, it is closed.
    int socket_idle_ms = 60'000;
    std::size_t socket_message_limit = 4 * 1024 * 1024;
    /// More queued than this and the socket is closed (CloseKind::overflow).
    std::size_t socket_queue_limit = 32 * 1024 * 1024;
    int threads = 2;
    /// How long stop() waits for open answers and farewells.
    int stop_grace_ms = 5'000;
};

struct ServerStats {
    std::uint64_t connections = 0;
    std::uint64_t requests = 0;
    std::uint64_t tls_handshakes = 0;
    /// Of these, resumed with a session ticket.
    std::uint64_t tls_resumed = 0;
    /// Connections open now, WebSockets included.
    std::size_t open = 0;
};

class Server {
  public:
    explicit Server(ServerOptions options);
    /// Stops.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds all listeners and starts the threads. On failure returns the reason (English, for the log):
    /// address in use, certificate not readable, static root without index.html.
    std::optional<std::string> start();
    /// Takes no more connections, lets open answers finish and WebSockets say farewell, for at most
    /// stop_grace_ms. Not from a handler. Afterwards every on_close has been called.
    void stop();
    /// The port a listener is bound to; valid after start().
    std::uint16_t port(std::size_t listener = 0) const;
    ServerStats stats() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wa::http

// The WebSocket client by which a node reaches the hub, made for lines that come and go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/loop.hpp"
#include "adapters/http/socket.hpp"

namespace wa::http {

struct LineOptions {
    /// Address or name.
    std::string host;
    std::uint16_t port = 443;
    std::string path = "/sync";
    /// The only authorities trusted. Empty: no TLS (for tests and lines within one machine).
    std::string ca_pem;
    /// The device's own certificate and key; both empty: none is sent.
    std::string certificate_pem;
    std::string key_pem;
    /// The name the server's certificate must hold, and the Host header; empty: `host`.
    std::string server_name;
    /// For name and TCP.
    int connect_timeout_ms = 10'000;
    /// For TLS and WebSocket, once TCP is there.
    int handshake_timeout_ms = 10'000;
    /// The kernel gives up when sent bytes stay unacknowledged for this long (TCP_USER_TIMEOUT).
    int user_timeout_ms = 20'000;
    /// While one attempt to connect is not answered, the next begins beside it, up to eight: on a line that
    /// comes and goes the kernel's own pauses (1, 2, 4 s) cost more time than it is there.
    int next_attempt_ms = 150;
    /// The same where a connection before has shown that an answer takes no longer; 0: always the above.
    int quick_attempt_ms = 0;
    /// The line before was quick: the first packets ask for a wide first window of TCP (docs/operating.md),
    /// and more goes before the first answer. Where connecting takes longer than quick_trip_ms it is another
    /// line, and dialled anew as any.
    bool quick = false;
    int quick_trip_ms = 200;
    /// Payload the kernel may hold, sent or not (SO_SNDBUF is set to it, Linux doubles it for its own use);
    /// 0: the kernel's choice. It bounds rate × round trip: 1 MB is 14 Mbit/s at 600 ms.
    int send_buffer_bytes = 1024 * 1024;
    /// Of that, not yet sent (TCP_NOTSENT_LOWAT): what an urgent message waits behind, besides our own queue.
    /// To begin with; see set_unsent_bytes.
    int unsent_bytes = 16 * 1024;
    std::size_t message_limit = 16 * 1024 * 1024;
    std::size_t queue_limit = 256 * 1024 * 1024;
};

/// What the kernel has measured on a connection so far.
struct LineMeasure {
    std::int64_t round_trip_ms = 0;  ///< smoothed; 0: not measured yet
    std::int64_t packets_sent = 0, packets_sent_again = 0;
    /// Bytes per second that arrived lately, those behind a gap too; 0 when it was not the line that set
    /// them.
    std::int64_t bytes_per_second = 0;
    std::int64_t unsent_bytes = 0;  ///< in the kernel
};

/// Of an open connection (TCP_INFO); empty where the kernel does not tell.
std::optional<LineMeasure> measure_line(int fd);

/// One line, many connections one after the other; a TLS session ticket of the last one makes the next
/// cheaper (no certificates are sent). Functions may be called from any thread; callbacks come on the loop.
class LineSocket {
  public:
    /// The loop must outlive it.
    explicit LineSocket(Loop& loop);
    /// Aborts; no callback is running or comes any more after it returns. May be called from a callback.
    ~LineSocket();
    LineSocket(const LineSocket&) = delete;
    LineSocket& operator=(const LineSocket&) = delete;

    /// Begins to connect. A connection that is still there is aborted first: its on_close comes before
    /// anything of the new one.
    void connect(LineOptions options, SocketCallbacks callbacks);
    void send_binary(Bytes bytes);
    void send_text(std::string text);
    void ping();
    void close();
    void abort();
    std::size_t queued_bytes() const;
    /// Whether the present or last connection resumed a TLS session.
    bool resumed() const;
    /// Our end of the present or last connection; empty before the first.
    std::string local_address() const;
    /// Changes it on the present connection: a fast line runs empty between two looks of ours when it is
    /// small. On the loop's thread only.
    void set_unsent_bytes(int bytes);
    /// Empty when there is no connection. On the loop's thread only.
    std::optional<LineMeasure> measured() const;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace wa::http

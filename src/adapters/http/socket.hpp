// An open WebSocket, seen from either side.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"

namespace wa::http {

enum class CloseKind {
    closed,    ///< by the WebSocket's own farewell, of either side
    lost,      ///< the connection broke, could not be made, or was silent for too long
    refused,   ///< the server answered the handshake with another status than 101
    tls,       ///< TLS failed: certificate not trusted, not given, expired, wrong name, no TLS 1.3
    timeout,   ///< connecting took longer than allowed
    overflow,  ///< the other side read too slowly: more was queued than allowed
    aborted,   ///< abort(), or the server or the loop was stopped
};

/// Why a socket ended. `text` is technical (English, for logs); it holds nothing that was transferred.
struct CloseReason {
    CloseKind kind = CloseKind::closed;
    std::string text;
    /// WebSocket close code when `closed` (0: none given), HTTP status when `refused`, else 0.
    int code = 0;
};

/// What a socket reports. All are called one after the other (never two at once) on an I/O thread, must not
/// block, and may be left empty. One that throws ends its socket. on_close is the last one, exactly once,
/// also when it never opened.
struct SocketCallbacks {
    /// Of the side that opens. Asked for once there is a connection: travels within the request to open,
    /// a round trip earlier than anything else could, and is the other side's first message. Empty: none.
    std::function<Bytes()> first_message;
    /// Of the same side, asked right behind it when the other side has said on a connection before that it
    /// takes them: binary messages that go behind the request, before its answer. Called back or not, they
    /// may have arrived. `quick`: the line is taken for one, see LineOptions.
    std::function<std::vector<Bytes>(bool quick)> early_messages;
    std::function<void()> on_open;
    /// A whole message; the view is valid during the call.
    std::function<void(std::string_view message, bool binary)> on_message;
    /// Bytes arrived from the network, whatever they are (half a message, a pong, TLS itself): the other
    /// side is alive. Beneath TLS: it is also called in the middle of a TLS record.
    std::function<void()> on_bytes;
    /// Everything that was queued has been handed to the operating system.
    std::function<void()> on_drained;
    std::function<void(const CloseReason&)> on_close;
};

/// The sending side. Every function may be called from any thread and at any time; after the end they do
/// nothing.
class Socket {
  public:
    virtual ~Socket() = default;
    /// One message each; sent in the order of the calls. Before the opening they wait in the queue.
    virtual void send_text(std::string text) = 0;
    virtual void send_binary(Bytes bytes) = 0;
    /// A ping; the answer shows in on_bytes. While one is under way further ones do nothing.
    virtual void ping() = 0;
    /// Sends what is queued, then says farewell.
    virtual void close() = 0;
    /// Ends the connection at once (TCP reset); what is queued is dropped.
    virtual void abort() = 0;
    /// Bytes of messages not yet wholly handed to the operating system.
    virtual std::size_t queued_bytes() const = 0;
};

/// Decides on a WebSocket before it opens: nullopt is answered with 403, an exception with 503. Called on an
/// I/O thread. The socket may be kept and written to at once.
using SocketHandler = std::function<std::optional<SocketCallbacks>(const Request&, std::shared_ptr<Socket>)>;

}  // namespace wa::http

// Inside the adapter: a TCP connection with or without TLS as one type, so that everything above is compiled
// once. It reports every read of raw bytes from beneath TLS.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/rate_policy.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <functional>
#include <limits>
#include <utility>
#include <variant>

#include "adapters/http/io_core.hpp"

namespace wa::http {

namespace beast = boost::beast;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;

/// Beast's hook for limiting the rate, used only to hear of arriving bytes.
class HearBytes {
  public:
    std::function<void()> on_bytes;

  private:
    friend class beast::rate_policy_access;
    std::size_t available_read_bytes() const noexcept { return std::numeric_limits<std::size_t>::max(); }
    std::size_t available_write_bytes() const noexcept { return std::numeric_limits<std::size_t>::max(); }
    void transfer_read_bytes(std::size_t bytes) {
        if (bytes > 0 && on_bytes) on_bytes();
    }
    void transfer_write_bytes(std::size_t) noexcept {}
    void on_timer() noexcept {}
};

using Tcp = beast::basic_stream<tcp, Strand, HearBytes>;
using TlsStream = net::ssl::stream<Tcp>;

class Wire {
  public:
    using executor_type = Strand;

    explicit Wire(Tcp&& stream) : stream_(std::in_place_index<0>, std::move(stream)) {}
    Wire(Tcp&& stream, net::ssl::context& context)
        : stream_(std::in_place_index<1>, std::move(stream), context) {}

    Tcp& tcp_stream() {
        if (auto* plain = std::get_if<0>(&stream_)) return *plain;
        return std::get<1>(stream_).next_layer();
    }
    /// Null without TLS.
    TlsStream* tls() { return std::get_if<1>(&stream_); }
    executor_type get_executor() noexcept { return tcp_stream().get_executor(); }

    template <class Buffers, class Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler) {
        if (auto* plain = std::get_if<0>(&stream_))
            plain->async_read_some(buffers, std::forward<Handler>(handler));
        else
            std::get<1>(stream_).async_read_some(buffers, std::forward<Handler>(handler));
    }

    template <class Buffers, class Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler) {
        if (auto* plain = std::get_if<0>(&stream_))
            plain->async_write_some(buffers, std::forward<Handler>(handler));
        else
            std::get<1>(stream_).async_write_some(buffers, std::forward<Handler>(handler));
    }

  private:
    std::variant<Tcp, TlsStream> stream_;
};

inline void beast_close_socket(Wire& wire) {
    wire.tcp_stream().close();
}

/// After the farewell of the WebSocket itself nothing can be cut off unnoticed: TLS is not closed
/// separately, which saves a round trip.
template <class Handler>
void async_teardown(beast::role_type role, Wire& wire, Handler&& handler) {
    using beast::websocket::async_teardown;
    async_teardown(role, wire.tcp_stream(), std::forward<Handler>(handler));
}

}  // namespace wa::http

// Inside the adapter: a WebSocket of either side, from the handshake on.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "adapters/http/line_socket.hpp"
#include "adapters/http/socket.hpp"
#include "adapters/http/wire.hpp"

namespace wa::http {

/// Field of the request to open: the first message as base64url. Of the answer: that it was taken.
constexpr std::string_view first_message_field = "X-Wanderamt-First-Message";
/// Field of the answer: that binary messages may follow such a request before it is answered. Of the request:
/// that they do.
constexpr std::string_view early_messages_field = "X-Wanderamt-Early-Messages";
/// Their values, but for the first message itself.
constexpr std::string_view value_taken = "taken", value_follow = "follow";

struct SocketLimits {
    std::size_t message = 4 * 1024 * 1024;
    std::size_t queue = 32 * 1024 * 1024;
    /// 0: the user watches the line.
    int idle_ms = 0;
};

/// All private members are touched on its strand only, but for the atomic ones.
class WebSocket final : public Socket, public Connection, public std::enable_shared_from_this<WebSocket> {
  public:
    using UpgradeRequest = beast::http::request<beast::http::string_body>;

    WebSocket(std::shared_ptr<Core> core, Strand strand, SocketLimits limits);
    ~WebSocket() override;

    void send_text(std::string text) override;
    void send_binary(Bytes bytes) override;
    void ping() override;
    void close() override;
    void abort() override;
    std::size_t queued_bytes() const override { return queued_.load(); }
    void wind_down() override;
    void drop() override;

    // Before it opens; on the strand or before anyone else knows it.
    void set_callbacks(SocketCallbacks callbacks) { callbacks_ = std::move(callbacks); }
    /// Called when it ends before the handshake (to stop dialling).
    void set_canceller(std::function<void()> canceller) { canceller_ = std::move(canceller); }
    /// Ends it with `timeout` unless it is open after so long.
    void limit_opening(int ms);
    /// Calls on_bytes; for the wire that is being set up.
    void heard();

    // On the strand. `first` has come within the request; `takes_early`: see early_messages_field.
    void accept(Wire wire, UpgradeRequest request, Bytes first, bool takes_early);
    struct Opening {
        std::string host, path;
        std::shared_ptr<void> keep;  ///< lives as long as the wire
        bool early = false;          ///< whether the other side takes early messages, as far as is known
        bool quick = false;          ///< whether the line is taken for a quick one
        /// Called with the answer: whether it does.
        std::function<void(SSL* ssl, bool takes_early)> answered;
    };
    void handshake(Wire wire, Opening opening);
    /// Ends it; the first call counts.
    void finish(CloseReason reason);
    bool is_finished() const { return finished_.load(); }
    /// No callback any more, and the end.
    void discard();

    /// As those of LineSocket; on the strand.
    void set_unsent_bytes(int bytes);
    std::optional<LineMeasure> measured() const;

    const Strand& strand() const { return strand_; }
    const std::shared_ptr<Core>& core() const { return core_; }

  private:
    struct Stream;
    struct Message {
        std::string text;
        Bytes bytes;
        bool binary = false;
        std::size_t size() const { return binary ? bytes.size() : text.size(); }
    };

    template <class Task>
    void on_strand(Task task);
    void set_up(Wire wire);
    void opened(const ErrorCode& error);
    void take_along();
    bool is_taken(std::string_view field) const;
    void answered(const ErrorCode& error);
    template <class Call>
    bool guarded(Call call);
    bool deliver(std::string_view message, bool binary);
    void read();
    void on_read(const ErrorCode& error);
    void send(Message message);
    void enqueue(Message message);
    void write_next();
    void write_front();
    void on_written(const ErrorCode& error);
    void say_farewell();
    void fail(const ErrorCode& error, const char* during);

    const std::shared_ptr<Core> core_;  // first: everything below needs its executor to the end
    const Strand strand_;
    const SocketLimits limits_;
    Opening opened_with_;
    std::unique_ptr<Stream> stream_;
    beast::flat_buffer buffer_;
    net::steady_timer opening_;
    SocketCallbacks callbacks_;
    std::function<void()> canceller_;
    Bytes first_;  ///< the first message, as long as it has not arrived here, or there
    std::deque<Message> queue_;
    Message current_;
    std::atomic<std::size_t> queued_{0};
    std::atomic<bool> finished_{false};
    bool open_ = false;
    bool writing_ = false;
    bool asks_first_ = false;  ///< whether the kernel has room, before it is given a message
    bool pinging_ = false;
    bool closing_ = false;
    bool farewell_ = false;
    bool silent_ = false;
    std::uint16_t farewell_code_ = 1000;
};

/// The reason behind an error before or after the opening.
CloseReason reason_of(const ErrorCode& error, const char* during);

}  // namespace wa::http

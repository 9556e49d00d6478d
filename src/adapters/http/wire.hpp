// Inside the adapter: a TCP connection with or without TLS as one type, so that everything above is compiled
// once. OpenSSL works on the socket itself: while nothing is on its way a connection holds no buffers.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "adapters/http/io_core.hpp"
#include "base/bytes.hpp"

namespace wa::http {

namespace beast = boost::beast;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;
using TcpSocket = net::basic_stream_socket<tcp, Strand>;

/// Largest payload of a TLS record on bad lines, where a record can be read only when it is there as a whole:
/// what Beast masks at once, and the head of its frame.
constexpr std::size_t small_record = 4096 + 16;

/// The pieces of a buffer sequence that are not empty; of a longer one the first.
class Pieces {
  public:
    static constexpr std::size_t most = 8;

    template <class Buffers>
    explicit Pieces(const Buffers& buffers) {
        const auto end = net::buffer_sequence_end(buffers);
        for (auto at = net::buffer_sequence_begin(buffers); at != end && count_ < most; ++at)
            if (const net::const_buffer piece(*at); piece.size() > 0) all_[count_++] = piece;
    }
    auto begin() const { return all_.begin(); }
    auto end() const { return begin() + std::ptrdiff_t(count_); }

  private:
    std::array<net::const_buffer, most> all_;
    std::size_t count_ = 0;
};

/// What a wire and its operations share: an operation under way finds everything when the wire is gone.
class WireState {
  public:
    /// What a step, which never blocks, has to wait for before it goes on.
    enum class Wait { nothing, readable, writable };
    /// The outcome of the steps of one operation.
    struct Result {
        ErrorCode error;
        std::size_t bytes = 0;
    };

    WireState(TcpSocket&& socket, net::ssl::context* context);
    ~WireState();
    WireState(const WireState&) = delete;
    WireState& operator=(const WireState&) = delete;

    Wait shake_hands(Result& result);
    /// See Wire::begin_with_first_write.
    Wait write_first(const Pieces& pieces, Result& result);
    Wait read(const net::mutable_buffer& room, Result& result);
    Wait write(const Pieces& pieces, Result& result);
    /// Reads from beneath TLS what nobody wants to know.
    Wait discard(Result& result);

    TcpSocket socket;
    SSL* ssl = nullptr;
    std::function<void()> on_bytes;
    /// See Wire::give_back; at a server also what came beside the handshake.
    Bytes given;
    /// Of a client until its first write is done.
    struct First {
        Bytes head;            ///< what is written, up to the empty line that ends it
        Bytes behind;          ///< see Wire::send_behind
        std::size_t beside;    ///< of both, at most so much goes beside the handshake
        std::size_t sent = 0;  ///< of both
        bool secured = false;
    };
    std::unique_ptr<First> first;

  private:
    friend struct WireBio;
    /// One call of OpenSSL: true when it did it, an error when it never will, else it wants to read more.
    template <class Call>
    bool call_tls(ErrorCode& error, Call call) {
        ERR_clear_error();
        broken_ = {};
        const int returned = call();
        if (returned == 1) return true;
        const int code = SSL_get_error(ssl, returned);
        if (code != SSL_ERROR_WANT_READ) error = tls_error(code);
        return false;
    }
    ErrorCode tls_error(int code) const;
    Wait end_step(bool done, Result& result);
    bool read_early(ErrorCode& error);
    void write_early(First& all, ErrorCode& error);
    void write_rest(First& all, ErrorCode& error);
    void encrypt(const Pieces& pieces, Result& result);
    std::size_t receive(void* to, std::size_t room, ErrorCode& error);
    std::size_t send(const Pieces& pieces, ErrorCode& error);
    void flush(ErrorCode& error);
    void tell();

    /// Encrypted, and not yet with the kernel. Order is kept whoever wrote it.
    Bytes unsent_;
    /// Why the socket gave OpenSSL nothing, if not for want of bytes.
    ErrorCode broken_;
    bool heard_ = false;
    bool drained_ = false;
    bool early_read_ = false;
};

/// One operation: steps with pauses between them.
template <class Step>
class WireOperation {
  public:
    WireOperation(std::shared_ptr<WireState> state, Step step)
        : state_(std::move(state)), step_(std::move(step)) {}

    template <class Self>
    void operator()(Self& self, const ErrorCode& interrupted = {}) {
        if (!done_) {
            const bool first = std::exchange(first_, false);
            if (interrupted)
                result_.error = interrupted;
            else if (const auto wait = step_(*state_, result_); wait != WireState::Wait::nothing)
                return state_->socket.async_wait(
                    wait == WireState::Wait::readable ? tcp::socket::wait_read : tcp::socket::wait_write,
                    std::move(self));
            done_ = true;
            // Who began it must not be called from within the beginning.
            if (first) return net::post(std::move(self));
        }
        self.complete(result_.error, result_.bytes);
    }

  private:
    std::shared_ptr<WireState> state_;
    Step step_;
    WireState::Result result_;
    bool first_ = true;
    bool done_ = false;
};

/// Everything is called on the strand. One read and one write may be under way at the same time; those that
/// are when the wire is closed or destroyed end with operation_aborted.
class Wire {
  public:
    using executor_type = Strand;

    /// `context` is null without TLS; it says which side we are.
    explicit Wire(TcpSocket&& socket, net::ssl::context* context = nullptr)
        : state_(std::make_shared<WireState>(std::move(socket), context)) {}
    ~Wire();
    Wire(Wire&&) noexcept = default;
    Wire& operator=(Wire&&) = delete;

    executor_type get_executor() noexcept { return state_->socket.get_executor(); }
    TcpSocket& socket() { return state_->socket; }
    /// Null without TLS.
    SSL* ssl() { return state_->ssl; }
    /// To be called at every read of raw bytes, from beneath TLS.
    void on_bytes(std::function<void()> heard) { state_->on_bytes = std::move(heard); }
    /// Instead of async_shake_hands at a client: TLS begins when the head of a request is written, which
    /// travels beside the handshake where the last connection's ticket allows it, up to so many bytes, else
    /// behind it.
    void begin_with_first_write(std::size_t beside) {
        state_->first = std::make_unique<WireState::First>(WireState::First{{}, {}, beside});
    }
    /// Goes right behind that head. Nobody answers for it before the answer to the head.
    void send_behind(Bytes bytes) {
        if (state_->first) state_->first->behind = std::move(bytes);
    }
    /// Was read too far: is read again, before anything else.
    void give_back(std::span<const std::uint8_t> bytes) {
        state_->given.insert(state_->given.begin(), bytes.begin(), bytes.end());
    }
    void close();
    /// Closes with a reset.
    void abort();

    template <class Handler>
    void async_shake_hands(Handler&& handler) {
        begin<Handler>([](WireState& state, auto& result) { return state.shake_hands(result); }, handler);
    }
    template <class Buffers, class Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler) {
        begin<Handler>(
            [room = first_of(buffers)](WireState& state, auto& result) { return state.read(room, result); },
            handler);
    }
    template <class Buffers, class Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler) {
        begin<Handler>([pieces = Pieces(buffers)](WireState& state,
                                                  auto& result) { return state.write(pieces, result); },
                       handler);
    }
    /// See WireState::discard.
    template <class Handler>
    void async_discard(Handler&& handler) {
        begin<Handler>([](WireState& state, auto& result) { return state.discard(result); }, handler);
    }

  private:
    template <class Handler, class Step>
    void begin(Step step, Handler& handler) {
        net::async_compose<Handler, void(ErrorCode, std::size_t)>(
            WireOperation<Step>(state_, std::move(step)), handler, state_->socket);
    }
    template <class Buffers>
    static net::mutable_buffer first_of(const Buffers& buffers) {
        const auto end = net::buffer_sequence_end(buffers);
        for (auto at = net::buffer_sequence_begin(buffers); at != end; ++at)
            if (const net::mutable_buffer room(*at); room.size() > 0) return room;
        return {};
    }

    std::shared_ptr<WireState> state_;
};

inline void beast_close_socket(Wire& wire) {
    wire.close();
}

/// After the farewell of the WebSocket itself nothing can be cut off unnoticed: TLS is not closed
/// separately, which saves a round trip.
template <class Handler>
void async_teardown(beast::role_type role, Wire& wire, Handler&& handler) {
    using beast::websocket::async_teardown;
    async_teardown(role, wire.socket(), std::forward<Handler>(handler));
}

}  // namespace wa::http

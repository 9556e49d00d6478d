#include "adapters/http/web_socket.hpp"

#include <openssl/rand.h>

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/assert.hpp"
#include "base/bytes.hpp"

namespace wa::http {

namespace websocket = beast::websocket;

namespace {

/// As base64url it takes a third more; a server allows 16 kB for the whole head of a request.
constexpr std::size_t first_message_max = 6 * 1024;
/// A limit of this or more is of a line that does not mind 64 kB, or is not measured yet.
constexpr int asks_first_below = 16 * 1024;

/// A binary message of a client as it travels, RFC 6455 5.2.
void append_frame(Bytes& out, const Bytes& message) {
    constexpr std::uint8_t final_binary = 0x82, masked = 0x80, length_16 = 126, length_64 = 127;
    out.push_back(final_binary);
    const auto size = message.size();
    const int length_bytes = size < length_16 ? 0 : size <= 0xFFFF ? 2 : 8;
    out.push_back(masked | (length_bytes == 0   ? std::uint8_t(size)
                            : length_bytes == 2 ? length_16
                                                : length_64));
    for (int i = length_bytes; i-- > 0;) out.push_back(std::uint8_t(size >> (8 * i)));
    std::array<std::uint8_t, 4> mask{};
    WA_ASSERT(RAND_bytes(mask.data(), mask.size()) == 1);
    out.insert(out.end(), mask.begin(), mask.end());
    for (std::size_t i = 0; i < size; ++i) out.push_back(message[i] ^ mask[i % mask.size()]);
}

beast::string_view as_beast(std::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace

struct WebSocket::Stream {
    explicit Stream(Wire wire) : socket(std::move(wire)) {}
    websocket::stream<Wire, false> socket;  // false: no compression, our messages are compressed already
    websocket::response_type response;
};

CloseReason reason_of(const ErrorCode& error, const char* during) {
    CloseReason reason{CloseKind::lost, std::string(during) + ": " + error.message(), 0};
    if (error.category() == net::error::get_ssl_category()) reason.kind = CloseKind::tls;
    if (error == websocket::error::closed) reason.kind = CloseKind::closed;
    if (error == beast::error::timeout) reason.text = std::string(during) + ": silent for too long";
    return reason;
}

WebSocket::WebSocket(std::shared_ptr<Core> core, Strand strand, SocketLimits limits)
    : core_(std::move(core)),
      strand_(std::move(strand)),
      limits_(limits),
      buffer_(limits.message),
      opening_(strand_) {}

WebSocket::~WebSocket() = default;

template <class Task>
void WebSocket::on_strand(Task task) {
    // Weak: what waits in a stopped core must not keep itself alive.
    net::post(strand_, [weak = weak_from_this(), task = std::move(task)]() mutable {
        if (const auto self = weak.lock()) task(*self);
    });
}

void WebSocket::send_text(std::string text) {
    send({std::move(text), {}, false});
}

void WebSocket::send_binary(Bytes bytes) {
    send({{}, std::move(bytes), true});
}

void WebSocket::send(Message message) {
    if (finished_) return;
    queued_ += message.size();
    on_strand([message = std::move(message)](WebSocket& self) mutable { self.enqueue(std::move(message)); });
}

void WebSocket::ping() {
    on_strand([](WebSocket& self) {
        if (!self.open_ || self.finished_ || self.pinging_ || self.farewell_) return;
        self.pinging_ = true;
        self.stream_->socket.async_ping({}, [keep = self.shared_from_this()](const ErrorCode& error) {
            keep->pinging_ = false;
            if (error) keep->fail(error, "ping");
        });
    });
}

void WebSocket::close() {
    on_strand([](WebSocket& self) {
        self.closing_ = true;
        if (!self.open_) return self.finish({CloseKind::closed, "closed before it opened", 0});
        if (!self.writing_) self.say_farewell();
    });
}

void WebSocket::abort() {
    on_strand([](WebSocket& self) { self.finish({CloseKind::aborted, "aborted", 0}); });
}

void WebSocket::wind_down() {
    on_strand([](WebSocket& self) {
        self.farewell_code_ = websocket::close_code::going_away;
        self.closing_ = true;
        if (!self.open_) return self.finish({CloseKind::aborted, "stopped", 0});
        if (!self.writing_) self.say_farewell();
    });
}

void WebSocket::drop() {
    finish({CloseKind::aborted, "stopped", 0});
}

void WebSocket::limit_opening(int ms) {
    opening_.expires_after(std::chrono::milliseconds(ms));
    opening_.async_wait([weak = weak_from_this()](const ErrorCode& error) {
        const auto self = weak.lock();
        if (self && !error && !self->open_) self->finish({CloseKind::timeout, "connecting took too long", 0});
    });
}

void WebSocket::heard() {
    if (!finished_ && !silent_ && callbacks_.on_bytes) callbacks_.on_bytes();
}

void WebSocket::set_up(Wire wire) {
    stream_ = std::make_unique<Stream>(std::move(wire));
    auto& socket = stream_->socket;
    // The stream never outlives this object, and no read is under way without a handler that holds it.
    socket.next_layer().on_bytes([this] { heard(); });
    socket.read_message_max(limits_.message);
    socket.auto_fragment(false);
    websocket::stream_base::timeout timeout{std::chrono::seconds(10), websocket::stream_base::none(), false};
    if (limits_.idle_ms > 0) {
        timeout.idle_timeout = std::chrono::milliseconds(limits_.idle_ms);
        timeout.keep_alive_pings = true;
    }
    socket.set_option(timeout);
}

void WebSocket::accept(Wire wire, UpgradeRequest request, Bytes first, bool takes_early) {
    if (finished_) return;  // ended by its user before it opened; the wire closes with its last holder
    set_up(std::move(wire));
    first_ = std::move(first);
    stream_->socket.set_option(websocket::stream_base::decorator(
        [takes_first = !first_.empty(), takes_early](websocket::response_type& answer) {
            if (takes_first) answer.set(as_beast(first_message_field), as_beast(value_taken));
            if (takes_early) answer.set(as_beast(early_messages_field), as_beast(value_taken));
        }));
    const auto held = std::make_shared<UpgradeRequest>(std::move(request));
    stream_->socket.async_accept(
        *held, [self = shared_from_this(), held](const ErrorCode& error) { self->opened(error); });
}

void WebSocket::handshake(Wire wire, Opening opening) {
    if (finished_) return;
    canceller_ = nullptr;
    opened_with_ = std::move(opening);
    set_up(std::move(wire));
    take_along();
    stream_->socket.async_handshake(
        stream_->response, opened_with_.host, opened_with_.path,
        [self = shared_from_this()](const ErrorCode& error) { self->answered(error); });
}

bool WebSocket::is_taken(std::string_view field) const {
    return stream_->response[as_beast(field)] == as_beast(value_taken);
}

void WebSocket::answered(const ErrorCode& error) {
    const bool declined = error == websocket::error::upgrade_declined;
    if (!error || declined)
        opened_with_.answered(stream_->socket.next_layer().ssl(), is_taken(early_messages_field));
    if (declined) {
        const int status = int(stream_->response.result_int());
        return finish({CloseKind::refused, "handshake answered with " + std::to_string(status), status});
    }
    // Too long to be taken along, or somebody between us has left it out: then it goes now.
    if (is_taken(first_message_field)) first_.clear();
    if (!error && !first_.empty()) {
        queued_ += first_.size();
        queue_.push_front({{}, std::exchange(first_, {}), true});
    }
    opened(error);
}

/// Of the side that opens: the first message goes within the request, and early ones right behind it.
void WebSocket::take_along() {
    if (!callbacks_.first_message || silent_) return;
    first_ = callbacks_.first_message();
    if (first_.empty() || first_.size() > first_message_max) return;
    Bytes behind;
    if (opened_with_.early && callbacks_.early_messages)
        for (const auto& message : callbacks_.early_messages(opened_with_.quick))
            append_frame(behind, message);
    stream_->socket.set_option(websocket::stream_base::decorator(
        [text = to_base64url(first_), follow = !behind.empty()](websocket::request_type& request) {
            request.set(as_beast(first_message_field), text);
            if (follow) request.set(as_beast(early_messages_field), as_beast(value_follow));
        }));
    stream_->socket.next_layer().send_behind(std::move(behind));
}

void WebSocket::opened(const ErrorCode& error) {
    if (finished_) return;
    if (error) return fail(error, "handshake");
    open_ = true;
    opening_.cancel();
    if (callbacks_.on_open && !silent_ && !guarded([&] { callbacks_.on_open(); })) return;
    if (const auto first = std::exchange(first_, {}); !first.empty() && !deliver(as_view(first), true))
        return;
    read();
    if (!queue_.empty())
        write_next();
    else if (closing_)
        say_farewell();
}

/// False when that has ended the socket.
template <class Call>
bool WebSocket::guarded(Call call) {
    try {
        call();
        return true;
    } catch (...) {
        // As for a request: a store that fails ends this line, not the program. The other side comes again.
        finish({CloseKind::aborted, "what was received could not be worked on", 0});
        return false;
    }
}

/// False when that has ended the socket.
bool WebSocket::deliver(std::string_view message, bool binary) {
    if (!callbacks_.on_message || silent_) return true;
    return guarded([&] { callbacks_.on_message(message, binary); });
}

void WebSocket::read() {
    if (finished_) return;
    stream_->socket.async_read(
        buffer_, [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->on_read(error); });
}

void WebSocket::on_read(const ErrorCode& error) {
    if (finished_) return;
    if (error == websocket::error::closed) {
        const int code = stream_->socket.reason().code;
        return finish({CloseKind::closed, "closed by the other side or in agreement", code});
    }
    if (error) return fail(error, "read");
    const auto data = buffer_.cdata();
    if (!deliver({static_cast<const char*>(data.data()), data.size()}, stream_->socket.got_binary())) return;
    buffer_.consume(buffer_.size());
    // A rare large message must not cost memory as long as the socket lives.
    if (buffer_.capacity() > 64 * 1024) buffer_.shrink_to_fit();
    read();
}

void WebSocket::enqueue(Message message) {
    if (finished_ || closing_) {
        queued_ -= message.size();
        return;
    }
    queue_.push_back(std::move(message));
    if (queued_ > limits_.queue) return finish({CloseKind::overflow, "the other side reads too slowly", 0});
    if (open_ && !writing_) write_next();
}

/// The kernel adds to its last packet, of up to 64 kB, whatever may wait unsent; only who asks it first is
/// told to wait. What a slow line has there is lost to a cut, and an urgent message stands behind it.
void WebSocket::write_next() {
    if (finished_) return;
    writing_ = true;
    if (!asks_first_) return write_front();
    stream_->socket.next_layer().socket().async_wait(tcp::socket::wait_write,
                                                     [self = shared_from_this()](const ErrorCode& error) {
                                                         if (error) return self->on_written(error);
                                                         self->write_front();
                                                     });
}

void WebSocket::write_front() {
    if (finished_) return;
    current_ = std::move(queue_.front());
    queue_.pop_front();
    auto& socket = stream_->socket;
    socket.binary(current_.binary);
    const auto bytes = current_.binary ? net::buffer(current_.bytes) : net::buffer(current_.text);
    socket.async_write(
        bytes, [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->on_written(error); });
}

void WebSocket::on_written(const ErrorCode& error) {
    writing_ = false;
    if (finished_) return;
    if (error) return fail(error, "write");
    queued_ -= current_.size();
    current_ = {};
    if (!queue_.empty()) return write_next();
    if (callbacks_.on_drained && !silent_ && !guarded([&] { callbacks_.on_drained(); })) return;
    if (closing_) say_farewell();
}

void WebSocket::say_farewell() {
    if (farewell_ || finished_) return;
    farewell_ = true;
    stream_->socket.async_close(websocket::close_reason(farewell_code_),
                                [self = shared_from_this()](const ErrorCode& error) {
                                    if (error && error != net::error::operation_aborted)
                                        return self->fail(error, "close");
                                    self->finish({CloseKind::closed, "closed by us", self->farewell_code_});
                                });
}

void WebSocket::fail(const ErrorCode& error, const char* during) {
    finish(reason_of(error, during));
}

void WebSocket::finish(CloseReason reason) {
    if (finished_.exchange(true)) return;
    const auto self = shared_from_this();
    opening_.cancel();
    if (const auto cancel = std::exchange(canceller_, nullptr)) cancel();
    for (const auto& message : queue_) queued_ -= message.size();
    if (writing_) queued_ -= current_.size();
    queue_.clear();
    if (stream_) {
        auto& wire = stream_->socket.next_layer();
        if (reason.kind == CloseKind::closed || reason.kind == CloseKind::refused)
            wire.close();
        else
            wire.abort();
    }
    // Ended already, so the guard ends nothing: what follows must be done all the same.
    if (callbacks_.on_close && !silent_) guarded([&] { callbacks_.on_close(reason); });
    // Not now: we may have been called from within one of them. They may hold this socket.
    on_strand([](WebSocket& ended) { ended.callbacks_ = {}; });
    core_->remove(this);
}

void WebSocket::set_unsent_bytes(int bytes) {
    if (!open_ || finished_) return;
    limit_unsent(stream_->socket.next_layer().socket().native_handle(), bytes);
    asks_first_ = bytes < asks_first_below;
}

std::optional<LineMeasure> WebSocket::measured() const {
    if (!open_ || finished_) return std::nullopt;
    return measure_line(stream_->socket.next_layer().socket().native_handle());
}

void WebSocket::discard() {
    silent_ = true;
    finish({CloseKind::aborted, "discarded", 0});
}

}  // namespace wa::http

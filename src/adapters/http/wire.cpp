#include "adapters/http/wire.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <boost/asio/ssl/error.hpp>

#include <algorithm>
#include <cerrno>
#include <new>

#include "base/assert.hpp"

namespace wa::http {

namespace {

/// What is encrypted before the kernel is called, in one or several records.
constexpr std::size_t batch = 4 * small_record;

ErrorCode last_error() {
    return {errno, boost::system::system_category()};
}

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

/// The pieces from `skip` on as far as they lie together; what is short is copied together with what follows
/// it, so that the head of a message shares a record with its body.
std::span<const char> next_part(const Pieces& pieces, std::size_t skip,
                                std::array<char, small_record>& together) {
    std::size_t copied = 0;
    for (const auto& whole : pieces) {
        const auto rest = whole + skip;
        skip -= std::min(skip, whole.size());
        const std::span part(static_cast<const char*>(rest.data()), rest.size());
        if (copied == 0 && part.size() >= together.size()) return part;
        const auto taken = part.first(std::min(part.size(), together.size() - copied));
        std::copy(taken.begin(), taken.end(), together.begin() + std::ptrdiff_t(copied));
        copied += taken.size();
        if (copied == together.size()) break;
    }
    return {together.data(), copied};
}

}  // namespace

/// The way between OpenSSL and the socket. It takes all that OpenSSL writes: nothing has ever to be encrypted
/// a second time because the kernel was full.
struct WireBio {
    static int read(BIO* bio, char* to, std::size_t room, std::size_t* got) {
        auto& state = *static_cast<WireState*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        *got = state.receive(to, room, state.broken_);
        if (*got > 0) return 1;
        if (state.broken_) return 0;
        BIO_set_retry_read(bio);
        return -1;
    }
    static int write(BIO* bio, const char* from, std::size_t size, std::size_t* taken) {
        auto& unsent = static_cast<WireState*>(BIO_get_data(bio))->unsent_;
        BIO_clear_retry_flags(bio);
        unsent.insert(unsent.end(), from, from + size);
        *taken = size;
        return 1;
    }
    static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    static BIO* make(WireState& state) {
        static const BIO_METHOD* const method = make_method();
        BIO* bio = BIO_new(method);
        if (!bio) throw std::bad_alloc();
        BIO_set_data(bio, &state);
        BIO_set_init(bio, 1);
        return bio;
    }

  private:
    static const BIO_METHOD* make_method() {
        BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
        if (!method) throw std::bad_alloc();
        WA_ASSERT(BIO_meth_set_read_ex(method, read) == 1 && BIO_meth_set_write_ex(method, write) == 1 &&
                  BIO_meth_set_ctrl(method, control) == 1);
        return method;
    }
};

WireState::WireState(TcpSocket&& connected, net::ssl::context* context) : socket(std::move(connected)) {
    if (!context) return;
    ssl = SSL_new(context->native_handle());
    if (!ssl) throw std::bad_alloc();
    BIO* bio = WireBio::make(*this);
    SSL_set_bio(ssl, bio, bio);
    // One call of the kernel may bring several records.
    SSL_set_read_ahead(ssl, 1);
    if (SSL_is_server(ssl))
        SSL_set_accept_state(ssl);
    else
        SSL_set_connect_state(ssl);
}

WireState::~WireState() {
    SSL_free(ssl);
}

ErrorCode WireState::tls_error(int code) const {
    if (code == SSL_ERROR_ZERO_RETURN) return net::error::eof;
    if (code != SSL_ERROR_SSL && code != SSL_ERROR_SYSCALL) return net::ssl::error::unexpected_result;
    if (const auto reason = ERR_get_error()) return {int(reason), net::error::get_ssl_category()};
    // Without a farewell of TLS the end may be an attacker's.
    if (broken_ == net::error::eof) return net::ssl::error::stream_truncated;
    return broken_ ? broken_ : ErrorCode(net::ssl::error::unspecified_system_error);
}

WireState::Wait WireState::read(const net::mutable_buffer& room, Result& result) {
    if (!socket.is_open()) return result.error = net::error::operation_aborted, Wait::nothing;
    if (room.size() == 0) return Wait::nothing;
    if (!given.empty()) {
        result.bytes = std::min(room.size(), given.size());
        std::copy_n(given.begin(), result.bytes, static_cast<std::uint8_t*>(room.data()));
        given.erase(given.begin(), given.begin() + std::ptrdiff_t(result.bytes));
        if (given.empty()) given = {};
        return Wait::nothing;
    }
    // It has just given all it had: to ask it again at once would be in vain.
    if (std::exchange(drained_, false) && !(ssl && SSL_has_pending(ssl))) return Wait::readable;
    if (!ssl) {
        result.bytes = receive(room.data(), room.size(), result.error);
    } else {
        const auto before = unsent_.size();
        call_tls(result.error, [&] { return SSL_read_ex(ssl, room.data(), room.size(), &result.bytes); });
        // An alert, or new keys. What the kernel does not take goes with the next write: a read must not wait
        // for the other side to read.
        ErrorCode ignored;
        if (unsent_.size() > before) flush(ignored);
    }
    tell();
    return result.bytes > 0 || result.error ? Wait::nothing : Wait::readable;
}

WireState::Wait WireState::write(const Pieces& pieces, Result& result) {
    if (!socket.is_open()) return result.error = net::error::operation_aborted, Wait::nothing;
    if (pieces.begin() == pieces.end()) return Wait::nothing;
    if (first) return write_first(pieces, result);
    if (!ssl) {
        result.bytes = send(pieces, result.error);
        return result.bytes > 0 || result.error ? Wait::nothing : Wait::writable;
    }
    // After a pause it is the sending that was not done.
    if (result.bytes == 0) encrypt(pieces, result);
    return end_step(result.bytes > 0, result);
}

/// The end of a step that may have encrypted something: it goes. Also when the step failed: an alert tells
/// the other side why.
WireState::Wait WireState::end_step(bool done, Result& result) {
    ErrorCode unsent;
    flush(unsent);
    if (!result.error) result.error = unsent;
    tell();
    if (result.error) return Wait::nothing;
    if (!unsent_.empty()) return Wait::writable;
    return done ? Wait::nothing : Wait::readable;
}

WireState::Wait WireState::discard(Result& result) {
    if (!socket.is_open()) return result.error = net::error::operation_aborted, Wait::nothing;
    std::array<char, 2048> unwanted;
    result.bytes = receive(unwanted.data(), unwanted.size(), result.error);
    return result.bytes > 0 || result.error ? Wait::nothing : Wait::readable;
}

void WireState::encrypt(const Pieces& pieces, Result& result) {
    std::array<char, small_record> together;
    const auto all = net::buffer_size(pieces);
    constexpr std::size_t overhead_of_records = 256;
    unsent_.reserve(std::min(all, batch) + overhead_of_records);
    while (result.bytes < std::min(all, batch)) {
        auto part = next_part(pieces, result.bytes, together);
        part = part.first(std::min(part.size(), batch - result.bytes));
        std::size_t taken = 0;
        if (!call_tls(result.error, [&] { return SSL_write_ex(ssl, part.data(), part.size(), &taken); }))
            return;
        result.bytes += taken;
    }
}

std::size_t WireState::receive(void* to, std::size_t room, ErrorCode& error) {
    for (;;) {
        const auto got = ::recv(socket.native_handle(), to, room, MSG_DONTWAIT);
        drained_ = got < ssize_t(room);
        if (got > 0) return heard_ = true, std::size_t(got);
        if (got < 0 && errno == EINTR) continue;
        if (got == 0)
            error = net::error::eof;
        else if (!would_block())
            error = last_error();
        return 0;
    }
}

std::size_t WireState::send(const Pieces& pieces, ErrorCode& error) {
    std::array<iovec, Pieces::most> parts;
    msghdr message{};
    message.msg_iov = parts.data();
    // sendmsg(2) does not write to what it is given.
    for (const auto& piece : pieces)
        parts[message.msg_iovlen++] = {const_cast<void*>(piece.data()), piece.size()};
    for (;;) {
        const auto sent = ::sendmsg(socket.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) return std::size_t(sent);
        if (errno == EINTR) continue;
        if (!would_block()) error = last_error();
        return 0;
    }
}

void WireState::flush(ErrorCode& error) {
    if (unsent_.empty()) return;
    const auto sent = send(Pieces(net::buffer(unsent_)), error);
    unsent_.erase(unsent_.begin(), unsent_.begin() + std::ptrdiff_t(sent));
    if (unsent_.empty()) unsent_ = {};
}

void WireState::tell() {
    if (std::exchange(heard_, false) && on_bytes) on_bytes();
}

Wire::~Wire() {
    // Operations under way keep the state; they end now.
    if (state_) close();
}

void Wire::close() {
    ErrorCode ignored;
    if (state_->socket.is_open()) state_->socket.close(ignored);
}

void Wire::abort() {
    if (state_->socket.is_open()) reset_on_close(state_->socket.native_handle());
    close();
}

}  // namespace wa::http

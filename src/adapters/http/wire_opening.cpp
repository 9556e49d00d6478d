// How a wire opens: TLS's handshake, and what travels beside it.
#include <algorithm>
#include <array>

#include "adapters/http/wire.hpp"

namespace wa::http {

/// At a server: what a client that was here before sends beside the handshake. Kept until that is done, so
/// that nothing is worked on that somebody has recorded and sends again.
bool WireState::read_early(ErrorCode& error) {
    if (!SSL_is_server(ssl) || SSL_get_max_early_data(ssl) == 0) return true;
    std::array<char, small_record> room;
    while (!early_read_) {
        std::size_t got = 0;
        const bool good = call_tls(error, [&] {
            const int how = SSL_read_early_data(ssl, room.data(), room.size(), &got);
            early_read_ = how == SSL_READ_EARLY_DATA_FINISH;
            return how == SSL_READ_EARLY_DATA_ERROR ? 0 : 1;
        });
        if (!good) return false;
        given.insert(given.end(), room.begin(), room.begin() + std::ptrdiff_t(got));
    }
    return true;
}

WireState::Wait WireState::shake_hands(Result& result) {
    if (!socket.is_open()) return result.error = net::error::operation_aborted, Wait::nothing;
    const bool done =
        read_early(result.error) && call_tls(result.error, [this] { return SSL_do_handshake(ssl); });
    return end_step(done, result);
}

/// As much as the ticket of the last connection allows, and who opens wants.
void WireState::write_early(First& all, ErrorCode& error) {
    const auto* session = SSL_get0_session(ssl);
    if (!session || !SSL_in_before(ssl)) return;
    const auto most =
        std::min({std::size_t(SSL_SESSION_get_max_early_data(session)), all.beside, all.head.size()});
    while (all.sent < most) {
        const auto part = std::span(all.head).subspan(all.sent, std::min(most - all.sent, small_record));
        std::size_t taken = 0;
        if (!call_tls(error, [&] { return SSL_write_early_data(ssl, part.data(), part.size(), &taken); }))
            return;
        all.sent += taken;
    }
}

void WireState::write_rest(First& all, ErrorCode& error) {
    const auto rest = std::span(all.head).subspan(all.sent);
    std::size_t taken = 0;
    if (rest.empty()) return;
    call_tls(error, [&] { return SSL_write_ex(ssl, rest.data(), rest.size(), &taken); });
    all.sent += taken;
}

WireState::Wait WireState::write_first(const Pieces& pieces, Result& result) {
    auto& all = *first;
    if (result.bytes == 0) {
        for (const auto& piece : pieces) {
            const auto* from = static_cast<const std::uint8_t*>(piece.data());
            all.head.insert(all.head.end(), from, from + piece.size());
            result.bytes += piece.size();
        }
        if (!as_view(all.head).ends_with("\r\n\r\n")) return Wait::nothing;
        all.head.insert(all.head.end(), all.behind.begin(), all.behind.end());
        write_early(all, result.error);
    }
    if (!all.secured && !result.error && call_tls(result.error, [this] { return SSL_do_handshake(ssl); })) {
        all.secured = true;
        if (SSL_get_early_data_status(ssl) == SSL_EARLY_DATA_REJECTED) all.sent = 0;
        write_rest(all, result.error);
    }
    const auto wait = end_step(all.secured, result);
    if (wait == Wait::nothing && !result.error) first.reset();
    return wait;
}

}  // namespace wa::http

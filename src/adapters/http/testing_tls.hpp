// For the tests: the other end of a TLS connection by hand. The test sees every record, and decides what
// travels of those it makes.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wa::http::testing_tls {

using namespace std::chrono_literals;

class Peer {
  public:
    /// A client over a socket that stays another's; `meanwhile` runs whenever it waits for the other side.
    Peer(SSL_CTX* context, int fd, std::function<void()> meanwhile)
        : ssl_(SSL_new(context)), fd_(fd), meanwhile_(std::move(meanwhile)) {
        SSL_set_bio(ssl_, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(ssl_);
    }
    ~Peer() { SSL_free(ssl_); }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    SSL* ssl() { return ssl_; }
    bool shake_hands() {
        return wait([this] {
            const bool done = SSL_do_handshake(ssl_) == 1;
            send(encrypted());
            return done;
        });
    }
    /// The text in records; nothing is sent yet.
    std::string seal(std::string_view text) {
        std::size_t taken = 0;
        SSL_write_ex(ssl_, text.data(), text.size(), &taken);
        return encrypted();
    }
    /// What OpenSSL has written and nobody taken yet.
    std::string encrypted() {
        std::string all;
        std::array<char, 4096> part;
        for (int got = 0; (got = BIO_read(SSL_get_wbio(ssl_), part.data(), int(part.size()))) > 0;)
            all.append(part.data(), std::size_t(got));
        return all;
    }
    void send(std::string_view bytes) {
        wait([&] {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0) bytes.remove_prefix(std::size_t(sent));
            return bytes.empty();
        });
    }
    /// The payload that arrives until there is so much of it, or the other side closes.
    std::string receive(std::size_t size) {
        wait([&] {
            std::array<char, 4096> part;
            std::size_t got = 0;
            while (SSL_read_ex(ssl_, part.data(), part.size(), &got)) received_.append(part.data(), got);
            send(encrypted());
            return received_.size() >= size || closed_;
        });
        return std::exchange(received_, {});
    }
    /// Waits for the other side to close.
    bool wait_closed(std::chrono::milliseconds limit) {
        return wait([this] { return closed_; }, limit);
    }
    /// Payload and tag of the records that have arrived since the last call.
    std::vector<std::size_t> records() {
        std::vector<std::size_t> sizes;
        constexpr std::size_t head = 5;
        while (arrived_.size() >= head) {
            const auto size =
                std::size_t(std::uint8_t(arrived_[3])) * 256 + std::size_t(std::uint8_t(arrived_[4]));
            if (arrived_.size() < head + size) break;
            sizes.push_back(size);
            arrived_.erase(0, head + size);
        }
        return sizes;
    }

  private:
    bool wait(const std::function<bool()>& done, std::chrono::milliseconds limit = 20s) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > until) return false;
            meanwhile_();
            pollfd entry{fd_, POLLIN, 0};
            if (closed_ || ::poll(&entry, 1, 1) <= 0) continue;
            std::array<char, 65536> part;
            const auto got = ::recv(fd_, part.data(), part.size(), MSG_DONTWAIT);
            closed_ = got == 0 || (got < 0 && errno != EAGAIN);
            if (got <= 0) continue;
            arrived_.append(part.data(), std::size_t(got));
            BIO_write(SSL_get_rbio(ssl_), part.data(), int(got));
        }
        return true;
    }

    SSL* const ssl_;
    const int fd_;
    const std::function<void()> meanwhile_;
    std::string arrived_, received_;
    bool closed_ = false;
};

}  // namespace wa::http::testing_tls

// For the tests: a client that sends exactly the bytes it is told, and waits for things that happen.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/server.hpp"

namespace wa::http::testing_client {

using namespace std::chrono_literals;

class RawClient {
  public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer) setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    ~RawClient() { ::close(fd_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool connected() const { return connected_; }
    int fd() const { return fd_; }
    void send(std::string_view text) {
        while (!text.empty()) {
            const auto sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent <= 0) return;
            text.remove_prefix(std::size_t(sent));
        }
    }
    /// Reads until `end` is in what was received, the other side closes, or the time is over.
    std::string read_until(std::string_view end, std::chrono::milliseconds limit = 5s) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (received_.find(end) == std::string::npos && more(until)) {
        }
        const auto at = received_.find(end);
        auto text = received_.substr(0, at == std::string::npos ? at : at + end.size());
        received_.erase(0, text.size());
        return text;
    }
    /// Everything until the other side closes.
    std::string read_all(std::chrono::milliseconds limit = 5s) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (more(until)) {
        }
        return std::exchange(received_, {});
    }
    /// One answer with its body (by Content-Length).
    std::string answer() {
        auto head = read_until("\r\n\r\n");
        const auto at = head.find("Content-Length: ");
        const auto length = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (received_.size() < length && more(until)) {
        }
        auto body = received_.substr(0, length);
        received_.erase(0, body.size());
        return head + body;
    }
    bool closed() const { return closed_; }

  private:
    bool more(std::chrono::steady_clock::time_point until) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd entry{fd_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&entry, 1, int(left.count())) <= 0) return false;
        char buffer[65536];
        const auto got = ::recv(fd_, buffer, sizeof buffer, 0);
        if (got <= 0) return closed_ = true, false;
        received_.append(buffer, std::size_t(got));
        return true;
    }

    int fd_;
    bool connected_ = false;
    bool closed_ = false;
    std::string received_;
};

/// What a socket reported, to be waited for from the test's thread.
struct Events {
    std::mutex mutex;
    std::condition_variable changed;
    int opened = 0;
    int bytes = 0;
    int drained = 0;
    std::size_t messages = 0;
    std::vector<std::string> texts;  ///< the first hundred messages
    std::vector<CloseReason> closed;

    SocketCallbacks callbacks() {
        SocketCallbacks made;
        made.on_open = [this] { note([this] { ++opened; }); };
        made.on_bytes = [this] { note([this] { ++bytes; }); };
        made.on_drained = [this] { note([this] { ++drained; }); };
        made.on_message = [this](std::string_view text, bool) {
            note([&] {
                ++messages;
                if (texts.size() < 100) texts.emplace_back(text);
            });
        };
        made.on_close = [this](const CloseReason& reason) { note([&] { closed.push_back(reason); }); };
        return made;
    }
    void note(const std::function<void()>& change) {
        const std::lock_guard lock(mutex);
        change();
        changed.notify_all();
    }
    bool wait(const std::function<bool()>& condition, std::chrono::milliseconds limit = 20s) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, limit, condition);
    }
    /// A value while no callback changes it.
    int seen(const std::function<std::size_t()>& value) {
        const std::lock_guard lock(mutex);
        return int(value());
    }
    bool wait_open() {
        return wait([this] { return opened > 0 || !closed.empty(); }) && opened > 0;
    }
    bool wait_closed() {
        return wait([this] { return !closed.empty(); });
    }
};

}  // namespace wa::http::testing_client

#include "apps/demo/health_probe.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <string_view>

#include "adapters/line_emulator/owned_fd.hpp"

namespace wa {

bool desk_is_well(std::uint16_t port) {
    const OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval second{1, 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return false;
    const auto request =
        fmt::format("GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", port);
    if (::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
        return false;
    constexpr std::string_view good = "HTTP/1.1 200 ";
    char answer[good.size()];
    return ::recv(fd.get(), answer, sizeof answer, MSG_WAITALL) == ssize_t(sizeof answer) &&
           std::string_view(answer, sizeof answer) == good;
}

HealthProbe::HealthProbe(std::vector<std::uint16_t> ports) {
    for (const auto port : ports) {
        desks_.push_back(std::make_unique<Desk>());
        desks_.back()->port = port;
    }
    thread_ = std::thread([this] { run(); });
}

HealthProbe::~HealthProbe() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void HealthProbe::forget(std::size_t index) {
    ++desks_[index]->generation;
    desks_[index]->well = false;
}

void HealthProbe::ask(Desk& desk) {
    const auto generation = desk.generation.load();
    const bool well = desk_is_well(desk.port);
    // An answer of a process that has ended meanwhile says nothing about the present one.
    if (generation == desk.generation.load()) desk.well = well;
}

void HealthProbe::run() {
    std::unique_lock lock(mutex_);
    for (unsigned turn = 0; !stop_; ++turn) {
        lock.unlock();
        for (auto& desk : desks_) {
            if (!desk->well || turn % 10 == 0) ask(*desk);
        }
        lock.lock();
        changed_.wait_for(lock, std::chrono::milliseconds(200), [this] { return stop_; });
    }
}

}  // namespace wa

#include "adapters/system/network_changes.hpp"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace wa::system {

NetworkChanges::NetworkChanges() {
    socket_ = ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (socket_ < 0) return;
    sockaddr_nl wanted{};
    wanted.nl_family = AF_NETLINK;
    wanted.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&wanted), sizeof wanted) == 0) return;
    ::close(socket_);
    socket_ = -1;
}

NetworkChanges::~NetworkChanges() {
    if (socket_ >= 0) ::close(socket_);
}

bool NetworkChanges::any() {
    if (socket_ < 0) return false;
    bool heard = false;
    std::array<char, 8192> ignored;
    for (;;) {
        const auto got = ::recv(socket_, ignored.data(), ignored.size(), 0);
        // ENOBUFS: more has happened than the kernel kept for us.
        if (got > 0 || (got < 0 && errno == ENOBUFS))
            heard = true;
        else if (errno != EINTR)
            return heard;
    }
}

bool has_address(const std::string& address) {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_in);
    auto* four = reinterpret_cast<sockaddr_in*>(&storage);
    auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
    if (::inet_pton(AF_INET, address.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
    } else if (::inet_pton(AF_INET6, address.c_str(), &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        size = sizeof(sockaddr_in6);
    } else {
        return true;
    }
    const int probe = ::socket(storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (probe < 0) return true;
    const bool gone =
        ::bind(probe, reinterpret_cast<const sockaddr*>(&storage), size) != 0 && errno == EADDRNOTAVAIL;
    ::close(probe);
    return !gone;
}

}  // namespace wa::system

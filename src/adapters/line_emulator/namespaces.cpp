#include "adapters/line_emulator/namespaces.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace wa {
namespace {

/// Where the helper process failed; it can only say so as a number.
enum class Step : int { done, user_namespace, id_map, network, tun_open, tun_attach, address, descriptors };

struct Report {
    Step step = Step::done;
    int error = 0;
};

constexpr std::size_t fd_count = 6;  // in the order of LineNamespaces; the first may be absent

bool write_file(const char* path, const char* text) {
    const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const auto size = ssize_t(std::strlen(text));
    const bool written = ::write(fd, text, std::size_t(size)) == size;
    ::close(fd);
    return written;
}

bool set_up(int control, const char* device) {
    ifreq request{};
    std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
    if (::ioctl(control, SIOCGIFFLAGS, &request) != 0) return false;
    request.ifr_flags = short(request.ifr_flags | IFF_UP);
    return ::ioctl(control, SIOCSIFFLAGS, &request) == 0;
}

/// Least, first and most bytes of a TCP receive buffer, as docs/operating.md tells to set it at the hub. The
/// kernel's own first is 128 kB, of which it offers half to a sender: a sixth of what a line of 20 Mbit/s and
/// 150 ms holds, and it grows only as what has come without a gap is read, slowest where packets are lost.
constexpr const char* receive_memory = "4096 2097152 33554432";

/// A new network namespace with lo and the TUN device up. Leaves three descriptors.
Report make_network(std::uint8_t host, int& net, int& tun, int& control) {
    if (::unshare(CLONE_NEWNET) != 0) return {Step::network, errno};
    // No IPv6 inside: its router solicitations would only disturb the counters. Absent without IPv6.
    write_file("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
    write_file("/proc/sys/net/ipv4/tcp_rmem", receive_memory);
    net = ::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    control = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (net < 0 || control < 0) return {Step::descriptors, errno};
    tun = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (tun < 0) return {Step::tun_open, errno};
    ifreq request{};
    std::strncpy(request.ifr_name, line_device, IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (::ioctl(tun, TUNSETIFF, &request) != 0) return {Step::tun_attach, errno};
    request = {};
    std::strncpy(request.ifr_name, line_device, IFNAMSIZ - 1);
    request.ifr_mtu = line_mtu;
    if (::ioctl(control, SIOCSIFMTU, &request) != 0) return {Step::address, errno};
    if (const int error = set_line_address(control, host)) return {Step::address, error};
    if (!set_up(control, line_device) || !set_up(control, "lo")) return {Step::address, errno};
    return {};
}

/// Leaves the present user namespace, keeping the user's own number inside.
Report make_user_namespace(const char* uid_map, const char* gid_map, int& user) {
    if (::unshare(CLONE_NEWUSER) != 0) return {Step::user_namespace, errno};
    write_file("/proc/self/setgroups", "deny");
    if (!write_file("/proc/self/uid_map", uid_map) || !write_file("/proc/self/gid_map", gid_map)) {
        return {Step::id_map, errno};
    }
    user = ::open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
    return user < 0 ? Report{Step::descriptors, errno} : Report{};
}

/// What the helper does; it calls nothing but the kernel, for its parent may have threads.
Report make_all(const char* uid_map, const char* gid_map, std::array<int, fd_count>& fds) {
    fds.fill(-1);
    // Root may make networks at once; anybody else needs a user namespace first.
    const bool privileged = ::unshare(CLONE_NEWNET) == 0;
    if (!privileged) {
        if (const auto report = make_user_namespace(uid_map, gid_map, fds[0]); report.error) return report;
    }
    int hub_control = -1;
    if (const auto report = make_network(1, fds[1], fds[3], hub_control); report.error) return report;
    ::close(hub_control);
    return make_network(2, fds[2], fds[4], fds[5]);
}

void send_report(int socket, const Report& report, const std::array<int, fd_count>& fds) {
    Report copy = report;
    iovec data{&copy, sizeof copy};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int) * fd_count)] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    if (!report.error) {
        const std::size_t first = fds[0] < 0 ? 1 : 0;
        const std::size_t bytes = sizeof(int) * (fd_count - first);
        message.msg_control = space;
        message.msg_controllen = CMSG_SPACE(bytes);
        auto* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(bytes);
        std::memcpy(CMSG_DATA(header), fds.data() + first, bytes);
    }
    (void)!::sendmsg(socket, &message, MSG_NOSIGNAL);
}

Report receive_report(int socket, LineNamespaces& into) {
    Report report;
    iovec data{&report, sizeof report};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int) * fd_count)] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    ssize_t got;
    do {
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got != ssize_t(sizeof report)) return {Step::descriptors, got < 0 ? errno : EPIPE};
    if (report.error) return report;
    const auto* header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS) return {Step::descriptors, EPROTO};
    const auto count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    if (count + 1 < fd_count || count > fd_count) return {Step::descriptors, EPROTO};
    std::array<int, fd_count> fds;
    fds.fill(-1);
    std::memcpy(fds.data() + (fd_count - count), CMSG_DATA(header), count * sizeof(int));
    OwnedFd* targets[] = {&into.user,    &into.hub_net,  &into.node_net,
                          &into.hub_tun, &into.node_tun, &into.node_control};
    for (std::size_t i = 0; i < fd_count; ++i) *targets[i] = OwnedFd(fds[i]);
    return report;
}

std::string sentence(const Report& report) {
    constexpr auto without =
        "Oder starten Sie mit --no-line; dann läuft die Demo ohne nachgebildete Leitung.";
    const bool missing = report.error == ENOENT || report.error == ENODEV || report.error == ENXIO;
    const bool refused = report.error == EPERM || report.error == EACCES;
    if (report.step == Step::tun_open && missing) {
        return fmt::format(
            "Die Leitung lässt sich nicht nachbilden, weil das Gerät /dev/net/tun fehlt. Laden Sie das "
            "Kernel-Modul mit »modprobe tun« (Befehl aus dem Paket kmod; in einem Container: --device "
            "/dev/net/tun). {}",
            without);
    }
    if (report.step == Step::tun_open && refused) {
        return fmt::format(
            "Die Leitung lässt sich nicht nachbilden, weil dieser Benutzer /dev/net/tun nicht öffnen darf. "
            "Erlauben Sie es mit »sudo chmod 666 /dev/net/tun«. {}",
            without);
    }
    if (refused || report.error == ENOSPC || report.step == Step::user_namespace) {
        return fmt::format(
            "Die Leitung lässt sich nicht nachbilden, weil der Kernel diesem Benutzer keine eigenen "
            "Netz-Namensräume erlaubt ({}). Starten Sie als root, oder erlauben Sie sie mit »sudo sysctl "
            "user.max_net_namespaces=1000« und, bei Ubuntu, »sudo sysctl "
            "kernel.apparmor_restrict_unprivileged_userns=0«. {}",
            std::strerror(report.error), without);
    }
    return fmt::format("Die Leitung lässt sich nicht nachbilden: Schritt {} scheiterte ({}). {}",
                       int(report.step), std::strerror(report.error), without);
}

}  // namespace

std::uint32_t line_address(std::uint8_t host) noexcept {
    return htonl(0x0A4D0000u + host);
}

int set_line_address(int control, std::uint8_t host) noexcept {
    ifreq request{};
    std::strncpy(request.ifr_name, line_device, IFNAMSIZ - 1);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = line_address(host);
    std::memcpy(&request.ifr_addr, &address, sizeof address);
    if (::ioctl(control, SIOCSIFADDR, &request) != 0) return errno;
    address.sin_addr.s_addr = htonl(0xFFFFFF00u);
    std::memcpy(&request.ifr_netmask, &address, sizeof address);
    return ::ioctl(control, SIOCSIFNETMASK, &request) != 0 ? errno : 0;
}

LineNamespaces make_line_namespaces() {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        throw LineError(sentence({Step::descriptors, errno}));
    }
    OwnedFd ours(pair[0]);
    OwnedFd theirs(pair[1]);
    const auto uid_map = fmt::format("{0} {0} 1", ::geteuid());
    const auto gid_map = fmt::format("{0} {0} 1", ::getegid());
    const pid_t helper = ::fork();
    if (helper < 0) throw LineError(sentence({Step::descriptors, errno}));
    if (helper == 0) {
        std::array<int, fd_count> fds;
        const auto report = make_all(uid_map.c_str(), gid_map.c_str(), fds);
        send_report(theirs.get(), report, fds);
        ::_exit(0);
    }
    theirs.reset();
    LineNamespaces namespaces;
    const auto report = receive_report(ours.get(), namespaces);
    while (::waitpid(helper, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (report.error) throw LineError(sentence(report));
    return namespaces;
}

}  // namespace wa

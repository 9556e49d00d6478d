#include "adapters/line_emulator/line_emulator.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <ctime>

namespace wa {
namespace {

constexpr std::size_t packets_per_turn = 64;  // so that one busy direction cannot starve the other
constexpr std::size_t header_bytes = 20;      // of IPv4, without options

std::uint64_t now_us() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::uint64_t(now.tv_sec) * 1'000'000 + std::uint64_t(now.tv_nsec) / 1000;
}

LinkQuality quality_of(const LineProfile& profile, bool up) {
    return {.rate_bit_per_s =
                std::max<std::uint64_t>(1000, up ? profile.rate_up_bit_per_s : profile.rate_down_bit_per_s),
            .delay_us = std::uint64_t(profile.delay_ms) * 1000,
            .jitter_us = std::uint64_t(profile.jitter_ms) * 1000,
            .loss = std::clamp(profile.loss, 0.0, 1.0),
            .queue_bytes = profile.queue_bytes};
}

/// The Koffer's address in a packet: its source on the way up, its destination on the way down.
std::uint32_t node_address_in(const std::uint8_t* packet, bool from_node) {
    std::uint32_t address;
    std::memcpy(&address, packet + (from_node ? 12 : 16), sizeof address);
    return address;
}

/// One record of a pcap file.
void note_packet(int file, const Packet& packet) {
    const auto now = now_us();
    const auto size = std::uint32_t(packet.size());
    const std::array<std::uint32_t, 4> header{std::uint32_t(now / 1'000'000), std::uint32_t(now % 1'000'000),
                                              size, size};
    Packet record(sizeof header + packet.size());
    std::memcpy(record.data(), header.data(), sizeof header);
    std::memcpy(record.data() + sizeof header, packet.data(), packet.size());
    (void)!::write(file, record.data(), record.size());
}

void watch(int epoll, int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) {
        throw LineError(fmt::format("Die Leitung lässt sich nicht nachbilden: {}.", std::strerror(errno)));
    }
}

}  // namespace

LineEmulator::LineEmulator(LineProfile profile, std::uint64_t seed)
    : namespaces_(make_line_namespaces()),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      profile_(std::move(profile)),
      up_(quality_of(profile_, true), seed * 2),
      down_(quality_of(profile_, false), seed * 2 + 1) {
    for (const int fd : {namespaces_.hub_tun.get(), namespaces_.node_tun.get(), timer_.get(), wake_.get()}) {
        watch(epoll_.get(), fd);
    }
    begin_interruptions();
    arm_timer();
    // Signals are for the thread that supervises, never for this one.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { run(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

LineEmulator::~LineEmulator() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake();
    thread_.join();
}

void LineEmulator::wake() {
    const std::uint64_t one = 1;
    (void)!::write(wake_.get(), &one, sizeof one);
}

void LineEmulator::run() {
    std::array<epoll_event, 4> events;
    for (;;) {
        const int count = ::epoll_wait(epoll_.get(), events.data(), int(events.size()), -1);
        const std::lock_guard lock(mutex_);
        if (stop_) return;
        for (int i = 0; i < count; ++i) {
            const int fd = events[std::size_t(i)].data.fd;
            if (fd == namespaces_.node_tun.get()) {
                read_packets(fd, up_, true);
            } else if (fd == namespaces_.hub_tun.get()) {
                read_packets(fd, down_, false);
            } else {
                std::uint64_t ignored;
                (void)!::read(fd, &ignored, sizeof ignored);
            }
        }
        interrupt();
        deliver(up_, namespaces_.hub_tun.get());
        deliver(down_, namespaces_.node_tun.get());
        arm_timer();
    }
}

void LineEmulator::read_packets(int tun, Link& link, bool from_node) {
    std::array<std::uint8_t, 2048> buffer;
    static_assert(line_mtu <= 2048);
    for (std::size_t i = 0; i < packets_per_turn; ++i) {
        const ssize_t got = ::read(tun, buffer.data(), buffer.size());
        if (got <= 0) return;
        const auto bytes = std::size_t(got);
        if (bytes < header_bytes || buffer[0] >> 4 != 4) continue;  // only IPv4 goes over this line
        if (node_address_in(buffer.data(), from_node) != line_address(node_host_)) {
            link.refuse(bytes);  // of a flow from before the address changed
            continue;
        }
        link.offer(Packet(buffer.begin(), buffer.begin() + got), now_us());
    }
}

void LineEmulator::deliver(Link& link, int tun) {
    // A packet the kernel does not take is lost, as it would be on the air.
    while (const auto packet = link.pop_due(now_us())) {
        (void)!::write(tun, packet->data(), packet->size());
        if (listener_) note_packet(listener_.get(), *packet);
    }
}

void LineEmulator::listen_in(const std::string& path) {
    OwnedFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    constexpr std::uint32_t raw_ip = 101;
    const std::array<std::uint32_t, 6> header{0xa1b2c3d4, 2 | 4 << 16, 0, 0, line_mtu, raw_ip};
    if (::write(file.get(), header.data(), sizeof header) != sizeof header)
        throw LineError(fmt::format("{} lässt sich nicht schreiben: {}.", path, std::strerror(errno)));
    const std::lock_guard lock(mutex_);
    listener_ = std::move(file);
}

void LineEmulator::arm_timer() {
    const auto up = up_.next_due();
    const auto down = down_.next_due();
    itimerspec when{};  // zero: not armed
    if (up || down || interrupt_at_us_ > 0) {
        const auto due =
            std::max<std::uint64_t>(1, std::min({up.value_or(UINT64_MAX), down.value_or(UINT64_MAX),
                                                 interrupt_at_us_ > 0 ? interrupt_at_us_ : UINT64_MAX}));
        when.it_value.tv_sec = time_t(due / 1'000'000);
        when.it_value.tv_nsec = long(due % 1'000'000 * 1000);
    }
    ::timerfd_settime(timer_.get(), TFD_TIMER_ABSTIME, &when, nullptr);
}

void LineEmulator::begin_interruptions() {
    interrupted_ = false;
    const bool has_any = !cut_ && profile_.on_ms > 0 && profile_.off_ms > 0;
    interrupt_at_us_ = has_any ? now_us() + std::uint64_t(profile_.on_ms) * 1000 : 0;
    if (cut_) return;
    up_.restore();
    down_.restore();
}

/// Begins or ends an interruption of the profile whose time has come.
void LineEmulator::interrupt() {
    if (interrupt_at_us_ == 0 || now_us() < interrupt_at_us_) return;
    interrupted_ = !interrupted_;
    interrupt_at_us_ += std::uint64_t(interrupted_ ? profile_.off_ms : profile_.on_ms) * 1000;
    if (interrupted_) {
        up_.cut();
        down_.cut();
        return;
    }
    // A kernel that refuses leaves the old one: the line is then merely less hard than it was asked to be.
    if (profile_.renews_address) (void)change_address();
    up_.restore();
    down_.restore();
}

void LineEmulator::set_profile(const LineProfile& profile) {
    {
        const std::lock_guard lock(mutex_);
        profile_ = profile;
        up_.set_quality(quality_of(profile, true), now_us());
        down_.set_quality(quality_of(profile, false), now_us());
        begin_interruptions();
    }
    wake();
}

void LineEmulator::cut() {
    const std::lock_guard lock(mutex_);
    cut_ = true;
    interrupt_at_us_ = 0;
    up_.cut();
    down_.cut();
}

void LineEmulator::restore() {
    {
        const std::lock_guard lock(mutex_);
        cut_ = false;
        begin_interruptions();
    }
    wake();
}

int LineEmulator::change_address() {
    const auto host = std::uint8_t(node_host_ == 254 ? 2 : node_host_ + 1);
    const int error = set_line_address(namespaces_.node_control.get(), host);
    if (error == 0) node_host_ = host;
    return error;
}

std::string LineEmulator::new_address() {
    const std::lock_guard lock(mutex_);
    if (const int error = change_address()) {
        throw LineError(
            fmt::format("Die Adresse des Koffers ließ sich nicht ändern: {}.", std::strerror(error)));
    }
    return fmt::format("10.77.0.{}", node_host_);
}

LineState LineEmulator::state() const {
    const std::lock_guard lock(mutex_);
    const auto now = now_us();
    const auto direction = [now](const Link& link) {
        return LineDirectionState{link.counters(), link.utilisation(now), link.queued_bytes()};
    };
    return {.connected = !up_.is_cut(),
            .profile = profile_,
            .node_address = fmt::format("10.77.0.{}", node_host_),
            .up = direction(up_),
            .down = direction(down_)};
}

bool LineEmulator::enter(LineEnd end) const noexcept {
    if (namespaces_.user && ::setns(namespaces_.user.get(), CLONE_NEWUSER) != 0) return false;
    const auto& net = end == LineEnd::hub ? namespaces_.hub_net : namespaces_.node_net;
    return ::setns(net.get(), CLONE_NEWNET) == 0;
}

}  // namespace wa

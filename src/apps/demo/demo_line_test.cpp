// TCP over the real TUN devices: the kernel's own TCP must meet the line that was asked for. Needs root, or
// user namespaces and /dev/net/tun; where neither is there it fails and says so.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "adapters/line_emulator/line_emulator.hpp"

namespace wa {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A TCP socket that lives at one end of the line: a forked child goes there, makes it and hands it over.
OwnedFd socket_at(const LineEmulator& line, LineEnd end) {
    int pair[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    const OwnedFd ours(pair[0]);
    OwnedFd theirs(pair[1]);
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof(int))] = {};
    char byte = 0;
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    const pid_t child = ::fork();
    if (child == 0) {
        const int fd = line.enter(end) ? ::socket(AF_INET, SOCK_STREAM, 0) : -1;
        auto* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof fd);
        std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
        ::_exit(fd >= 0 && ::sendmsg(theirs.get(), &message, 0) == 1 ? 0 : 1);
    }
    theirs.reset();
    const bool got = ::recvmsg(ours.get(), &message, MSG_CMSG_CLOEXEC) == 1;
    ::waitpid(child, nullptr, 0);
    int fd = -1;
    if (got && CMSG_FIRSTHDR(&message)) std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    EXPECT_GE(fd, 0);
    const int one = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return OwnedFd(fd);
}

sockaddr_in address_of(const char* host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

bool readable(int fd, milliseconds within) {
    pollfd watched{fd, POLLIN, 0};
    return ::poll(&watched, 1, int(within.count())) == 1;
}

/// A connection over the line, both its sockets non-blocking.
struct Flow {
    OwnedFd node;
    OwnedFd hub;
    double connect_seconds = 0;
    std::string peer;  // the Koffer as the hub sees it
};

class DemoLine : public testing::Test {
  protected:
    void begin(LineProfile profile) {
        try {
            line_ = std::make_unique<LineEmulator>(std::move(profile), 1);
        } catch (const LineError& error) {
            FAIL() << error.what();
        }
        listener_ = socket_at(*line_, LineEnd::hub);
        const auto address = address_of(hub_line_address, 8443);
        ASSERT_EQ(::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        ASSERT_EQ(::listen(listener_.get(), 8), 0);
    }

    Flow connect() {
        Flow flow;
        flow.node = socket_at(*line_, LineEnd::node);
        const auto address = address_of(hub_line_address, 8443);
        const auto start = Clock::now();
        const int connected =
            ::connect(flow.node.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
        EXPECT_EQ(connected, 0) << std::strerror(errno);
        flow.connect_seconds = seconds_since(start);
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        EXPECT_TRUE(readable(listener_.get(), milliseconds(5000)));
        flow.hub =
            OwnedFd(::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_CLOEXEC));
        char text[INET_ADDRSTRLEN] = {};
        flow.peer = ::inet_ntop(AF_INET, &peer.sin_addr, text, sizeof text);
        for (const int fd : {flow.node.get(), flow.hub.get()}) {
            ::fcntl(fd, F_SETFL, O_NONBLOCK);
            const int one = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        }
        return flow;
    }

    /// One byte from the Koffer to the hub and back; the seconds it took.
    static double round_trip(const Flow& flow) {
        const auto start = Clock::now();
        char byte = 'x';
        EXPECT_EQ(::send(flow.node.get(), &byte, 1, MSG_NOSIGNAL), 1);
        EXPECT_TRUE(readable(flow.hub.get(), milliseconds(5000)));
        EXPECT_EQ(::recv(flow.hub.get(), &byte, 1, 0), 1);
        EXPECT_EQ(::send(flow.hub.get(), &byte, 1, MSG_NOSIGNAL), 1);
        EXPECT_TRUE(readable(flow.node.get(), milliseconds(5000)));
        EXPECT_EQ(::recv(flow.node.get(), &byte, 1, 0), 1);
        return seconds_since(start);
    }

    /// Of five: the machine itself may stand still for one of them.
    static double least_round_trip(const Flow& flow) {
        double least = 1;
        for (int i = 0; i < 5; ++i) least = std::min(least, round_trip(flow));
        return least;
    }

    /// Sends from the Koffer as fast as TCP lets it, for `how_long` or until `most` bytes have arrived at the
    /// hub.
    static std::size_t pump(const Flow& flow, milliseconds how_long, std::size_t most = SIZE_MAX) {
        static const std::vector<char> block(16384, 'b');
        std::vector<char> sink(65536);
        std::size_t arrived = 0;
        const auto start = Clock::now();
        while (arrived < most && Clock::now() - start < how_long) {
            while (::send(flow.node.get(), block.data(), block.size(), MSG_NOSIGNAL) > 0) {
            }
            if (!readable(flow.hub.get(), milliseconds(20))) continue;
            const auto got = ::recv(flow.hub.get(), sink.data(), sink.size(), 0);
            if (got <= 0) break;
            arrived += std::size_t(got);
        }
        return arrived;
    }

    std::unique_ptr<LineEmulator> line_;
    OwnedFd listener_;
};

const LineProfile middling{"probe", "Probe", 512'000, 512'000, 75, 0, 0.0, 64 * 1024};

TEST_F(DemoLine, RoundTripsTakeWhatTheProfileSays) {
    ASSERT_NO_FATAL_FAILURE(begin(middling));
    const auto flow = connect();
    EXPECT_EQ(flow.peer, first_node_line_address);
    double least_connect = flow.connect_seconds;
    for (int i = 0; i < 4; ++i) least_connect = std::min(least_connect, connect().connect_seconds);
    EXPECT_NEAR(least_connect, 0.152, 0.025);
    const double least = least_round_trip(flow);
    RecordProperty("round_trip_ms", int(least * 1000));
    EXPECT_NEAR(least, 0.152, 0.010);  // 150 ms, and 53 bytes sent at 512 kbit/s, twice
    line_->set_profile(*find_line_profile("schlecht"));
    LineProfile calm = *find_line_profile("gut");
    line_->set_profile(calm);
    EXPECT_NEAR(least_round_trip(flow), 0.040, 0.010);
}

TEST_F(DemoLine, ThroughputIsTheRate) {
    ASSERT_NO_FATAL_FAILURE(begin(middling));
    const auto flow = connect();
    const auto start = Clock::now();
    const auto bytes = pump(flow, milliseconds(20'000), 256'000);
    const double bit_per_s = double(bytes) * 8 / seconds_since(start);
    RecordProperty("bit_per_s", int(bit_per_s));
    EXPECT_NEAR(bit_per_s, 512'000, 512'000 * 0.25);
    EXPECT_GT(line_->state().up.utilisation, 0.8);
}

TEST_F(DemoLine, ACutStopsEveryByteAndRestoringResumes) {
    ASSERT_NO_FATAL_FAILURE(begin(middling));
    const auto flow = connect();
    ASSERT_GT(pump(flow, milliseconds(1500)), 10'000u);
    line_->cut();
    std::vector<char> sink(1 << 20);
    (void)!::recv(flow.hub.get(), sink.data(), sink.size(), 0);  // what had arrived before
    const auto before = line_->state();
    EXPECT_FALSE(before.connected);
    EXPECT_EQ(pump(flow, milliseconds(1500)), 0u);
    const auto during = line_->state();
    EXPECT_EQ(during.up.counters.bytes_delivered, before.up.counters.bytes_delivered);
    EXPECT_EQ(during.down.counters.bytes_delivered, before.down.counters.bytes_delivered);
    EXPECT_EQ(during.up.queued_bytes, 0u);
    EXPECT_GT(during.up.counters.packets_dropped, before.up.counters.packets_dropped);
    line_->restore();
    EXPECT_GT(pump(flow, milliseconds(8000), 20'000), 10'000u);
}

TEST_F(DemoLine, AProfileWithInterruptionsComesAndGoesByItself) {
    LineProfile comes_and_goes = middling;
    comes_and_goes.on_ms = comes_and_goes.off_ms = 600;
    comes_and_goes.renews_address = true;
    ASSERT_NO_FATAL_FAILURE(begin(comes_and_goes));
    EXPECT_TRUE(line_->state().connected);
    std::this_thread::sleep_for(milliseconds(900));
    EXPECT_FALSE(line_->state().connected);
    EXPECT_EQ(line_->state().node_address, first_node_line_address);
    std::this_thread::sleep_for(milliseconds(600));
    EXPECT_TRUE(line_->state().connected);
    EXPECT_EQ(line_->state().node_address, "10.77.0.3");
    EXPECT_EQ(connect().peer, "10.77.0.3");
    // Cut by hand it stays away; restored it begins anew with the line there.
    line_->cut();
    std::this_thread::sleep_for(milliseconds(1300));
    EXPECT_FALSE(line_->state().connected);
    line_->restore();
    std::this_thread::sleep_for(milliseconds(300));
    EXPECT_TRUE(line_->state().connected);
}

TEST_F(DemoLine, ANewAddressLetsFlowsDieSilentlyAndNewOnesWork) {
    ASSERT_NO_FATAL_FAILURE(begin(*find_line_profile("gut")));
    const auto flow = connect();
    round_trip(flow);
    EXPECT_EQ(line_->new_address(), "10.77.0.3");
    const char byte = 'x';
    ::send(flow.node.get(), &byte, 1, MSG_NOSIGNAL);
    ::send(flow.hub.get(), &byte, 1, MSG_NOSIGNAL);
    for (const int fd : {flow.node.get(), flow.hub.get()}) {
        pollfd watched{fd, POLLIN | POLLRDHUP, 0};
        EXPECT_EQ(::poll(&watched, 1, 1500), 0) << watched.revents;  // no byte, no end, no error
    }
    const auto fresh = connect();
    EXPECT_EQ(fresh.peer, "10.77.0.3");
    EXPECT_NEAR(round_trip(fresh), 0.040, 0.010);
    EXPECT_EQ(line_->state().node_address, "10.77.0.3");
    while (line_->new_address() != "10.77.0.2") {
    }
    EXPECT_EQ(connect().peer, first_node_line_address);
}

TEST_F(DemoLine, ALossyLineLosesItsShare) {
    LineProfile lossy = middling;
    lossy.rate_up_bit_per_s = lossy.rate_down_bit_per_s = 20'000'000;
    lossy.delay_ms = 5;
    lossy.loss = 0.05;
    ASSERT_NO_FATAL_FAILURE(begin(lossy));
    const auto flow = connect();
    EXPECT_GT(pump(flow, milliseconds(6000), 2'000'000), 500'000u);
    const auto counters = line_->state().up.counters;
    EXPECT_NEAR(double(counters.packets_dropped) / double(counters.packets_offered), 0.05, 0.03);
}

}  // namespace
}  // namespace wa

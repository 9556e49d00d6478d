#include "adapters/system/network_changes.hpp"

#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

namespace wa::system {
namespace {

TEST(NetworkChanges, KnowsOwnAddressesOnly) {
    EXPECT_TRUE(has_address("127.0.0.1"));
    EXPECT_FALSE(has_address("192.0.2.77"));  // RFC 5737: nobody's
    EXPECT_FALSE(has_address("2001:db8::77"));
    EXPECT_TRUE(has_address("no address"));
}

bool loopback_up() {
    const int control = ::socket(AF_INET, SOCK_DGRAM, 0);
    ifreq request{};
    std::strncpy(request.ifr_name, "lo", IFNAMSIZ - 1);
    request.ifr_flags = IFF_UP;
    const bool good = ::ioctl(control, SIOCSIFFLAGS, &request) == 0;
    ::close(control);
    return good;
}

TEST(NetworkChanges, HearsOfALinkThatComesUp) {
    const auto child = ::fork();
    if (child == 0) {
        // A network of its own, whose loopback is down at first.
        if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 && ::unshare(CLONE_NEWNET) != 0) ::_exit(2);
        NetworkChanges changes;
        if (changes.any()) ::_exit(3);
        if (!loopback_up()) ::_exit(4);
        if (!changes.any()) ::_exit(5);
        ::_exit(changes.any() ? 6 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace wa::system

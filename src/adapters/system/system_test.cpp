#include "adapters/system/system.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace wa::system {
namespace {

TEST(System, AThreadThatLetsOthersGoFirstIsNoneOfTheOthers) {
    const auto mine = getpriority(PRIO_PROCESS, id_t(gettid()));
    int its = 0;
    std::thread([&] {
        let_others_go_first();
        its = getpriority(PRIO_PROCESS, id_t(gettid()));
    }).join();
    EXPECT_EQ(its, std::min(mine + 5, 19));
    EXPECT_EQ(getpriority(PRIO_PROCESS, id_t(gettid())), mine);
}

}  // namespace
}  // namespace wa::system

#include "apps/hub/looks.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

namespace wa::hub {
namespace {

using namespace std::chrono_literals;

TEST(Looks, OneAtATimeAndATenthOfTheTime) {
    http::Loop loop;
    Looks looks(loop);
    std::atomic<int> under_way{0}, begun{0};
    std::atomic<bool> overlapped{false};
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 3; ++i)
        looks.want("A", [&] {
            if (++under_way > 1) overlapped = true;
            std::this_thread::sleep_for(20ms);  // a look that takes long
            --under_way;
            ++begun;
            looks.done("A");
        });
    while (begun < 3) std::this_thread::sleep_for(1ms);
    EXPECT_FALSE(overlapped);
    // Two pauses of nine times 20 ms between them.
    EXPECT_GE(std::chrono::steady_clock::now() - start, 400ms);
    looks.stop();
}

TEST(Looks, TenantsDoNotWaitForEachOther) {
    http::Loop loop;
    Looks looks(loop);
    std::promise<void> other;
    looks.want("A", [] {});  // never done
    looks.want("A", [] { FAIL(); });
    looks.want("B", [&] { other.set_value(); });
    EXPECT_EQ(other.get_future().wait_for(2s), std::future_status::ready);
    looks.stop();
}

TEST(Looks, NothingBeginsAfterTheEnd) {
    http::Loop loop;
    Looks looks(loop);
    looks.stop();
    looks.want("A", [] { FAIL(); });
    looks.done("A");
    std::this_thread::sleep_for(50ms);
}

}  // namespace
}  // namespace wa::hub

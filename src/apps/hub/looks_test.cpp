#include "apps/hub/looks.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <thread>

namespace wa::hub {
namespace {

using namespace std::chrono_literals;

TEST(Looks, OneAtATimeAndATenthOfTheTime) {
    http::Loop loop;
    const auto looks = std::make_shared<Looks>(loop);
    std::atomic<int> under_way{0}, begun{0};
    std::atomic<bool> overlapped{false};
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 3; ++i)
        looks->want("A", std::to_string(i), [&] {
            if (++under_way > 1) overlapped = true;
            std::this_thread::sleep_for(20ms);  // a look that takes long
            --under_way;
            ++begun;
            looks->done("A");
            return true;
        });
    while (begun < 3) std::this_thread::sleep_for(1ms);
    EXPECT_FALSE(overlapped);
    // Two pauses of nine times 20 ms between them.
    EXPECT_GE(std::chrono::steady_clock::now() - start, 400ms);
    looks->stop();
}

TEST(Looks, TenantsDoNotWaitForEachOther) {
    http::Loop loop;
    const auto looks = std::make_shared<Looks>(loop);
    std::promise<void> other;
    const auto never = [] {
        ADD_FAILURE();
        return true;
    };
    looks->want("A", "1", [] { return true; });  // never done
    looks->want("A", "2", never);
    looks->want("B", "3", [&] {
        other.set_value();
        return true;
    });
    EXPECT_EQ(other.get_future().wait_for(2s), std::future_status::ready);
    looks->stop();
}

TEST(Looks, WhoIsGoneTakesNobodysTurnAndWhoComesBackKeepsTheirs) {
    http::Loop loop;
    const auto looks = std::make_shared<Looks>(loop);
    std::promise<void> third;
    std::string order;
    std::mutex mutex;
    const auto look = [&](const std::string& name) {
        return [&, name] {
            {
                const std::lock_guard lock(mutex);
                order += name;
            }
            if (name == "c") third.set_value();
            looks->done("A");
            return true;
        };
    };
    looks->want("A", "first", [&] {
        // While it looks, the others queue up; one of them goes and comes back, one goes for good.
        looks->want("A", "gone", [] { return false; });
        looks->want("A", "back", [] {
            ADD_FAILURE() << "its line is gone";
            return false;
        });
        looks->want("A", "third", look("c"));
        looks->want("A", "back", look("b"));
        return look("a")();
    });
    ASSERT_EQ(third.get_future().wait_for(5s), std::future_status::ready);
    const std::lock_guard lock(mutex);
    EXPECT_EQ(order, "abc");
    looks->stop();
}

TEST(Looks, ASlowWriterDoesNotSilenceATenantForLong) {
    http::Loop loop;
    const auto looks = std::make_shared<Looks>(loop);
    std::promise<void> second;
    looks->want("A", "1", [&] {
        std::this_thread::sleep_for(500ms);
        looks->done("A");
        return true;
    });
    looks->want("A", "2", [&] {
        second.set_value();
        return true;
    });
    // Nine times half a second would be 4.5.
    EXPECT_EQ(second.get_future().wait_for(3s), std::future_status::ready);
    looks->stop();
}

TEST(Looks, NothingBeginsAfterTheEnd) {
    http::Loop loop;
    const auto looks = std::make_shared<Looks>(loop);
    looks->stop();
    looks->want("A", "1", [] {
        ADD_FAILURE();
        return true;
    });
    looks->done("A");
    std::this_thread::sleep_for(50ms);
}

}  // namespace
}  // namespace wa::hub

#include "adapters/passkey/challenges.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace wa::passkey {
namespace {

Challenge numbered(std::uint8_t first, std::uint8_t second = 0) {
    Challenge out{};
    out[0] = first;
    out[1] = second;
    return out;
}

TEST(Challenges, EachIsTakenOnce) {
    Challenges open;
    const auto id = open.issue(numbered(1), Purpose::registration, "u1", 1000);
    EXPECT_EQ(id.size(), 43U);
    const auto other = open.issue(numbered(2), Purpose::assertion, "", 1000);
    EXPECT_NE(id, other);
    const auto taken = open.take(id, Purpose::registration, 1001);
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->challenge, numbered(1));
    EXPECT_EQ(taken->user_id, "u1");
    EXPECT_FALSE(open.take(id, Purpose::registration, 1002));
    EXPECT_TRUE(open.take(other, Purpose::assertion, 1002));
    EXPECT_FALSE(open.take("", Purpose::assertion, 1002));
    EXPECT_EQ(open.size(), 0U);
}

TEST(Challenges, AnotherPurposeUsesItUp) {
    Challenges open;
    const auto id = open.issue(numbered(1), Purpose::assertion, "", 0);
    EXPECT_FALSE(open.take(id, Purpose::registration, 1));
    EXPECT_FALSE(open.take(id, Purpose::assertion, 1));
}

TEST(Challenges, LastFiveMinutes) {
    Challenges open;
    const auto late = open.issue(numbered(1), Purpose::assertion, "", 0);
    const auto in_time = open.issue(numbered(2), Purpose::assertion, "", 0);
    EXPECT_TRUE(open.take(in_time, Purpose::assertion, Challenges::lifetime_ms - 1));
    EXPECT_FALSE(open.take(late, Purpose::assertion, Challenges::lifetime_ms));
    open.issue(numbered(3), Purpose::assertion, "", 0);
    open.issue(numbered(4), Purpose::assertion, "", Challenges::lifetime_ms);
    EXPECT_EQ(open.size(), 1U);
}

TEST(Challenges, TheOldestGiveWay) {
    Challenges open(3);
    std::vector<std::string> ids;
    for (std::uint8_t i = 0; i < 5; ++i) ids.push_back(open.issue(numbered(i), Purpose::assertion, "", i));
    EXPECT_EQ(open.size(), 3U);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(open.take(ids[i], Purpose::assertion, 9).has_value(), i >= 2);
}

TEST(Challenges, OneOfManyThreadsGetsIt) {
    Challenges open;
    std::vector<std::string> ids;
    for (int i = 0; i < 500; ++i)
        ids.push_back(open.issue(numbered(std::uint8_t(i), std::uint8_t(i >> 8)), Purpose::assertion, "", 0));
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                if (open.take(ids[std::size_t(i)], Purpose::assertion, 1)) ++taken;
                open.issue(numbered(std::uint8_t(i), std::uint8_t(16 * (t + 1) + (i >> 8))),
                           Purpose::assertion, "", 1);
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(taken, 500);
    EXPECT_EQ(open.size(), 2000U);
}

}  // namespace
}  // namespace wa::passkey

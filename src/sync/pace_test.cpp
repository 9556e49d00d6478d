#include "sync/pace.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace wa::sync {
namespace {

struct Line {
    std::int64_t rate;  ///< bytes per second
    Ticks delay;        ///< one way
};

/// Sends parts for a while over a perfect line; how many bytes arrived, and the most that was under way.
std::pair<std::int64_t, std::int64_t> drive(Pace& pace, Line line, Ticks until) {
    struct Part {
        Ticks arrives;
        std::int64_t total;
    };
    std::deque<Part> down;
    std::int64_t sent = 0, most = 0;
    // As every connection, it begins with a small message.
    pace.sent(0, sent = 200);
    Ticks free_at = std::max<Ticks>(1, sent * 1000 / line.rate);
    down.push_back({free_at + 2 * line.delay, sent});
    for (Ticks now = 0; now < until; ++now) {
        while (!down.empty() && down.front().arrives <= now) {
            pace.received(now, down.front().total);
            down.pop_front();
        }
        while (pace.may_send()) {
            const auto size = pace.part_size();
            sent += size;
            pace.sent(now, size);
            free_at = std::max(free_at, now) + std::max<Ticks>(1, size * 1000 / line.rate);
            down.push_back({free_at + 2 * line.delay, sent});
            if (now > until / 2) most = std::max(most, pace.in_flight());
        }
    }
    return {sent - pace.in_flight(), most};
}

TEST(Pace, FillsASlowLineAndQueuesLittle) {
    Pace pace;
    const Line line{8'000, 200};
    const auto [arrived, most] = drive(pace, line, 60'000);
    EXPECT_GT(arrived, line.rate * 60 * 9 / 10);
    EXPECT_LT(most, 3 * line.rate / 2);  // an urgent text waits about a second at most
    EXPECT_NEAR(double(pace.bytes_per_second()), double(line.rate), double(line.rate) / 5);
}

TEST(Pace, FillsAFastLine) {
    Pace pace;
    const Line line{2'000'000, 60};
    const auto [arrived, most] = drive(pace, line, 30'000);
    EXPECT_GT(arrived, line.rate * 30 * 8 / 10);
    EXPECT_LE(most, 2 * 1024 * 1024 + 48 * 1024);
}

TEST(Pace, FillsAFastLineWithALongWay) {
    Pace pace;
    const Line line{400'000, 400};
    const auto [arrived, most] = drive(pace, line, 60'000);
    EXPECT_GT(arrived, line.rate * 60 * 8 / 10);
    EXPECT_LE(most, 2 * 400'000 + 100 * 1024);  // twice what the line holds
}

TEST(Pace, BeginsModestlyAndRemembersTheRate) {
    Pace pace;
    EXPECT_EQ(pace.bytes_per_second(), 0);
    EXPECT_EQ(pace.window(), 16 * 1024);
    drive(pace, {100'000, 20}, 10'000);
    const auto rate = pace.bytes_per_second();
    pace.reset();
    EXPECT_EQ(pace.in_flight(), 0);
    EXPECT_EQ(pace.bytes_per_second(), rate);
}

}  // namespace
}  // namespace wa::sync

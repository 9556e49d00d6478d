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
    EXPECT_LT(most, 2 * line.rate);  // the most an urgent text waits, where the kernel takes all at once
    EXPECT_NEAR(double(pace.bytes_per_second()), double(line.rate), double(line.rate) / 5);
}

TEST(Pace, FillsAFastLine) {
    Pace pace;
    const Line line{2'000'000, 60};
    const auto [arrived, most] = drive(pace, line, 30'000);
    EXPECT_GT(arrived, line.rate * 30 * 8 / 10);
    EXPECT_LE(most, 4 * 1024 * 1024 + 48 * 1024);
}

TEST(Pace, FillsAFastLineWithALongWay) {
    Pace pace;
    const Line line{400'000, 400};
    const auto [arrived, most] = drive(pace, line, 60'000);
    EXPECT_GT(arrived, line.rate * 60 * 8 / 10);
    EXPECT_LE(most, 4 * 400'000 + 100 * 1024);  // four times what the line holds
}

TEST(Pace, BeginsModestlyAndRemembersTheRateToShowIt) {
    Pace pace;
    EXPECT_EQ(pace.bytes_per_second(), 0);
    const auto window = pace.window(), part = pace.part_size(), fill = pace.fill();
    drive(pace, {2'000'000, 20}, 10'000);
    const auto rate = pace.bytes_per_second();
    EXPECT_GT(rate, 1'000'000);
    EXPECT_GT(pace.window(), window);
    EXPECT_GT(pace.fill(), fill);
    pace.reset();
    EXPECT_EQ(pace.in_flight(), 0);
    EXPECT_EQ(pace.bytes_per_second(), rate);
    // The next line may be a hundred times as slow.
    EXPECT_EQ(pace.rate(), 0);
    EXPECT_EQ(pace.window(), window);
    EXPECT_EQ(pace.part_size(), part);
    EXPECT_EQ(pace.fill(), fill);
}

/// What waits in the kernel is lost to a cut.
TEST(Pace, LetsLittleWaitInTheKernelOfASlowLine) {
    Pace pace;
    drive(pace, {64'000, 75}, 10'000);
    EXPECT_NEAR(double(pace.fill()), 6'400, 1'000);
}

TEST(Pace, ASmallMessageSaysNothingOfTheWidthOfALine) {
    Pace pace;
    const auto window = pace.window();
    pace.sent(0, 1500);
    pace.received(150, 1500);
    EXPECT_EQ(pace.round_trip_ms(), 150);
    EXPECT_EQ(pace.rate(), 0);
    EXPECT_EQ(pace.window(), window);
}

/// A lost packet holds up the hub's word on all that came behind it; the kernel knows meanwhile.
TEST(Pace, TakesTheKernelsWord) {
    Pace pace;
    pace.sent(0, 20'000);
    pace.received(150, 20'000);
    pace.sent(150, 20'000);
    const auto window = pace.window();
    pace.measured(160, 0);
    EXPECT_EQ(pace.window(), window);
    pace.measured(170, 1'000'000);
    EXPECT_EQ(pace.rate(), 1'000'000);
    EXPECT_GT(pace.window(), window);
    EXPECT_EQ(pace.round_trip_ms(), 150);
}

/// The kernel repeats its last figure as long as it is asked.
TEST(Pace, KeepsTheRateOfALineThatIsIdle) {
    Pace pace;
    pace.sent(0, 20'000);
    pace.measured(100, 2'000'000);
    pace.measured(200, 300'000);
    pace.received(300, 19'900);
    for (Ticks now = 400; now < 60'000; now += 100) pace.measured(now, 300'000);
    EXPECT_EQ(pace.rate(), 2'000'000);
    pace.sent(60'000, 20'000);
    pace.measured(60'100, 300'000);
    EXPECT_EQ(pace.rate(), 300'000);
}

/// TCP doubles what it sends with every round trip: as long as it does, the window must be ahead of it.
TEST(Pace, IsAheadOfATcpThatBegins) {
    Pace pace;
    const Ticks trip = 150;
    for (const bool quick : {false, true}) {
        if (quick) pace.expect_quick();
        std::int64_t sent = 0;
        for (std::int64_t burst = quick ? 56'000 : 14'000, round = 0; burst < 500'000; burst *= 2, ++round) {
            const auto began = sent;
            while (sent < began + burst) {
                EXPECT_TRUE(pace.may_send())
                    << "round trip " << round << ": " << sent - began << " of " << burst;
                const auto part = std::min(pace.part_size(), began + burst - sent);
                pace.sent(round * trip, part);
                sent += part;
            }
            // Of a quick one nothing is heard before the third.
            if (!quick || round > 1) pace.received((round + 1) * trip - 1, sent);
        }
        pace.reset();
        EXPECT_EQ(pace.window(), Pace().window()) << "the next line is any";
    }
}

}  // namespace
}  // namespace wa::sync

#include "adapters/line_emulator/link.hpp"

#include <gtest/gtest.h>

#include "adapters/line_emulator/line_profile.hpp"

namespace wa {
namespace {

constexpr std::uint64_t second = 1'000'000;

/// Runs the link until nothing is under way; gives when each packet (named by its first byte) arrived.
std::vector<std::pair<std::uint64_t, std::uint8_t>> drain(Link& link) {
    std::vector<std::pair<std::uint64_t, std::uint8_t>> arrivals;
    while (const auto due = link.next_due()) {
        while (auto packet = link.pop_due(*due)) arrivals.emplace_back(*due, packet->at(0));
    }
    return arrivals;
}

Packet packet_of(std::size_t bytes, std::uint8_t name = 0) {
    return Packet(bytes, name);
}

TEST(Link, SendsAtTheRateAndArrivesAfterTheDelay) {
    Link link({.rate_bit_per_s = 64'000, .delay_us = 200'000, .queue_bytes = 24'000}, 1);
    link.offer(packet_of(1000, 1), 0);
    link.offer(packet_of(1000, 2), 0);
    const auto arrivals = drain(link);
    ASSERT_EQ(arrivals.size(), 2u);
    EXPECT_EQ(arrivals[0], std::make_pair(std::uint64_t(325'000), std::uint8_t(1)));  // 125 ms to send
    EXPECT_EQ(arrivals[1], std::make_pair(std::uint64_t(450'000), std::uint8_t(2)));
}

TEST(Link, NothingArrivesEarly) {
    Link link({.rate_bit_per_s = 8'000'000, .delay_us = 5'000}, 1);
    link.offer(packet_of(1000), 100);
    EXPECT_FALSE(link.pop_due(100 + 1000 + 5'000 - 1));
    EXPECT_TRUE(link.pop_due(100 + 1000 + 5'000));
    EXPECT_FALSE(link.next_due());
}

TEST(Link, AnIdleLineDoesNotSaveUpRate) {
    Link link({.rate_bit_per_s = 80'000}, 1);
    link.offer(packet_of(1000, 1), 10 * second);
    EXPECT_EQ(drain(link).at(0).first, 10 * second + 100'000);
}

TEST(Link, DropsWhatDoesNotFitTheQueue) {
    Link link({.rate_bit_per_s = 64'000, .queue_bytes = 3'000}, 1);
    for (std::uint8_t i = 0; i < 5; ++i) link.offer(packet_of(1000, i), 0);
    EXPECT_EQ(link.counters().packets_dropped, 2u);
    EXPECT_EQ(link.queued_bytes(), 3'000u);
    EXPECT_EQ(drain(link).size(), 3u);
    // A place is free again once a packet has left the queue, though it is still on the air.
    link.offer(packet_of(1000), 10 * second);
    EXPECT_EQ(link.counters().packets_dropped, 2u);
}

TEST(Link, LosesTheGivenShareInTheSamePatternForASeed) {
    const auto pattern = [](std::uint64_t seed) {
        Link link({.rate_bit_per_s = 1'000'000'000, .loss = 0.05}, seed);
        std::vector<bool> arrived;
        for (std::uint64_t i = 0; i < 20'000; ++i) {
            link.offer(packet_of(100), i * 100);
            arrived.push_back(link.pop_due(i * 100 + 99).has_value());
        }
        EXPECT_NEAR(double(link.counters().packets_dropped) / 20'000, 0.05, 0.006);
        return arrived;
    };
    EXPECT_EQ(pattern(7), pattern(7));
    EXPECT_NE(pattern(7), pattern(8));
}

TEST(Link, LostPacketsUseTheRateToo) {
    Link link({.rate_bit_per_s = 80'000, .loss = 1.0, .queue_bytes = 10'000}, 1);
    for (int i = 0; i < 5; ++i) link.offer(packet_of(1000), 0);
    EXPECT_FALSE(link.pop_due(499'999));
    EXPECT_EQ(link.queued_bytes(), 1000u);
    EXPECT_FALSE(link.pop_due(500'000));
    EXPECT_EQ(link.queued_bytes(), 0u);
    EXPECT_EQ(link.counters().packets_dropped, 5u);
}

TEST(Link, JitterKeepsTheOrderAndItsBound) {
    Link link({.rate_bit_per_s = 8'000'000, .delay_us = 10'000, .jitter_us = 20'000, .queue_bytes = 1 << 20},
              3);
    std::vector<std::uint64_t> sent;
    for (std::uint8_t i = 0; i < 200; ++i) link.offer(packet_of(100, i), 0);
    const auto arrivals = drain(link);
    ASSERT_EQ(arrivals.size(), 200u);
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        EXPECT_EQ(arrivals[i].second, i);
        const auto out = (i + 1) * 100;
        EXPECT_GE(arrivals[i].first, out + 10'000);
        EXPECT_LE(arrivals[i].first, 200 * 100 + 30'000u);
    }
}

TEST(Link, ACutDropsAlsoWhatIsUnderWay) {
    Link link({.rate_bit_per_s = 80'000, .delay_us = 1'000'000, .queue_bytes = 10'000}, 1);
    link.offer(packet_of(1000), 0);
    link.offer(packet_of(1000), 0);
    EXPECT_FALSE(link.pop_due(100'000));  // the first is on the air, the second being sent
    link.cut();
    EXPECT_FALSE(link.next_due());
    link.offer(packet_of(1000), 200'000);
    EXPECT_FALSE(link.pop_due(10 * second));
    EXPECT_EQ(link.counters().packets_dropped, 3u);
    link.restore();
    link.offer(packet_of(1000, 9), 20 * second);
    EXPECT_EQ(drain(link).at(0), std::make_pair(std::uint64_t(21'100'000), std::uint8_t(9)));
    EXPECT_EQ(link.counters().bytes_offered, 4000u);
    EXPECT_EQ(link.counters().bytes_delivered, 1000u);
    EXPECT_EQ(link.counters().bytes_dropped, 3000u);
}

TEST(Link, ANewQualityAppliesToWhatWaits) {
    Link link({.rate_bit_per_s = 8'000, .queue_bytes = 10'000}, 1);
    link.offer(packet_of(1000, 1), 0);
    link.offer(packet_of(1000, 2), 0);
    link.set_quality({.rate_bit_per_s = 8'000'000, .delay_us = 500, .queue_bytes = 10'000}, 100'000);
    const auto arrivals = drain(link);
    ASSERT_EQ(arrivals.size(), 2u);
    EXPECT_EQ(arrivals[0].first, 101'500u);
    EXPECT_EQ(arrivals[1].first, 102'500u);
}

TEST(Link, UtilisationIsTheShareOfTheLastSecond) {
    Link link({.rate_bit_per_s = 80'000, .queue_bytes = 100'000}, 1);
    for (int i = 0; i < 5; ++i) link.offer(packet_of(1000), 10 * second);  // half a second of sending
    drain(link);
    EXPECT_NEAR(link.utilisation(11 * second), 0.5, 0.01);
    EXPECT_NEAR(link.utilisation(13 * second), 0.0, 0.01);
    link.offer(packet_of(50'000), 20 * second);  // one packet of five seconds
    EXPECT_NEAR(link.utilisation(22 * second), 1.0, 0.01);
}

TEST(LineProfile, NamedProfilesAreFoundAndSane) {
    EXPECT_EQ(find_line_profile("nirgends"), nullptr);
    for (const auto name : {"gut", "edge", "schlecht", "hinterland", "schnell_aber_verlustreich", "mobil",
                            "wechselnd", "wechselnd_neue_adresse"}) {
        const auto* profile = find_line_profile(name);
        ASSERT_NE(profile, nullptr) << name;
        EXPECT_GE(profile->rate_up_bit_per_s, 1000u);
        EXPECT_LT(profile->loss, 0.5);
        EXPECT_GE(profile->queue_bytes, 10u * 1400);
    }
    EXPECT_EQ(find_line_profile("schlecht")->delay_ms + find_line_profile("schlecht")->jitter_ms / 2, 200u);
    EXPECT_EQ(find_line_profile("wechselnd")->off_ms, 15'000u);
    EXPECT_TRUE(find_line_profile("wechselnd_neue_adresse")->renews_address);
}

}  // namespace
}  // namespace wa

// The two state machines and the line: how a connection begins, how its end is noticed, when the next is
// tried.
#include "sync/testing_sessions.hpp"

namespace wa::sync {
namespace {

using namespace testing_sessions;

TEST_F(Sessions, AHelloThatWentAheadIsNotSentAgain) {
    EXPECT_TRUE(node.greet(now).empty()) << "nothing was asked for";
    queue.head = 3;
    while (node.next_line_step(now) != LineStep::open) now += 10;
    const auto first = node.greet(now);
    // A step taken in the meantime goes with the others.
    queue.head = 4;
    HubConfig config;
    config.device_id = "K1";
    hub = std::make_unique<HubSession>(config, inbox, now);
    hub->frame_received(now, first);
    node.connected(now);
    EXPECT_FALSE(node.next_frame(now));
    ASSERT_EQ(inbox.hellos.size(), 1u);
    EXPECT_EQ(inbox.hellos.front().head_seq, 3);
    hub->resumed({});
    while (const auto frame = hub->next_frame(now)) node.frame_received(now, *frame, {});
    EXPECT_TRUE(node.is_live());
    while (const auto frame = node.next_frame(now)) hub->frame_received(now, *frame);
    EXPECT_EQ(inbox.executed.size(), 4u);
    EXPECT_EQ(inbox.hellos.size(), 1u);
}

TEST_F(Sessions, AHelloOfAnAttemptThatFailedCountsForNothing) {
    while (node.next_line_step(now) != LineStep::open) now += 10;
    EXPECT_FALSE(node.greet(now).empty());
    node.disconnected(now);
    connect();
    const auto frame = node.next_frame(now);
    ASSERT_TRUE(frame);
    hub->frame_received(now, *frame);
    EXPECT_EQ(inbox.hellos.size(), 1u);
}

TEST_F(Sessions, SilenceEndsTheLineAndBackOffGrows) {
    connect();
    up();
    welcome();
    flow();
    const auto heard = now;
    while (node.next_line_step(now) == LineStep::none) now += 10;
    EXPECT_NEAR(double(now - heard), 5000, 50);
    const auto lost = now;
    std::vector<Ticks> waits;
    for (int i = 0; i < 30; ++i) {
        const auto from = now;
        while (node.next_line_step(now) != LineStep::open) now += 10;
        waits.push_back(now - from);
        while (node.next_line_step(now) != LineStep::close) now += 10;  // never answered
    }
    EXPECT_LE(waits[0], 260);
    EXPECT_LE(waits[1], 510);
    EXPECT_NEAR(double(waits[9]), 1'000, 20);  // still searching
    // Each attempt took 5 s, so 30 of them some minutes: the pauses are a sixtieth of that.
    EXPECT_NEAR(double(waits[29]), double(now - lost) / 60, 300);
    now += 3'600'000;
    while (node.next_line_step(now) != LineStep::open) now += 10;
    while (node.next_line_step(now) != LineStep::close) now += 10;
    const auto from = now;
    while (node.next_line_step(now) != LineStep::open) now += 10;
    EXPECT_NEAR(double(now - from), 30'000, 20);
    while (node.next_line_step(now) != LineStep::close) now += 10;
    node.line_may_be_back(now);
    EXPECT_EQ(node.next_line_step(now), LineStep::open);
}

TEST_F(Sessions, WhereEveryAttemptFailsAtOnceItGoesOnSearching) {
    for (int second = 0; second < 60; ++second) {
        const auto from = now;
        while (node.next_line_step(now) != LineStep::open) now += 10;
        EXPECT_LE(now - from, 1'010) << second;
        node.disconnected(now);  // a router that says no takes no time
    }
}

TEST_F(Sessions, ANewAddressIsTriedAtOnce) {
    connect();
    up();
    welcome();
    flow();
    node.line_may_be_back(now);  // another device's doing: the connection is left alone
    EXPECT_EQ(node.next_line_step(now), LineStep::none);
    EXPECT_TRUE(node.line_state().connected);
    node.address_lost(now);
    EXPECT_LE(node.next_wake(), now);
    EXPECT_EQ(node.next_line_step(now), LineStep::close);
    EXPECT_EQ(node.next_line_step(now), LineStep::open);
    // It has just begun: news of the network, and there is much of it, does not take it down.
    now += 100;
    node.line_may_be_back(now);
    EXPECT_EQ(node.next_line_step(now), LineStep::none);
    // An attempt from the address before would never be answered.
    now += 3000;
    EXPECT_EQ(node.next_line_step(now), LineStep::none);
    node.line_may_be_back(now);
    EXPECT_EQ(node.next_line_step(now), LineStep::close);
    EXPECT_EQ(node.next_line_step(now), LineStep::open);
}

TEST_F(Sessions, BothSidesKeepTheLineAlive) {
    connect();
    up();
    welcome();
    flow();
    for (int second = 0; second < 60; ++second) {
        now += 1000;
        EXPECT_EQ(node.next_line_step(now), LineStep::none);
        up();
        down();
        EXPECT_FALSE(hub->wants_close(now));
    }
    EXPECT_TRUE(node.line_state().connected);
}

TEST_F(Sessions, AFullDiskAtTheNodeEndsTheConnectionNotTheWork) {
    queue.head = 1;
    connect();
    up();
    welcome();
    flow();
    queue.disk_full = true;
    hub->executed({{1, Outcome::done, false, {}, Certainty::hub}}, 0);
    down();
    EXPECT_EQ(node.next_line_step(now), LineStep::close);
    EXPECT_TRUE(queue.answers.empty());
}

TEST_F(Sessions, TheHubsRefusalIsSaidAndTriedAgainCalmly) {
    connect();
    up();
    hub->failed("device_revoked");
    down();
    EXPECT_TRUE(hub->wants_close(now));
    EXPECT_EQ(node.next_line_step(now), LineStep::close);
    EXPECT_EQ(node.line_state().error, "device_revoked");
    const auto from = now;
    while (node.next_line_step(now) != LineStep::open) now += 10;
    EXPECT_GE(now - from, 29'000);
}

TEST_F(Sessions, OutOfPlaceOrForeignMessagesEndTheConnection) {
    connect();
    hub->frame_received(now, write_message(Commands{{envelope(1)}}, 0));
    down();
    EXPECT_TRUE(hub->wants_close(now));
    EXPECT_TRUE(inbox.executed.empty());
    connect();
    Hello other;
    other.device_id = "K2";
    hub->frame_received(now, write_message(other, 0));
    EXPECT_TRUE(inbox.hellos.empty());
}

}  // namespace
}  // namespace wa::sync

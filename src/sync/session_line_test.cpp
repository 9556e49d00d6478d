// The two state machines and the line: how a connection begins, how its end is noticed, when the next is
// tried.
#include <set>

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

/// Sends Hello and what may go with it; the connection is there then, and nothing is answered yet.
struct EarlySessions : Sessions {
    std::size_t connect_early(bool quick = false) {
        while (node.next_line_step(now) != LineStep::open) now += 10;
        HubConfig config;
        config.device_id = config.owner = "K1";
        config.begun = begun;
        hub = std::make_unique<HubSession>(config, inbox, now);
        hub->frame_received(now, node.greet(now));
        const auto frames = node.early_frames(now, quick);
        for (const auto& frame : frames) hub->frame_received(now, frame);
        node.connected(now);
        return frames.size();
    }
    Welcome nothing_held() {
        Welcome w;
        w.last_accepted = queue.answered;
        w.last_hash = sha256(std::to_string(queue.answered));
        for (const auto& offer : inbox.hellos.back().documents)
            w.documents.push_back({offer.hash, false, {}});
        return w;
    }
    void flow_on() {
        for (int i = 0; i < 5; ++i, now += 200) flow();
    }
};

TEST_F(EarlySessions, TextAndTheFirstChunkGoBeforeTheHubHasSaidAnything) {
    queue.head = 5;
    queue.answered = 2;
    queue.pending = {{hash('a'), 100'000}, {hash('b'), 100'000}};
    EXPECT_GT(connect_early(), 2u);
    EXPECT_LT(node.metrics().bytes_sent, std::int64_t(early_bytes_usual) + 10'000);
    EXPECT_TRUE(inbox.executed.empty() && inbox.chunks.empty()) << "nobody knows yet who it is";
    welcome(nothing_held());
    EXPECT_EQ(inbox.executed.size(), 3u);
    EXPECT_TRUE(hub->failure().empty());
    flow_on();
    EXPECT_EQ(inbox.executed.size(), 3u);
    std::set<std::pair<std::string, std::int64_t>> places;
    for (const auto& chunk : inbox.chunks) places.insert({chunk.hash, chunk.position});
    EXPECT_EQ(places.size(), 6u);
    EXPECT_EQ(inbox.chunks.size(), 6u) << "one has travelled twice";
    EXPECT_EQ(node.metrics().bytes_sent_again, 0);
}

/// Several documents: of each its first chunk.
TEST_F(EarlySessions, OnAQuickLineMoreGoesBeforeTheHubHasSaidAnything) {
    for (const char name : {'a', 'b', 'c', 'd', 'e'}) queue.pending.push_back({hash(name), 100'000});
    connect_early(true);
    EXPECT_GT(node.metrics().bytes_sent, std::int64_t(early_bytes_max));
    EXPECT_LT(node.metrics().bytes_sent, std::int64_t(early_bytes_max) + 10'000);
    welcome(nothing_held());
    EXPECT_TRUE(hub->failure().empty());
    EXPECT_EQ(inbox.chunks.size(), 3u) << "the fourth has begun";
    flow_on();
    EXPECT_EQ(inbox.chunks.size(), 15u);
    EXPECT_EQ(node.metrics().bytes_sent_again, 0);
}

TEST_F(EarlySessions, NothingGoesEarlyAfterARefusal) {
    queue.pending = {{hash('a'), 100'000}};
    connect();
    hub->failed("sync_protocol");
    flow();
    queue.head = 1;
    EXPECT_EQ(connect_early(), 0u);
    welcome(nothing_held());
    flow_on();
    answer_all();
    node.disconnected(now);
    queue.head = 2;
    EXPECT_GT(connect_early(), 0u) << "another hub, or its mistake is mended";
}

TEST_F(EarlySessions, ALineIsQuickFromOneMegabyteASecondOn) {
    queue.pending = {{hash('a'), 100'000}};
    connect_early();
    EXPECT_FALSE(node.was_quick());
    node.line_measured(now, 999'999);
    EXPECT_FALSE(node.was_quick());
    node.line_measured(now, 1'000'000);
    EXPECT_TRUE(node.was_quick());
    node.disconnected(now);
    queue.pending = {{hash('b'), 100'000}};
    connect();
    EXPECT_TRUE(node.was_quick()) << "as of the last measure";
    up();
    welcome(nothing_held());
    while (const auto frame = hub->next_frame(now)) node.frame_received(now, *frame, {});
    while (node.next_frame(now)) continue;
    node.line_measured(now, 50'000);
    EXPECT_FALSE(node.was_quick());
}

TEST_F(EarlySessions, WhatTheHubCannotPlaceIsSentAgainAndTakenOnce) {
    queue.head = 5;
    queue.answered = 2;
    queue.pending = {{hash('a'), 100'000}};
    for (const char* how : {"another dictionary", "more answered than it has", "another chain"}) {
        inbox.executed.clear();
        inbox.chunks.clear();
        queue.answered = 2;
        // As after a start: nothing has been on a line.
        NodeSession fresh({.device_id = "K1"}, queue, [](std::uint32_t) { return 0u; });
        while (fresh.next_line_step(now) != LineStep::open) now += 10;
        HubConfig config;
        config.device_id = "K1";
        hub = std::make_unique<HubSession>(config, inbox, now);
        hub->frame_received(now, fresh.greet(now));
        const auto frames = fresh.early_frames(now, false);
        ASSERT_FALSE(frames.empty());
        for (const auto& frame : frames) hub->frame_received(now, frame);
        fresh.connected(now);
        auto w = nothing_held();
        w.dictionary = inbox.hellos.back().dictionary;
        if (how == std::string("another dictionary")) w.dictionary = 0;
        if (how == std::string("more answered than it has")) w.last_accepted = 1, w.last_hash = sha256("1");
        w.forked = how == std::string("another chain");
        hub->resumed({w, {}, false});
        EXPECT_TRUE(inbox.executed.empty() && inbox.chunks.empty()) << how;
        for (int i = 0; i < 3000; ++i, now += 5) {
            if (const auto frame = fresh.next_frame(now)) hub->frame_received(now, *frame);
            if (const auto frame = hub->next_frame(now)) fresh.frame_received(now, *frame, {});
            if (const auto offers = std::exchange(inbox.offers, {}); !offers.empty())
                hub->held({{offers[0].hash, false, {}}});
        }
        EXPECT_TRUE(fresh.is_live()) << how;
        EXPECT_EQ(inbox.executed.size(), how == std::string("more answered than it has") ? 4u : 3u) << how;
        EXPECT_EQ(inbox.chunks.size(), 3u) << how;
    }
}

TEST_F(EarlySessions, WhatMayHaveArrivedBeforeWaitsForTheHubsWord) {
    queue.head = 3;
    queue.pending = {{hash('a'), 100'000}};
    EXPECT_GT(connect_early(), 0u);
    node.disconnected(now);
    EXPECT_EQ(connect_early(), 0u) << "all of it may be at the hub";
    welcome(nothing_held());
    flow();
    answer_all();
    node.disconnected(now);
    queue.head = 4;
    EXPECT_EQ(connect_early(), 1u) << "the new text, and nothing of a scan that was offered before";
    welcome(nothing_held());
    EXPECT_EQ(inbox.executed.size(), 4u);
}

/// The hub keeps the beginning of that chunk: another one would take its place.
TEST_F(EarlySessions, NoChunkGoesEarlyBesideOneThatWasCut) {
    queue.pending = {{hash('a'), 100'000}};
    connect_early();
    node.disconnected(now);
    queue.pending.insert(queue.pending.begin(), {hash('b'), 100'000});
    EXPECT_EQ(connect_early(), 0u);
    welcome(nothing_held());
    flow_on();
    node.disconnected(now);
    queue.pending = {};
    connect_early();
    welcome(nothing_held());
    queue.pending = {{hash('c'), 100'000}};
    node.disconnected(now);
    EXPECT_EQ(connect_early(), 0u) << "what became of a and b nobody has said";
}

TEST_F(EarlySessions, AHubKeepsNotMoreThanItsShareBeforeItsWelcome) {
    connect_early();
    const auto frame = write_message(ChunkMore{Bytes(document_chunk_bytes)}, 0);
    for (std::size_t kept = 0; kept < 2 * early_bytes_max; kept += frame.size()) {
        EXPECT_TRUE(hub->failure().empty());
        hub->frame_received(now, frame);
    }
    hub->frame_received(now, frame);
    EXPECT_EQ(hub->failure(), "sync_protocol");
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

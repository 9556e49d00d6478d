// A chunk whose line is cut in the middle: what has arrived of it does not travel again.
#include "sync/begun_chunks.hpp"

#include "sync/testing_sessions.hpp"

namespace wa::sync {
namespace {

using namespace testing_sessions;

constexpr std::int64_t begun_scan = 40'000;  // one chunk, in parts of 8 kB as long as nothing is measured

struct Begun : Sessions {
    Begun() { queue.pending = {{hash('a'), begun_scan}}; }
    /// Connects and sends so many parts, of which so many arrive; then the line is gone.
    void send(int parts, int arrive) {
        greet();
        for (int i = 0; i < parts; ++i) {
            const bool sent = i < arrive ? up() : node.next_frame(now).has_value();
            EXPECT_TRUE(sent);
        }
        node.disconnected(now);
    }
    /// Until the node may send.
    void greet(DocumentHeld held = {hash('a'), false, {}}) {
        connect();
        up();
        Welcome w;
        w.documents = {std::move(held)};
        welcome(std::move(w));
        while (down()) now += 5;
        bytes_up = 0;
    }
    void expect_whole() {
        ASSERT_EQ(inbox.chunks.size(), 1u);
        EXPECT_EQ(inbox.chunks[0].bytes, queue.chunk(hash('a'), 0));
        EXPECT_FALSE(begun->find("K1")) << "whole, it is the store's";
    }
};

TEST_F(Begun, WhatHasArrivedDoesNotTravelAgain) {
    send(3, 3);
    greet();
    flow();
    expect_whole();
    EXPECT_NEAR(double(bytes_up), double(begun_scan - 3 * 8192), 100);
    EXPECT_EQ(node.metrics().bytes_sent_again, 0);
    EXPECT_EQ(node.metrics().chunks_sent_again, 0);
    EXPECT_EQ(node.metrics().chunks_gone_on_with, 1);
}

TEST_F(Begun, WhatWasLostCountsAsSentAgainAndNoMore) {
    send(4, 2);
    greet();
    flow();
    expect_whole();
    EXPECT_NEAR(double(node.metrics().bytes_sent_again), 2 * 8192, 100);
    EXPECT_EQ(node.metrics().chunks_sent_again, 1);
}

TEST_F(Begun, OverManyCutsItGoesOnPartByPart) {
    for (int i = 0; i < 4; ++i) send(1, 1);
    greet();
    flow();
    expect_whole();
    EXPECT_EQ(node.metrics().bytes_sent_again, 0);
}

TEST_F(Begun, TheLineBeforeMayNotBeGoneYet) {
    send(2, 2);
    const auto before = std::move(hub);
    greet();
    flow();
    expect_whole();
    // What was still on its way comes now.
    before->frame_received(now, write_message(ChunkMore{Bytes(1000)}, 0));
    EXPECT_FALSE(before->wants_close(now));
}

TEST_F(Begun, AHubThatHasForgottenGetsAllOfIt) {
    send(3, 3);
    begun = std::make_shared<BegunChunks>();
    greet();
    flow();
    expect_whole();
    EXPECT_NEAR(double(node.metrics().bytes_sent_again), 3 * 8192, 200);
}

TEST_F(Begun, WhatBeginsOtherwiseBeginsAnew) {
    send(3, 3);
    auto chunk = begun->find("K1").value();
    chunk.bytes[100] ^= 1;  // the same scan, sealed another time
    begun->keep("K1", chunk);
    greet();
    flow();
    expect_whole();
    EXPECT_EQ(node.metrics().chunks_gone_on_with, 0);
}

TEST_F(Begun, ANodeThatKnowsNothingOfItBeginsAnew) {
    send(3, 3);
    greet();
    ASSERT_TRUE(begun->find("K1"));
    hub->frame_received(now, write_message(Chunk{hash('a'), begun_scan, 0, *queue.chunk(hash('a'), 0)}, 0));
    expect_whole();
    EXPECT_FALSE(hub->wants_close(now));
    // Begun on this very line it does not begin a second time.
    hub->frame_received(now, write_message(Chunk{hash('a'), begun_scan, 0, Bytes(10)}, 0));
    hub->frame_received(now, write_message(Chunk{hash('a'), begun_scan, 0, Bytes(10)}, 0));
    EXPECT_EQ(hub->failure(), "sync_protocol");
}

TEST_F(Begun, OnlyWhatIsMissingIsSpokenOf) {
    const auto said = [&](DocumentHeld held) {
        connect();
        up();
        Welcome w;
        w.documents = {std::move(held)};
        welcome(std::move(w));
        const auto frame = hub->next_frame(now);
        return std::get<Welcome>(read_message(*frame, 0).value()).begun.has_value();
    };
    EXPECT_FALSE(said({hash('a'), false, {}}));
    send(3, 3);
    EXPECT_TRUE(said({hash('a'), false, {}}));
    EXPECT_FALSE(said({hash('a'), true, {}}));
    EXPECT_FALSE(said({hash('a'), false, {1}}));
    EXPECT_FALSE(said({hash('b'), false, {}}));
}

/// A node from before it finds an entry for a document that it has not offered.
TEST_F(Begun, AnEntryForAnUnknownDocumentIsPassedOver) {
    greet({hash('a'), false, {}});
    hub->held({{begun_mark(), false, Bytes(70, 1)}});
    flow();
    EXPECT_TRUE(node.is_live());
    expect_whole();
}

TEST(BegunChunks, KeepsTheLatestOfEachOwnerAndForgetsWhoIsSilent) {
    BegunChunks kept;
    const auto chunk = [](std::int64_t position) { return Chunk{"", 1, position, Bytes(1), false}; };
    for (std::size_t i = 0; i < BegunChunks::owners_max; ++i) kept.keep(std::to_string(i), chunk(1));
    kept.keep("0", chunk(2));
    kept.keep("another", chunk(3));
    EXPECT_EQ(kept.find("0").value().position, 2);
    EXPECT_EQ(kept.find("another").value().position, 3);
    EXPECT_FALSE(kept.find("1")) << "silent for longest";
    kept.drop("0");
    EXPECT_FALSE(kept.find("0"));
}

}  // namespace
}  // namespace wa::sync

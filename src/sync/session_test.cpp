// The two state machines against each other, without a store: what goes out when, and what after a cut.
#include <set>

#include "sync/testing_sessions.hpp"

namespace wa::sync {
namespace {

using namespace testing_sessions;

TEST_F(Sessions, OneRoundTripThenAllTextBeforeScans) {
    queue.head = 3;
    queue.pending = {{hash('a'), 100'000}};
    connect();
    EXPECT_TRUE(up());
    ASSERT_EQ(inbox.hellos.size(), 1u);
    EXPECT_EQ(inbox.hellos[0].documents.size(), 1u);
    EXPECT_FALSE(up());  // nothing before the Welcome
    Welcome w;
    w.documents = {{hash('a'), false, {}}};
    welcome(w);
    EXPECT_TRUE(down());
    EXPECT_TRUE(node.is_live());
    EXPECT_TRUE(up());
    EXPECT_EQ(inbox.executed.size(), 3u);
    EXPECT_TRUE(inbox.chunks.empty());
    flow();
    answer_all();
    now += 200;
    flow();
    EXPECT_EQ(queue.answers.size(), 3u);
    ASSERT_EQ(inbox.chunks.size(), 3u);
    EXPECT_EQ(inbox.chunks[2].bytes.size(), 100'000u - 2 * document_chunk_bytes);
    for (std::int64_t p = 0; p < 3; ++p) hub->chunk_stored({hash('a'), {p}, p == 2, false});
    flow();
    EXPECT_EQ(queue.at_hub, std::vector<std::string>{hash('a')});
    EXPECT_TRUE(node.line_state().queue.empty());
}

TEST_F(Sessions, UrgentTextOvertakesAScan) {
    queue.pending = {{hash('a'), 400'000}};
    connect();
    up();
    Welcome w;
    w.documents = {{hash('a'), false, {}}};
    welcome(w);
    down();
    while (up()) {
    }  // the window is full, nothing has been acknowledged
    const auto before = bytes_up;
    // Of a socket that takes whatever it is given; a real one is given Pace::fill at most.
    EXPECT_LT(before, 140'000u);
    queue.head = 1;
    node.work_added();
    EXPECT_TRUE(up());
    EXPECT_EQ(inbox.executed.size(), 1u);
}

TEST_F(Sessions, AfterACutOnlyWhatIsMissingIsSent) {
    queue.head = 4;
    queue.answered = 1;
    queue.pending = {{hash('a'), 200'000}};
    connect();
    up();
    EXPECT_EQ(inbox.hellos[0].last_answered, 1);
    Welcome w;
    w.last_accepted = 3;
    w.last_hash = sha256("3");
    w.documents = {{hash('a'), false, {0b10111}}};
    welcome(w);
    flow();
    now += 200;
    flow();
    EXPECT_EQ(inbox.executed.size(), 1u);
    ASSERT_EQ(inbox.chunks.size(), 1u);
    EXPECT_EQ(inbox.chunks[0].position, 3);
}

/// A long scan on a bad line: what the hub holds at the cut does not travel again.
TEST_F(Sessions, AScanOfTenMegabytesCutAtTwoThirdsGoesOnFromThere) {
    constexpr std::int64_t size = 10'000'000;
    const auto all = std::size_t(chunk_count(size)), cut = all * 2 / 3;
    queue.pending = {{hash('a'), size}};
    const auto travel = [&](std::size_t until, Welcome w) {
        connect();
        up();
        welcome(std::move(w));
        auto told = inbox.chunks.size();
        for (int i = 0; i < 100'000 && inbox.chunks.size() < until; now += 5, ++i) {
            up();
            down();
            for (; told < inbox.chunks.size(); ++told)
                hub->chunk_stored({hash('a'), {inbox.chunks[told].position}, told + 1 == all, false});
        }
        ASSERT_EQ(inbox.chunks.size(), until);
    };
    Welcome nothing, two_thirds;
    nothing.documents = {{hash('a'), false, {}}};
    travel(cut, nothing);
    for (int lost = 0; lost < 5; ++lost) node.next_frame(now);
    node.disconnected(now);
    const auto bytes_before = bytes_up;
    Bytes held((all + 7) / 8);
    for (const auto& chunk : inbox.chunks) held[chunk.position / 8] |= 1 << chunk.position % 8;
    two_thirds.documents = {{hash('a'), false, held}};
    travel(all, two_thirds);
    flow();
    EXPECT_EQ(queue.at_hub, std::vector<std::string>{hash('a')});
    std::set<std::int64_t> positions;
    for (const auto& chunk : inbox.chunks) positions.insert(chunk.position);
    EXPECT_EQ(positions.size(), all) << "one has travelled twice";
    EXPECT_LT(bytes_up - bytes_before, size / 3 + 2 * document_chunk_bytes);
}

TEST_F(Sessions, AForeignChainIsShownEverythingAgain) {
    queue.head = 4;
    queue.answered = 1;
    connect();
    up();
    Welcome w;
    w.last_accepted = 3;
    w.last_hash = sha256("not ours");
    w.dictionary = inbox.hellos.back().dictionary;
    hub->resumed({w, {{2, Outcome::done, false, {}, Certainty::hub}}, false});
    flow();
    EXPECT_TRUE(queue.answers.empty());  // those answers belong to other work
    EXPECT_EQ(inbox.executed.size(), 3u);
}

TEST_F(Sessions, AHubThatLostItsTailGetsItAgain) {
    queue.head = queue.answered = 4;
    connect();
    up();
    Welcome w;
    w.last_accepted = 2;
    w.last_hash = sha256("2");
    welcome(w);
    flow();
    EXPECT_EQ(queue.requeued_after, 2);
    EXPECT_EQ(inbox.executed.size(), 2u);
}

TEST_F(Sessions, AGapIsFilled) {
    queue.head = 3;
    connect();
    up();
    welcome();
    flow();
    EXPECT_EQ(inbox.executed.size(), 3u);
    hub->executed({}, 2);
    flow();
    EXPECT_EQ(inbox.executed.size(), 5u);
}

TEST_F(Sessions, AnotherDictionaryMeansNone) {
    Hello hello;
    hello.device_id = "K1";
    hello.dictionary = own_dictionary() + 1;
    connect();
    hub->frame_received(now, write_message(hello, 0));
    ASSERT_EQ(inbox.hellos.size(), 1u);
    EXPECT_EQ(inbox.hellos[0].dictionary, 0u);
}

TEST_F(Sessions, CheckInComesLast) {
    queue.head = 1;
    connect();
    up();
    welcome();
    node.request_check_in("T1");
    flow();
    EXPECT_TRUE(inbox.ended.empty());
    answer_all();
    EXPECT_EQ(inbox.ended, std::vector<std::string>{"in T1"});
    hub->wipe_allowed("T1");
    flow();
    EXPECT_EQ(queue.wiped, std::vector<std::string>{"T1"});
    node.report_wiped("T1");
    flow();
    EXPECT_EQ(inbox.ended.back(), "wiped T1");
    hub->wipe_noted("T1");
    flow();
    EXPECT_EQ(queue.wiped.back(), "noted T1");
}

/// Its answer costs a copy of the whole store, and a frame of it next to nothing.
TEST_F(Sessions, ACheckInIsNotAskedAgainBeforeItIsAnswered) {
    connect();
    up();
    welcome();
    const auto say = [&](const Message& message) { hub->frame_received(now, write_message(message, 0)); };
    CheckIn asked;
    asked.tour_id = "T1";
    for (int i = 0; i < 3; ++i) say(asked);
    EXPECT_EQ(inbox.ended, std::vector<std::string>{"in T1"});
    hub->wipe_allowed("T1");
    say(asked);
    EXPECT_EQ(inbox.ended.size(), 2u);
    for (int i = 0; i < 3; ++i) say(Wiped{"T1"});
    EXPECT_EQ(inbox.ended.size(), 3u);
}

TEST_F(Sessions, WorkDoneAfterTheEndGoesHomeBeforeTheWipe) {
    connect();
    up();
    welcome();
    node.request_check_in("T1");
    flow();
    ASSERT_EQ(inbox.ended.size(), 1u);
    // While the hub makes its second copy the clerk remembers something.
    queue.head = 1;
    node.work_added();
    hub->wipe_allowed("T1");
    flow();
    EXPECT_TRUE(queue.wiped.empty());
    answer_all();
    flow();
    EXPECT_EQ(inbox.ended.size(), 2u);
    hub->wipe_allowed("T1");
    flow();
    EXPECT_EQ(queue.wiped, std::vector<std::string>{"T1"});
}

TEST_F(Sessions, ARestoredHubSendsItsRowsFromTheBeginning) {
    queue.changes_seq = 40;
    connect();
    up();
    Resumed resumed;
    resumed.journal_rewritten = true;
    hub->resumed(std::move(resumed));
    EXPECT_EQ(inbox.asked_for_changes, std::vector<std::int64_t>{0});
    flow();
    EXPECT_EQ(queue.hub_head, 0);
}

TEST_F(Sessions, AFalseWholeIsSentAgainOnce) {
    queue.pending = {{hash('a'), 60'000}};
    connect();
    up();
    Welcome w;
    w.documents = {{hash('a'), false, {}}};
    welcome(w);
    for (int i = 0; i < 5; ++i) {
        flow();
        now += 200;
    }
    EXPECT_EQ(inbox.chunks.size(), 2u);
    hub->chunk_stored({hash('a'), {0}, false, false});
    hub->chunk_stored({hash('a'), {1}, false, true});
    for (int i = 0; i < 5; ++i) {
        flow();
        now += 200;
    }
    EXPECT_EQ(inbox.chunks.size(), 4u);
}

TEST_F(Sessions, ChangesComeOneAfterTheOther) {
    connect();
    up();
    welcome();
    EXPECT_EQ(inbox.asked_for_changes, std::vector<std::int64_t>{0});
    hub->look_for_changes();
    EXPECT_EQ(inbox.asked_for_changes.size(), 1u);  // not before the first is answered and stored
    Changes changes;
    changes.up_to = 5;
    changes.rows = {{"case_file", "x", "{}"}};
    hub->changed(changes);
    flow();
    EXPECT_EQ(inbox.asked_for_changes, (std::vector<std::int64_t>{0, 5}));
    hub->changed({7, {}});
    EXPECT_EQ(inbox.asked_for_changes.size(), 2u);
}

}  // namespace
}  // namespace wa::sync

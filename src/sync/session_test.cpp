// The two state machines against each other, without a store: what goes out when, and what after a cut.
#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "kernel/documents.hpp"
#include "sync/compression.hpp"
#include "sync/hub_session.hpp"
#include "sync/node_session.hpp"

namespace wa::sync {
namespace {

Bytes envelope(std::int64_t seq) {
    Envelope e;
    e.command_id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    e.name = "case.note";
    e.stream = "s";
    e.device_id = "K1";
    e.tour_id = "T1";
    e.device_seq = seq;
    e.place = "koffer";
    e.payload = "{}";
    auto bytes = write_envelope(e).value();
    bytes.resize(bytes.size() + envelope_signature_bytes, 9);
    return bytes;
}

struct FakeQueue : NodeQueue {
    std::int64_t head = 0, answered = 0;
    std::vector<PendingDocument> pending;
    std::vector<HubAnswer> answers;
    std::vector<std::string> at_hub, wiped;
    bool disk_full = false;
    std::int64_t requeued_after = -1, changes_seq = 0, hub_head = -1;

    NodePoint point() override {
        NodePoint p;
        p.tour_id = "T1";
        p.last_answered = answered;
        p.head_seq = head;
        p.changes_seq = changes_seq;
        return p;
    }
    std::optional<Hash> envelope_hash(std::int64_t seq) override { return sha256(std::to_string(seq)); }
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t, std::size_t) override {
        std::vector<QueuedEnvelope> out;
        for (auto seq = after + 1; seq <= head; ++seq) out.push_back({seq, envelope(seq)});
        return out;
    }
    std::vector<PendingDocument> documents(std::size_t) override { return pending; }
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override {
        for (const auto& one : pending)
            if (one.hash == hash) return Bytes(chunk_size(one.size, position), std::uint8_t(position));
        return std::nullopt;
    }
    QueueCounts counts() override {
        QueueCounts c;
        c.commands = head - answered;
        for (const auto& one : pending) {
            ++c.documents;
            c.chunks += chunk_count(one.size);
            c.document_bytes += one.size;
        }
        return c;
    }
    bool store_answers(const std::vector<HubAnswer>& given) override {
        if (disk_full) return false;
        answers.insert(answers.end(), given.begin(), given.end());
        for (const auto& one : given) answered = std::max(answered, one.device_seq);
        return true;
    }
    bool store_document_at_hub(const std::string& hash) override {
        at_hub.push_back(hash);
        std::erase_if(pending, [&](const auto& one) { return one.hash == hash; });
        return true;
    }
    bool store_changes(const Changes&) override { return true; }
    bool requeue_after(std::int64_t seq) override {
        requeued_after = answered = seq;
        return true;
    }
    bool store_hub_head(const JournalHead& head_now) override {
        hub_head = head_now.seq;
        return true;
    }
    void wipe_allowed(const std::string& tour) override { wiped.push_back(tour); }
    void wipe_noted(const std::string& tour) override { wiped.push_back("noted " + tour); }
};

struct FakeInbox : HubInbox {
    std::vector<Hello> hellos;
    std::vector<Bytes> executed;
    std::vector<Chunk> chunks;
    std::vector<DocumentOffer> offers;
    std::vector<std::int64_t> asked_for_changes;
    std::vector<std::string> ended;
    void resume(const Hello& hello) override { hellos.push_back(hello); }
    void execute(std::vector<Bytes> envelopes) override {
        executed.insert(executed.end(), envelopes.begin(), envelopes.end());
    }
    void offered(std::vector<DocumentOffer> documents) override {
        offers.insert(offers.end(), documents.begin(), documents.end());
    }
    void store_chunk(Chunk chunk) override { chunks.push_back(std::move(chunk)); }
    void changes(std::int64_t after) override { asked_for_changes.push_back(after); }
    void check_in(const CheckIn& check_in) override { ended.push_back("in " + check_in.tour_id); }
    void wiped(const std::string& tour) override { ended.push_back("wiped " + tour); }
};

struct Sessions : ::testing::Test {
    FakeQueue queue;
    FakeInbox inbox;
    Ticks now = 100'000;
    NodeSession node{[] {
                         NodeConfig c;
                         c.device_id = "K1";
                         return c;
                     }(),
                     queue, [](std::uint32_t) { return 0u; }};
    std::unique_ptr<HubSession> hub;
    std::size_t bytes_up = 0;

    void connect() {
        while (node.next_line_step(now) != LineStep::open) now += 10;
        HubConfig config;
        config.device_id = "K1";
        hub = std::make_unique<HubSession>(config, inbox, now);
        node.connected(now);
    }
    bool up() {
        const auto frame = node.next_frame(now);
        if (!frame) return false;
        bytes_up += frame->size();
        hub->frame_received(now, *frame);
        return true;
    }
    bool down() {
        const auto frame = hub->next_frame(now);
        if (!frame) return false;
        node.frame_received(now, *frame, Timestamp{0});
        return true;
    }
    void flow() {
        for (int i = 0; i < 2000 && (up() | down()); ++i) now += 5;
    }
    void welcome(Welcome w = {}) {
        w.dictionary = inbox.hellos.back().dictionary;
        hub->resumed({w, {}, false});
    }
    void answer_all() {
        std::vector<HubAnswer> answers;
        for (std::size_t i = 1; i <= inbox.executed.size(); ++i)
            answers.push_back({std::int64_t(i), Outcome::done, false, {}, Certainty::hub});
        hub->executed(answers, 0);
        flow();
    }
    static std::string hash(char c) { return std::string(64, c); }
};

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

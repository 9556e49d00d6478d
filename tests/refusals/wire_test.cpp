// Every message of the line, cut, changed, repeated, out of place; and every way an envelope can be false.
// The hub's own connection on its own store: a named problem, an alarm in the journal where somebody forged
// something, and nothing half done.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "kernel/documents.hpp"
#include "kernel/envelope.hpp"
#include "line.hpp"

namespace wa::refusals {
namespace {

using namespace sync;

Envelope note(const Authority& authority, std::int64_t seq) {
    Envelope e;
    e.command_id = system::new_id();
    e.name = "case.withdraw";
    e.stream = authority.objects.at("case");
    e.device_id = authority.objects.at("device");
    e.tour_id = authority.objects.at("tour_out");
    e.device_seq = seq;
    e.at_ms = system::now().ms;
    e.user_id = authority.staff.at("koffer_clerk").actor.user_id;
    e.place = "koffer";
    e.payload = canonical_json(json::object{{"case_id", e.stream}, {"reason", "Test"}});
    return e;
}

Bytes signed_by(const Envelope& e, const SignKeys& device, const SignKeys& clerk) {
    return sign_envelope(write_envelope(e).value(), device, clerk);
}

Bytes signed_well(const Authority& authority, const Envelope& e) {
    return signed_by(e, authority.device_keys, authority.clerk_keys);
}

/// One of each message of the wire; a new one does not compile without a sample here.
struct Samples {
    const Authority& a = world().testhausen;
    std::string hash = std::string(64, 'd');
    Message of(Hello*) const {
        Hello hello;
        hello.device_id = a.objects.at("device");
        hello.tour_id = a.objects.at("tour_out");
        hello.documents = {{hash, 100'000}};
        return hello;
    }
    Message of(Welcome*) const {
        Welcome welcome;
        welcome.begun = BegunChunk{hash, 0, 50, Hash{7}};
        return welcome;
    }
    Message of(Commands*) const { return Commands{{signed_well(a, note(a, 50))}}; }
    Message of(Answers*) const { return Answers{{{1, Outcome::done, false, {}, Certainty::hub}}, false, 0}; }
    Message of(Offer*) const { return Offer{{{hash, 100'000}}}; }
    Message of(Held*) const { return Held{{{hash, false, {1}}}}; }
    Message of(Chunk*) const { return Chunk{hash, 100, 0, Bytes(50, 7)}; }
    Message of(ChunkMore*) const { return ChunkMore{Bytes(10, 7)}; }
    Message of(ChunkAck*) const { return ChunkAck{hash, {0}, false, false}; }
    Message of(Heartbeat*) const { return Heartbeat{5}; }
    Message of(Changes*) const { return Changes{5, {{"case_file", a.objects.at("case"), "{}"}}}; }
    Message of(ChangesAck*) const { return ChangesAck{5}; }
    Message of(CheckIn*) const { return CheckIn{a.objects.at("tour_out"), 0}; }
    Message of(WipeAllowed*) const { return WipeAllowed{a.objects.at("tour_out")}; }
    Message of(Wiped*) const { return Wiped{a.objects.at("tour_other")}; }
    Message of(Error*) const { return Error{"sync_protocol"}; }
    Message of(SealedChunk*) const { return SealedChunk{{hash, 100, 0, Bytes(50, 7), true}}; }
    Message of(RowsWanted*) const { return RowsWanted{Hash{7}}; }
    template <std::size_t... Index>
    std::vector<Message> all(std::index_sequence<Index...>) const {
        return {of(static_cast<std::variant_alternative_t<Index, Message>*>(nullptr))...};
    }
    std::vector<Message> all() const { return all(std::make_index_sequence<std::variant_size_v<Message>>()); }
};

/// Which messages a node never sends.
bool is_hubs(const Message& message) {
    return std::holds_alternative<Welcome>(message) || std::holds_alternative<Answers>(message) ||
           std::holds_alternative<Held>(message) || std::holds_alternative<ChunkAck>(message) ||
           std::holds_alternative<Changes>(message) || std::holds_alternative<WipeAllowed>(message) ||
           std::holds_alternative<Error>(message);
}

/// What a person would miss or find twice: everything but the line's own bookkeeping.
std::string work_of(const Authority& authority) {
    std::string all;
    for (const auto* table : {"case_file", "case_document", "case_finding", "person", "dwelling", "conflict",
                              "tour", "appointment", "user_account"}) {
        Sha256 sum;
        for (const auto& row : world().ask(authority, std::string("SELECT * FROM ") + table + " ORDER BY 1"))
            sum.add(row_digest(Key32(sha256("x")), table, row));
        all += to_hex(sum.finish());
    }
    return all;
}

std::int64_t alarms(const Authority& authority) {
    return world()
        .ask(authority, "SELECT count(*) AS n FROM journal WHERE name = 'sync.alarm'")
        .front()
        .integer("n");
}

struct Wire : testing::Test {
    World& w = world();
    const Authority& a = w.testhausen;
    std::string before = work_of(a);
    std::string theirs = w.digest(w.musterstedt);
    void TearDown() override {
        EXPECT_EQ(work_of(a), before);
        EXPECT_EQ(w.digest(w.musterstedt), theirs);
    }
};

TEST_F(Wire, BeforeTheGreetingNothingElseIsHeard) {
    auto entries = alarms(a);
    for (const auto& message : Samples().all()) {
        if (std::holds_alternative<Hello>(message) || std::holds_alternative<Heartbeat>(message)) continue;
        Line line(a);
        line.send(message);
        EXPECT_EQ(line.error(), "sync_protocol") << message.index();
        EXPECT_TRUE(line.closed());
        w.settle(a);
        EXPECT_EQ(alarms(a), ++entries) << "it stands in the journal, once";
    }
}

TEST_F(Wire, CutAnywhereOrLongerItIsNoMessage) {
    for (const auto& message : Samples().all()) {
        const auto frame = write_message(message, 0);
        for (std::size_t size = 0; size <= frame.size() + 1; size += 1 + frame.size() / 8) {
            auto part = frame;
            part.resize(size, 0);
            if (part == frame) continue;
            Line line(a);
            line.hello(a.objects.at("tour_out"));
            line.heard();
            line.send(part);
            EXPECT_EQ(line.error(), "sync_protocol") << message.index() << " " << size;
            EXPECT_TRUE(line.closed());
        }
    }
}

TEST_F(Wire, WhatOnlyTheHubSaysEndsTheLine) {
    auto entries = alarms(a);
    for (const auto& message : Samples().all()) {
        if (!is_hubs(message)) continue;
        Line line(a);
        line.hello(a.objects.at("tour_out"));
        line.heard();
        line.send(message);
        EXPECT_EQ(line.error(), "sync_protocol") << message.index();
        w.settle(a);
        EXPECT_EQ(alarms(a), ++entries) << message.index();
    }
}

/// What a node says twice, as after a lost answer, is no second work: Samples name nothing that is not there.
TEST_F(Wire, WhatANodeSaysTwiceCountsOnce) {
    for (const auto& message : Samples().all()) {
        if (is_hubs(message) || std::holds_alternative<Hello>(message)) continue;
        Line line(a);
        line.hello(a.objects.at("tour_out"));
        line.heard();
        line.send(message);
        line.heard();
        const auto once = work_of(a);
        line.send(message);
        line.heard();
        w.settle(a);
        EXPECT_EQ(work_of(a), once) << message.index();
    }
}

TEST_F(Wire, RepeatedOrOutOfOrderChunksAndGreetingsEndTheLineOrCountOnce) {
    const Samples samples;
    const auto chunk = samples.of(static_cast<Chunk*>(nullptr)),
               more = samples.of(static_cast<ChunkMore*>(nullptr)),
               hello = samples.of(static_cast<Hello*>(nullptr)),
               offer = samples.of(static_cast<Offer*>(nullptr));
    const std::vector<std::pair<std::vector<Message>, std::string>> rows = {
        {{hello}, "sync_protocol"},  {{chunk, chunk}, "sync_protocol"},
        {{more}, "sync_protocol"},   {{chunk, more, more, more, more, more, more}, "sync_protocol"},
        {{offer, offer, offer}, ""}, {{chunk, offer, more}, ""},
    };
    for (const auto& [messages, code] : rows) {
        Line line(a);
        line.hello(a.objects.at("tour_out"));
        line.heard();
        for (const auto& message : messages) line.send(message);
        EXPECT_EQ(line.error(), code) << messages.size();
    }
}

TEST_F(Wire, ANewerProtocolOrAnotherDeviceIsNotGreeted) {
    auto newer = std::get<Hello>(Samples().of(static_cast<Hello*>(nullptr)));
    newer.protocol = protocol_version + 1;
    auto other = newer;
    other.protocol = protocol_version;
    other.device_id = a.objects.at("other_device");
    auto foreign = other;
    foreign.device_id = w.musterstedt.objects["device"];
    for (const auto& hello : {newer, other, foreign}) {
        Line line(a);
        const auto entries = alarms(a);
        line.send(hello);
        EXPECT_EQ(line.error(), "sync_protocol");
        w.settle(a);
        EXPECT_EQ(alarms(a), entries + 1);
    }
}

TEST_F(Wire, TheTourOfAnotherDeviceShowsNothing) {
    const auto before_alarms = alarms(a);
    Line line(a);
    line.hello(a.objects.at("tour_other"));
    EXPECT_EQ(line.error(), "tour_not_of_device");
    EXPECT_EQ(alarms(a), before_alarms + 1);
    Line unknown(a);
    unknown.hello(w.musterstedt.objects["tour_out"]);
    for (const auto& message : unknown.heard()) {
        const auto* changes = std::get_if<Changes>(&message);
        EXPECT_TRUE(!changes || changes->rows.empty());
    }
}

TEST_F(Wire, AFalseChunkIsNamed) {
    const std::string hash(64, 'e');
    const auto entries = alarms(a);
    for (const auto& [chunk, code] : std::vector<std::pair<Chunk, std::string>>{
             {{hash, 60'000, 1, Bytes(60'000 - document_chunk_bytes, 1)}, ""},
             {{hash, 60'000, 1, Bytes(60'000 - document_chunk_bytes, 1)}, ""},
             {{hash, 70'000, 1, Bytes(70'000 - document_chunk_bytes, 1)}, "document_false_chunk"},
         }) {
        Line line(a);
        line.hello(a.objects.at("tour_out"));
        line.heard();
        line.send(chunk);
        EXPECT_EQ(line.error(), code);
    }
    w.settle(a);
    EXPECT_EQ(alarms(a), entries + 1);
    Line line(a);
    line.hello(a.objects.at("tour_out"));
    line.heard();
    line.send(Chunk{hash, 60'000, 0, Bytes(document_chunk_bytes, 1)});
    bool dropped = false;
    for (const auto& message : line.heard())
        if (const auto* ack = std::get_if<ChunkAck>(&message)) dropped = dropped || ack->false_hash;
    EXPECT_TRUE(dropped);
}

/// What has arrived of a chunk outlives its line, for its own device, and is proved with the whole.
TEST_F(Wire, AChunkCutInTheMiddleGoesOnOnTheNextLine) {
    const auto begun = std::make_shared<BegunChunks>();
    Hello hello;
    hello.device_id = a.objects.at("device");
    hello.tour_id = a.objects.at("tour_out");
    hello.documents = {{std::string(64, 'f'), 100}};
    const auto welcomed = [&](Line& line) {
        line.send(hello);
        for (const auto& message : line.heard())
            if (const auto* welcome = std::get_if<Welcome>(&message)) return welcome->begun;
        return std::optional<BegunChunk>();
    };
    Line cut(a, "device", begun), next(a, "device", begun);
    EXPECT_FALSE(welcomed(cut));
    cut.send(Chunk{hello.documents[0].hash, 100, 0, Bytes(60, 7)});
    const auto said = welcomed(next);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->bytes, 60);
    EXPECT_EQ(said->proof, sha256(Bytes(60, 7)));
    next.send(ChunkMore{Bytes(40, 7)});
    bool dropped = false;
    for (const auto& message : next.heard())
        if (const auto* ack = std::get_if<ChunkAck>(&message)) dropped = dropped || ack->false_hash;
    EXPECT_TRUE(dropped) << "it is no scan of this hash";
    Line later(a, "device", begun);
    EXPECT_FALSE(welcomed(later));
}

/// What an envelope is answered with; the code of its refusal, "gap" or "done".
std::string judged(const Authority& to, const Bytes& envelope) {
    Line line(to);
    line.hello(to.objects.at("tour_out"));
    line.heard();
    line.send(Commands{{envelope}});
    std::string said = "nothing";
    for (const auto& message : line.heard()) {
        if (const auto* error = std::get_if<Error>(&message)) return error->code;
        const auto* answers = std::get_if<Answers>(&message);
        if (!answers) continue;
        if (answers->need_from > 0) said = "gap";
        for (const auto& answer : answers->answers)
            said = answer.problem.code.empty() ? "done" : answer.problem.code;
    }
    return said;
}

TEST_F(Wire, FalseEnvelopesAreKeptAndTheAlarmIsRaised) {
    const auto stranger = SignKeys::from_seed(Key32(sha256("stranger")));
    const auto& b = w.musterstedt;
    auto of_b = note(b, 1), as_b = note(a, 1), other_tour = note(a, 1);
    as_b.device_id = b.objects.at("device");
    other_tour.tour_id = a.objects.at("tour_other");
    auto broken_chain = note(a, 1);
    broken_chain.previous = sha256("another past");
    auto bytes = signed_well(a, note(a, 1));
    bytes[bytes.size() / 2] ^= 1;
    struct Row {
        const char* name;
        Bytes envelope;
    };
    const Row rows[] = {
        {"device's signature false", signed_by(note(a, 1), stranger, a.clerk_keys)},
        {"another authority's work", signed_by(of_b, b.device_keys, b.clerk_keys)},
        {"under another authority's device", signed_well(a, as_b)},
        {"another past", signed_well(a, broken_chain)},
        {"one bit changed", bytes},
    };
    for (const auto& row : rows) {
        const auto count = alarms(a);
        const auto code = judged(a, row.envelope);
        EXPECT_EQ(alarms(a), count + 1) << row.name;
        EXPECT_TRUE(code == "envelope_forged" || code == "nothing") << row.name << code;
        // The same again is no second alarm: nobody floods the journal with one forgery.
        judged(a, row.envelope);
        EXPECT_EQ(alarms(a), count + 1) << row.name;
    }
    EXPECT_EQ(judged(a, signed_well(a, note(a, 7))), "gap");
}

/// Work that belongs to the chain but cannot be done: one after the other, each kept with its reason. The
/// chain goes on, so this is the only test that adds to it.
TEST_F(Wire, WorkThatCannotBeDoneIsKeptWithItsReason) {
    const auto stranger = SignKeys::from_seed(Key32(sha256("stranger")));
    struct Row {
        const char* name;
        std::string code;
        std::function<void(Envelope&)> change;
        bool forged_clerk = false;
    };
    const Row rows[] = {
        {"clerk's signature false", "envelope_forged", [](Envelope&) {}, true},
        {"a clerk of another authority", "envelope_clerk",
         [](Envelope& e) { e.user_id = world().musterstedt.objects["user"]; }},
        {"a clerk who is not on the tour", "envelope_clerk",
         [](Envelope& e) { e.user_id = world().testhausen.objects["user"]; }},
        {"a command that does not exist", "command_unknown", [](Envelope& e) { e.name = "case.burn"; }},
        {"a command for the hub only", "needs_hub", [](Envelope& e) { e.name = "user.create"; }},
        {"a newer version", "command_version", [](Envelope& e) { e.version = 99; }},
        {"a payload of nothing", "payload_invalid", [](Envelope& e) { e.payload = "{}"; }},
        {"a field nobody declared", "payload_invalid",
         [](Envelope& e) {
             e.payload = canonical_json(json::object{{"case_id", e.stream}, {"reason", "x"}, {"more", 1}});
         }},
        {"a case of another authority", "case_not_found",
         [](Envelope& e) {
             e.payload = canonical_json(
                 json::object{{"case_id", world().musterstedt.objects["case"]}, {"reason", "x"}});
         }},
        {"an id that is used", "command_bad_id",
         [](Envelope& e) { e.command_id = world().testhausen.objects["case"]; }},
    };
    Hash previous{};
    std::int64_t seq = 0;
    std::vector<Bytes> sent;
    for (const auto& row : rows) {
        auto e = note(a, ++seq);
        e.stream = e.command_id;  // each its own: what waits behind another is not what is tested
        row.change(e);
        e.previous = previous;
        const auto bytes = signed_by(e, a.device_keys, row.forged_clerk ? stranger : a.clerk_keys);
        previous = envelope_hash(write_envelope(e).value());
        const auto count = w.ask(a, "SELECT count(*) AS n FROM quarantine").front().integer("n");
        EXPECT_EQ(judged(a, bytes), row.code) << row.name;
        EXPECT_EQ(w.ask(a, "SELECT count(*) AS n FROM quarantine").front().integer("n"), count + 1)
            << row.name;
        sent.push_back(bytes);
    }
    // Replayed from the beginning, backwards, or under a line of the other authority: nothing new.
    const auto quarantine = w.ask(a, "SELECT count(*) AS n FROM quarantine").front().integer("n");
    for (auto it = sent.rbegin(); it != sent.rend(); ++it) judged(a, *it);
    EXPECT_EQ(w.ask(a, "SELECT count(*) AS n FROM quarantine").front().integer("n"), quarantine);
}

/// Not canonical, so not what was signed: wrong UTF-8, a name twice, too large.
TEST_F(Wire, WhatNoEncoderWritesIsNoEnvelope) {
    const auto good = write_envelope(note(a, 1)).value();
    const auto text = std::string(as_view(good));
    const auto payload = note(a, 1).payload;
    const auto at = text.rfind(payload.substr(0, 12));
    ASSERT_NE(at, std::string::npos);
    for (const std::string change : {"{\"case_id\":\"\xff", "{\"a\":1,\"a\":"}) {
        auto bytes = good;
        std::copy(change.begin(), change.end(), bytes.begin() + std::ptrdiff_t(at));
        EXPECT_FALSE(parse_envelope(bytes));
        EXPECT_EQ(judged(a, sign_envelope(bytes, a.device_keys, a.clerk_keys)), "nothing");
    }
    auto huge = note(a, 1);
    huge.payload = "{\"a\":\"" + std::string(max_envelope_payload, 'a') + "\"}";
    EXPECT_FALSE(write_envelope(huge));
}

TEST_F(Wire, ARevokedDeviceBringsItsWorkHomeAndLearnsNothing) {
    const auto& b = w.musterstedt;
    w.must(b, "device.revoke", {{"device_id", b.objects.at("device")}, {"reason", "Test"}});
    // Something of its tour changes while it is away.
    const auto was =
        w.ask(b, "SELECT birth_place FROM person WHERE id = $id", {{"id", b.objects.at("person")}})
            .front()
            .text("birth_place");
    w.must(b, "person.correct",
           {{"person_id", b.objects.at("person")},
            {"field", "birth_place"},
            {"old_value", was},
            {"new_value", "Anderswo"},
            {"mode", "correction"},
            {"source", "Test"}},
           b.staff.at("clerk").actor);
    Line line(b);
    line.hello(b.objects.at("tour_out"));
    for (const auto& message : line.heard()) EXPECT_FALSE(std::holds_alternative<Changes>(message));
    EXPECT_EQ(judged(b, signed_well(b, note(b, 1))), "device_revoked");
    theirs = w.digest(b);
}

}  // namespace
}  // namespace wa::refusals

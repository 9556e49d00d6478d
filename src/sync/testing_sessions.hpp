// Both state machines with a queue and an inbox in memory, and a clock the test turns.
#pragma once

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "kernel/documents.hpp"
#include "sync/compression.hpp"
#include "sync/hub_session.hpp"
#include "sync/node_session.hpp"

namespace wa::sync::testing_sessions {

inline Bytes envelope(std::int64_t seq) {
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
    void rows_wanted(const Hash&) override { ended.push_back("rows wanted"); }
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
    std::shared_ptr<BegunChunks> begun = std::make_shared<BegunChunks>();
    std::size_t bytes_up = 0;

    void connect() {
        while (node.next_line_step(now) != LineStep::open) now += 10;
        HubConfig config;
        config.device_id = config.owner = "K1";
        config.begun = begun;
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
        for (int i = 0; i < 2000; ++i) {
            const bool went_up = up(), went_down = down();
            if (!went_up && !went_down) break;
            now += 5;
        }
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

}  // namespace wa::sync::testing_sessions

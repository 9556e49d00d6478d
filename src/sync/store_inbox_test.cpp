// What a connection is told of work that came to the hub by another way while it was open: an older
// connection's last frames, or a stick.
#include "sync/store_inbox.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/arrivals_testing.hpp"
#include "kernel/documents.hpp"
#include "kernel/engine.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"
#include "sync/sealed.hpp"

namespace wa::sync {
namespace {

using namespace wa::testing;

std::unique_ptr<Store> new_store() {
    auto store = open_sqlite_store({.path = ":memory:"});
    store->migrate(data::kernel::schema_sqlite());
    return store;
}

/// Both sides with their stores, and a line between them that carries a frame when it is asked to.
struct Inbox : StoreInbox, ::testing::Test {
    const std::int64_t at_ms = 1'790'000'000'000;
    Registry registry;
    std::unique_ptr<Store> node = new_store(), hub = new_store();
    const SignKeys device_keys = SignKeys::from_seed(seed_of("device")),
                   clerk_keys = SignKeys::from_seed(seed_of("clerk"));
    Hash device_key = device_keys.public_key, clerk_key = clerk_keys.public_key;  ///< as the hub knows them
    TenantScope node_scope = test_scope(Side::node), hub_scope = test_scope(Side::hub);
    std::unique_ptr<Engine> works;
    std::unique_ptr<StoreNodeQueue> queue;
    std::unique_ptr<NodeSession> node_session;
    std::unique_ptr<HubSession> hub_session;
    Ticks ticks = 100'000;
    int count = 0;
    std::size_t over_line = 0;  ///< envelopes
    bool revoked = false;
    std::vector<std::string> wiped_tours;

    void SetUp() override {
        install_test_commands(registry);
        works = std::make_unique<Engine>(registry);
        for (auto* store : {node.get(), hub.get()}) {
            const auto tx = store->begin_write();
            lease_block(*tx, "K1", node_scope.digest_key, at_ms);
            tx->commit();
        }
        queue = std::make_unique<StoreNodeQueue>(*node, registry, "T1", StoreNodeQueue::Hooks{});
    }
    void copy_for_wipe(const std::string& tour_id) override {
        wiped_tours.push_back(tour_id);
        hub_session->wipe_allowed(tour_id);
    }
    void wiped(const std::string&) override {}
    void in_store(Work work, Done done) override {
        {
            const auto tx = hub->begin_write();
            work(*tx);
            tx->commit();
        }
        if (hub_session) done(*hub_session);
    }
    void arrived(const std::vector<Bytes>& envelopes, const Executed&) override {
        over_line += envelopes.size();
    }
    const Engine& engine() const override { return *works; }
    const TenantScope& scope() const override { return hub_scope; }
    KnownDevice device(Transaction&) const override { return {"K1", "Koffer 1", device_key, revoked}; }
    ClerkLookup clerks() const override {
        return [key = clerk_key](auto&&...) { return KnownClerk{key, test_clerk()}; };
    }
    InWorkingSet working_set() const override {
        return [](auto&&...) { return true; };
    }
    std::string session_tour() const override { return "T1"; }
    Timestamp now() const override { return {at_ms}; }

    CommandRequest request(const std::string& name, json::object payload, Origin origin) {
        const auto random = sha256(std::to_string(++count));
        CommandRequest out;
        out.id = make_id(at_ms, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
        out.name = name;
        out.payload = std::move(payload);
        out.actor = test_clerk();
        out.origin = std::move(origin);
        out.at = Timestamp{at_ms + count};
        return out;
    }
    std::string at_node(Transaction& tx, const std::string& name, json::object payload) {
        const auto asked = request(name, std::move(payload), {"koffer", "K1", "Koffer 1", "T1"});
        const auto result = works->run(tx, node_scope, asked);
        EXPECT_EQ(result.outcome, Outcome::done) << result.problem.code;
        EXPECT_TRUE(enqueue(tx, registry, asked, result, device_keys, clerk_keys));
        return asked.id;
    }
    std::string at_node(const std::string& name, json::object payload) {
        const auto tx = node->begin_write();
        auto id = at_node(*tx, name, std::move(payload));
        tx->commit();
        return id;
    }
    /// Its queue, by another way.
    std::vector<Arrival> carry(std::size_t most) {
        std::vector<Arrival> out;
        const auto tx = hub->begin_write();
        for (const auto& one : queued_envelopes(*node->begin_read(), 0, SIZE_MAX / 2, most))
            out.push_back(accept_envelope(*tx, *works, hub_scope, device(*tx), clerks(), one.bytes, now()));
        tx->commit();
        return out;
    }
    void at_hub(const std::string& name, json::object payload) {
        const auto tx = hub->begin_write();
        auto asked = request(name, std::move(payload), {"counter", "hub", "Zentrale", ""});
        EXPECT_EQ(works->run(*tx, hub_scope, asked).outcome, Outcome::done);
        tx->commit();
    }
    /// As one that was opened with a PIN.
    void open_tour() {
        const auto tx = node->begin_write();
        set_tour_proof(*tx, tour_proof(hub_scope.digest_key, "K1", "T1"));
        tx->commit();
    }
    void connect() {
        NodeConfig config;
        config.device_id = "K1";
        node_session = std::make_unique<NodeSession>(config, *queue, [](std::uint32_t) { return 0u; });
        while (node_session->next_line_step(ticks) != LineStep::open) ticks += 10;
        HubConfig there;
        there.device_id = "K1";
        hub_session = std::make_unique<HubSession>(there, *this, ticks);
        node_session->connected(ticks);
    }
    bool up() {
        const auto frame = node_session->next_frame(ticks += 5);
        if (frame) hub_session->frame_received(ticks, *frame);
        return frame.has_value();
    }
    bool down() {
        const auto frame = hub_session->next_frame(ticks += 5);
        if (frame) node_session->frame_received(ticks, *frame, Timestamp{at_ms});
        return frame.has_value();
    }
    void flow() {
        for (bool moved = true; moved;) {
            const bool sent = up();
            moved = down() || sent;
        }
    }
    std::string channel(Store& store, const std::string& id) {
        return read_row(*store.begin_read(), "case_file", id)->text("channel");
    }
};

/// Found by the simulator: the row of a conflict came down while the Koffer still held its own work for the
/// newer one, the answer came later, and it showed the wrong value until somebody changed the row again.
TEST_F(Inbox, WhatCameByAnotherWayIsAnsweredBeforeItsRowsComeDown) {
    open_tour();
    const auto id = at_node("t.open", {{"title", "eins"}});
    connect();
    flow();
    ASSERT_EQ(channel(*hub, id), "koffer");
    at_hub("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "hub"}});
    at_node("t.correct", {{"case_id", id}, {"old", "koffer"}, {"new", "node"}});
    const auto carried = carry(100);
    ASSERT_EQ(carried.size(), 1u);
    EXPECT_EQ(carried.front().answer.outcome, Outcome::conflict);
    hub_session->look_for_changes();
    flow();
    EXPECT_EQ(channel(*hub, id), "hub");
    EXPECT_EQ(channel(*node, id), "hub");
    EXPECT_TRUE(queue->counts().empty());
    // The node's own sending comes behind, and changes nothing.
    node_session->work_added();
    flow();
    EXPECT_EQ(channel(*node, id), "hub");
    EXPECT_TRUE(hub_session->failure().empty());
}

/// Signatures are proved by the line's thread, with the keys of the transaction before: whether these are
/// still the keys is asked when the turn at the writer has come.
TEST_F(Inbox, WhatWasProvedWithAKeyOfBeforeCountsOnlyWhileItIsTheKey) {
    const auto id = at_node("t.open", {{"title", "eins"}});
    connect();
    flow();
    const auto rename = [&] {
        at_node("t.rename", {{"case_id", id}, {"title", "zwei"}});
        node_session->work_added();
        flow();
        std::string kept;
        for (const auto& row : hub->begin_read()->query({"kept", "SELECT code, details FROM quarantine"}))
            kept += row.text("code") + row.text("details") + "; ";
        return kept;
    };
    EXPECT_EQ(rename(), "");
    clerk_key = sha256("another clerk's");
    EXPECT_EQ(rename(), "envelope_forged{\"part\":\"clerk\"}; ");
    device_key = sha256("another device's");
    EXPECT_NE(rename().find("envelope_forged{\"part\":\"device\"}"), std::string::npos);
    EXPECT_EQ(read_row(*hub->begin_read(), "case_file", id)->text("title"), "zwei");
}

/// Whoever has the device's key without a PIN brings work home, and is sent nothing.
TEST_F(Inbox, RowsComeDownToWhoHasTheProofOfTheTourOnly) {
    const auto id = at_node("t.open", {{"title", "eins"}});
    const auto seen_after = [&](const std::string& value) {
        at_hub("t.correct", {{"case_id", id}, {"old", channel(*hub, id)}, {"new", value}});
        connect();
        flow();
        return channel(*node, id);
    };
    connect();
    flow();
    EXPECT_TRUE(queue->counts().empty());
    EXPECT_EQ(seen_after("hub"), "koffer");
    {
        const auto tx = node->begin_write();
        set_tour_proof(*tx, tour_proof(hub_scope.digest_key, "K1", "T2"));
        tx->commit();
    }
    EXPECT_EQ(seen_after("hub again"), "koffer");
    EXPECT_EQ(hub_session->failure(), "");
    open_tour();
    EXPECT_EQ(seen_after("at last"), "at last");
}

/// A hub that was put back from a backup while the line was open knows nothing of the last steps.
TEST_F(Inbox, AKofferIsNotWipedWhileTheHubHasLessThanItHasSent) {
    at_node("t.open", {{"title", "eins"}});
    connect();
    flow();
    check_in({"T1", 2});
    EXPECT_TRUE(wiped_tours.empty());
    EXPECT_EQ(hub_session->failure(), problems::sync_behind.name);
    connect();
    flow();
    check_in({"T1", 1});
    EXPECT_EQ(wiped_tours, std::vector<std::string>{"T1"});
}

/// It brings home what it was given, not whatever it likes.
TEST_F(Inbox, ARevokedKofferBringsOnlyScansThatItsWorkNames) {
    const auto id = at_node("t.open", {{"title", "eins"}});
    const Bytes named(100, 1), loose(100, 2);
    const auto hash_of_named = to_hex(sha256(named)), hash_of_loose = to_hex(sha256(loose));
    at_node("t.attach", {{"case_id", id}, {"hash", hash_of_named}, {"size", 100}});
    revoked = true;
    connect();
    flow();
    const auto bring = [&](const std::string& hash, const Bytes& bytes) {
        store_chunk({hash, 100, 0, bytes, false});
        return document_state(*hub->begin_read(), hash).has_value();
    };
    EXPECT_TRUE(bring(hash_of_named, named));
    EXPECT_EQ(hub_session->failure(), "");
    EXPECT_FALSE(bring(hash_of_loose, loose));
    EXPECT_EQ(hub_session->failure(), problems::device_revoked.name);
}

/// Numbers that no node of ours would say.
TEST_F(Inbox, AForeignNumberOfTheLastAnswerIsNoneOfTheHubs) {
    connect();
    for (const auto last : {INT64_MAX, INT64_MIN}) {
        EXPECT_TRUE(answers_after(*hub->begin_read(), "K1", "T1", last).empty());
        Hello hello;
        hello.tour_id = "T1";
        hello.last_answered = last;
        resume(hello);
    }
    EXPECT_TRUE(hub_session->failure().empty());
}

/// A stick has brought weeks of work: what is not answered with the welcome is on the same connection, and
/// nothing of it is sent again.
TEST_F(Inbox, MoreThanIsAnsweredAtOnceIsAnsweredOnOneConnection) {
    constexpr auto steps = std::size_t(answers_at_once) + 150;
    {
        const auto tx = node->begin_write();
        const auto id = at_node(*tx, "t.open", {{"title", "eins"}});
        for (std::size_t i = 1; i < steps; ++i)
            at_node(*tx, "t.rename", {{"case_id", id}, {"title", "zwei"}});
        tx->commit();
    }
    ASSERT_EQ(carry(steps).size(), steps);
    connect();
    flow();
    EXPECT_TRUE(queue->counts().empty()) << queue->counts().commands << " steps are not answered";
    EXPECT_EQ(last_answered(*node->begin_read()), std::int64_t(steps));
    EXPECT_EQ(over_line, 0u);
    EXPECT_TRUE(hub_session->failure().empty());
}

}  // namespace
}  // namespace wa::sync

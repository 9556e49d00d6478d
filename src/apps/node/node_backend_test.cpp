// The beginning and the end of a tour: while work is still done on it, and on a disk that refuses.
#include "apps/node/node_backend.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>

#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"
#include "sync/sealed.hpp"

namespace wa::node {

struct NodeBackendTest : testing::Test {
    static constexpr const char* user = "00000000000000000000000CK1";
    const Key32 seed{std::array<std::uint8_t, 32>{1}};
    std::string folder;
    http::Loop line, slow;
    std::optional<NodeBackend> backend;
    OpenedClerk clerk;
    TourInfo tour;

    void SetUp() override {
        char name[] = "/tmp/wanderamt-node-XXXXXX";
        folder = mkdtemp(name);
        Device device;
        device.id = "K1";
        device.hub = "127.0.0.1";
        device.sync_port = 1;
        device.identity = std::make_shared<CurrentIdentity>();
        device.sign_keys = SignKeys::from_seed(seed);
        backend.emplace(device, folder, service::full_registry(), line, slow);
        clerk.member.user_id = user;
        clerk.sign_keys = SignKeys::from_seed(seed);
        clerk.tour_key = seed;
        backend->vault_->load(package("T1"), clerk, service::full_registry());
        tour = *backend->vault_->info();
    }
    void TearDown() override {
        backend->stop();
        line.stop();
        slow.stop();
        backend.reset();
        std::filesystem::remove_all(folder);
    }

    json::object package(const std::string& tour_id) const {
        return {{"tour_id", tour_id},
                {"tenant", json::object{{"id", "99001001"}, {"land", "NI"}}},
                {"tenant_key", to_hex(sync::tenant_seal_keys(seed).public_key)},
                {"expires_ms", system::now().ms + 3'600'000},
                {"keys", json::array{json::object{
                             {"user_id", user},
                             {"sealed_key", to_hex(seal_to(SealKeys::from_seed(seed).public_key, seed.bytes,
                                                           system::random_key()))}}}},
                {"rows", json::array{json::object{{"table", "user_account"},
                                                  {"row", json::object{{"id", user},
                                                                       {"version", "V"},
                                                                       {"login", "kim"},
                                                                       {"name", "Kim Sommer"},
                                                                       {"roles", R"(["koffer_clerk"])"},
                                                                       {"state", "active"},
                                                                       {"failed_tries", 0},
                                                                       {"locked_until_ms", 0}}}}}},
                {"streets", json::array()}};
    }
    void open() { backend->open_tour(tour, clerk); }
    void wipe() { backend->wipe("T1"); }
    void reported_lost() { backend->obey(std::string(problems::tours_device_lost.name)); }
    void destroy() { backend->vault_->destroy(); }
    /// As another answer of the hub to the same check-out.
    std::string arrives(const std::string& tour_id) {
        std::string refused;
        backend->package_arrived(
            package(tour_id), clerk, seed, [&](const Problem& problem) { refused = problem.code; },
            [](http::Response) {});
        return refused;
    }
    /// Where a folder lies no file can be written.
    struct Obstacle {
        explicit Obstacle(std::string at) : path(std::move(at)) { std::filesystem::create_directory(path); }
        ~Obstacle() { std::filesystem::remove_all(path); }
        std::string path;
    };
    std::shared_ptr<service::TenantRunner> runner() { return backend->runner("99001001"); }

    static CommandRequest work_of(const std::string& user_id) {
        CommandRequest command;
        command.id = system::new_id();
        command.name = "journal.reads";
        command.payload = {{"entries", json::array{json::object{{"at", to_rfc3339(system::now())},
                                                                {"name", "case.get"},
                                                                {"actor", system::new_id()},
                                                                {"reason", "tour"},
                                                                {"subjects", json::array()}}}}};
        command.actor = {user_id, "Kim Sommer", Permissions({"session.use"})};
        command.origin = {"koffer", "K1", "Koffer 1", "T1"};
        command.at = system::now();
        return command;
    }
    /// As a personal query leaves it in the journal.
    static void read(Transaction& tx, const std::string& who) {
        JournalEntry entry;
        entry.at = system::now();
        entry.kind = "read";
        entry.name = "case.get";
        entry.actor = who;
        entry.outcome = "done";
        append_journal(tx, entry);
    }
    /// What the vault says once the tour is wiped or expired.
    std::optional<TourInfo> left() {
        for (int tries = 0; tries < 1000; ++tries) {
            const auto info = backend->vault_->info();
            if (!info || info->expired) return info;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return tour;
    }
    std::string backend_tour() { return backend->vault_->info()->tour_id; }
    bool backend_expired() { return backend->vault_->info()->expired; }
    std::int64_t sealed_commands() { return backend->vault_->open_spool(tour)->counts().commands; }
};

namespace {

TEST_F(NodeBackendTest, AnEmptyTourIsWiped) {
    open();
    wipe();
    EXPECT_FALSE(left());
}

/// The hub has given its leave, and a step still waits for its turn: it is confirmed, so it goes home.
TEST_F(NodeBackendTest, WhatIsConfirmedAfterTheLeaveToWipeGoesHomeSealed) {
    open();
    std::promise<void> wiping, closed;
    std::promise<CommandResult> answer;
    auto request = runner();
    request->write([waiting = closed.get_future().share()](Transaction&) { waiting.wait(); }, [](bool) {});
    request->run(work_of(user), [&](CommandResult result) { answer.set_value(std::move(result)); });
    wipe();
    line.post([&] { wiping.set_value(); });
    wiping.get_future().wait();
    open();  // a PIN given now does not open what is about to go
    EXPECT_FALSE(runner());
    closed.set_value();
    request.reset();
    const auto result = answer.get_future().get();
    EXPECT_EQ(result.outcome, Outcome::done) << result.problem.code;
    const auto rest = left();
    ASSERT_TRUE(rest);
    EXPECT_TRUE(rest->expired);
    EXPECT_EQ(sealed_commands(), 1);
}

/// A command of somebody whose key is not here cannot be signed: it is refused, the Koffer goes on.
TEST_F(NodeBackendTest, WorkOfAClerkWithoutAPinIsRefused) {
    open();
    const auto result = runner()->run_and_wait(work_of(system::new_id()));
    EXPECT_NE(result.outcome, Outcome::done);
    EXPECT_EQ(runner()->run_and_wait(work_of(user)).outcome, Outcome::done);
}

/// Like any other work, and not five seconds later: the keys may go at any moment.
TEST_F(NodeBackendTest, WhatWasReadIsSealedBeforeItIsAnswered) {
    open();
    const auto reads = [&](int count, const std::string& who) {
        std::promise<std::int64_t> sealed;
        runner()->write(
            [&](Transaction& tx) {
                for (int i = 0; i < count; ++i) read(tx, who);
            },
            [&](bool good) { sealed.set_value(good ? sealed_commands() : -1); });
        return sealed.get_future().get();
    };
    EXPECT_EQ(reads(0, user), 0);
    EXPECT_EQ(reads(1, user), 1);
    EXPECT_EQ(reads(0, user), 1) << "once";
    EXPECT_EQ(reads(3, user), 2);
    // Left behind by a program before, of somebody who has not given their PIN since.
    EXPECT_EQ(reads(1, system::new_id()), 3);
}

TEST_F(NodeBackendTest, AReadAfterTheLeaveToWipeGoesHomeSealed) {
    open();
    std::promise<void> closed;
    auto request = runner();
    request->write([waiting = closed.get_future().share()](Transaction&) { waiting.wait(); }, [](bool) {});
    request->write([](Transaction& tx) { read(tx, user); }, [](bool) {});
    wipe();
    std::promise<void> wiping;
    line.post([&] { wiping.set_value(); });
    wiping.get_future().wait();
    closed.set_value();
    request.reset();
    const auto rest = left();
    ASSERT_TRUE(rest);
    EXPECT_TRUE(rest->expired);
    EXPECT_EQ(sealed_commands(), 1);
}

/// The next PIN opens it whole, or its work would be neither signed nor sealed.
TEST_F(NodeBackendTest, ATourThatDoesNotOpenIsNotHalfOpen) {
    {
        const Obstacle obstacle(folder + "/tour/sealed.db");
        EXPECT_THROW(open(), StoreError);
        EXPECT_FALSE(runner());
    }
    open();
    ASSERT_TRUE(runner());
    EXPECT_EQ(runner()->run_and_wait(work_of(user)).outcome, Outcome::done);
    EXPECT_EQ(sealed_commands(), 1);
}

TEST_F(NodeBackendTest, ASecondPackageDoesNotTakeThePlaceOfTheOpenTour) {
    open();
    EXPECT_EQ(arrives("T2"), problems::case_wrong_status.name);
    EXPECT_EQ(backend_tour(), "T1");
    EXPECT_EQ(runner()->run_and_wait(work_of(user)).outcome, Outcome::done);
    EXPECT_EQ(sealed_commands(), 1);
}

TEST_F(NodeBackendTest, KeysGoBeforeAnythingIsWritten) {
    ASSERT_TRUE(std::filesystem::exists(folder + "/tour/outer.key"));
    const Obstacle obstacle(folder + "/wiped.json");
    EXPECT_ANY_THROW(destroy());
    EXPECT_FALSE(std::filesystem::exists(folder + "/tour/outer.key"));
}

TEST_F(NodeBackendTest, WhatTheDiskRefusedOfALostKofferIsDoneWithTheNextOrder) {
    {
        const Obstacle obstacle(folder + "/tour/tour.json.new");
        reported_lost();
        for (int tries = 0; tries < 500 && std::filesystem::exists(folder + "/tour/outer.key"); ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::promise<void> tried;
        slow.post([&] { tried.set_value(); });
        tried.get_future().wait();
    }
    EXPECT_FALSE(backend_expired());
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    reported_lost();
    const auto rest = left();
    EXPECT_TRUE(!rest || rest->expired);
}

}  // namespace
}  // namespace wa::node

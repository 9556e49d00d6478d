#include "apps/hub/daily_round.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "adapters/log/log.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/service/wiring.hpp"

namespace wa::hub {
namespace {

constexpr std::int64_t minute = 60'000;

struct Rounds : testing::Test {
    Engine engine{service::full_registry()};
    std::atomic<bool> broken{false};
    std::shared_ptr<service::TenantRunner> town = open("99001001", {"registration"}),
                                           county = open("99001", {});
    DailyRound round{{town, county}};
    Timestamp noon = *parse_timestamp("2026-11-05T11:00:00Z");

    void SetUp() override { log::set_level("off"); }
    void TearDown() override {
        town->finish();
        county->finish();
        log::set_level("error");
    }
    std::shared_ptr<service::TenantRunner> open(const std::string& id, std::set<std::string> functions) {
        std::shared_ptr<Store> store = open_sqlite_store({":memory:"});
        store->migrate(engine.registry().schema());
        TenantScope scope;
        scope.tenant.id = scope.tenant.ags = id;
        scope.tenant.land = "NI";
        scope.tenant.functions = std::move(functions);
        scope.reference = Reference::load("NI", {});
        auto runner = service::TenantRunner::make(engine, std::move(scope), std::move(store));
        runner->before_commit([this](Transaction&) {
            if (broken) throw StoreError(StoreError::Kind::other, "broken");
        });
        return runner;
    }
    /// What was done by the rounds so far, by the journal.
    std::int64_t done(service::TenantRunner& runner, const std::string& command) {
        std::promise<void> over;
        runner.write([](Transaction&) {}, [&](bool) { over.set_value(); });
        over.get_future().wait();
        std::int64_t count = 0;
        runner.read([&](Transaction& tx) {
            count = tx.query({"test", "SELECT COUNT(*) AS count FROM journal WHERE name = $name"},
                             {{"name", command}})
                        .front()
                        .integer("count");
        });
        return count;
    }
    Timestamp later(std::int64_t minutes) const { return {noon.ms + minutes * minute}; }
};

TEST_F(Rounds, OnceADayForEveryTenantWithWhatItsFunctionsAsk) {
    round.look(noon);
    round.look(later(10));
    for (const auto& name : daily_commands(town->scope().tenant)) EXPECT_EQ(done(*town, name), 1) << name;
    EXPECT_EQ(done(*town, "residence.forget_forms"), 1);
    EXPECT_EQ(done(*county, "message.watch"), 1);
    EXPECT_EQ(done(*county, "residence.forget_forms"), 0);
    round.look(later(12 * 60 - 1));  // 23:59 in Berlin
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
    round.look(later(12 * 60));
    EXPECT_EQ(done(*town, "residence.close_cases"), 2);
}

TEST_F(Rounds, WhatFailedIsTriedAgainAfterAnHour) {
    broken = true;
    round.look(noon);
    EXPECT_EQ(done(*town, "residence.close_cases"), 0);
    broken = false;
    round.look(later(59));
    EXPECT_EQ(done(*town, "residence.close_cases"), 0);
    round.look(later(60));
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
    round.look(later(200));
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
}

}  // namespace
}  // namespace wa::hub

#include "apps/service/tenant_runner.hpp"

#include <gtest/gtest.h>

#include <future>

#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/service/wiring.hpp"

namespace wa::service {
namespace {

/// A request that is still waited for holds the runner; a tenant may be closed meanwhile.
TEST(TenantRunner, MayBeLetGoOnItsOwnThread) {
    const Engine engine(full_registry());
    std::shared_ptr<Store> store = open_sqlite_store({":memory:"});
    store->migrate(full_registry().schema());
    auto runner = TenantRunner::make(engine, TenantScope(), store);
    std::promise<void> closed;
    std::promise<bool> answered;
    runner->write([waiting = closed.get_future().share()](Transaction&) { waiting.wait(); },
                  [runner, &answered](bool good) { answered.set_value(good); });
    runner.reset();
    closed.set_value();
    EXPECT_TRUE(answered.get_future().get());
    // The last hold on the store is the runner's: it has ended, on whatever thread.
    for (int tries = 0; tries < 1000 && store.use_count() > 1; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(store.use_count(), 1);
}

/// Whom the last commits tell ends after the runner: so it finishes first, and takes nothing more.
TEST(TenantRunner, TellsOfItsLastCommitsBeforeItHasFinished) {
    const Engine engine(full_registry());
    std::shared_ptr<Store> store = open_sqlite_store({":memory:"});
    store->migrate(full_registry().schema());
    const auto runner = TenantRunner::make(engine, TenantScope(), store);
    int committed = 0, before = 0;
    bool late = true;
    runner->before_commit([&](Transaction&) { ++before; });
    runner->on_committed([&] { ++committed; });
    std::promise<void> closed;
    runner->write([waiting = closed.get_future().share()](Transaction&) { waiting.wait(); }, [](bool) {});
    runner->write([](Transaction&) {}, [](bool) {});
    std::thread closing([&] { closed.set_value(); });
    runner->finish();
    closing.join();
    EXPECT_GE(committed, 1);
    EXPECT_EQ(before, committed);
    const auto so_far = committed;
    runner->write([](Transaction&) {}, [&](bool good) { late = good; });
    EXPECT_FALSE(late);
    EXPECT_EQ(committed, so_far);
    runner->finish();
}

}  // namespace
}  // namespace wa::service

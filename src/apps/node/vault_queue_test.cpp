// What the two stores of a Koffer know of an answer when the disk or the power fails between them.
#include "apps/node/vault_queue.hpp"

#include <gtest/gtest.h>

#include <array>

#include "adapters/sqlite/sim_vfs.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/data.hpp"
#include "sync/sealed.hpp"

namespace wa::node {
namespace {

struct VaultQueueTest : testing::Test {
    const Key32 seed{std::array<std::uint8_t, 32>{1}};
    std::shared_ptr<SimDisk> disk = std::make_shared<SimDisk>();
    std::shared_ptr<Store> store = open_sqlite_store({.path = ":memory:"});
    std::shared_ptr<Spool> spool =
        std::make_shared<Spool>(open_sqlite_store({.path = "sealed.db", .disk = disk}),
                                SpoolOwner{"99001001", "K1", "T1", sync::tenant_seal_keys(seed).public_key});
    Registry registry;
    VaultQueue queue{store, spool, registry, "T1", {}, {}};

    void SetUp() override {
        store->migrate(data::kernel::schema_sqlite());
        const auto tx = store->begin_write();
        tx->execute(sql::kernel::add_outgoing, {{"device_seq", 1},
                                                {"command_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
                                                {"stream", "s"},
                                                {"name", "case.open"},
                                                {"envelope", Bytes(40, 1)},
                                                {"hash", Bytes(32, 2)},
                                                {"at_ms", 0}});
        tx->commit();
    }
    void seal() { spool->catch_up(*store->begin_read(), {}, SignKeys::from_seed(seed)); }
    bool answered_in_store() {
        return sync::StoreNodeQueue(*store, registry, "T1", {}).counts().commands == 0;
    }
};

/// The other way round the spool waited for ever, and the drafts behind it: the hub is asked for what the
/// store lacks, not for what the spool lacks.
TEST_F(VaultQueueTest, AnAnswerTheSpoolCannotNoteIsNotNotedAtAll) {
    seal();
    EXPECT_EQ(spool->counts().commands, 1);
    disk->set_capacity(0);
    EXPECT_FALSE(queue.store_answers({HubAnswer{1}}));
    EXPECT_FALSE(answered_in_store());
    disk->set_capacity(std::nullopt);
    EXPECT_TRUE(queue.store_answers({HubAnswer{1}}));
    EXPECT_TRUE(answered_in_store());
    EXPECT_EQ(spool->counts().commands, 0);
}

/// As after a full disk: what was answered meanwhile does not wait in the spool.
TEST_F(VaultQueueTest, WhatIsSealedAfterItsAnswerDoesNotWaitForOne) {
    EXPECT_TRUE(queue.store_answers({HubAnswer{1}}));
    seal();
    EXPECT_TRUE(spool->envelope_hash(1));
    EXPECT_EQ(spool->counts().commands, 0);
}

}  // namespace
}  // namespace wa::node

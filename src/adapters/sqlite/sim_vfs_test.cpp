// Power cuts at random writes: a reopened store holds exactly what was acknowledged, or that and the one
// commit under way.
#include "adapters/sqlite/sim_vfs.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <random>
#include <set>

#include "adapters/sqlite/sqlite_store.hpp"

namespace wa {
namespace {

const SchemaStep kSimSchema{"sim/0001",
                            "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
                            "CREATE TABLE line (n INTEGER NOT NULL, k INTEGER NOT NULL, content BLOB,"
                            " PRIMARY KEY (n, k)) STRICT;"
                            "INSERT INTO counter VALUES (1, 0);"};

struct Trial {
    std::shared_ptr<SimDisk> disk = std::make_shared<SimDisk>();
    SqliteOptions options;
    std::mt19937_64 random;
    std::int64_t acknowledged = 0;

    explicit Trial(std::uint64_t seed) : random(seed) {
        options.path = "s.db";
        options.disk = disk;
        if (seed % 2) options.key = Bytes(32, 5);
    }

    std::unique_ptr<Store> open() {
        auto store = open_sqlite_store(options);
        store->migrate({kSimSchema});
        return store;
    }

    void commit_next(Store& store) {
        auto transaction = store.begin_write();
        const std::int64_t n = acknowledged + 1;
        transaction->execute({"count", "UPDATE counter SET n = $n"}, {{"n", n}});
        const auto lines = static_cast<std::int64_t>(random() % 6);
        for (std::int64_t k = 0; k < lines; ++k)
            transaction->execute({"line", "INSERT INTO line VALUES ($n, $k, $content)"},
                                 {{"n", n}, {"k", k}, {"content", Bytes(random() % 9000, 3)}});
        if (random() % 8 == 0)
            transaction->execute({"forget", "DELETE FROM line WHERE n < $n"}, {{"n", n - 5}});
        transaction->commit();
        acknowledged = n;
    }

    /// Works until the disk dies; false when the work ended first.
    bool work_until_crash(int commits) {
        try {
            auto store = open();
            for (int i = 0; i < commits; ++i) commit_next(*store);
            store.reset();
        } catch (const StoreError&) {
            EXPECT_TRUE(disk->dead());
        }
        return disk->dead();
    }

    void expect_what_was_acknowledged(std::uint64_t seed) {
        auto store = open();
        EXPECT_TRUE(store->check().empty()) << "seed " << seed;
        auto reading = store->begin_read();
        const auto n = reading->query({"n", "SELECT n FROM counter"}).front().integer("n");
        EXPECT_TRUE(n == acknowledged || n == acknowledged + 1)
            << "seed " << seed << ": " << n << " of " << acknowledged;
        EXPECT_EQ(reading->query({"later", "SELECT n FROM line WHERE n > $n"}, {{"n", n}}).size(), 0u);
        acknowledged = n;
    }
};

TEST(SimVfs, a_thousand_power_cuts) {
    int cuts = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        Trial run(seed);
        // Two cuts one after the other: the second may hit the recovery from the first.
        for (int round = 0; round < 2; ++round) {
            run.disk->fail_after(1 + run.random() % (round ? 60 : 250));
            cuts += run.work_until_crash(30);
            run.disk->crash(seed * 2 + static_cast<std::uint64_t>(round));
            ASSERT_NO_THROW(run.expect_what_was_acknowledged(seed)) << "seed " << seed;
            if (testing::Test::HasFailure()) return;
        }
    }
    EXPECT_GT(cuts, 1500);
}

TEST(SimVfs, checkpoints_and_long_logs_survive_too) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Trial run(seed);
        run.disk->fail_after(6000 + run.random() % 3000);
        run.work_until_crash(2000);
        ASSERT_TRUE(run.disk->dead());
        EXPECT_GT(run.acknowledged, 200);
        run.disk->crash(seed);
        ASSERT_NO_THROW(run.expect_what_was_acknowledged(seed)) << "seed " << seed;
    }
}

TEST(SimVfs, the_same_seed_gives_the_same_disk) {
    const auto after = [](std::uint64_t crash_seed) {
        SimDisk disk;
        Bytes all;
        sqlite3_vfs* vfs = sqlite3_vfs_find(disk.vfs_name().c_str());
        EXPECT_NE(vfs, nullptr);
        auto* file = static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(vfs->szOsFile)));
        const int flags = SQLITE_OPEN_CREATE | SQLITE_OPEN_READWRITE | SQLITE_OPEN_SUPER_JOURNAL;
        EXPECT_EQ(vfs->xOpen(vfs, "x", file, flags, nullptr), SQLITE_OK);
        const Bytes sector(5120, 1);
        EXPECT_EQ(file->pMethods->xWrite(file, sector.data(), 100, 0), SQLITE_OK);
        EXPECT_EQ(file->pMethods->xSync(file, 0), SQLITE_OK);
        for (int i = 1; i < 20; ++i)
            EXPECT_EQ(file->pMethods->xWrite(file, sector.data(), 5120, i * 5000), SQLITE_OK);
        disk.crash(crash_seed);
        char byte = 0;
        EXPECT_EQ(file->pMethods->xRead(file, &byte, 1, 0), SQLITE_IOERR_READ);  // open before the crash
        file->pMethods->xClose(file);
        std::free(file);
        return *disk.read("x");
    };
    std::set<Bytes> outcomes;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const Bytes found = after(seed);
        EXPECT_EQ(found, after(seed));
        ASSERT_GE(found.size(), 100u);  // what was synced
        EXPECT_EQ(Bytes(found.begin(), found.begin() + 100), Bytes(100, 1));
        outcomes.insert(found);
    }
    EXPECT_GT(outcomes.size(), 10u);
}

TEST(SimVfs, without_syncs_a_crash_loses_commits) {
    // The test of the test: were the disk too kind, the runs above would prove nothing.
    int lost = 0;
    for (std::uint64_t seed = 2; seed < 42; ++seed) {
        Trial run(seed);
        run.options.synchronous_full = false;
        auto store = run.open();
        for (int i = 0; i < 10; ++i) run.commit_next(*store);
        run.disk->crash(seed);
        store.reset();
        auto again = run.open();
        const auto n = again->begin_read()->query({"n", "SELECT n FROM counter"}).front().integer("n");
        EXPECT_LE(n, run.acknowledged);
        EXPECT_TRUE(again->check().empty());
        lost += n < run.acknowledged;
    }
    EXPECT_GT(lost, 10);
}

TEST(SimVfs, counts_and_lists) {
    auto disk = std::make_shared<SimDisk>();
    auto store = open_sqlite_store({"c.db", std::nullopt, disk});
    store->migrate({kSimSchema});
    EXPECT_EQ(disk->files(), (std::vector<std::string>{"c.db", "c.db-wal"}));
    const auto before = disk->counters();
    auto transaction = store->begin_write();
    transaction->execute({"count", "UPDATE counter SET n = 1"});
    transaction->commit();
    EXPECT_EQ(disk->counters().syncs, before.syncs + 1);
    EXPECT_GT(disk->counters().writes, before.writes);
    transaction.reset();
    store->copy_to("copy.db");
    store.reset();
    EXPECT_EQ(disk->files(), (std::vector<std::string>{"c.db", "copy.db"}));
    disk->remove("copy.db");
    EXPECT_FALSE(disk->read("copy.db"));
    SimDisk other;
    EXPECT_NE(other.vfs_name(), disk->vfs_name());
}

TEST(SimVfs, a_copy_interrupted_leaves_the_older_copy) {
    for (std::uint64_t n = 1; n <= 12; ++n) {
        Trial run(n);
        auto store = run.open();
        run.commit_next(*store);
        store->copy_to("copy.db");
        run.commit_next(*store);
        run.disk->fail_after(n);
        try {
            store->copy_to("copy.db");
        } catch (const StoreError&) {
        }
        const bool died = run.disk->dead();
        run.disk->crash(n);
        store.reset();
        SqliteOptions options = run.options;
        options.path = "copy.db";
        auto copy = open_sqlite_store(options);
        EXPECT_TRUE(copy->check().empty());
        const auto found = copy->begin_read()->query({"n", "SELECT n FROM counter"}).front().integer("n");
        EXPECT_TRUE(found == 2 || (died && found == 1)) << n;
    }
}

}  // namespace
}  // namespace wa

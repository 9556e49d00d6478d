#include "apps/hub/sent_ledger.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/system/system.hpp"

namespace wa::hub {
namespace {

struct SentLedgerTest : testing::Test {
    std::string folder, path;
    const std::string first = system::new_id(), second = system::new_id(), third = system::new_id();

    void SetUp() override {
        char name[] = "/tmp/wa_ledger_XXXXXX";
        folder = mkdtemp(name);
        path = folder + "/sent.log";
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(SentLedgerTest, WhatIsNotedIsKnownHereAndToTheNextProgram) {
    EXPECT_FALSE(SentLedger::read(path));
    {
        SentLedger ledger(path);
        EXPECT_FALSE(ledger.has(first));
        ledger.note(first);
        EXPECT_TRUE(ledger.has(first));
        ledger.note(second);
    }
    const SentLedger again(path);
    EXPECT_TRUE(again.has(first) && again.has(second));
    EXPECT_FALSE(again.has(third));
    EXPECT_FALSE(again.has("no id"));
    EXPECT_EQ(SentLedger::read(path), (std::vector{first, second}));
}

/// A line cut short by a crash or a full disk must not swallow the one behind it: that message would leave
/// again after a restore.
TEST_F(SentLedgerTest, AfterALineCutShortTheNextOneIsWhole) {
    for (const auto cut : {std::size_t(3), first.size(), first.size() + 4}) {
        system::write_file(path, second + " 2026-11-05T08:00:00Z\n" + (first + " 2026-11-05").substr(0, cut));
        {
            SentLedger ledger(path);
            // With its id whole it is known: the exchange has it.
            EXPECT_EQ(ledger.has(first), cut > first.size());
            ledger.note(third);
        }
        const SentLedger again(path);
        EXPECT_TRUE(again.has(second) && again.has(third)) << cut;
        EXPECT_EQ(SentLedger::read(path)->back(), third);
    }
}

/// A store was put back where nobody knew what had left. Put back there once more, nobody knows it either.
TEST_F(SentLedgerTest, AListBegunAnewIsNoWholeList) {
    SentLedger::begin_anew(path);
    EXPECT_FALSE(SentLedger::read(path));
    {
        SentLedger ledger(path);
        ledger.note(first);
    }
    EXPECT_FALSE(SentLedger::read(path));
    EXPECT_TRUE(SentLedger(path).has(first));
}

TEST_F(SentLedgerTest, WhatCannotBeWrittenIsSaidAndNotTakenForNoted) {
    SentLedger ledger(folder + "/missing/sent.log");
    EXPECT_THROW(ledger.note(first), std::runtime_error);
    EXPECT_FALSE(ledger.has(first));
    std::filesystem::create_directory(folder + "/missing");
    ledger.note(first);
    EXPECT_TRUE(SentLedger(folder + "/missing/sent.log").has(first));
}

}  // namespace
}  // namespace wa::hub

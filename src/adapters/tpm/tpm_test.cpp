#include "adapters/tpm/tpm.hpp"

#include <gtest/gtest.h>

#include "adapters/tpm/software_tpm.hpp"

namespace wa::tpm {
namespace {

class TpmTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = (std::filesystem::temp_directory_path() / "wanderamt-tpm-XXXXXX").string();
        ASSERT_TRUE(mkdtemp(folder_.data()));
        chip = std::make_unique<SoftwareTpm>(folder_);
        ASSERT_TRUE(chip->runs()) << "swtpm does not start; it is one of the packages in ./dev";
    }
    void TearDown() override {
        chip.reset();
        std::filesystem::remove_all(folder_);
    }
    Tpm tpm() const { return Tpm(chip->tcti()); }
    std::int64_t clock() const { return tpm().clock_ms().value(); }

    std::unique_ptr<SoftwareTpm> chip;
    const Bytes secret = to_bytes("the outer key of a tour, 32 byte"), right = to_bytes("right"),
                wrong = to_bytes("wrong");

  private:
    std::string folder_;
};

TEST_F(TpmTest, GivesTheSecretForTheRightValueOnly) {
    ASSERT_TRUE(tpm().works());
    const auto end = clock() + 60'000;
    ASSERT_TRUE(tpm().keep(1, secret, right, end));
    const auto read = tpm().read(1, right, end);
    EXPECT_EQ(read.outcome, ReadOutcome::good);
    EXPECT_EQ(read.secret, secret);
    EXPECT_EQ(tpm().read(1, wrong, end).outcome, ReadOutcome::wrong);
    EXPECT_EQ(tpm().read(2, right, end).outcome, ReadOutcome::missing);
    EXPECT_EQ(tpm().read(1, right, end + 60'000).outcome, ReadOutcome::wrong)
        << "a later end is another policy";
    EXPECT_NE(tpm().read(1, right, std::nullopt).outcome, ReadOutcome::good);
    EXPECT_NE(tpm().read(1, {}, end).outcome, ReadOutcome::good);
}

TEST_F(TpmTest, CountsWrongValuesAndLocksAlsoAfterAStart) {
    ASSERT_TRUE(tpm().set_lockout(3, 20));
    ASSERT_TRUE(tpm().keep(1, secret, right, std::nullopt));
    for (int tries = 0; tries < 3; ++tries) EXPECT_NE(tpm().read(1, wrong, std::nullopt).secret, secret);
    auto read = tpm().read(1, right, std::nullopt);
    EXPECT_EQ(read.outcome, ReadOutcome::locked);
    EXPECT_EQ(read.wait_minutes, 21);
    chip->power_off();
    chip->power_on();
    EXPECT_EQ(tpm().read(1, right, std::nullopt).outcome, ReadOutcome::locked)
        << "switching off gives no try back";
}

TEST_F(TpmTest, NobodyHasTheTriesForgottenOrTheRuleChanged) {
    ASSERT_TRUE(tpm().forget_tries()) << "a new TPM does";
    ASSERT_TRUE(tpm().set_lockout(3, 20));
    EXPECT_FALSE(tpm().forget_tries());
    EXPECT_FALSE(tpm().set_lockout(1000, 1));
    ASSERT_TRUE(tpm().keep(1, secret, right, std::nullopt));
    for (int tries = 0; tries < 3; ++tries) EXPECT_NE(tpm().read(1, wrong, std::nullopt).secret, secret);
    chip->power_off();
    chip->power_on();
    EXPECT_FALSE(tpm().forget_tries());
    EXPECT_EQ(tpm().read(1, right, std::nullopt).outcome, ReadOutcome::locked);
}

constexpr std::int64_t hour_ms = 3'600'000;

TEST_F(TpmTest, EndsByItsOwnClockWhichOnlyGoesForward) {
    const auto end = clock() + 3 * hour_ms;
    ASSERT_TRUE(tpm().keep(1, secret, right, end));
    ASSERT_TRUE(tpm().advance_clock(end - hour_ms / 60));
    EXPECT_FALSE(tpm().advance_clock(end - hour_ms)) << "nobody turns it back";
    EXPECT_EQ(tpm().read(1, right, end).outcome, ReadOutcome::good);
    ASSERT_TRUE(tpm().advance_clock(end));
    EXPECT_EQ(tpm().read(1, right, end).outcome, ReadOutcome::expired);
}

TEST_F(TpmTest, APowerCutDoesNotTurnItBackBehindTheLastAdvance) {
    const auto end = clock() + 3 * hour_ms;
    ASSERT_TRUE(tpm().keep(1, secret, right, end));
    ASSERT_TRUE(tpm().advance_clock(end));
    chip->power_off();
    chip->power_on();
    EXPECT_GE(clock(), end);
    EXPECT_EQ(tpm().read(1, right, end).outcome, ReadOutcome::expired);
}

TEST_F(TpmTest, WhatIsDestroyedIsGone) {
    ASSERT_TRUE(tpm().keep(5, secret, {}, std::nullopt));
    EXPECT_EQ(tpm().read(5, {}, std::nullopt).secret, secret) << "for the machine alone";
    EXPECT_TRUE(tpm().destroy(5));
    EXPECT_TRUE(tpm().destroy(5)) << "twice is no harm";
    EXPECT_EQ(tpm().read(5, {}, std::nullopt).outcome, ReadOutcome::missing);
}

TEST(NoTpm, IsSaidByEveryFunction) {
    const Tpm none("device:/dev/there-is-none");
    const Bytes secret{1};
    EXPECT_FALSE(none.works());
    EXPECT_FALSE(none.keep(1, secret, {}, std::nullopt));
    EXPECT_EQ(none.read(1, {}, std::nullopt).outcome, ReadOutcome::failed);
    EXPECT_FALSE(none.destroy(1) || none.clock_ms() || none.advance_clock(1) || none.set_lockout(1, 1) ||
                 none.forget_tries());
}

}  // namespace
}  // namespace wa::tpm

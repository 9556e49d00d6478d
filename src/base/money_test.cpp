#include "base/money.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

TEST(Money, GermanText) {
    const std::pair<std::int64_t, std::string_view> examples[] = {
        {0, "0,00 €"},
        {5, "0,05 €"},
        {1300, "13,00 €"},
        {123450, "1.234,50 €"},
        {-500, "-5,00 €"},
        {-5, "-0,05 €"},
        {100000000, "1.000.000,00 €"},
        {INT64_MIN, "-92.233.720.368.547.758,08 €"}};
    for (const auto& [cents, text] : examples) EXPECT_EQ(to_german(Cents{cents}), text);
}

TEST(Money, ReadsWhatPeopleWrite) {
    const std::pair<std::string_view, std::int64_t> examples[] = {
        {"13", 1300},         {"13,5", 1350},    {"13,00", 1300}, {"1234,50", 123450},
        {"1.234,50", 123450}, {"-5,00 €", -500}, {"0,05€", 5},    {"1.000.000", 100000000}};
    for (const auto& [text, cents] : examples) EXPECT_EQ(parse_cents(text), Cents{cents}) << text;
    for (const auto* bad : {"", "€", ",50", "13,", "13,000", "13.00", "1.23,00", "12.34.567", ".123", "1e3",
                            "--5", "13,-", "99999999999999999999"})
        EXPECT_FALSE(parse_cents(bad)) << bad;
}

TEST(Money, Arithmetic) {
    EXPECT_EQ(Cents{1000} + Cents{250} - Cents{50}, Cents{1200});
    EXPECT_EQ(Cents{1250} * 3, Cents{3750});
    EXPECT_EQ(-Cents{5}, Cents{-5});
    EXPECT_LT(Cents{499}, Cents{500});
}

TEST(MoneyDeathTest, OverflowIsABrokenInvariant) {
    EXPECT_DEATH((void)(Cents{INT64_MAX} + Cents{1}), "broken invariant");
    EXPECT_DEATH((void)(Cents{INT64_MAX} * 2), "broken invariant");
}

}  // namespace
}  // namespace wa

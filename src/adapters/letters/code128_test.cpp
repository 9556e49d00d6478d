#include "adapters/letters/code128.hpp"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>
#include <string>

namespace wa::letters {
namespace {

std::vector<std::uint8_t> pattern_of(std::uint8_t value) {
    return code128_widths({value});
}

// An independent reader: widths back to values, values back to text, check symbol compared.
std::optional<std::string> read_back(const std::vector<std::uint8_t>& widths) {
    std::map<std::vector<std::uint8_t>, int> values;
    for (int v = 0; v < 106; ++v) values[pattern_of(static_cast<std::uint8_t>(v))] = v;
    if (widths.size() < 19 || (widths.size() - 7) % 6 != 0) return std::nullopt;
    std::vector<int> symbols;
    for (std::size_t i = 0; i + 7 < widths.size(); i += 6) {
        const auto found = values.find({widths.begin() + long(i), widths.begin() + long(i) + 6});
        if (found == values.end()) return std::nullopt;
        symbols.push_back(found->second);
    }
    int sum = symbols[0];
    for (std::size_t i = 1; i + 1 < symbols.size(); ++i) sum += int(i) * symbols[i];
    if (sum % 103 != symbols.back()) return std::nullopt;
    std::string text;
    bool packed = symbols[0] == 105;
    for (std::size_t i = 1; i + 1 < symbols.size(); ++i) {
        const int v = symbols[i];
        if (packed && v == 100)
            packed = false;
        else if (!packed && v == 99)
            packed = true;
        else if (packed)
            text += std::string{char('0' + v / 10), char('0' + v % 10)};
        else
            text += char(v + 32);
    }
    return text;
}

// The standard's own parity: 11 modules, bars add up to an even number, all patterns differ.
TEST(Code128, TheTableObeysTheStandardsParity) {
    std::set<std::vector<std::uint8_t>> seen;
    for (int v = 0; v < 106; ++v) {
        const auto p = pattern_of(static_cast<std::uint8_t>(v));
        ASSERT_EQ(p.size(), 6U) << v;
        EXPECT_EQ(std::accumulate(p.begin(), p.end(), 0), 11) << v;
        EXPECT_EQ((p[0] + p[2] + p[4]) % 2, 0) << v;
        EXPECT_TRUE(seen.insert(p).second) << v;
    }
    const auto stop = pattern_of(106);
    EXPECT_EQ(std::accumulate(stop.begin(), stop.end(), 0), 13);
}

TEST(Code128, KnownCheckSymbols) {
    const auto wikipedia = *code128_symbols("Wikipedia");
    EXPECT_EQ(wikipedia.front(), 104);
    EXPECT_EQ(wikipedia[wikipedia.size() - 2], 88);
    const auto pjj = *code128_symbols("PJJ123C");  // 54 when it starts in set A, one more in set B
    EXPECT_EQ(pjj[pjj.size() - 2], 55);
}

TEST(Code128, DigitsArePacked) {
    EXPECT_EQ(*code128_symbols("123456"), (std::vector<std::uint8_t>{105, 12, 34, 56, 44, 106}));
    EXPECT_LT(code128_symbols("MH-20261105-000123")->size(), code128_symbols("MH-2O261lO5-OO0I23")->size());
}

TEST(Code128, EveryTextIsReadBack) {
    for (std::string text :
         {"A", "7", "42", "123", "1234", "12345", "A1234", "A12345", "A123456B", "A1234567B",
          "MH-2026-000123", "01JABCDEFGHJKMNPQRSTVWXYZ0", " ~!\"#", "9999999999X1"}) {
        const auto symbols = code128_symbols(text);
        ASSERT_TRUE(symbols) << text;
        EXPECT_EQ(read_back(code128_widths(*symbols)), text);
    }
    std::string all;
    for (char c = 32; c < 112; ++c) all += c;
    EXPECT_EQ(read_back(code128_widths(*code128_symbols(all))), all);
}

TEST(Code128, WhatCannotBeEncodedIsSaid) {
    EXPECT_FALSE(code128_symbols(""));
    EXPECT_FALSE(code128_symbols("Gemäß"));
    EXPECT_FALSE(code128_symbols("a\nb"));
    EXPECT_FALSE(code128_symbols(std::string(81, 'x')));
}

}  // namespace
}  // namespace wa::letters

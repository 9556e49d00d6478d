#include "base/ids.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace wa {
namespace {

Id id_at(std::int64_t at_ms, std::uint8_t fill) {
    std::array<std::uint8_t, 10> random{};
    random.fill(fill);
    return make_id(at_ms, random);
}

TEST(Ids, TextOfTheUlidExample) {
    // The time part of the example in the ULID specification.
    EXPECT_EQ(id_at(1469918176385, 0).text().substr(0, 10), "01ARYZ6S41");
    EXPECT_EQ(id_at(1469918176385, 0).at_ms(), 1469918176385);
    EXPECT_EQ(Id{}.text(), std::string(26, '0'));
    EXPECT_TRUE(Id{}.is_nil());
}

TEST(Ids, TextAndBack) {
    for (const auto& id :
         {Id{}, id_at(1, 0xFF), id_at((std::int64_t(1) << 48) - 1, 0xFF), id_at(1'762'345'678'901, 0x5A)})
        EXPECT_EQ(parse_id(id.text()), id);
    EXPECT_EQ(id_at((std::int64_t(1) << 48) - 1, 0xFF).text(), "7" + std::string(25, 'Z'));
}

TEST(Ids, OneIdHasOneText) {
    const auto text = id_at(1'762'345'678'901, 0xAB).text();
    EXPECT_FALSE(parse_id(""));
    EXPECT_FALSE(parse_id(text.substr(1)));
    EXPECT_FALSE(parse_id(text + "0"));
    EXPECT_FALSE(parse_id("8" + std::string(25, '0')));  // 129 bits
    for (const char c : {'I', 'L', 'O', 'U', 'a', '-', '\0'}) EXPECT_FALSE(parse_id(text.substr(0, 25) + c));
}

TEST(Ids, SortByTimeAndTextAlike) {
    const auto early = id_at(1000, 0xFF);
    const auto late = id_at(1001, 0x00);
    EXPECT_LT(early, late);
    EXPECT_LT(early.text(), late.text());
}

TEST(Ids, TimeOutsideCountsAsNearest) {
    EXPECT_EQ(id_at(-5, 1).at_ms(), 0);
    EXPECT_EQ(id_at(INT64_MAX, 1).at_ms(), (std::int64_t(1) << 48) - 1);
}

TEST(Ids, DerivedAreReproducibleAndDistinct) {
    const auto command = id_at(1'762'345'678'901, 7);
    EXPECT_EQ(derive_id(command, 3, 42), derive_id(command, 3, 42));
    EXPECT_EQ(derive_id(command, 3, 42).at_ms(), 42);
    std::unordered_set<Id> seen;
    for (std::uint32_t counter = 0; counter < 1000; ++counter) seen.insert(derive_id(command, counter, 42));
    EXPECT_EQ(seen.size(), 1000u);
    EXPECT_FALSE(seen.contains(derive_id(id_at(1'762'345'678'901, 8), 0, 42)));
}

TEST(Ids, DerivationNeverChanges) {
    // python3: sha256(bytes(16) + bytes([0, 0, 1, 2])).digest()[:10]
    EXPECT_EQ(derive_id(Id{}, 258, 0).text(), "00000000007G8DMXTCCFEE4638");
}

}  // namespace
}  // namespace wa

#include "adapters/passkey/cbor.hpp"

#include <gtest/gtest.h>

#include <string>

namespace wa::passkey {
namespace {

bool skips(std::string_view hex) {
    const auto bytes = *from_hex(hex);
    CborReader reader(bytes);
    const bool skipped = reader.skip();
    EXPECT_TRUE(skipped || !reader.skip()) << hex;  // once failed, always failed
    return skipped && reader.at_end();
}

TEST(Cbor, ReadsItems) {
    const auto bytes = *from_hex("a2182663666d7426430102031bffffffffffffffff");
    CborReader reader(bytes);
    EXPECT_EQ(reader.map(), 2U);
    EXPECT_EQ(reader.integer(), 38);
    EXPECT_EQ(reader.text(), "fmt");
    EXPECT_EQ(reader.integer(), -7);
    EXPECT_EQ(reader.bytes()->size(), 3U);
    EXPECT_FALSE(reader.at_end());
    EXPECT_FALSE(reader.integer());  // more than 63 bits
    EXPECT_FALSE(reader.at_end());
}

TEST(Cbor, SkipsWhatTheCanonicalFormAllows) {
    for (const auto* hex : {"00",
                            "1818",
                            "190100",
                            "1a00010000",
                            "1b0000000100000000",
                            "20",
                            "40",
                            "4101",
                            "60",
                            "80",
                            "820102",
                            "a10102",
                            "a0",
                            "f4",
                            "f5",
                            "f6",
                            "f7",
                            "f93c00",
                            "fa3f800000",
                            "fb3ff0000000000000",
                            "8181818181818180"})
        EXPECT_TRUE(skips(hex)) << hex;
}

TEST(Cbor, RefusesEverythingElse) {
    for (const auto* hex : {"",
                            "1817",
                            "1900ff",
                            "1a0000ffff",
                            "1b00000000ffffffff",
                            "5800",
                            "18",
                            "19ff",
                            "41",
                            "6201",
                            "81",
                            "a1",
                            "a101",
                            "5f4101ff",
                            "9fff",
                            "bfff",
                            "ff",
                            "1c",
                            "1f",
                            "c000",
                            "f0",
                            "f8ff",
                            "f93c",
                            "9bffffffffffffffff",
                            "bbffffffffffffffff",
                            "bb8000000000000000",
                            "5bffffffffffffffff",
                            "81818181818181818180",
                            "0000"})
        EXPECT_FALSE(skips(hex)) << hex;
}

}  // namespace
}  // namespace wa::passkey

#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace wa {
namespace {

TEST(Bytes, HexBothWays) {
    const Bytes bytes = {0x00, 0x0F, 0xA5, 0xFF};
    EXPECT_EQ(to_hex(bytes), "000fa5ff");
    EXPECT_EQ(from_hex("000FA5ff"), bytes);
    EXPECT_EQ(from_hex(""), Bytes{});
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0g"));
}

TEST(Bytes, Base64UrlBothWays) {
    const std::pair<std::string_view, std::string_view> examples[] = {
        {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xFB\xFF", "-_8"}};
    for (const auto& [plain, encoded] : examples) {
        EXPECT_EQ(to_base64url(as_span(plain)), encoded);
        EXPECT_EQ(from_base64url(encoded), to_bytes(plain)) << encoded;
    }
    for (const auto* bad : {"Zg==", "Z", "Zh", "Zm9v+", "Zm 9v", "-/8", "\xC5\xC5\xC5\xC5"})
        EXPECT_FALSE(from_base64url(bad)) << bad;
}

TEST(Bytes, WriterAndReaderAgree) {
    ByteWriter writer;
    writer.u8(7);
    for (const std::uint64_t value : {std::uint64_t(0), std::uint64_t(127), std::uint64_t(128),
                                      std::uint64_t(300), std::numeric_limits<std::uint64_t>::max()})
        writer.varint(value);
    writer.text("Müller");
    writer.raw(Bytes{1, 2});
    const auto bytes = std::move(writer).take();

    ByteReader reader(bytes);
    EXPECT_EQ(reader.u8(), 7);
    EXPECT_EQ(reader.varint(), 0u);
    EXPECT_EQ(reader.varint(), 127u);
    EXPECT_EQ(reader.varint(), 128u);
    EXPECT_EQ(reader.varint(), 300u);
    EXPECT_EQ(reader.varint(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(reader.text(7), "Müller");
    EXPECT_EQ(reader.remaining(), 2u);
    EXPECT_EQ(as_view(*reader.raw(2)), std::string_view("\x01\x02"));
    EXPECT_TRUE(reader.at_end());
}

TEST(Bytes, ReaderRefusesWhatIsNotThere) {
    const Bytes too_long = {5, 'a', 'b'};
    EXPECT_FALSE(ByteReader(too_long).bytes(100));
    const Bytes over_maximum = {3, 'a', 'b', 'c'};
    EXPECT_FALSE(ByteReader(over_maximum).text(2));
    const Bytes overlong_varint = {0x80, 0x00};
    EXPECT_FALSE(ByteReader(overlong_varint).varint());
    const Bytes more_than_64_bits = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02};
    EXPECT_FALSE(ByteReader(more_than_64_bits).varint());
    const Bytes endless(11, 0xFF);
    EXPECT_FALSE(ByteReader(endless).varint());
}

TEST(Bytes, ReaderStaysFailed) {
    const Bytes bytes = {9, 1, 2};
    ByteReader reader(bytes);
    EXPECT_FALSE(reader.bytes(3));
    EXPECT_TRUE(reader.failed());
    EXPECT_FALSE(reader.u8());
    EXPECT_FALSE(reader.raw(0));
    EXPECT_FALSE(reader.at_end());
}

}  // namespace
}  // namespace wa

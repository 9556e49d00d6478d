#include "base/hash.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

TEST(Hash, Sha256OfThePublishedExamples) {
    EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, IsReadFromARowOrNone) {
    const auto hash = sha256("abc");
    EXPECT_EQ(to_hash(Bytes(hash.begin(), hash.end())), hash);
    EXPECT_EQ(to_hash(Bytes(31, 1)), Hash{});
    EXPECT_EQ(to_hash(Bytes(33, 1)), Hash{});
}

TEST(Hash, StreamingGivesTheSame) {
    const std::string text(1000, 'x');
    Sha256 stream;
    for (std::size_t at = 0; at < text.size(); at += 70) stream.add(std::string_view(text).substr(at, 70));
    EXPECT_EQ(stream.finish(), sha256(text));
    stream.add("abc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
}

TEST(Hash, KeyChangesTheHash) {
    const Key32 zero;
    Key32 other;
    other.bytes[31] = 1;
    EXPECT_EQ(keyed_hash(zero, "abc"), keyed_hash(zero, "abc"));
    EXPECT_NE(keyed_hash(zero, "abc"), keyed_hash(other, "abc"));
    EXPECT_NE(keyed_hash(zero, "abc"), keyed_hash(zero, "abd"));
    // python3: hashlib.blake2b(b"abc", key=bytes(range(32)), digest_size=32)
    Key32 counting;
    for (std::size_t i = 0; i < 32; ++i) counting.bytes[i] = std::uint8_t(i);
    EXPECT_EQ(to_hex(keyed_hash(counting, "abc")),
              "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
}

TEST(Hash, ComparesInConstantTime) {
    EXPECT_TRUE(equal_in_constant_time(sha256("a"), sha256("a")));
    EXPECT_FALSE(equal_in_constant_time(sha256("a"), sha256("b")));
    EXPECT_FALSE(equal_in_constant_time(Bytes{1}, Bytes{1, 2}));
    EXPECT_TRUE(equal_in_constant_time(Bytes{}, Bytes{}));
}

}  // namespace
}  // namespace wa

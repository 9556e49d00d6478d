#include "kernel/envelope.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"

namespace wa {
namespace {

Envelope example() {
    Envelope e;
    e.previous = sha256("before");
    e.command_id = Id{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}.text();
    e.name = "case.submit";
    e.stream = e.command_id;
    e.device_id = "K1";
    e.tour_id = "tour-1";
    e.device_seq = 300;
    e.at_ms = 1'788'000'000'000;
    e.user_id = "clerk-1";
    e.place = "koffer";
    e.payload = R"({"a":1,"b":"Grüße"})";
    e.seen = {{"case_file", "c1", "v1"}, {"person", "p1", "v2"}};
    return e;
}

Key32 seed(std::string_view text) {
    return Key32(sha256(text));
}

TEST(Envelope, OneValueHasOneEncoding) {
    const auto bytes = write_envelope(example());
    ASSERT_TRUE(bytes);
    const auto parsed = parse_envelope(*bytes);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(write_envelope(*parsed), bytes);
    EXPECT_EQ(parsed->payload, example().payload);
    EXPECT_EQ(parsed->seen, example().seen);
    auto longer = *bytes;
    longer.push_back(0);
    EXPECT_FALSE(parse_envelope(longer));
    for (std::size_t size = 0; size < bytes->size(); ++size)
        EXPECT_FALSE(parse_envelope(std::span(*bytes).first(size))) << size;
}

TEST(Envelope, RefusesWhatItMustNotCarry) {
    const auto refused = [](auto change) {
        auto e = example();
        change(e);
        return !write_envelope(e);
    };
    EXPECT_TRUE(refused([](auto& e) { e.command_id = "x"; }));
    EXPECT_TRUE(refused([](auto& e) { e.device_seq = 0; }));
    EXPECT_TRUE(refused([](auto& e) { e.at_ms = -1; }));
    EXPECT_TRUE(refused([](auto& e) { e.name = "case submit"; }));
    EXPECT_TRUE(refused([](auto& e) { e.stream = ""; }));
    EXPECT_TRUE(refused([](auto& e) { e.payload = "[]"; }));
    EXPECT_TRUE(refused([](auto& e) { e.payload = R"({"b":1,"a":2})"; }));  // not canonical
    EXPECT_TRUE(refused([](auto& e) { e.payload = R"({"a": 1})"; }));
    EXPECT_TRUE(refused([](auto& e) { e.payload = R"({"a":1,"a":1})"; }));
    EXPECT_TRUE(refused([](auto& e) { e.seen[0].table = "case_file; DROP"; }));
    EXPECT_TRUE(refused([](auto& e) { e.seen.resize(1001, e.seen[0]); }));
    EXPECT_TRUE(
        refused([](auto& e) { e.payload = R"({"a":")" + std::string(max_envelope_payload, 'x') + R"("})"; }));
}

TEST(Envelope, BothSignaturesAreOverTheHash) {
    const auto device = SignKeys::from_seed(seed("device")), clerk = SignKeys::from_seed(seed("clerk"));
    const auto canonical = write_envelope(example()).value();
    const auto bytes = sign_envelope(canonical, device, clerk);
    const auto parsed = parse_signed_envelope(bytes);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->hash, envelope_hash(canonical));
    EXPECT_TRUE(signed_by_device(*parsed, device.public_key));
    EXPECT_TRUE(signed_by_clerk(*parsed, clerk.public_key));
    EXPECT_FALSE(signed_by_device(*parsed, clerk.public_key));
    EXPECT_FALSE(signed_by_clerk(*parsed, device.public_key));
    auto other = *parsed;
    other.hash = sha256("other");
    EXPECT_FALSE(signed_by_device(other, device.public_key));
}

/// What was proved before the keys of now were asked for is proved with those keys only.
TEST(Envelope, ProvedBeforeIsProvedWithThatKeyAlone) {
    const auto device = SignKeys::from_seed(seed("device")), clerk = SignKeys::from_seed(seed("clerk"));
    auto parsed =
        parse_signed_envelope(sign_envelope(write_envelope(example()).value(), device, clerk)).value();
    prove(parsed, clerk.public_key, device.public_key);
    EXPECT_FALSE(parsed.device_key || parsed.clerk_key);
    prove(parsed, std::nullopt, std::nullopt);
    EXPECT_FALSE(parsed.device_key || parsed.clerk_key);
    prove(parsed, device.public_key, clerk.public_key);
    EXPECT_EQ(parsed.device_key, device.public_key);
    EXPECT_EQ(parsed.clerk_key, clerk.public_key);
    EXPECT_TRUE(signed_by_device(parsed, device.public_key) && signed_by_clerk(parsed, clerk.public_key));
    EXPECT_FALSE(signed_by_device(parsed, clerk.public_key) || signed_by_clerk(parsed, device.public_key));
}

}  // namespace
}  // namespace wa

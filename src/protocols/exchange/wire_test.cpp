#include "protocols/exchange/wire.hpp"

#include <gtest/gtest.h>

namespace wa::exchange {
namespace {

Envelope sample() {
    Envelope e;
    e.id = "01JBXEXCHANGE0000000000001";
    e.type = "rueckmeldung";
    e.release = "2026-11-01";
    e.sender = "Meldebehörde 99001001";
    e.recipient = "Meldebehörde 99001002";
    e.due_on = "2026-11-09";
    e.sent_at = *parse_timestamp("2026-11-05T08:00:00Z");
    e.payload = {{"moved_in", "2026-10-26"}};
    return e;
}

TEST(ExchangeWire, AnEnvelopeComesBackAsItWas) {
    const auto text = json::serialize(to_json(sample()));
    const auto back = parse_envelope(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(json::serialize(to_json(*back)), text);
}

TEST(ExchangeWire, WhatIsMissingOrWrongIsNoEnvelope) {
    for (const auto* member : {"id", "type", "version", "sender", "recipient", "sent_at", "payload"}) {
        auto object = to_json(sample());
        object.erase(member);
        EXPECT_FALSE(parse_envelope(json::value(object))) << member;
        object[member] = json::array{1};
        EXPECT_FALSE(parse_envelope(json::value(object))) << member;
    }
    for (const auto* id :
         {"", "a b", "a/b", "ä", "\"", "1234567890123456789012345678901234567890123456789012345678901"}) {
        auto object = to_json(sample());
        object["id"] = id;
        EXPECT_FALSE(parse_envelope(json::value(object))) << id;
    }
    auto object = to_json(sample());
    object["due_on"] = "morgen";
    EXPECT_FALSE(parse_envelope(json::value(object)));
    EXPECT_FALSE(parse_envelope(std::string_view("{")));
    EXPECT_FALSE(parse_envelope(std::string_view("[]")));
    EXPECT_FALSE(parse_envelope(std::string(envelope_max + 1, ' ')));
}

TEST(ExchangeWire, SentAgainInAnotherReleaseIsTheSameMessage) {
    auto again = sample();
    again.release = "2027-05-01";
    again.sent_at.ms += 1000;
    EXPECT_EQ(content_of(again), content_of(sample()));
    again.payload["moved_in"] = "2026-10-27";
    EXPECT_NE(content_of(again), content_of(sample()));
}

TEST(ExchangeWire, ReleasesChangeInMayAndNovember) {
    EXPECT_EQ(release_on({2026, 11, 1}), "2026-11-01");
    EXPECT_EQ(release_on({2026, 10, 31}), "2026-05-01");
    EXPECT_EQ(release_on({2026, 5, 1}), "2026-05-01");
    EXPECT_EQ(release_on({2026, 4, 30}), "2025-11-01");
}

TEST(ExchangeWire, AnAddressIsOneSegment) {
    EXPECT_EQ(path_segment("Meldebehörde 99001001"), "Meldebeh%C3%B6rde%2099001001");
    EXPECT_EQ(path_segment("../a"), "..%2Fa");
}

}  // namespace
}  // namespace wa::exchange

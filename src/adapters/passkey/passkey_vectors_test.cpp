// Answers of a real browser verify, for every algorithm we accept, and only unchanged.
#include <gtest/gtest.h>

#include "adapters/passkey/chromium_vectors.hpp"
#include "adapters/passkey/passkey.hpp"
#include "adapters/passkey/public_key.hpp"

namespace wa::passkey {
namespace {

struct Recorded {
    std::string name, origin, rp_id;
    int algorithm = 0;
    json::object registration, assertion;
};

std::vector<Recorded> recorded() {
    const auto file = parse_json(chromium_vectors)->as_object();
    std::vector<Recorded> out;
    for (const auto& value : array_of(file, "vectors")) {
        const auto& vector = value.as_object();
        out.push_back({text_of(vector, "name"), text_of(file, "origin"), text_of(file, "rp_id"),
                       int(integer_of(vector, "alg")), object_of(vector, "registration"),
                       object_of(vector, "assertion")});
    }
    return out;
}

std::optional<NewPasskey> registered(const Recorded& vector) {
    return verify_registration(vector.registration, recorded_challenge(1), vector.origin, vector.rp_id);
}

std::optional<Assertion> signed_in(const Recorded& vector, const json::object& response,
                                   const NewPasskey& passkey) {
    return verify_assertion(response, recorded_challenge(2), vector.origin, vector.rp_id, passkey.credential,
                            passkey.public_key, passkey.sign_count);
}

TEST(ChromiumVectors, Verify) {
    const auto vectors = recorded();
    ASSERT_EQ(vectors.size(), 4U);
    for (const auto& vector : vectors) {
        SCOPED_TRACE(vector.name);
        const auto passkey = registered(vector);
        ASSERT_TRUE(passkey);
        EXPECT_EQ(passkey->sign_count, 1U);
        EXPECT_EQ(PublicKey::from_cose(passkey->public_key)->algorithm(), vector.algorithm);
        EXPECT_EQ(credential_of(vector.registration), passkey->credential);
        EXPECT_EQ(credential_of(vector.assertion), passkey->credential);
        EXPECT_EQ(as_view(*user_handle_of(vector.assertion)), "01JTESTUSER0000000000000000");
        const auto assertion = signed_in(vector, vector.assertion, *passkey);
        ASSERT_TRUE(assertion);
        EXPECT_EQ(assertion->sign_count, 2U);
        EXPECT_FALSE(verify_assertion(vector.registration, recorded_challenge(1), vector.origin, vector.rp_id,
                                      passkey->credential, passkey->public_key, 0));
        EXPECT_FALSE(
            verify_registration(vector.assertion, recorded_challenge(2), vector.origin, vector.rp_id));
    }
}

TEST(ChromiumVectors, NoBitOfWhatIsSignedMayChange) {
    for (const auto& vector : recorded()) {
        const auto passkey = registered(vector);
        ASSERT_TRUE(passkey);
        for (const auto* member : {"clientDataJSON", "authenticatorData", "signature"}) {
            const auto original = *from_base64url(text_of(object_of(vector.assertion, "response"), member));
            for (std::size_t i = 0; i < original.size(); ++i) {
                auto bytes = original;
                bytes[i] ^= std::uint8_t(1 << i % 8);
                auto response = vector.assertion;
                response["response"].as_object()[member] = to_base64url(bytes);
                EXPECT_FALSE(signed_in(vector, response, *passkey)) << vector.name << member << i;
            }
        }
    }
}

TEST(ChromiumVectors, AKeyOfAnotherKindVerifiesNothing) {
    const auto vectors = recorded();
    for (const auto& one : vectors)
        for (const auto& other : vectors) {
            auto passkey = *registered(one);
            passkey.public_key = registered(other)->public_key;
            EXPECT_EQ(signed_in(one, one.assertion, passkey).has_value(), one.name == other.name);
        }
}

TEST(ChromiumVectors, KeysAreCompleteOrNone) {
    for (const auto& vector : recorded()) {
        const auto key = registered(vector)->public_key;
        for (std::size_t length = 0; length < key.size(); ++length)
            EXPECT_FALSE(PublicKey::from_cose(std::span(key).first(length))) << vector.name << length;
        auto longer = key;
        longer.push_back(0);
        EXPECT_FALSE(PublicKey::from_cose(longer));
        auto more = key;  // another member
        more[0] += 1;
        more.insert(more.end(), {0x04, 0x00});
        EXPECT_FALSE(PublicKey::from_cose(more));
        auto twice = key;  // alg once more
        twice[0] += 1;
        twice.insert(twice.end(), {0x03, 0x26});
        EXPECT_FALSE(PublicKey::from_cose(twice));
    }
}

}  // namespace
}  // namespace wa::passkey

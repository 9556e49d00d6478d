#include "adapters/passkey/passkey.hpp"

#include <gtest/gtest.h>

#include "adapters/passkey/public_key.hpp"
#include "adapters/passkey/software_authenticator.hpp"

namespace wa::passkey {
namespace {

Challenge challenge(std::uint8_t first) {
    Challenge out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::uint8_t(first + 13 * i);
    return out;
}

const Challenge asked = challenge(1);
constexpr std::string_view origin = "https://amt.example", rp_id = "amt.example";

Told told() {
    Told out;
    out.challenge = asked;
    return out;
}

/// The defaults with one thing changed.
template <class Change>
Told but(Change change) {
    auto out = told();
    change(out);
    return out;
}

std::optional<NewPasskey> registered(const json::object& response) {
    return verify_registration(response, asked, origin, rp_id);
}

std::optional<Assertion> signed_in(const SoftwareAuthenticator& owner, const json::object& response,
                                   std::uint32_t stored_count = 0) {
    return verify_assertion(response, asked, origin, rp_id, owner.credential(), owner.cose_key(),
                            stored_count);
}

/// The response with one member of "response" replaced.
json::object with(json::object response, std::string_view member, const Bytes& bytes) {
    response["response"].as_object()[member] = to_base64url(bytes);
    return response;
}

/// What is wrong for both ceremonies.
std::vector<std::pair<std::string, Told>> lies() {
    return {
        {"challenge", but([](Told& t) { t.challenge = challenge(2); })},
        {"challenge, last byte", but([](Told& t) { t.challenge.back() ^= 1; })},
        {"type", but([](Told& t) { t.type = "payment.get"; })},
        {"http", but([](Told& t) { t.origin = "http://amt.example"; })},
        {"port", but([](Told& t) { t.origin = "https://amt.example:8443"; })},
        {"slash", but([](Told& t) { t.origin = "https://amt.example/"; })},
        {"lookalike", but([](Told& t) { t.origin = "https://amt.example.evil.example"; })},
        {"case", but([](Told& t) { t.origin = "https://Amt.example"; })},
        {"empty origin", but([](Told& t) { t.origin = ""; })},
        {"embedded", but([](Told& t) { t.more_client_data = R"(,"crossOrigin":true)"; })},
        {"embedded, said oddly", but([](Told& t) { t.more_client_data = R"(,"crossOrigin":"false")"; })},
        {"embedding page", but([](Told& t) {
             t.more_client_data = R"(,"crossOrigin":false,"topOrigin":"https://amt.example")";
         })},
        {"client data not JSON", but([](Told& t) { t.more_client_data = ","; })},
        {"relying party", but([](Told& t) { t.rp_id = "example"; })},
        {"user absent", but([](Told& t) { t.flags = 0x04; })},
        {"user not verified", but([](Told& t) { t.flags = 0x01; })},
        {"neither", but([](Told& t) { t.flags = 0; })},
        {"backed up, not eligible", but([](Told& t) { t.flags = 0x15; })},
        {"rubbish behind", but([](Told& t) { t.behind = {0xA0}; })},
        {"extensions missing", but([](Told& t) { t.flags = 0x85; })},
        {"extensions not a map", but([](Told& t) { t.flags = 0x85, t.behind = {0x80}; })},
        {"extensions cut", but([](Told& t) {
             t.flags = 0x85, t.behind = {0xA1, 0x61, 'a'};
         })},
        {"extensions and rubbish", but([](Told& t) {
             t.flags = 0x85, t.behind = {0xA0, 0x00};
         })},
    };
}

/// What is unusual and right for both ceremonies.
std::vector<std::pair<std::string, Told>> truths() {
    return {
        {"as expected", told()},
        {"no crossOrigin", but([](Told& t) { t.more_client_data = ""; })},
        {"members to come",
         but([](Told& t) { t.more_client_data = R"(,"other_keys_can_be_added_here":"x")"; })},
        {"backup eligible", but([](Told& t) { t.flags = 0x0D; })},
        {"backed up", but([](Told& t) { t.flags = 0x1D; })},
        {"no extensions", but([](Told& t) { t.flags = 0x85, t.behind = {0xA0}; })},
        {"an extension", but([](Told& t) {
             t.flags = 0x85, t.behind = {0xA1, 0x61, 'a', 0xF5};
         })},
        {"counts far", but([](Told& t) { t.sign_count = 0xFFFFFFFE; })},
    };
}

TEST(Passkey, OptionsAreWhatBrowsersParse) {
    const auto made = registration_options(rp_id, "Wanderamt", {to_bytes("u1"), "m.muster", "Maren Muster"},
                                           asked, {to_bytes("one")});
    EXPECT_EQ(
        canonical_json(made),
        R"({"attestation":"none","authenticatorSelection":{"requireResidentKey":false,"residentKey":"preferred",)"
        R"("userVerification":"required"},"challenge":")" +
            to_base64url(asked) +
            R"(","excludeCredentials":[{"id":"b25l","type":"public-key"}],"pubKeyCredParams":[)"
            R"({"alg":-7,"type":"public-key"},{"alg":-8,"type":"public-key"},{"alg":-257,"type":"public-key"}],)"
            R"("rp":{"id":"amt.example","name":"Wanderamt"},"timeout":300000,)"
            R"("user":{"displayName":"Maren Muster","id":"dTE","name":"m.muster"}})");
    EXPECT_EQ(canonical_json(assertion_options(rp_id, asked, {to_bytes("one"), to_bytes("two")})),
              R"({"allowCredentials":[{"id":"b25l","type":"public-key"},{"id":"dHdv","type":"public-key"}],)"
              R"("challenge":")" +
                  to_base64url(asked) +
                  R"(","rpId":"amt.example","timeout":300000,"userVerification":"required"})");
}

TEST(Passkey, RegistersAndSignsIn) {
    const SoftwareAuthenticator authenticator(1);
    for (const auto& [name, truth] : truths()) {
        SCOPED_TRACE(name);
        const auto passkey = registered(authenticator.registration(truth));
        ASSERT_TRUE(passkey);
        EXPECT_EQ(passkey->credential, authenticator.credential());
        EXPECT_EQ(passkey->public_key, authenticator.cose_key());
        EXPECT_EQ(passkey->sign_count, truth.sign_count);
        auto next = truth;
        ++next.sign_count;
        const auto assertion =
            verify_assertion(authenticator.assertion(next), asked, origin, rp_id, passkey->credential,
                             passkey->public_key, passkey->sign_count);
        ASSERT_TRUE(assertion);
        EXPECT_EQ(assertion->sign_count, truth.sign_count + 1);
    }
}

TEST(Passkey, RefusesEveryLie) {
    const SoftwareAuthenticator authenticator(1);
    for (const auto& [name, lie] : lies()) {
        EXPECT_FALSE(registered(authenticator.registration(lie))) << name;
        EXPECT_FALSE(signed_in(authenticator, authenticator.assertion(lie))) << name;
    }
    const auto no_credential = authenticator.auth_data(told(), false);
    EXPECT_FALSE(registered(with(authenticator.registration(told()), "attestationObject",
                                 SoftwareAuthenticator::attestation(no_credential))));
    EXPECT_FALSE(signed_in(authenticator, authenticator.assertion(but([](Told& t) { t.flags = 0x45; }))));
    EXPECT_FALSE(registered(authenticator.registration(but([](Told& t) { t.type = "webauthn.get"; }))));
    EXPECT_FALSE(
        signed_in(authenticator, authenticator.assertion(but([](Told& t) { t.type = "webauthn.create"; }))));
}

TEST(Passkey, SignCountMustGrowUnlessNobodyCounts) {
    const SoftwareAuthenticator authenticator(1);
    const auto says = [&](std::uint32_t count) {
        return authenticator.assertion(but([&](Told& t) { t.sign_count = count; }));
    };
    EXPECT_TRUE(signed_in(authenticator, says(0), 0));
    EXPECT_TRUE(signed_in(authenticator, says(1), 0));
    EXPECT_TRUE(signed_in(authenticator, says(8), 7));
    EXPECT_FALSE(signed_in(authenticator, says(7), 7));
    EXPECT_FALSE(signed_in(authenticator, says(6), 7));
    EXPECT_FALSE(signed_in(authenticator, says(0), 7));
    EXPECT_TRUE(signed_in(authenticator, says(0xFFFFFFFF), 0x7FFFFFFF));
}

TEST(Passkey, AnotherCredentialOrKeyIsRefused) {
    const SoftwareAuthenticator owner(1), other(2);
    EXPECT_FALSE(signed_in(owner, other.assertion(told())));
    EXPECT_FALSE(verify_assertion(other.assertion(told()), asked, origin, rp_id, other.credential(),
                                  owner.cose_key(), 0));
    EXPECT_FALSE(verify_assertion(owner.assertion(told()), asked, origin, rp_id, owner.credential(), {}, 0));
    auto renamed = owner.assertion(told());  // signed by the right key under another name
    renamed["id"] = renamed["rawId"] = to_base64url(other.credential());
    EXPECT_FALSE(signed_in(owner, renamed));
    auto foreign = owner.registration(told());  // names a credential that is not the one inside
    foreign["id"] = foreign["rawId"] = to_base64url(other.credential());
    EXPECT_FALSE(registered(foreign));
}

TEST(Passkey, TruncatedAtEveryLengthIsRefused) {
    const SoftwareAuthenticator authenticator(1);
    const auto data = authenticator.auth_data(told(), true);
    const auto attested = SoftwareAuthenticator::attestation(data);
    const auto registration = authenticator.registration(told());
    for (std::size_t length = 0; length < attested.size(); ++length)
        EXPECT_FALSE(registered(with(registration, "attestationObject",
                                     Bytes(attested.begin(), attested.begin() + std::ptrdiff_t(length)))));
    for (std::size_t length = 0; length < data.size(); ++length) {
        const Bytes cut(data.begin(), data.begin() + std::ptrdiff_t(length));
        EXPECT_FALSE(
            registered(with(registration, "attestationObject", SoftwareAuthenticator::attestation(cut))));
    }
    const auto assertion = authenticator.assertion(told());
    for (const auto* member : {"clientDataJSON", "authenticatorData", "signature"}) {
        const auto whole = *from_base64url(text_of(object_of(assertion, "response"), member));
        for (std::size_t length = 0; length < whole.size(); ++length)
            EXPECT_FALSE(signed_in(
                authenticator,
                with(assertion, member, Bytes(whole.begin(), whole.begin() + std::ptrdiff_t(length)))));
    }
}

TEST(Passkey, NoBitOfAnAssertionMayChange) {
    const SoftwareAuthenticator authenticator(1);
    const auto assertion = authenticator.assertion(told());
    ASSERT_TRUE(signed_in(authenticator, assertion));
    for (const auto* member : {"clientDataJSON", "authenticatorData", "signature"}) {
        const auto whole = *from_base64url(text_of(object_of(assertion, "response"), member));
        for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
            auto bytes = whole;
            bytes[bit / 8] ^= std::uint8_t(1 << bit % 8);
            EXPECT_FALSE(signed_in(authenticator, with(assertion, member, bytes))) << member << bit;
        }
    }
}

TEST(Passkey, AttestationIsIgnoredButMustBeWellFormed) {
    const SoftwareAuthenticator authenticator(1);
    const auto registration = authenticator.registration(told());
    const auto data = authenticator.auth_data(told(), true);
    const auto object = [&](std::string_view head_hex) {
        auto out = *from_hex(head_hex);
        const auto tail = *from_hex("68617574684461746158");
        out.insert(out.end(), tail.begin(), tail.end());
        out.push_back(std::uint8_t(data.size()));
        out.insert(out.end(), data.begin(), data.end());
        return with(registration, "attestationObject", out);
    };
    EXPECT_TRUE(registered(object("a363666d74646e6f6e656761747453746d74a0")));
    EXPECT_TRUE(registered(object("a363666d74667061636b65646761747453746d74a163616c6726")));  // packed
    EXPECT_FALSE(registered(object("a363666d74646e6f6e656761747453746d74a163616c6726")));  // none, not empty
    EXPECT_FALSE(registered(object("a363666d74646e6f6e656761747453746d7480")));            // no map
    EXPECT_FALSE(registered(object("a263666d74646e6f6e65")));                              // no attStmt
    EXPECT_FALSE(registered(object("a363666d74646e6f6e6563666d74646e6f6e65")));            // fmt twice
    EXPECT_FALSE(registered(object("a363666d74006761747453746d74a0")));
}

TEST(Passkey, AuthenticatorDataOfItsOwnMustAgree) {
    const SoftwareAuthenticator authenticator(1), other(2);
    const auto data = authenticator.auth_data(told(), true);
    auto response = with(authenticator.registration(told()), "authenticatorData", data);
    EXPECT_TRUE(registered(response));
    EXPECT_FALSE(registered(with(response, "authenticatorData", other.auth_data(told(), true))));
    response["response"].as_object().erase("attestationObject");
    EXPECT_TRUE(registered(response));
    response["response"].as_object().erase("authenticatorData");
    EXPECT_FALSE(registered(response));
}

TEST(Passkey, ShapesThatAreNotToJson) {
    const SoftwareAuthenticator authenticator(1);
    EXPECT_FALSE(registered({}));
    EXPECT_FALSE(signed_in(authenticator, {}));
    for (const auto* member : {"type", "id", "rawId", "response"}) {
        for (const auto& value : {json::value(nullptr), json::value(""), json::value("AA"), json::value(1)}) {
            auto registration = authenticator.registration(told());
            auto assertion = authenticator.assertion(told());
            registration[member] = assertion[member] = value;
            EXPECT_FALSE(registered(registration)) << member << value;
            EXPECT_FALSE(signed_in(authenticator, assertion)) << member << value;
        }
    }
    auto padded = authenticator.assertion(told());
    padded["id"] = padded["rawId"] = to_base64url(authenticator.credential()) + "=";
    EXPECT_FALSE(credential_of(padded));
    EXPECT_FALSE(signed_in(authenticator, padded));
    EXPECT_FALSE(credential_of({{"type", "public-key"}, {"id", ""}, {"rawId", ""}}));
    const auto long_id = to_base64url(Bytes(1024, 1));
    EXPECT_FALSE(credential_of({{"type", "public-key"}, {"id", long_id}, {"rawId", long_id}}));
}

TEST(Passkey, APointOffTheCurveIsNoKey) {
    auto key = SoftwareAuthenticator(1).cose_key();
    ASSERT_TRUE(PublicKey::from_cose(key));
    key.back() ^= 1;
    EXPECT_FALSE(PublicKey::from_cose(key));
}

}  // namespace
}  // namespace wa::passkey

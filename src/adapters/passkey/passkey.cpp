#include "adapters/passkey/passkey.hpp"

#include <algorithm>

#include "adapters/passkey/auth_data.hpp"
#include "adapters/passkey/public_key.hpp"
#include "base/assert.hpp"

namespace wa::passkey {
namespace {

using View = std::span<const std::uint8_t>;

constexpr std::size_t longest_client_data = 8 * 1024;
constexpr std::size_t longest_attestation = 64 * 1024;  // statements of other formats carry certificates
constexpr std::size_t longest_public_key = 300;         // RS256 with 2048 bits: 272
constexpr std::size_t longest_signature = 512;

json::array descriptors(const std::vector<Bytes>& credentials) {
    json::array out;
    for (const auto& credential : credentials)
        out.push_back(json::object{{"type", "public-key"}, {"id", to_base64url(credential)}});
    return out;
}

/// The member as bytes; empty when it is absent, not base64url, without content or longer than `maximum`.
std::optional<Bytes> bytes_of(const json::object& object, std::string_view key, std::size_t maximum) {
    const auto text = text_of(object, key);
    if (text.empty() || text.size() > maximum * 4 / 3 + 2) return std::nullopt;
    auto bytes = from_base64url(text);
    if (!bytes || bytes->size() > maximum) return std::nullopt;
    return bytes;
}

/// What both ceremonies bring along.
struct Received {
    Bytes credential;
    Bytes client_data;
};

/// § 7.1 steps 5–11 and § 7.2 steps 8–14: what the browser says about the page. Not signed by itself, but its
/// hash is.
bool client_data_fits(View client_data, std::string_view type, const Challenge& challenge,
                      std::string_view expected_origin) {
    const auto parsed = parse_json(as_view(client_data));
    const auto* object = parsed ? parsed->if_object() : nullptr;
    if (!object) return false;
    const auto* cross_origin = object->if_contains("crossOrigin");
    if (cross_origin && !(cross_origin->is_bool() && !cross_origin->get_bool())) return false;
    if (object->contains("topOrigin")) return false;  // only an embedded page has one
    return text_of(*object, "type") == type && text_of(*object, "challenge") == to_base64url(challenge) &&
           text_of(*object, "origin") == expected_origin;
}

std::optional<Received> receive(const json::object& response, std::string_view type,
                                const Challenge& challenge, std::string_view expected_origin) {
    auto credential = credential_of(response);
    auto client_data = bytes_of(object_of(response, "response"), "clientDataJSON", longest_client_data);
    if (!credential || !client_data) return std::nullopt;
    if (!client_data_fits(*client_data, type, challenge, expected_origin)) return std::nullopt;
    return Received{std::move(*credential), std::move(*client_data)};
}

/// From the attestation object or, where a browser sends none, from the member of its own. Both must agree.
std::optional<Bytes> registration_auth_data(const json::object& inner) {
    std::optional<Bytes> single;
    if (inner.contains("authenticatorData")) {
        single = bytes_of(inner, "authenticatorData", longest_attestation);
        if (!single) return std::nullopt;
    }
    if (!inner.contains("attestationObject")) return single;
    const auto object = bytes_of(inner, "attestationObject", longest_attestation);
    const auto inside = object ? auth_data_in(*object) : std::nullopt;
    if (!inside || (single && !std::ranges::equal(*inside, *single))) return std::nullopt;
    return Bytes(inside->begin(), inside->end());
}

}  // namespace

json::object registration_options(std::string_view rp_id, std::string_view rp_name, const Person& person,
                                  const Challenge& challenge, const std::vector<Bytes>& exclude) {
    WA_ASSERT(!rp_id.empty() && !person.id.empty() && person.id.size() <= 64);  // § 5.4.3
    json::array parameters;
    for (const int algorithm : algorithms)
        parameters.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
    return {{"rp", json::object{{"id", rp_id}, {"name", rp_name}}},
            {"user", json::object{{"id", to_base64url(person.id)},
                                  {"name", person.name},
                                  {"displayName", person.display_name}}},
            {"challenge", to_base64url(challenge)},
            {"pubKeyCredParams", std::move(parameters)},
            {"timeout", Challenges::lifetime_ms},
            {"excludeCredentials", descriptors(exclude)},
            {"authenticatorSelection", json::object{{"residentKey", "preferred"},
                                                    {"requireResidentKey", false},
                                                    {"userVerification", "required"}}},
            {"attestation", "none"}};
}

json::object assertion_options(std::string_view rp_id, const Challenge& challenge,
                               const std::vector<Bytes>& allowed) {
    WA_ASSERT(!rp_id.empty());
    return {{"challenge", to_base64url(challenge)},
            {"timeout", Challenges::lifetime_ms},
            {"rpId", rp_id},
            {"allowCredentials", descriptors(allowed)},
            {"userVerification", "required"}};
}

std::optional<Bytes> credential_of(const json::object& response) {
    if (text_of(response, "type") != "public-key") return std::nullopt;
    if (text_of(response, "id") != text_of(response, "rawId")) return std::nullopt;
    return bytes_of(response, "rawId", longest_credential);
}

std::optional<Bytes> user_handle_of(const json::object& response) {
    return bytes_of(object_of(response, "response"), "userHandle", 64);
}

std::optional<NewPasskey> verify_registration(const json::object& response, const Challenge& challenge,
                                              std::string_view expected_origin, std::string_view rp_id) {
    auto received = receive(response, "webauthn.create", challenge, expected_origin);
    const auto raw = received ? registration_auth_data(object_of(response, "response")) : std::nullopt;
    const auto auth_data = raw ? read_auth_data(*raw, Ceremony::registration, rp_id) : std::nullopt;
    if (!auth_data || !std::ranges::equal(auth_data->credential, received->credential)) return std::nullopt;
    const auto key = auth_data->public_key;
    if (key.size() > longest_public_key || !PublicKey::from_cose(key)) return std::nullopt;
    return NewPasskey{std::move(received->credential), Bytes(key.begin(), key.end()), auth_data->sign_count};
}

std::optional<Assertion> verify_assertion(const json::object& response, const Challenge& challenge,
                                          std::string_view expected_origin, std::string_view rp_id,
                                          View stored_credential, View stored_public_key,
                                          std::uint32_t stored_sign_count) {
    const auto received = receive(response, "webauthn.get", challenge, expected_origin);
    if (!received || !std::ranges::equal(received->credential, stored_credential)) return std::nullopt;
    const auto& inner = object_of(response, "response");
    const auto raw = bytes_of(inner, "authenticatorData", longest_attestation);
    const auto signature = bytes_of(inner, "signature", longest_signature);
    const auto auth_data = raw ? read_auth_data(*raw, Ceremony::assertion, rp_id) : std::nullopt;
    const auto key = PublicKey::from_cose(stored_public_key);
    if (!auth_data || !signature || !key) return std::nullopt;
    if (!key->verifies({rp_id, as_view(received->client_data), *raw, *signature})) return std::nullopt;
    const bool counts = auth_data->sign_count != 0 || stored_sign_count != 0;
    if (counts && auth_data->sign_count <= stored_sign_count) return std::nullopt;
    return Assertion{auth_data->sign_count};
}

}  // namespace wa::passkey

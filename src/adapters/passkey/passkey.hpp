// Passkeys on the server's side: W3C Web Authentication Level 3 (§ 7.1, § 7.2). Requests for the browser, and
// the check of what it sends back. Attestation is neither asked for nor trusted: any authenticator may be
// used.
//
// Everything here is pure: no clock, no randomness, no state. A challenge is 32 fresh random bytes of the
// caller, used once (adapters/passkey/challenges.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/passkey/challenges.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"

namespace wa::passkey {

/// Whose passkey is made.
struct Person {
    Bytes id;  ///< 1 … 64 bytes that say nothing about the person (the account's id); the later user handle
    std::string name;          ///< what one signs in with
    std::string display_name;  ///< what the authenticator's dialogue shows
};

/// What `PublicKeyCredential.parseCreationOptionsFromJSON` reads. `rp_id` is the host's name without port
/// ("amt.example", "localhost"), `rp_name` the office's. `exclude` are the person's credentials so far: the
/// same authenticator is then not registered twice.
json::object registration_options(std::string_view rp_id, std::string_view rp_name, const Person& person,
                                  const Challenge& challenge, const std::vector<Bytes>& exclude);

/// What is kept of a registered passkey.
struct NewPasskey {
    Bytes credential;  ///< 1 … 1023 bytes, unique among all passkeys
    Bytes public_key;  ///< COSE_Key (CBOR) as the authenticator wrote it, at most 300 bytes
    std::uint32_t sign_count = 0;
};

/// Checks `credential.toJSON()` of a registration. `expected_origin` is the page's origin as the browser
/// writes it
/// ("https://amt.example", "http://localhost:8080"). Empty when anything does not fit: type, challenge,
/// origin, an embedding page, relying party, user neither present nor verified, a key that is not ES256,
/// EdDSA (Ed25519) or RS256 (2048 bits), or CBOR that is not exactly what it should be. Whether the
/// credential is known already is the caller's question.
std::optional<NewPasskey> verify_registration(const json::object& response, const Challenge& challenge,
                                              std::string_view expected_origin, std::string_view rp_id);

/// What `PublicKeyCredential.parseRequestOptionsFromJSON` reads. With no allowed credentials the
/// authenticator offers what it holds for `rp_id`, and the answer does not tell whether an account exists.
json::object assertion_options(std::string_view rp_id, const Challenge& challenge,
                               const std::vector<Bytes>& allowed);

/// The credential a response speaks of, to look up its key: 1 … 1023 bytes, not verified. Empty when there is
/// none.
std::optional<Bytes> credential_of(const json::object& response);
/// The user handle (Person::id) of an assertion, not verified: authenticators need not sign it. When present
/// it must be the owner of the credential (§ 7.2 step 6); the caller compares.
std::optional<Bytes> user_handle_of(const json::object& response);

struct Assertion {
    std::uint32_t sign_count = 0;  ///< to be kept for the next time
};

/// Checks `credential.toJSON()` of a sign-in against the stored passkey. Empty when anything does not fit: as
/// in verify_registration, and another credential, a wrong signature, or a sign count that is not above the
/// stored one (unless both are 0: many authenticators do not count).
std::optional<Assertion> verify_assertion(const json::object& response, const Challenge& challenge,
                                          std::string_view expected_origin, std::string_view rp_id,
                                          std::span<const std::uint8_t> stored_credential,
                                          std::span<const std::uint8_t> stored_public_key,
                                          std::uint32_t stored_sign_count);

}  // namespace wa::passkey

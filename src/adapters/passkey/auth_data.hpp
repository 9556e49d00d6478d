// Authenticator data and attestation objects (WebAuthn § 6.1, § 6.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wa::passkey {

enum class Ceremony { registration, assertion };

/// Bytes of the longest name of a key (WebAuthn § 5.8.3).
inline constexpr std::size_t longest_credential = 1023;

/// Views into the authenticator data they were read from.
struct AuthData {
    std::uint32_t sign_count = 0;
    std::span<const std::uint8_t> credential;  ///< registration only: 1 … 1023 bytes
    std::span<const std::uint8_t> public_key;  ///< registration only: one CBOR map, not yet looked into
};

/// Reads authenticator data and checks what both ceremonies ask for: hash of the relying party's id, user
/// present and verified, backup flags that do not contradict each other, a credential in a registration and
/// none in an assertion, extensions that are one CBOR map, nothing behind. Empty when something does not fit.
std::optional<AuthData> read_auth_data(std::span<const std::uint8_t> bytes, Ceremony ceremony,
                                       std::string_view rp_id);

/// The authenticator data inside an attestation object: a map with fmt, attStmt and authData, nothing else.
/// The statement is not evaluated, whatever its format; that of format "none" must be empty.
std::optional<std::span<const std::uint8_t>> auth_data_in(std::span<const std::uint8_t> attestation_object);

}  // namespace wa::passkey

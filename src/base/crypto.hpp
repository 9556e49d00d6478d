// Signatures, sealed boxes and PIN-wrapped secrets (libsodium). Nothing here draws a random number: what must
// be random is an argument.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace wa {

using Signature = std::array<std::uint8_t, 64>;

/// Ed25519 (RFC 8032) keys from a seed of 32 random bytes.
struct SignKeys {
    Hash public_key{};
    std::array<std::uint8_t, 64> secret{};
    static SignKeys from_seed(const Key32& seed);
    ~SignKeys();
};
Signature sign(const SignKeys& keys, std::span<const std::uint8_t> message);
bool verify(const Hash& public_key, std::span<const std::uint8_t> message, const Signature& signature);

/// X25519 keys for sealed boxes, from the same seed as the signing keys.
struct SealKeys {
    Hash public_key{};
    Key32 secret;
    static SealKeys from_seed(const Key32& seed);
};
/// Encrypts so that only the holder of the secret key can read it. `ephemeral` are 32 fresh random bytes.
Bytes seal_to(const Hash& public_key, std::span<const std::uint8_t> message, const Key32& ephemeral);
std::optional<Bytes> open_sealed(const SealKeys& keys, std::span<const std::uint8_t> sealed);

/// XChaCha20-Poly1305 with a 24-byte random nonce in front; `context` is authenticated, not encrypted.
Bytes encrypt(const Key32& key, std::span<const std::uint8_t> message, std::string_view context,
              const std::array<std::uint8_t, 24>& nonce);
std::optional<Bytes> decrypt(const Key32& key, std::span<const std::uint8_t> box, std::string_view context);

/// Cost of Argon2id. Interactive: about 0.05 s and 64 MiB; strong: about 0.5 s and 256 MiB; test: least.
enum class HashCost { test, interactive, strong };
/// A key from a short secret (PIN) by Argon2id v1.3 (RFC 9106).
Key32 key_from_secret(std::string_view secret, const std::array<std::uint8_t, 16>& salt, HashCost cost);
/// A secret box under a PIN: cost, salt, nonce and cipher text in one.
Bytes wrap_with_secret(std::string_view secret, std::span<const std::uint8_t> message, HashCost cost,
                       const std::array<std::uint8_t, 16>& salt, const std::array<std::uint8_t, 24>& nonce);
std::optional<Bytes> unwrap_with_secret(std::string_view secret, std::span<const std::uint8_t> wrapped);

/// Password hash in the form "$argon2id$…", for accounts at the hub.
std::string hash_password(std::string_view password, HashCost cost, const std::array<std::uint8_t, 16>& salt);
bool password_matches(std::string_view hash, std::string_view password);

}  // namespace wa

// Hashes: SHA-256 (OpenSSL) for what is compared with the outside world, keyed BLAKE2b (libsodium) for our
// own.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace wa {

using Hash = std::array<std::uint8_t, 32>;

/// A secret of 32 bytes; wiped when it goes out of scope.
struct Key32 {
    std::array<std::uint8_t, 32> bytes{};

    Key32() = default;
    explicit Key32(const std::array<std::uint8_t, 32>& value) : bytes(value) {}
    Key32(const Key32&) = default;
    Key32& operator=(const Key32&) = default;
    ~Key32();
};

/// A hash as it stands in a row.
inline Bytes to_bytes(const Hash& hash) {
    return Bytes(hash.begin(), hash.end());
}
/// A hash or key from a row; all zero when it is not 32 bytes.
Hash to_hash(std::span<const std::uint8_t> bytes);

/// SHA-256 (FIPS 180-4).
Hash sha256(std::string_view text);
Hash sha256(std::span<const std::uint8_t> bytes);

/// SHA-256 of something that arrives in pieces.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view text);
    void add(std::span<const std::uint8_t> bytes);
    /// The hash of everything added. Once only; afterwards the object starts afresh.
    Hash finish();

  private:
    alignas(8) std::array<std::uint8_t, 112> state_{};  // SHA256_CTX, checked in hash.cpp
};

/// BLAKE2b-256 under a key (RFC 7693): the same text gives another hash under another key.
Hash keyed_hash(const Key32& key, std::string_view text);

/// Equality in a time that does not depend on where the two differ.
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

}  // namespace wa

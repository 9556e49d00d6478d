// Public keys of authenticators (COSE_Key, RFC 9052 § 7, RFC 9053) and signatures by them, through libfido2.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace wa::passkey {

/// COSE algorithm identifiers we accept, in the order of our preference (RFC 9053, RFC 8812).
inline constexpr std::array<int, 3> algorithms{-7 /* ES256 */, -8 /* EdDSA */, -257 /* RS256 */};

/// What a signature of an assertion covers, and what libfido2 checks besides: relying party, presence,
/// verification.
struct Signed {
    std::string_view rp_id;
    std::string_view client_data;
    std::span<const std::uint8_t> auth_data;
    std::span<const std::uint8_t> signature;
};

/// A key that can verify: a point on P-256 (uncompressed), an Ed25519 key, or RSA of 2048 bits with exponent
/// 65537.
class PublicKey {
  public:
    /// Empty when the bytes are not exactly one such key with its required members and no others (WebAuthn
    /// § 6.5.1).
    static std::optional<PublicKey> from_cose(std::span<const std::uint8_t> cose);

    int algorithm() const { return algorithm_; }
    bool verifies(const Signed& what) const;

  private:
    PublicKey(int algorithm, std::shared_ptr<const void> key) : algorithm_(algorithm), key_(std::move(key)) {}

    int algorithm_;
    std::shared_ptr<const void> key_;  // of libfido2: es256_pk_t, eddsa_pk_t or rs256_pk_t
};

}  // namespace wa::passkey

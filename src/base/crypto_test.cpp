#include "base/crypto.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

Key32 key(std::uint8_t first) {
    Key32 out;
    for (std::size_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] = std::uint8_t(first + i);
    return out;
}
const std::array<std::uint8_t, 16> salt{1, 2, 3};
const std::array<std::uint8_t, 24> nonce{4, 5, 6};

TEST(Crypto, SignatureHoldsForItsMessageAndKeyOnly) {
    const auto keys = SignKeys::from_seed(key(1));
    const auto signature = sign(keys, as_span("Anmeldung"));
    EXPECT_TRUE(verify(keys.public_key, as_span("Anmeldung"), signature));
    EXPECT_FALSE(verify(keys.public_key, as_span("Abmeldung"), signature));
    EXPECT_FALSE(verify(SignKeys::from_seed(key(2)).public_key, as_span("Anmeldung"), signature));
}

TEST(Crypto, SealedBoxOpensForItsRecipientOnly) {
    const auto recipient = SealKeys::from_seed(key(1));
    auto sealed = seal_to(recipient.public_key, as_span("Schlüssel der Tour"), key(9));
    ASSERT_TRUE(open_sealed(recipient, sealed));
    EXPECT_EQ(as_view(*open_sealed(recipient, sealed)), "Schlüssel der Tour");
    EXPECT_FALSE(open_sealed(SealKeys::from_seed(key(2)), sealed));
    sealed.back() ^= 1;
    EXPECT_FALSE(open_sealed(recipient, sealed));
    EXPECT_FALSE(open_sealed(recipient, Bytes(10)));
}

TEST(Crypto, EncryptedBoxIsBoundToItsContext) {
    const auto box = encrypt(key(1), as_span("Inhalt"), "tour 7", nonce);
    ASSERT_TRUE(decrypt(key(1), box, "tour 7"));
    EXPECT_FALSE(decrypt(key(1), box, "tour 8"));
    EXPECT_FALSE(decrypt(key(2), box, "tour 7"));
    EXPECT_FALSE(decrypt(key(1), Bytes(3), "tour 7"));
}

TEST(Crypto, WrappedSecretNeedsItsPin) {
    const auto wrapped = wrap_with_secret("135790", as_span("seed"), HashCost::test, salt, nonce);
    ASSERT_TRUE(unwrap_with_secret("135790", wrapped));
    EXPECT_EQ(as_view(*unwrap_with_secret("135790", wrapped)), "seed");
    EXPECT_FALSE(unwrap_with_secret("135791", wrapped));
    EXPECT_FALSE(unwrap_with_secret("135790", Bytes(5)));
    auto strange = wrapped;
    strange[0] = 200;
    EXPECT_FALSE(unwrap_with_secret("135790", strange));
}

TEST(Crypto, PasswordHashIsTheStandardForm) {
    const auto hash = hash_password("Deich und Düne 7", HashCost::test, salt);
    EXPECT_EQ(hash.rfind("$argon2id$v=19$", 0), 0u);
    EXPECT_TRUE(password_matches(hash, "Deich und Düne 7"));
    EXPECT_FALSE(password_matches(hash, "Deich und Düne 8"));
    EXPECT_FALSE(password_matches("", "x"));
    // Right, but of a cost that is none of ours: it could be one of days.
    const std::string_view foreign =
        "$argon2id$v=19$m=8,t=2,p=1$HZoW4xBfHVjKx62npLMW6A$EIIBZwnY4CPRX21+3mByd78ls0uwj91qSe0GBab5Di4";
    EXPECT_FALSE(password_matches(foreign, "x"));
}

}  // namespace
}  // namespace wa

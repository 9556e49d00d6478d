#include "base/crypto.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/assert.hpp"
#include "base/pin_key.hpp"

namespace wa {

namespace {

struct Cost {
    unsigned long long operations;
    std::size_t memory;
};

Cost cost_of(HashCost cost) {
    switch (cost) {
        case HashCost::test:
            return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
        case HashCost::interactive:
            return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
        case HashCost::strong:
            break;
    }
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

}  // namespace

SignKeys SignKeys::from_seed(const Key32& seed) {
    SignKeys keys;
    crypto_sign_seed_keypair(keys.public_key.data(), keys.secret.data(), seed.bytes.data());
    return keys;
}

SignKeys::~SignKeys() {
    sodium_memzero(secret.data(), secret.size());
}

Signature sign(const SignKeys& keys, std::span<const std::uint8_t> message) {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), keys.secret.data());
    return signature;
}

bool verify(const Hash& public_key, std::span<const std::uint8_t> message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) ==
           0;
}

SealKeys SealKeys::from_seed(const Key32& seed) {
    // A seed of its own, so that the two kinds of keys never share a secret.
    const auto derived = keyed_hash(seed, "wanderamt seal key");
    SealKeys keys;
    crypto_box_seed_keypair(keys.public_key.data(), keys.secret.bytes.data(), derived.data());
    return keys;
}

namespace {

std::array<std::uint8_t, crypto_box_NONCEBYTES> seal_nonce(const Hash& ephemeral, const Hash& recipient) {
    std::string both(as_view(ephemeral));
    both += as_view(recipient);
    const auto digest = sha256(both);
    std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
    std::copy_n(digest.begin(), nonce.size(), nonce.begin());
    return nonce;
}

}  // namespace

Bytes seal_to(const Hash& public_key, std::span<const std::uint8_t> message, const Key32& ephemeral) {
    const auto keys = SealKeys::from_seed(ephemeral);
    Bytes out(keys.public_key.size() + message.size() + crypto_box_MACBYTES);
    std::copy(keys.public_key.begin(), keys.public_key.end(), out.begin());
    const auto nonce = seal_nonce(keys.public_key, public_key);
    const int failed = crypto_box_easy(out.data() + keys.public_key.size(), message.data(), message.size(),
                                       nonce.data(), public_key.data(), keys.secret.bytes.data());
    WA_ASSERT(failed == 0);
    return out;
}

std::optional<Bytes> open_sealed(const SealKeys& keys, std::span<const std::uint8_t> sealed) {
    if (sealed.size() < 32 + crypto_box_MACBYTES) return std::nullopt;
    Hash ephemeral{};
    std::copy_n(sealed.begin(), ephemeral.size(), ephemeral.begin());
    const auto nonce = seal_nonce(ephemeral, keys.public_key);
    Bytes out(sealed.size() - 32 - crypto_box_MACBYTES);
    if (crypto_box_open_easy(out.data(), sealed.data() + 32, sealed.size() - 32, nonce.data(),
                             ephemeral.data(), keys.secret.bytes.data()) != 0)
        return std::nullopt;
    return out;
}

Bytes encrypt(const Key32& key, std::span<const std::uint8_t> message, std::string_view context,
              const std::array<std::uint8_t, 24>& nonce) {
    Bytes out(nonce.size() + message.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    std::copy(nonce.begin(), nonce.end(), out.begin());
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce.size(), nullptr, message.data(),
                                               message.size(),
                                               reinterpret_cast<const unsigned char*>(context.data()),
                                               context.size(), nullptr, nonce.data(), key.bytes.data());
    return out;
}

std::optional<Bytes> decrypt(const Key32& key, std::span<const std::uint8_t> box, std::string_view context) {
    constexpr std::size_t overhead = 24 + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (box.size() < overhead) return std::nullopt;
    Bytes out(box.size() - overhead);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, box.data() + 24,
                                                   box.size() - 24,
                                                   reinterpret_cast<const unsigned char*>(context.data()),
                                                   context.size(), box.data(), key.bytes.data()) != 0)
        return std::nullopt;
    return out;
}

Key32 key_from_secret(std::string_view secret, const std::array<std::uint8_t, 16>& salt, HashCost cost) {
    Key32 key;
    const auto limits = cost_of(cost);
    const int failed =
        crypto_pwhash(key.bytes.data(), key.bytes.size(), secret.data(), secret.size(), salt.data(),
                      limits.operations, limits.memory, crypto_pwhash_ALG_ARGON2ID13);
    WA_ASSERT(failed == 0);
    return key;
}

namespace {
constexpr std::string_view wrap_context = "wanderamt wrapped secret 1";
}

Bytes wrap_with_secret(std::string_view secret, std::span<const std::uint8_t> message, HashCost cost,
                       const std::array<std::uint8_t, 16>& salt, const std::array<std::uint8_t, 24>& nonce) {
    ByteWriter out;
    out.u8(std::uint8_t(cost));
    out.raw(salt);
    out.raw(encrypt(key_from_secret(secret, salt, cost), message, wrap_context, nonce));
    return std::move(out).take();
}

std::optional<Key32> key_from_pin(std::string_view pin, std::span<const std::uint8_t> recipe) {
    ByteReader reader(recipe);
    const auto cost = reader.u8();
    const auto salt_bytes = reader.raw(16);
    if (!cost || *cost > std::uint8_t(HashCost::strong) || !salt_bytes) return std::nullopt;
    std::array<std::uint8_t, 16> salt{};
    std::copy(salt_bytes->begin(), salt_bytes->end(), salt.begin());
    return key_from_secret(pin, salt, HashCost(*cost));
}

std::optional<Bytes> unwrap_with_key(const Key32& key, std::span<const std::uint8_t> wrapped) {
    if (wrapped.size() < pin_recipe_bytes) return std::nullopt;
    return decrypt(key, wrapped.subspan(pin_recipe_bytes), wrap_context);
}

Hash pin_auth(const Key32& key) {
    return keyed_hash(key, "wanderamt pin for a TPM 1");
}

std::optional<Bytes> unwrap_with_secret(std::string_view secret, std::span<const std::uint8_t> wrapped) {
    const auto key = key_from_pin(secret, wrapped);
    return key ? unwrap_with_key(*key, wrapped) : std::nullopt;
}

namespace {

/// How the text of a hash of this cost begins.
std::string phc_head(const Cost& limits) {
    return "$argon2id$v=19$m=" + std::to_string(limits.memory / 1024) +
           ",t=" + std::to_string(limits.operations) + ",p=1$";
}

/// The PHC text form, made from a raw key: crypto_pwhash_str would draw its own salt.
std::string phc_text(const Cost& limits, const std::array<std::uint8_t, 16>& salt, const Key32& key) {
    auto base64 = [](std::span<const std::uint8_t> bytes) {
        std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING),
                         '\0');
        sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
        text.pop_back();  // the terminating zero
        return text;
    };
    return phc_head(limits) + base64(salt) + "$" + base64(key.bytes);
}

}  // namespace

std::string hash_password(std::string_view password, HashCost cost,
                          const std::array<std::uint8_t, 16>& salt) {
    return phc_text(cost_of(cost), salt, key_from_secret(password, salt, cost));
}

bool password_matches(std::string_view hash, std::string_view password) {
    // The text says how long it is computed: one that is not of ours could say for days.
    constexpr std::array costs{HashCost::test, HashCost::interactive, HashCost::strong};
    if (std::none_of(costs.begin(), costs.end(),
                     [&](auto cost) { return hash.starts_with(phc_head(cost_of(cost))); }))
        return false;
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

}  // namespace wa

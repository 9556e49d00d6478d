#include "base/hash.hpp"

#include <sodium.h>

#include <new>

#include "base/assert.hpp"

namespace wa {
namespace {

// The state of libsodium lives in our own array, so that the header does not need <sodium.h>.
crypto_hash_sha256_state* state_in(std::array<std::uint8_t, 104>& bytes) {
    static_assert(sizeof(crypto_hash_sha256_state) <= 104 && alignof(crypto_hash_sha256_state) <= 8);
    static_assert(std::is_trivial_v<crypto_hash_sha256_state>);
    return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes.data()));
}

}  // namespace

Key32::~Key32() {
    sodium_memzero(bytes.data(), bytes.size());
}

Hash sha256(std::string_view text) {
    return sha256(as_span(text));
}

Hash sha256(std::span<const std::uint8_t> bytes) {
    Hash out;
    crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
    return out;
}

Sha256::Sha256() {
    crypto_hash_sha256_init(new (state_.data()) crypto_hash_sha256_state);
}

void Sha256::add(std::string_view text) {
    add(as_span(text));
}

void Sha256::add(std::span<const std::uint8_t> bytes) {
    crypto_hash_sha256_update(state_in(state_), bytes.data(), bytes.size());
}

Hash Sha256::finish() {
    Hash out;
    crypto_hash_sha256_final(state_in(state_), out.data());
    crypto_hash_sha256_init(state_in(state_));
    return out;
}

Hash keyed_hash(const Key32& key, std::string_view text) {
    Hash out;
    const auto input = as_span(text);
    const int failed = crypto_generichash_blake2b(out.data(), out.size(), input.data(), input.size(),
                                                  key.bytes.data(), key.bytes.size());
    WA_ASSERT(failed == 0);
    return out;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace wa

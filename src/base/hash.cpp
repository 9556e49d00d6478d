#include "base/hash.hpp"

// Its own functions rather than EVP: without memory from the heap and without looking for a provider, which
// would cost more than hashing an entry of the journal. They use the processor's own SHA instructions,
// libsodium does not.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sodium.h>

#include <algorithm>
#include <new>
#include <type_traits>

#include "base/assert.hpp"

namespace wa {
namespace {

// The state of OpenSSL lives in our own array, so that the header does not need its header.
SHA256_CTX* state_in(std::array<std::uint8_t, 112>& bytes) {
    static_assert(sizeof(SHA256_CTX) <= 112 && alignof(SHA256_CTX) <= 8);
    static_assert(std::is_trivial_v<SHA256_CTX>);
    return std::launder(reinterpret_cast<SHA256_CTX*>(bytes.data()));
}

}  // namespace

Key32::~Key32() {
    sodium_memzero(bytes.data(), bytes.size());
}

Hash to_hash(std::span<const std::uint8_t> bytes) {
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Hash sha256(std::string_view text) {
    return sha256(as_span(text));
}

Hash sha256(std::span<const std::uint8_t> bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.finish();
}

Sha256::Sha256() {
    SHA256_Init(new (state_.data()) SHA256_CTX);
}

void Sha256::add(std::string_view text) {
    add(as_span(text));
}

void Sha256::add(std::span<const std::uint8_t> bytes) {
    SHA256_Update(state_in(state_), bytes.data(), bytes.size());
}

Hash Sha256::finish() {
    Hash out;
    SHA256_Final(out.data(), state_in(state_));
    sodium_memzero(state_.data(), state_.size());  // the text may have been a secret
    SHA256_Init(state_in(state_));
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

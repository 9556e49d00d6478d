// The built-in code of this cipher is plain C and was a third of the hub's processor time where images came
// in. libsodium has the same functions for the vector units of the processor it finds. The bytes of the file
// are the same ones (page_cipher_test.cpp); docs/decisions/0002-sqlite-multiple-ciphers.md.
#include "adapters/sqlite/page_cipher.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/assert.hpp"
#include "base/hash.hpp"

namespace wa::sqlite {
namespace {

constexpr std::size_t key_bytes = 32, salt_bytes = 16, tag_bytes = 16;
/// The last four bytes of a page's nonce count its blocks, the twelve before are the nonce of the standard.
constexpr std::size_t nonce_bytes = 16, counter_at = 12;
constexpr std::size_t reserved_bytes = nonce_bytes + tag_bytes;
/// SQLite reads the size of a page and the like before there is a key; the salt stands before them.
constexpr std::size_t clear_on_first_page = 24;
constexpr char first_page_magic[salt_bytes + 1] = "SQLite format 3";

struct Cipher {
    Key32 key;
    std::array<unsigned char, salt_bytes> salt{};
};

Cipher& in(void* cipher) {
    return *static_cast<Cipher*>(cipher);
}

/// Encrypts or decrypts. The counter begins anywhere and goes on at zero after its end; libsodium allows only
/// one of the two in a call.
void apply_stream(unsigned char* bytes, std::size_t size, const unsigned char* nonce, std::uint32_t counter,
                  const unsigned char* key) {
    constexpr std::uint64_t counters = std::uint64_t(1) << 32, block = 64;
    const auto before_end = std::size_t(std::min<std::uint64_t>(size, (counters - counter) * block));
    crypto_stream_chacha20_ietf_xor_ic(bytes, bytes, before_end, nonce, counter, key);
    if (before_end < size)
        crypto_stream_chacha20_ietf_xor_ic(bytes + before_end, bytes + before_end, size - before_end, nonce,
                                           0, key);
}

/// What one page under one nonce is encrypted and proved with; wiped afterwards.
class PageKeys {
  public:
    PageKeys(const Cipher& cipher, int page, const unsigned char* nonce) : nonce_(nonce) {
        const auto* count = nonce + counter_at;
        counter_ = (std::uint32_t(count[0]) | std::uint32_t(count[1]) << 8 | std::uint32_t(count[2]) << 16 |
                    std::uint32_t(count[3]) << 24) ^
                   std::uint32_t(page);
        apply_stream(keys_.data(), keys_.size(), nonce_, counter_, cipher.key.bytes.data());
    }
    PageKeys(const PageKeys&) = delete;
    PageKeys& operator=(const PageKeys&) = delete;
    ~PageKeys() { sodium_memzero(keys_.data(), keys_.size()); }

    void apply(unsigned char* bytes, std::size_t size) const {
        apply_stream(bytes, size, nonce_, counter_ + 1, keys_.data() + key_bytes);
    }
    void make_tag(unsigned char* tag, const unsigned char* bytes, std::size_t size) const {
        crypto_onetimeauth_poly1305(tag, bytes, size, keys_.data());
    }
    bool is_tag(const unsigned char* tag, const unsigned char* bytes, std::size_t size) const {
        return crypto_onetimeauth_poly1305_verify(tag, bytes, size, keys_.data()) == 0;
    }

  private:
    const unsigned char* nonce_;
    std::uint32_t counter_ = 0;
    std::array<unsigned char, 2 * key_bytes> keys_{};
};

int encrypt_page(void* cipher, int page, unsigned char* data, int size, int reserved) {
    if (reserved < int(reserved_bytes)) return SQLITE_CORRUPT;
    const auto used = std::size_t(size) - reserved_bytes;
    const auto from = page == 1 ? clear_on_first_page : 0;
    auto* nonce = data + used;
    randombytes_buf(nonce, nonce_bytes);
    const PageKeys keys(in(cipher), page, nonce);
    keys.apply(data + from, used - from);
    if (page == 1) std::copy(in(cipher).salt.begin(), in(cipher).salt.end(), data);
    keys.make_tag(nonce + nonce_bytes, data, used + nonce_bytes);
    return SQLITE_OK;
}

int decrypt_page(void* cipher, int page, unsigned char* data, int size, int reserved, int) {
    const auto used = std::size_t(size) - reserved_bytes;
    const auto from = page == 1 ? clear_on_first_page : 0;
    const auto* nonce = data + used;
    if (reserved < int(reserved_bytes)) return page == 1 ? SQLITE_NOTADB : SQLITE_CORRUPT;
    const PageKeys keys(in(cipher), page, nonce);
    if (!keys.is_tag(nonce + nonce_bytes, data, used + nonce_bytes))
        return page == 1 ? SQLITE_NOTADB : SQLITE_CORRUPT;
    keys.apply(data + from, used - from);
    if (page == 1) std::memcpy(data, first_page_magic, salt_bytes);
    return SQLITE_OK;
}

/// @param given the 32 bytes themselves: our keys are random, nothing is derived
/// @param salt of the file; null for a new one
void take_key(void* cipher, char* given, int size, int renewed, unsigned char* salt) {
    WA_ASSERT(size == int(key_bytes));
    std::memcpy(in(cipher).key.bytes.data(), given, key_bytes);
    if (renewed || !salt)
        randombytes_buf(in(cipher).salt.data(), salt_bytes);
    else
        std::memcpy(in(cipher).salt.data(), salt, salt_bytes);
}

int make_known() {
    const CipherDescriptor descriptor{"wanderamt",
                                      [](sqlite3*) -> void* { return new Cipher; },
                                      [](void* cipher) { delete static_cast<Cipher*>(cipher); },
                                      [](void* to, void* from) { in(to) = in(from); },
                                      [](void*) { return 0; },  // no older form of the file
                                      [](void*) { return 0; },  // and no page size of its own
                                      [](void*) { return int(reserved_bytes); },
                                      [](void* cipher) { return in(cipher).salt.data(); },
                                      take_key,
                                      encrypt_page,
                                      decrypt_page};
    const CipherParams none[] = {{"", 0, 0, 0, 0}};
    WA_ASSERT(sodium_init() >= 0);
    WA_ASSERT(sqlite3mc_register_cipher(&descriptor, none, 0) == SQLITE_OK);
    return sqlite3mc_cipher_index(descriptor.m_name);
}

}  // namespace

int page_cipher() {
    static const int number = make_known();
    return number;
}

}  // namespace wa::sqlite

#include "adapters/passkey/public_key.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/err.h>

#include <algorithm>
#include <string>

#include "adapters/passkey/cbor.hpp"

namespace wa::passkey {
namespace {

using View = std::span<const std::uint8_t>;

/// OpenSSL keeps its errors per thread; whoever uses TLS on this thread next must not find ours.
struct ErrorScope {
    ~ErrorScope() { ERR_clear_error(); }
};

/// The members of the three kinds of keys. -1 is a curve (integer) or RSA's modulus (bytes).
struct Cose {
    std::optional<std::int64_t> type, algorithm, curve;
    std::optional<View> modulus, second, third;  // second: x or RSA's exponent; third: y
};

/// Reads one member; false for what is there twice, unknown, or of another kind than it must be.
bool read_member(CborReader& reader, bool rsa, Cose& cose) {
    const auto label = reader.integer();
    if (!label) return false;
    const auto set = [](auto& member, auto value) {
        if (member || !value) return false;
        member = value;
        return true;
    };
    switch (*label) {
        case 1:
            return set(cose.type, reader.integer());
        case 3:
            return set(cose.algorithm, reader.integer());
        case -1:
            return rsa ? set(cose.modulus, reader.bytes()) : set(cose.curve, reader.integer());
        case -2:
            return set(cose.second, reader.bytes());
        case -3:
            return set(cose.third, reader.bytes());
        default:
            return false;
    }
}

std::optional<Cose> read_cose(View bytes, bool rsa) {
    CborReader reader(bytes);
    const auto members = reader.map();
    if (!members) return std::nullopt;
    Cose cose;
    for (std::uint64_t i = 0; i < *members; ++i)
        if (!read_member(reader, rsa, cose)) return std::nullopt;
    if (!reader.at_end() || !cose.type || !cose.algorithm || !cose.second) return std::nullopt;
    return cose;
}

/// libfido2 checks that the point lies on the curve and that OpenSSL accepts the key.
template <class Key, Key* (*make)(), void (*free_key)(Key**), int (*from)(Key*, const void*, std::size_t)>
std::shared_ptr<const void> load(const Bytes& raw) {
    std::shared_ptr<Key> key(make(), [](Key* pointer) { free_key(&pointer); });
    if (!key || from(key.get(), raw.data(), raw.size()) != FIDO_OK) return nullptr;
    return key;
}

Bytes joined(View first, View second) {
    Bytes out(first.begin(), first.end());
    out.insert(out.end(), second.begin(), second.end());
    return out;
}

std::shared_ptr<const void> load_es256(const Cose& cose) {
    if (cose.type != COSE_KTY_EC2 || cose.algorithm != COSE_ES256 || cose.curve != COSE_P256) return nullptr;
    if (!cose.third || cose.second->size() != 32 || cose.third->size() != 32) return nullptr;
    return load<es256_pk_t, es256_pk_new, es256_pk_free, es256_pk_from_ptr>(
        joined(*cose.second, *cose.third));
}

std::shared_ptr<const void> load_eddsa(const Cose& cose) {
    if (cose.type != COSE_KTY_OKP || cose.algorithm != COSE_EDDSA || cose.curve != COSE_ED25519)
        return nullptr;
    if (cose.third || cose.second->size() != 32) return nullptr;
    return load<eddsa_pk_t, eddsa_pk_new, eddsa_pk_free, eddsa_pk_from_ptr>(joined(*cose.second, {}));
}

std::shared_ptr<const void> load_rs256(const Cose& cose) {
    constexpr std::array<std::uint8_t, 3> exponent{1, 0, 1};
    if (cose.type != COSE_KTY_RSA || cose.algorithm != COSE_RS256 || !cose.modulus || cose.third)
        return nullptr;
    if (cose.modulus->size() != 256 || (cose.modulus->front() & 0x80) == 0) return nullptr;
    if (!std::ranges::equal(*cose.second, exponent)) return nullptr;
    return load<rs256_pk_t, rs256_pk_new, rs256_pk_free, rs256_pk_from_ptr>(
        joined(*cose.modulus, *cose.second));
}

}  // namespace

std::optional<PublicKey> PublicKey::from_cose(View bytes) {
    const ErrorScope errors;
    if (const auto cose = read_cose(bytes, false)) {
        if (auto key = load_es256(*cose)) return PublicKey(COSE_ES256, std::move(key));
        if (auto key = load_eddsa(*cose)) return PublicKey(COSE_EDDSA, std::move(key));
    } else if (const auto rsa = read_cose(bytes, true)) {
        if (auto key = load_rs256(*rsa)) return PublicKey(COSE_RS256, std::move(key));
    }
    return std::nullopt;
}

bool PublicKey::verifies(const Signed& what) const {
    const ErrorScope errors;
    const std::unique_ptr<fido_assert_t, void (*)(fido_assert_t*)> check(
        fido_assert_new(), [](fido_assert_t* pointer) { fido_assert_free(&pointer); });
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    return check && fido_assert_set_count(check.get(), 1) == FIDO_OK &&
           fido_assert_set_rp(check.get(), std::string(what.rp_id).c_str()) == FIDO_OK &&
           fido_assert_set_up(check.get(), FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_uv(check.get(), FIDO_OPT_TRUE) == FIDO_OK &&
           fido_assert_set_clientdata(check.get(), bytes(what.client_data), what.client_data.size()) ==
               FIDO_OK &&
           fido_assert_set_authdata_raw(check.get(), 0, what.auth_data.data(), what.auth_data.size()) ==
               FIDO_OK &&
           fido_assert_set_sig(check.get(), 0, what.signature.data(), what.signature.size()) == FIDO_OK &&
           fido_assert_verify(check.get(), 0, algorithm_, key_.get()) == FIDO_OK;
}

}  // namespace wa::passkey

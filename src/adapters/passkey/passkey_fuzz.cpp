// What browsers and authenticators send comes from anyone: the JSON, the CBOR in it and the keys. The first
// byte says which of them the rest is; recorded answers of Chromium are changed as well, to get past the
// first checks.
#include <fido.h>

#include <algorithm>
#include <vector>

#include "adapters/passkey/auth_data.hpp"
#include "adapters/passkey/cbor.hpp"
#include "adapters/passkey/chromium_vectors.hpp"
#include "adapters/passkey/passkey.hpp"
#include "adapters/passkey/public_key.hpp"
#include "base/assert.hpp"
#include "base/hash.hpp"

namespace wa::passkey {
namespace {

using View = std::span<const std::uint8_t>;

constexpr std::string_view origin = "http://localhost:8765", rp_id = "localhost";

struct Recorded {
    json::object registration, assertion;
    NewPasskey passkey;
};

const std::vector<Recorded>& recorded() {
    static const auto all = [] {
        const auto file = parse_json(chromium_vectors)->as_object();
        std::vector<Recorded> out;
        for (const auto& value : array_of(file, "vectors")) {
            Recorded one{
                object_of(value.as_object(), "registration"), object_of(value.as_object(), "assertion"), {}};
            const auto passkey = verify_registration(one.registration, recorded_challenge(1), origin, rp_id);
            WA_ASSERT(passkey);
            one.passkey = *passkey;
            out.push_back(std::move(one));
        }
        return out;
    }();
    return all;
}

Bytes member(const json::object& response, std::string_view name) {
    return *from_base64url(text_of(object_of(response, "response"), name));
}

json::object with(json::object response, std::string_view name, View bytes) {
    response["response"].as_object()[name] = to_base64url(bytes);
    return response;
}

/// Changes, inserts or removes bytes: three bytes of input say where, how and what.
Bytes edited(Bytes bytes, View edits) {
    for (; edits.size() >= 3 && !bytes.empty(); edits = edits.subspan(3)) {
        const auto at = bytes.begin() + std::ptrdiff_t((edits[0] | (edits[1] & 3) << 8) % bytes.size());
        if ((edits[1] >> 2) % 3 == 0) *at = edits[2];
        if ((edits[1] >> 2) % 3 == 1) bytes.insert(at, edits[2]);
        if ((edits[1] >> 2) % 3 == 2) bytes.erase(at);
    }
    return bytes;
}

/// libfido2's own reader must find the same in what ours accepts.
void compare_with_libfido2(const PublicKey& key, View auth_data, const AuthData& ours) {
    fido_cred_t* theirs = fido_cred_new();
    WA_ASSERT(theirs && fido_cred_set_type(theirs, key.algorithm()) == FIDO_OK);
    if (fido_cred_set_authdata_raw(theirs, auth_data.data(), auth_data.size()) == FIDO_OK) {
        WA_ASSERT(fido_cred_sigcount(theirs) == ours.sign_count);
        WA_ASSERT(
            std::ranges::equal(View(fido_cred_id_ptr(theirs), fido_cred_id_len(theirs)), ours.credential));
    } else {
        // It looks into extensions, which we skip.
        WA_ASSERT((auth_data[32] & 0x80) != 0);
    }
    fido_cred_free(&theirs);
}

void check_registration(const json::object& response) {
    const auto passkey = verify_registration(response, recorded_challenge(1), origin, rp_id);
    if (!passkey) return;
    WA_ASSERT(!passkey->credential.empty() && passkey->credential.size() <= 1023);
    WA_ASSERT(credential_of(response) == passkey->credential);
    const auto key = PublicKey::from_cose(passkey->public_key);
    WA_ASSERT(key);
    const auto& inner = object_of(response, "response");
    const auto object = from_base64url(text_of(inner, "attestationObject"));
    const auto data = object && !object->empty()
                          ? Bytes(auth_data_in(*object)->begin(), auth_data_in(*object)->end())
                          : member(response, "authenticatorData");
    compare_with_libfido2(*key, data, *read_auth_data(data, Ceremony::registration, rp_id));
}

/// Nothing but the recorded answer itself carries the right signature.
void check_assertion(const Recorded& one, const json::object& response, bool unchanged) {
    const auto assertion =
        verify_assertion(response, recorded_challenge(2), origin, rp_id, one.passkey.credential,
                         one.passkey.public_key, one.passkey.sign_count);
    WA_ASSERT(assertion.has_value() == unchanged);
}

void check_registration_bytes(const Recorded& one, int mode, View input) {
    auto bare = one.registration;
    bare["response"].as_object().erase("authenticatorData");
    if (mode == 1) check_registration(with(bare, "attestationObject", input));
    if (mode == 2) {
        const auto hash = sha256(rp_id);
        Bytes data(hash.begin(), hash.end());
        data.insert(data.end(), input.begin(), input.end());
        bare["response"].as_object().erase("attestationObject");
        check_registration(with(bare, "authenticatorData", data));
    }
    if (mode == 3) check_registration(with(one.registration, "clientDataJSON", input));
    if (mode == 4)
        check_registration(with(bare, "attestationObject", edited(member(bare, "attestationObject"), input)));
}

void check_assertion_bytes(const Recorded& one, std::string_view name, View input) {
    const auto original = member(one.assertion, name);
    const auto changed = edited(original, input);
    check_assertion(one, with(one.assertion, name, changed), changed == original);
    const bool same = std::ranges::equal(input, original);
    check_assertion(one, with(one.assertion, name, input), same);
}

void check_reader(View input) {
    CborReader reader(input);
    while (reader.skip()) WA_ASSERT(reader.remaining() < input.size());
    WA_ASSERT(!reader.at_end() || input.empty() || reader.remaining() == 0);
    (void)PublicKey::from_cose(input);
    (void)auth_data_in(input);
}

}  // namespace
}  // namespace wa::passkey

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wa::passkey;
    if (size == 0) return 0;
    const auto& one = recorded()[std::size_t(data[0] >> 4) % recorded().size()];
    const std::span<const std::uint8_t> input(data + 1, size - 1);
    const int mode = data[0] & 15;
    if (mode == 0) {
        const auto value = wa::parse_json(wa::as_view(input));
        const auto* object = value ? value->if_object() : nullptr;
        if (!object) return 0;
        check_registration(*object);
        (void)user_handle_of(*object);
        (void)verify_assertion(*object, recorded_challenge(2), origin, rp_id, one.passkey.credential,
                               one.passkey.public_key, one.passkey.sign_count);
    } else if (mode <= 4) {
        check_registration_bytes(one, mode, input);
    } else if (mode <= 7) {
        constexpr std::string_view names[] = {"clientDataJSON", "authenticatorData", "signature"};
        check_assertion_bytes(one, names[mode - 5], input);
    } else if (mode == 8) {
        (void)PublicKey::from_cose(edited(one.passkey.public_key, input));
    } else {
        check_reader(input);
    }
    return 0;
}

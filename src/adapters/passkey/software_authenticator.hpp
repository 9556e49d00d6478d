// An authenticator in software, for tests: makes P-256 credentials and signs, and lies where a test asks it
// to.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <string>

#include "adapters/passkey/passkey.hpp"
#include "base/assert.hpp"
#include "base/hash.hpp"

namespace wa::passkey {

/// What goes into a response; the defaults are what the tests' server expects.
struct Told {
    std::string type;  ///< empty: the right one
    Challenge challenge{};
    std::string origin = "https://amt.example";
    std::string rp_id = "amt.example";
    std::string more_client_data = R"(,"crossOrigin":false)";
    std::uint8_t flags = 0x05;  ///< user present and verified; a registration adds "has credential"
    std::uint32_t sign_count = 1;
    Bytes behind;  ///< added to the authenticator data (extensions, rubbish)
};

class SoftwareAuthenticator {
  public:
    explicit SoftwareAuthenticator(std::uint8_t number)
        : credential_(32, number), key_(EVP_EC_gen("P-256"), &EVP_PKEY_free) {
        credential_[0] = 0xFE;
        point_.resize(65);
        std::size_t length = 0;
        WA_ASSERT(EVP_PKEY_get_octet_string_param(key_.get(), "encoded-pub-key", point_.data(), point_.size(),
                                                  &length) == 1);
    }

    const Bytes& credential() const { return credential_; }

    Bytes cose_key() const {
        Bytes out{0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20};
        out.insert(out.end(), point_.begin() + 1, point_.begin() + 33);
        out.insert(out.end(), {0x22, 0x58, 0x20});
        out.insert(out.end(), point_.begin() + 33, point_.end());
        return out;
    }

    Bytes auth_data(const Told& told, bool registration) const {
        const auto hash = sha256(told.rp_id);
        Bytes out(hash.begin(), hash.end());
        out.push_back(std::uint8_t(told.flags | (registration ? 0x40 : 0)));
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(std::uint8_t(told.sign_count >> shift));
        if (registration) {
            out.insert(out.end(), 16, 0);  // aaguid
            out.insert(out.end(), {0, std::uint8_t(credential_.size())});
            out.insert(out.end(), credential_.begin(), credential_.end());
            const auto key = cose_key();
            out.insert(out.end(), key.begin(), key.end());
        }
        out.insert(out.end(), told.behind.begin(), told.behind.end());
        return out;
    }

    static Bytes attestation(const Bytes& auth_data) {
        Bytes out = to_bytes(
            "\xA3\x63"
            "fmt\x64none\x67"
            "attStmt\xA0\x68"
            "authData\x59");
        out.insert(out.end(), {std::uint8_t(auth_data.size() >> 8), std::uint8_t(auth_data.size())});
        if (auth_data.size() < 256) {  // the shorter form
            out.erase(out.end() - 2);
            *(out.end() - 2) = 0x58;
        }
        out.insert(out.end(), auth_data.begin(), auth_data.end());
        return out;
    }

    /// As credential.toJSON() of create(), without the optional members.
    json::object registration(const Told& told) const {
        const auto attested = attestation(auth_data(told, true));
        return response({{"clientDataJSON", to_base64url(client_data(told, "webauthn.create"))},
                         {"attestationObject", to_base64url(attested)}});
    }

    /// As credential.toJSON() of get().
    json::object assertion(const Told& told) const {
        const auto data = auth_data(told, false);
        const auto client = client_data(told, "webauthn.get");
        return response({{"clientDataJSON", to_base64url(client)},
                         {"authenticatorData", to_base64url(data)},
                         {"signature", to_base64url(sign_over(data, client))},
                         {"userHandle", to_base64url(to_bytes("someone"))}});
    }

  private:
    json::object response(json::object inner) const {
        const auto id = to_base64url(credential_);
        return {{"type", "public-key"}, {"id", id}, {"rawId", id}, {"response", std::move(inner)}};
    }

    static Bytes client_data(const Told& told, std::string_view type) {
        return to_bytes(R"({"type":")" + (told.type.empty() ? std::string(type) : told.type) +
                        R"(","challenge":")" + to_base64url(told.challenge) + R"(","origin":")" +
                        told.origin + "\"" + told.more_client_data + "}");
    }

    Bytes sign_over(const Bytes& data, const Bytes& client) const {
        auto text = data;
        const auto hash = sha256(client);
        text.insert(text.end(), hash.begin(), hash.end());
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                              &EVP_MD_CTX_free);
        Bytes signature(80);
        auto length = signature.size();
        WA_ASSERT(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
                  EVP_DigestSign(context.get(), signature.data(), &length, text.data(), text.size()) == 1);
        signature.resize(length);
        return signature;
    }

    Bytes credential_;
    Bytes point_;
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

}  // namespace wa::passkey

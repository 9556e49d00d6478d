#include "adapters/pki/pki.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>

namespace wa::pki {
namespace {

template <auto free_function>
struct Free {
    template <class T>
    void operator()(T* pointer) const {
        free_function(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Csr = std::unique_ptr<X509_REQ, Free<X509_REQ_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

/// OpenSSL keeps its errors per thread; whoever uses TLS on this thread next must not find ours.
struct ErrorScope {
    ~ErrorScope() { ERR_clear_error(); }
};

Bio reader(std::string_view text) {
    return Bio(BIO_new_mem_buf(text.data(), int(text.size())));
}

std::string text_in(BIO* bio) {
    char* data = nullptr;
    const auto length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, std::size_t(length)) : std::string();
}

/// An encrypted key must not make a server ask its terminal for a password.
int no_password(char*, int, int, void*) {
    return -1;
}

Certificate read_certificate(std::string_view pem) {
    auto bio = reader(pem);
    return Certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr) : nullptr);
}

Key read_key(std::string_view pem) {
    auto bio = reader(pem);
    return Key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr) : nullptr);
}

std::string key_text(EVP_PKEY* key) {
    Bio bio(BIO_new(BIO_s_secmem()));
    if (!bio || !PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr))
        return {};
    return text_in(bio.get());
}

std::string certificate_text(X509* certificate) {
    Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || !PEM_write_bio_X509(bio.get(), certificate)) return {};
    return text_in(bio.get());
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t length = 0;
    return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) &&
           std::string_view(group.data(), length) == SN_X9_62_prime256v1;
}

bool set_common_name(X509_NAME* name, std::string_view text) {
    if (text.empty() || text.size() > 64) return false;
    return X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(text.data()), int(text.size()),
                                      -1, 0);
}

bool set_serial(X509* certificate) {
    std::array<unsigned char, 16> random{};
    if (RAND_bytes(random.data(), int(random.size())) != 1) return false;
    // Positive and never zero (RFC 5280 § 4.1.2.2).
    random[0] = static_cast<unsigned char>((random[0] & 0x3F) | 0x40);
    std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(random.data(), int(random.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool set_validity(X509* certificate, int days, Timestamp now) {
    if (days < 1 || days > 3650) return false;
    const auto at = std::time_t(now.ms / 1000);
    return ASN1_TIME_set(X509_getm_notBefore(certificate), at - 300) &&
           ASN1_TIME_adj(X509_getm_notAfter(certificate), at, days, 0);
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1);
}

/// All that a certificate of ours has in common; the caller adds the extensions that differ and signs.
Certificate draft(EVP_PKEY* public_key, std::string_view subject, X509* issuer, int days, Timestamp now) {
    Certificate certificate(X509_new());
    if (!certificate || !X509_set_version(certificate.get(), X509_VERSION_3) ||
        !set_serial(certificate.get()) || !set_validity(certificate.get(), days, now) ||
        !X509_set_pubkey(certificate.get(), public_key) ||
        !set_common_name(X509_get_subject_name(certificate.get()), subject))
        return nullptr;
    const auto* issuer_name = X509_get_subject_name(issuer ? issuer : certificate.get());
    if (!X509_set_issuer_name(certificate.get(), issuer_name)) return nullptr;
    if (!add_extension(certificate.get(), issuer ? issuer : certificate.get(), NID_subject_key_identifier,
                       "hash"))
        return nullptr;
    return certificate;
}

/// Leaves only: links to the authority and says what the certificate may be used for.
bool finish_leaf(X509* certificate, X509* issuer, EVP_PKEY* issuer_key, const std::string& usage) {
    return add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always") &&
           add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, issuer, NID_ext_key_usage, usage) &&
           X509_sign(certificate, issuer_key, EVP_sha256()) > 0;
}

struct Signer {
    Certificate certificate;
    Key key;
};

std::optional<Signer> signer_of(const Authority& authority) {
    Signer signer{read_certificate(authority.certificate_pem), read_key(authority.key_pem)};
    if (!signer.certificate || !signer.key) return std::nullopt;
    if (X509_check_private_key(signer.certificate.get(), signer.key.get()) != 1) return std::nullopt;
    return signer;
}

/// "DNS:hub.example,IP:127.0.0.1"; empty when a name could smuggle a further one in.
std::string alternative_names(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) {
        if (name.empty() || name.size() > 253) return {};
        std::array<unsigned char, 16> address{};
        const bool is_ip = inet_pton(AF_INET, name.c_str(), address.data()) == 1 ||
                           inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
        constexpr std::string_view host = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.*";
        if (!is_ip && name.find_first_not_of(host) != std::string::npos) return {};
        if (!out.empty()) out += ',';
        out += (is_ip ? "IP:" : "DNS:") + name;
    }
    return out;
}

std::optional<Identity> identity(X509* certificate, EVP_PKEY* key) {
    Identity made{certificate_text(certificate), key_text(key)};
    if (made.certificate_pem.empty() || made.key_pem.empty()) return std::nullopt;
    return made;
}

}  // namespace

std::optional<Authority> make_authority(std::string_view name, int days, Timestamp now) {
    const ErrorScope errors;
    Key key(EVP_EC_gen("P-256"));
    if (!key) return std::nullopt;
    auto certificate = draft(key.get(), name, nullptr, days, now);
    if (!certificate ||
        !add_extension(certificate.get(), certificate.get(), NID_basic_constraints,
                       "critical,CA:TRUE,pathlen:0") ||
        !add_extension(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
        X509_sign(certificate.get(), key.get(), EVP_sha256()) <= 0)
        return std::nullopt;
    return identity(certificate.get(), key.get());
}

std::optional<Identity> issue_server(const Authority& authority, const std::vector<std::string>& names,
                                     int days, Timestamp now) {
    const ErrorScope errors;
    const auto signer = signer_of(authority);
    const auto alternatives = alternative_names(names);
    Key key(EVP_EC_gen("P-256"));
    if (!signer || alternatives.empty() || !key) return std::nullopt;
    // The common name is no longer what is checked (RFC 9525); it only must fit.
    auto certificate =
        draft(key.get(), std::string_view(names.front()).substr(0, 64), signer->certificate.get(), days, now);
    if (!certificate ||
        !add_extension(certificate.get(), signer->certificate.get(), NID_subject_alt_name, alternatives) ||
        !finish_leaf(certificate.get(), signer->certificate.get(), signer->key.get(), "serverAuth"))
        return std::nullopt;
    return identity(certificate.get(), key.get());
}

std::optional<DeviceRequest> make_device_key_and_request(std::string_view name) {
    const ErrorScope errors;
    Key key(EVP_EC_gen("P-256"));
    Csr request(X509_REQ_new());
    if (!key || !request || !X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) ||
        !set_common_name(X509_REQ_get_subject_name(request.get()), name) ||
        !X509_REQ_set_pubkey(request.get(), key.get()) ||
        X509_REQ_sign(request.get(), key.get(), EVP_sha256()) <= 0)
        return std::nullopt;
    Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || !PEM_write_bio_X509_REQ(bio.get(), request.get())) return std::nullopt;
    DeviceRequest made{key_text(key.get()), text_in(bio.get())};
    if (made.key_pem.empty() || made.csr_pem.empty()) return std::nullopt;
    return made;
}

std::optional<std::string> issue_device(const Authority& authority, std::string_view csr_pem,
                                        std::string_view subject_id, int days, Timestamp now) {
    const ErrorScope errors;
    const auto signer = signer_of(authority);
    auto bio = reader(csr_pem);
    if (!signer || !bio || csr_pem.size() > 16 * 1024) return std::nullopt;
    Csr request(PEM_read_bio_X509_REQ(bio.get(), nullptr, no_password, nullptr));
    auto* public_key = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
    // The signature proves that the device holds the key it asks a certificate for.
    if (!public_key || !is_p256(public_key) || X509_REQ_verify(request.get(), public_key) != 1)
        return std::nullopt;
    auto certificate = draft(public_key, subject_id, signer->certificate.get(), days, now);
    if (!certificate ||
        !finish_leaf(certificate.get(), signer->certificate.get(), signer->key.get(), "clientAuth"))
        return std::nullopt;
    auto text = certificate_text(certificate.get());
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<Bytes> fingerprint(std::string_view certificate_pem) {
    const ErrorScope errors;
    const auto certificate = read_certificate(certificate_pem);
    if (!certificate) return std::nullopt;
    Bytes digest(32);
    unsigned int length = 0;
    if (!X509_digest(certificate.get(), EVP_sha256(), digest.data(), &length) || length != 32)
        return std::nullopt;
    return digest;
}

std::optional<Timestamp> expires_at(std::string_view certificate_pem) {
    const ErrorScope errors;
    const auto certificate = read_certificate(certificate_pem);
    std::tm parts{};
    if (!certificate || !ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts)) return std::nullopt;
    return Timestamp{std::int64_t(timegm(&parts)) * 1000};
}

std::optional<std::string> subject_of(std::string_view certificate_pem) {
    const ErrorScope errors;
    const auto certificate = read_certificate(certificate_pem);
    if (!certificate) return std::nullopt;
    auto* name = X509_get_subject_name(certificate.get());
    const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (index < 0) return std::nullopt;
    unsigned char* text = nullptr;
    const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    if (length < 0) return std::nullopt;
    std::string out(reinterpret_cast<const char*>(text), std::size_t(length));
    OPENSSL_free(text);
    return out;
}

bool fits(std::string_view certificate_pem, std::string_view key_pem) {
    const ErrorScope errors;
    const auto certificate = read_certificate(certificate_pem);
    const auto key = read_key(key_pem);
    return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

}  // namespace wa::pki

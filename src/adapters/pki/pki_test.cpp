#include "adapters/pki/pki.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace wa::pki {
namespace {

constexpr Timestamp now{1'800'000'000'000};

X509* parsed(const std::string& pem) {
    BIO* bio = BIO_new_mem_buf(pem.data(), int(pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    return certificate;
}

/// The result of a verification with that authority at `now` for a purpose (X509_V_OK = 0).
int verify(const std::string& leaf_pem, const std::string& authority_pem, int purpose) {
    X509* leaf = parsed(leaf_pem);
    X509* root = parsed(authority_pem);
    X509_STORE* store = X509_STORE_new();
    X509_STORE_add_cert(store, root);
    X509_STORE_CTX* context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf, nullptr);
    X509_STORE_CTX_set_time(context, 0, now.ms / 1000);
    X509_STORE_CTX_set_purpose(context, purpose);
    X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context), X509_V_FLAG_X509_STRICT);
    X509_verify_cert(context);
    const int error = X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    X509_free(root);
    X509_free(leaf);
    return error;
}

struct Pki : testing::Test {
    Authority authority = *make_authority("Test authority", 3650, now);
    Authority foreign = *make_authority("Foreign authority", 3650, now);
};

TEST_F(Pki, server_certificate_holds_its_names) {
    const auto server = issue_server(authority, {"hub.example.org", "127.0.0.1", "::1"}, 90, now);
    ASSERT_TRUE(server);
    EXPECT_TRUE(fits(server->certificate_pem, server->key_pem));
    EXPECT_FALSE(fits(server->certificate_pem, authority.key_pem));
    EXPECT_EQ(verify(server->certificate_pem, authority.certificate_pem, X509_PURPOSE_SSL_SERVER), X509_V_OK);
    EXPECT_NE(verify(server->certificate_pem, authority.certificate_pem, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
    EXPECT_NE(verify(server->certificate_pem, foreign.certificate_pem, X509_PURPOSE_SSL_SERVER), X509_V_OK);
    X509* certificate = parsed(server->certificate_pem);
    EXPECT_EQ(X509_check_host(certificate, "hub.example.org", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(certificate, "hub.example.com", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(certificate, "::1", 0), 1);
    X509_free(certificate);
    EXPECT_EQ(expires_at(server->certificate_pem)->ms, now.ms + std::int64_t{90} * 86'400'000);
}

TEST_F(Pki, names_that_smuggle_are_refused) {
    EXPECT_FALSE(issue_server(authority, {"a.example,DNS:b.example"}, 90, now));
    EXPECT_FALSE(issue_server(authority, {""}, 90, now));
    EXPECT_FALSE(issue_server(authority, {}, 90, now));
    EXPECT_FALSE(issue_server(authority, {"a.example\nCA:TRUE"}, 90, now));
}

TEST_F(Pki, device_is_issued_for_the_requested_key_only) {
    const auto request = make_device_key_and_request("Koffer 7");
    ASSERT_TRUE(request);
    const auto device = issue_device(authority, request->csr_pem, "01JD0000000000000000000000", 365, now);
    ASSERT_TRUE(device);
    EXPECT_TRUE(fits(*device, request->key_pem));
    EXPECT_EQ(subject_of(*device), "01JD0000000000000000000000");
    EXPECT_EQ(verify(*device, authority.certificate_pem, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
    EXPECT_NE(verify(*device, authority.certificate_pem, X509_PURPOSE_SSL_SERVER), X509_V_OK);
    EXPECT_EQ(fingerprint(*device)->size(), 32u);
    const auto again = issue_device(authority, request->csr_pem, "01JD0000000000000000000000", 365, now);
    EXPECT_NE(fingerprint(*device), fingerprint(*again)) << "serial numbers are random";
}

TEST_F(Pki, device_may_not_act_as_authority) {
    const auto request = make_device_key_and_request("Koffer 7");
    const auto device = issue_device(authority, request->csr_pem, "device", 365, now);
    const auto other = make_device_key_and_request("Koffer 8");
    const auto forged = issue_device({*device, request->key_pem}, other->csr_pem, "forged", 365, now);
    ASSERT_TRUE(forged);
    EXPECT_NE(verify(*forged, *device, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
    EXPECT_NE(verify(*forged, authority.certificate_pem, X509_PURPOSE_SSL_CLIENT), X509_V_OK);
}

std::string csr_text(X509_REQ* request) {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509_REQ(bio, request);
    char* data = nullptr;
    const auto length = BIO_get_mem_data(bio, &data);
    std::string text(data, std::size_t(length));
    BIO_free(bio);
    return text;
}

/// A request for `wanted`, signed with `signing`, that asks to become an authority.
std::string request_for(EVP_PKEY* wanted, EVP_PKEY* signing) {
    X509_REQ* request = X509_REQ_new();
    X509_REQ_set_pubkey(request, wanted);
    STACK_OF(X509_EXTENSION)* extensions = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(extensions,
                           X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE"));
    X509_REQ_add_extensions(request, extensions);
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    X509_REQ_sign(request, signing, EVP_sha256());
    auto text = csr_text(request);
    X509_REQ_free(request);
    return text;
}

TEST_F(Pki, request_is_checked_and_its_extensions_are_ignored) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    EVP_PKEY* other = EVP_EC_gen("P-256");
    EVP_PKEY* rsa = EVP_RSA_gen(1024);
    EXPECT_FALSE(issue_device(authority, request_for(key, other), "device", 365, now))
        << "signed by another key";
    EXPECT_FALSE(issue_device(authority, request_for(rsa, rsa), "device", 365, now)) << "weak RSA key";
    const auto device = issue_device(authority, request_for(key, key), "device", 365, now);
    ASSERT_TRUE(device);
    X509* certificate = parsed(*device);
    EXPECT_EQ(X509_check_ca(certificate), 0);
    X509_free(certificate);
    EVP_PKEY_free(key);
    EVP_PKEY_free(other);
    EVP_PKEY_free(rsa);
}

TEST_F(Pki, nonsense_is_empty) {
    const auto request = make_device_key_and_request("Koffer");
    EXPECT_FALSE(issue_device(authority, "nonsense", "device", 365, now));
    EXPECT_FALSE(issue_device(authority, request->csr_pem, "", 365, now));
    EXPECT_FALSE(issue_device(authority, request->csr_pem, std::string(65, 'x'), 365, now));
    EXPECT_FALSE(issue_device(authority, request->csr_pem, "device", 0, now));
    EXPECT_FALSE(issue_device(authority, request->csr_pem, "device", 3651, now));
    EXPECT_FALSE(
        issue_device({authority.certificate_pem, foreign.key_pem}, request->csr_pem, "device", 9, now));
    EXPECT_FALSE(make_device_key_and_request(""));
    EXPECT_FALSE(make_authority("", 10, now));
    EXPECT_FALSE(fingerprint("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"));
    EXPECT_FALSE(expires_at(""));
    EXPECT_FALSE(subject_of(request->key_pem));
    EXPECT_FALSE(fits("", ""));
}

}  // namespace
}  // namespace wa::pki

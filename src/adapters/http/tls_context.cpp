#include "adapters/http/tls_context.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "adapters/http/wire.hpp"
#include "base/assert.hpp"

namespace wa::http {
namespace {

namespace ssl = boost::asio::ssl;

/// A session ticket is good for a day; what it may stand for (device, certificate) is checked on every use.
constexpr long ticket_seconds = 24 * 60 * 60;

/// What the records of early data are longer than what is in them; what OpenSSL adds itself is enough for
/// six.
constexpr std::uint32_t early_records_overhead = 32 * (early_data_max / small_record + 1);

int ticket_index() {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

void set_common(ssl::context& context, bool bad_line) {
    auto* native = context.native_handle();
    WA_ASSERT(SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1);
    // Idle connections give their buffers back.
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_timeout(native, ticket_seconds);
    if (bad_line) SSL_CTX_set_max_send_fragment(native, small_record);
}

/// Encrypted keys are refused; without this OpenSSL would ask the terminal.
void refuse_passwords(ssl::context& context) {
    context.set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string(); });
}

bool load_identity(ssl::context& context, const std::string& certificate, const std::string& key,
                   std::string& error) {
    boost::system::error_code ec;
    refuse_passwords(context);
    context.use_certificate_chain(boost::asio::buffer(certificate), ec);
    if (ec) return error = "certificate: " + ec.message(), false;
    context.use_private_key(boost::asio::buffer(key), ssl::context::pem, ec);
    if (ec) return error = "private key: " + ec.message(), false;
    if (SSL_CTX_check_private_key(context.native_handle()) != 1)
        return error = "key and certificate do not fit", false;
    return true;
}

bool load_authorities(ssl::context& context, const std::string& pem, std::string& error) {
    boost::system::error_code ec;
    context.add_certificate_authority(boost::asio::buffer(pem), ec);
    if (ec) error = "certificate authority: " + ec.message();
    return !ec;
}

bool is_address(const std::string& name) {
    std::array<unsigned char, 16> address{};
    return inet_pton(AF_INET, name.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, name.c_str(), address.data()) == 1;
}

std::string identity_of(const LineOptions& options) {
    const auto& name = options.server_name.empty() ? options.host : options.server_name;
    return name + '\n' + options.ca_pem + '\n' + options.certificate_pem + '\n' + options.key_pem;
}

}  // namespace

std::shared_ptr<ssl::context> make_server_context(const Tls& tls, bool bad_line, std::string& error) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    set_common(*context, bad_line);
    auto* native = context->native_handle();
    // Sessions live in tickets only, not in our memory.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    constexpr unsigned char scope[] = "wanderamt";
    SSL_CTX_set_session_id_context(native, scope, sizeof scope - 1);
    if (!load_identity(*context, tls.certificate_pem, tls.key_pem, error)) return nullptr;
    if (!tls.client_ca_pem.empty()) {
        if (!load_authorities(*context, tls.client_ca_pem, error)) return nullptr;
        context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
        // A ticket holds the client's certificate, about 1 kB: one is enough for a device.
        SSL_CTX_set_num_tickets(native, 1);
        // With it a device may send this much beside the handshake, and it is worked on when that is done
        // (WireState::read_early): what is sent a second time by somebody else never is.
        SSL_CTX_set_max_early_data(native, early_data_max);
        // So much is passed over in case it cannot be read.
        SSL_CTX_set_recv_max_early_data(native, early_data_max + early_records_overhead);
        SSL_CTX_set_options(native, SSL_OP_NO_ANTI_REPLAY);
    }
    return context;
}

ClientTls::ClientTls(const LineOptions& options)
    : context_(ssl::context::tls_client), made_for_(identity_of(options)) {
    set_common(context_, true);
    auto* native = context_.native_handle();
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_set_ex_data(native, ticket_index(), this);
    SSL_CTX_sess_set_new_cb(native, &ClientTls::keep_ticket);
}

std::shared_ptr<ClientTls> ClientTls::make(const LineOptions& options, std::string& error) {
    std::shared_ptr<ClientTls> made(new ClientTls(options));
    if (!load_authorities(made->context_, options.ca_pem, error)) return nullptr;
    made->context_.set_verify_mode(ssl::verify_peer);
    if (!options.certificate_pem.empty() || !options.key_pem.empty())
        if (!load_identity(made->context_, options.certificate_pem, options.key_pem, error)) return nullptr;
    return made;
}

bool ClientTls::fits(const LineOptions& options) const {
    return made_for_ == identity_of(options);
}

int ClientTls::keep_ticket(SSL* connection, SSL_SESSION* session) {
    auto* self = static_cast<ClientTls*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), ticket_index()));
    unsigned char* der = nullptr;
    const int length = i2d_SSL_SESSION(session, &der);
    if (length > 0) {
        const std::lock_guard lock(self->mutex_);
        self->ticket_.assign(der, der + length);
    }
    OPENSSL_free(der);
    return 0;  // we keep no reference
}

bool ClientTls::prepare(SSL* connection, const std::string& server_name) {
    auto* parameters = SSL_get0_param(connection);
    if (is_address(server_name)) {
        if (X509_VERIFY_PARAM_set1_ip_asc(parameters, server_name.c_str()) != 1) return false;
    } else if (X509_VERIFY_PARAM_set1_host(parameters, server_name.c_str(), 0) != 1 ||
               SSL_set_tlsext_host_name(connection, server_name.c_str()) != 1) {
        return false;
    }
    const std::lock_guard lock(mutex_);
    const auto* der = ticket_.data();
    if (auto* session = ticket_.empty() ? nullptr : d2i_SSL_SESSION(nullptr, &der, long(ticket_.size()))) {
        SSL_set_session(connection, session);
        SSL_SESSION_free(session);
    }
    ERR_clear_error();
    return true;
}

Bytes checked_peer_fingerprint(SSL* connection) {
    Bytes digest;
    X509* certificate = SSL_get1_peer_certificate(connection);
    if (!certificate) return digest;
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0) {
        digest.resize(32);
        unsigned int length = 0;
        if (!X509_digest(certificate, EVP_sha256(), digest.data(), &length) || length != 32) digest.clear();
    }
    X509_free(certificate);
    return digest;
}

}  // namespace wa::http

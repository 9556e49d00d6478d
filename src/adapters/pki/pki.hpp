// A small certificate authority for the hub and its devices: EC P-256 with SHA-256, X.509 v3, as TLS 1.3
// and BSI TR-02102-2 allow.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace wa::pki {

/// A certificate and its private key (PKCS #8, not encrypted: the caller keeps it safe).
struct Identity {
    std::string certificate_pem;
    std::string key_pem;
};
/// May sign the certificates of others, but no further authorities.
using Authority = Identity;

/// All functions that make something are empty when OpenSSL cannot (no randomness, no memory) or when a
/// text is not what it should be. Validity begins 5 minutes before `now`, for clocks that are late, and lasts
/// `days` (1 … 3650) from `now`.

/// `name` (1 … 64 bytes) becomes the common name.
std::optional<Authority> make_authority(std::string_view name, int days, Timestamp now);

/// A key and a certificate for a server; `names` are DNS names and IP addresses (at least one).
std::optional<Identity> issue_server(const Authority& authority, const std::vector<std::string>& names,
                                     int days, Timestamp now);

struct DeviceRequest {
    std::string key_pem;
    std::string csr_pem;
};
/// A device's new key, which never leaves it, and the request (PKCS #10) to have it certified.
std::optional<DeviceRequest> make_device_key_and_request(std::string_view name);

/// A client certificate for the request's key. Only the public key is taken from it; subject, validity and
/// extensions are ours. Empty when the request is not readable, its signature is wrong, its key is not
/// EC P-256, or the authority's key does not fit its certificate. `subject_id` (1 … 64 bytes) becomes the
/// common name.
std::optional<std::string> issue_device(const Authority& authority, std::string_view csr_pem,
                                        std::string_view subject_id, int days, Timestamp now);

/// SHA-256 of the certificate (DER): what http::Request::peer_fingerprint holds. Empty: not a certificate.
std::optional<Bytes> fingerprint(std::string_view certificate_pem);
std::optional<Timestamp> expires_at(std::string_view certificate_pem);
/// The common name of the subject.
std::optional<std::string> subject_of(std::string_view certificate_pem);
/// Whether the private key belongs to the certificate.
bool fits(std::string_view certificate_pem, std::string_view key_pem);

}  // namespace wa::pki

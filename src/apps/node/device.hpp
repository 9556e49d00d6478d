// What makes this machine a Koffer of its hub: keys made here, a certificate fetched with a one-time code.
#pragma once

#include <optional>
#include <string>

#include "base/crypto.hpp"
#include "base/json.hpp"

namespace wa::node {

/// The enrolled device. Secrets lie in files readable by the service only; a TPM takes their place where
/// there is one (see the threat model).
struct Device {
    std::string id, name, tenant_id, tenant_name;
    std::string hub;
    int sync_port = 0;
    std::string ca_pem, certificate_pem, key_pem;
    SignKeys sign_keys;
    Key32 storage_key;  ///< second factor of every tour's key: a copied disk alone opens nothing with a PIN
};

/// The device, or empty while it is not enrolled.
std::optional<Device> read_device(const std::string& data_dir);

/// Makes the keys, fetches the certificate with the code, and writes the device. Throws std::runtime_error
/// with a plain sentence.
/// @param file contents of the enrolment file of the hub
void enrol_device(const std::string& data_dir, const json::object& file, const std::string& code);

}  // namespace wa::node

// What makes this machine a Koffer of its hub: keys made here, a certificate fetched with a one-time code.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/pki/pki.hpp"
#include "base/crypto.hpp"
#include "base/json.hpp"

namespace wa::node {

/// A certificate with its key that may be replaced at any time, from any thread.
class CurrentIdentity {
  public:
    pki::Identity get() const {
        std::lock_guard lock(mutex_);
        return identity_;
    }
    void set(pki::Identity identity) {
        std::lock_guard lock(mutex_);
        identity_ = std::move(identity);
    }

  private:
    mutable std::mutex mutex_;
    pki::Identity identity_;
};

/// The enrolled device. Its secrets lie in device.key: readable by the service only, and where the machine
/// has a TPM, under a key that only this TPM gives out.
struct Device {
    std::string id, name, tenant_id, tenant_name;
    std::string hub;
    int sync_port = 0;
    std::string ca_pem;
    /// Certificate and key towards the hub: replaced as one while lines are opened with it.
    std::shared_ptr<CurrentIdentity> identity;
    SignKeys sign_keys;
    Key32 storage_key;  ///< without a TPM: second factor of every tour's key
    std::string tpm;    ///< how to reach the TPM it was enrolled with; empty: without
};

/// Whether a machine's TPM is used when it is enrolled.
struct TpmChoice {
    std::string tcti;       ///< as tpm2-tss names it; empty: none is looked for
    bool demanded = false;  ///< without a TPM that works, the machine is not enrolled
};

/// The device, or empty while it is not enrolled.
std::optional<Device> read_device(const std::string& data_dir);

/// Makes the keys, fetches the certificate with the code, and writes the device. Throws std::runtime_error
/// with a plain sentence.
/// @param file contents of the enrolment file of the hub
/// @param again the machine is enrolled already and only needs a new certificate: its keys, its tour and what
///        waits in its queue stay. Refused when the file is for another device.
void enrol_device(const std::string& data_dir, const json::object& file, const std::string& code,
                  const TpmChoice& tpm, bool again = false);
/// Destroys what makes this machine a Koffer. What is sealed to the tenant is left for a stick.
void destroy_device(const std::string& data_dir);

/// A key whose certificate is asked for: kept on disk before the question, so that an answer always finds it.
pki::DeviceRequest prepare_next_key(const std::string& data_dir, const std::string& name);
/// Takes the certificate for the key prepared last. False when it does not belong to it; then nothing
/// changed.
bool take_certificate(const std::string& data_dir, const std::string& certificate_pem);

}  // namespace wa::node

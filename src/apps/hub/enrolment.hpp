// The hub's own certificate authority, and how a new Koffer gets its certificate: a one-time code.
#pragma once

#include <map>
#include <mutex>

#include "adapters/http/socket.hpp"
#include "adapters/pki/pki.hpp"
#include "apps/hub/tenants.hpp"

namespace wa::hub {

/// Days a device's certificate is valid; a tour does not outlast it.
inline constexpr int device_certificate_days = 365;
/// How long a one-time code is good.
inline constexpr std::int64_t code_minutes = 30;

class Enrolment {
  public:
    /// Reads or makes the authority below data_dir; `host` and the ports go into the enrolment file.
    Enrolment(Tenants& tenants, const std::string& data_dir, std::string host, int sync_port, int enrol_port);

    const std::string& ca_pem() const { return authority_.certificate_pem; }
    const pki::Identity& server() const { return server_; }

    /// A fresh one-time code, shown once to the administrator.
    static std::string make_code();
    static Hash hash_code(const std::string& code);
    /// What the Koffer needs besides the code: where the hub is and whom to trust. Holds no secret.
    json::object enrolment_file(const std::string& tenant_id, const std::string& device_id,
                                const std::string& name) const;
    /// The WebSocket a new Koffer asks: one request, one answer.
    http::SocketHandler handler();
    /// Devices of whose codes tries are remembered.
    std::size_t tried_devices();
    /// Checks code and request; the certificate and what the device must know, or the problem.
    void enrol(const json::object& request, std::function<void(Result<json::object>)> done);

    /// A new certificate for a device that still has a good one; it asks over its own connection.
    void renew(const Tenants::DeviceOf& device, const std::string& csr,
               std::function<void(Result<json::object>)> done);

  private:
    /// Whether this is the device's code, in time and not tried too often.
    bool code_fits(const Row& device, const json::object& request);
    /// Issues the certificate and notes it; with a signing key as the first one of a device.
    void certify(std::shared_ptr<service::TenantRunner> runner, const std::string& device_id,
                 const std::string& csr, const std::string& sign_key,
                 std::function<void(Result<json::object>)> done);

    Tenants& tenants_;
    std::string host_;
    int sync_port_, enrol_port_;
    pki::Authority authority_;
    pki::Identity server_;
    std::mutex mutex_;
    /// Wrong tries of one code; another code begins another count.
    struct WrongTries {
        Bytes code_hash;
        int wrong = 0;
    };
    /// By device, and only of devices that wait with a code: the port is open to everybody.
    std::map<std::string, WrongTries> wrong_tries_;
};

}  // namespace wa::hub

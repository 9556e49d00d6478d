// Many Koffer of one hub: enrolled, each with a tour, and cases taken for them beforehand.
#pragma once

#include "adapters/pki/pki.hpp"
#include "apps/bench/processes.hpp"
#include "kernel/outgoing.hpp"

namespace wa::bench {

struct FleetDevice {
    std::string id, tour_id, clerk_id;
    pki::Identity identity;
    SignKeys keys;
    // Its chain so far.
    std::int64_t last_seq = 0;
    Hash last_hash{};
};

/// A scan that need not be kept: its bytes follow from its number.
struct MadeScan {
    std::string hash;
    std::int64_t size = 0;
    std::uint64_t number = 0;
};
MadeScan make_scan(std::uint64_t number, std::int64_t size);
Bytes scan_chunk(const MadeScan& scan, std::int64_t position);

/// One case on its way: its envelopes in order and its scans.
struct FleetCase {
    std::vector<QueuedEnvelope> envelopes;
    std::vector<MadeScan> scans;
};

struct FleetTenant {
    std::string id;
    SignKeys clerk;
    std::vector<FleetDevice> devices;
};

/// A hub's data folder with Testland, and its Koffer; the hub must not run meanwhile.
class Fleet {
  public:
    /// `crowd` devices in the first tenant, `quiet` in the second.
    Fleet(const Options& options, int crowd, int quiet);

    /// What the hub is started with.
    const std::string& config() const { return config_; }
    std::uint16_t sync_port() const { return sync_port_; }
    const std::string& ca_pem() const { return ca_pem_; }
    FleetTenant crowd, quiet;

    /// The whole text of a case: opened, submitted, the privacy notice handed over (three commands); with
    /// `images` as many scans of 400 kB attached.
    FleetCase make_case(FleetDevice& device, int images);
    /// One small command: a case is opened.
    FleetCase make_opening(FleetTenant& tenant, FleetDevice& device);

  private:
    FleetTenant enrol(const std::string& tenant_id, int devices);
    void add(FleetCase& out, const FleetTenant& tenant, FleetDevice& device, const std::string& name,
             json::object payload);
    void keep(const MadeScan& scan);

    const Options& options_;
    std::string config_, ca_pem_;
    std::uint16_t sync_port_ = 0, enrol_port_ = 0;
    // Where the commands are prepared, as a Koffer does.
    Engine engine_;
    std::shared_ptr<Store> scratch_;
    TenantScope scope_;
    Actor clerk_;
    std::uint64_t scans_made_ = 0;
};

}  // namespace wa::bench

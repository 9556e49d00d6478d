// The tour on this Koffer: its encrypted store, and the keys that only a PIN of its staff opens.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "apps/node/device.hpp"
#include "kernel/command.hpp"
#include "kernel/registry.hpp"

namespace wa::node {

/// What is known of the loaded tour without a PIN: no citizen's data.
struct TourInfo {
    std::string tour_id, site, day;
    std::int64_t expires_ms = 0;
    Tenant tenant;
    struct Member {
        std::string user_id, name, login;
        Bytes wrapped_seed;  ///< the clerk's seed under their PIN
        Bytes sealed_key;    ///< the tour's key, sealed to the clerk, then to this device
    };
    std::vector<Member> staff;
    std::vector<CodeEntry> streets;
    std::int64_t journal_seq = 0;
};

/// A clerk who has proved their PIN.
struct OpenedClerk {
    TourInfo::Member member;
    SignKeys sign_keys;
    Key32 tour_key;
};

/// Files of the one tour a Koffer holds, below data_dir/tour.
class TourVault {
  public:
    TourVault(std::string data_dir, const Device& device);

    /// The loaded tour; empty when there is none.
    std::optional<TourInfo> info() const;
    /// Writes a fetched package: the rows into a new encrypted store, the rest beside it. The clerk who
    /// fetched it opens it.
    void load(const json::object& package, const OpenedClerk& clerk, const Registry& registry);
    /// Proves a PIN. Problems: sign_in_failed, account_locked (five wrong tries, counted on disk before
    /// each), tour_expired. Takes half a second.
    Result<OpenedClerk> open(const TourInfo& tour, const std::string& user_id, const std::string& pin,
                             std::int64_t now_ms);
    std::shared_ptr<Store> open_store(const Key32& tour_key) const;
    /// Destroys the keys first, then the files; afterwards nothing of the tour is on this machine.
    void destroy();
    std::string folder() const { return folder_; }

    /// The clerk's seed from their PIN. Every try is counted on disk before it is made; the same problems as
    /// open().
    Result<Key32> prove_pin(const std::string& user_id, const Bytes& wrapped_seed, const std::string& pin,
                            std::int64_t now_ms);
    /// The tour's key from a package, for the clerk with this seed.
    static std::optional<Key32> tour_key_from(const json::object& package, const std::string& user_id,
                                              const Key32& seed);

    /// Tours whose wiping the hub has not heard of yet.
    std::vector<std::string> wiped_unreported() const;
    void wiped_reported(const std::string& tour_id);

  private:
    Result<void> count_try(const std::string& user_id, std::int64_t now_ms);
    void clear_tries(const std::string& user_id);
    std::string tries_path() const { return data_dir_ + "/tries.json"; }

    std::string data_dir_, folder_;
    const Device& device_;
};

}  // namespace wa::node

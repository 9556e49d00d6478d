// The tour on this Koffer: its encrypted store, the keys that only a PIN of its staff opens, and what remains
// when its time is over.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "apps/node/device.hpp"
#include "apps/node/key_hold.hpp"
#include "apps/node/pin_tries.hpp"
#include "apps/node/spool.hpp"
#include "kernel/command.hpp"
#include "kernel/registry.hpp"

namespace wa::node {

/// What is known of the loaded tour without a PIN: no citizen's data.
struct TourInfo {
    std::string tour_id, site, day, device_id;
    std::int64_t expires_ms = 0;
    bool expired = false;  ///< its key is destroyed; only what is sealed to the tenant is left
    Tenant tenant;
    Hash tenant_key{};  ///< what work is sealed to
    struct Member {
        std::string user_id, name, login;
        Bytes pin_recipe;    ///< how the PIN becomes a key
        Bytes wrapped_seed;  ///< the clerk's seed under their PIN, then under the outer key
        Bytes sealed_key;    ///< the tour's key, sealed to the clerk, then under the outer key
    };
    std::vector<Member> staff;
    json::object kept;  ///< what the machine remembers of the outer key
    std::vector<CodeEntry> streets;
    std::int64_t journal_seq = 0;
};

/// A clerk who has proved their PIN.
struct OpenedClerk {
    TourInfo::Member member;
    SignKeys sign_keys;
    Key32 tour_key;
    std::optional<Hash> pin_auth;
};

/// Files of the one tour a Koffer holds, below data_dir/tour. Thread-safe.
class TourVault {
  public:
    TourVault(std::string data_dir, const Device& device);

    /// The loaded tour; empty when there is none.
    std::optional<TourInfo> info() const;
    /// Writes a fetched package: the rows into a new encrypted store, the rest beside it. The clerk who
    /// fetched it opens it. Throws std::runtime_error when the machine does not take the keys.
    void load(const json::object& package, const OpenedClerk& clerk, const Registry& registry);
    /// Proves a PIN. Problems: sign_in_failed, tours_pin_locked (five wrong tries, counted on disk before
    /// each; a TPM counts by itself), tour_expired. Takes half a second.
    Result<OpenedClerk> open(const TourInfo& tour, const std::string& user_id, const std::string& pin,
                             std::int64_t now_ms);
    std::shared_ptr<Store> open_store(const Key32& tour_key) const;
    /// Opens what is sealed; it needs no key.
    std::shared_ptr<Spool> open_spool(const TourInfo& tour) const;
    /// The time is over: destroys the keys, then the store. What is sealed to the tenant stays. Nobody has
    /// the store open any more. False when the machine did not let go of a key; to be tried again.
    bool expire();
    /// Destroys the keys first, then the files; afterwards nothing of the tour is on this machine.
    void destroy();
    std::string folder() const { return folder_; }

    /// The latest time this tour has seen: a clock turned back does not make it young again.
    std::int64_t time(std::int64_t now_ms);

    /// A PIN that the hub is to judge: counted on disk already.
    struct PinTry {
        std::string user_id;
        Key32 key;
        Hash auth{};  ///< what proves it
    };
    /// @param recipe how the PIN becomes a key. Problems: tours_pin_locked; store_damaged when it is none.
    Result<PinTry> try_pin(const std::string& user_id, const Bytes& recipe, const std::string& pin,
                           std::int64_t now_ms);
    /// It was right: the clerk's seed from what the hub gave out. Empty when that is not under this PIN.
    std::optional<Key32> seed_of(const PinTry& tried, const Bytes& wrapped_seed);
    /// Nobody has judged it.
    void not_judged(const PinTry& tried) { tries_.give_back(tried.user_id); }
    /// The tour's key from a package, for the clerk with this seed.
    static std::optional<Key32> tour_key_from(const json::object& package, const std::string& user_id,
                                              const Key32& seed);

    /// Tours whose wiping the hub has not heard of yet.
    std::vector<std::string> wiped_unreported() const;
    void wiped_reported(const std::string& tour_id);

  private:
    void seal_keys(json::object& open, const OpenedClerk& clerk, std::int64_t now_ms);
    void remove_store() const;
    void remember(std::optional<TourInfo> tour) const;

    std::string data_dir_, folder_;
    std::unique_ptr<KeyHold> hold_;
    PinTries tries_;
    std::string device_id_;
    mutable std::mutex mutex_;
    mutable bool read_ = false;
    mutable std::optional<TourInfo> info_;
    std::int64_t seen_ms_ = 0, seen_written_ms_ = 0;
};

}  // namespace wa::node

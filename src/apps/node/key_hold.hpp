// Where the outer key of a tour lies. Nothing of the tour opens without it, and it goes without a PIN: when
// the tour has expired, is handed back, or the Koffer was reported lost.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "base/result.hpp"

namespace wa::node {

/// The machine does not take the tour's key now; the problem says why.
struct NotKept : std::runtime_error {
    explicit NotKept(Problem why)
        : std::runtime_error("the tour's key is not kept"), problem(std::move(why)) {}
    Problem problem;
};

class KeyHold {
  public:
    struct Member {
        std::string user_id;
        std::optional<Hash> pin_auth;  ///< wa::pin_auth; empty for a PIN set before hubs kept it
    };
    virtual ~KeyHold() = default;

    /// Keeps the key for these people until then. What to remember of it is nothing secret. Throws NotKept
    /// when the machine refuses.
    virtual json::object keep(const Key32& outer, const std::vector<Member>& members, std::int64_t expires_ms,
                              std::int64_t now_ms) = 0;
    /// Problems: sign_in_failed, tours.chip_locked, tour_expired, store_damaged, tours.pin_anew,
    /// tours.chip_silent, tours.chip_empty.
    virtual Result<Key32> give(const json::object& kept, const std::string& user_id, const Hash& auth) = 0;
    /// Nobody gets it any more. False when the machine did not do it; then it is to be tried again.
    virtual bool destroy() = 0;
    /// The time as far as it is known; keeps a clock of the machine's own in step.
    virtual void time_is(const json::object&, std::int64_t /*expires_ms*/, std::int64_t /*now_ms*/) {}
};

/// In a file of the tour's folder, under the device's storage key: no more than the device key protects it.
std::unique_ptr<KeyHold> hold_in_file(std::string path, const Key32& storage_key);

/// In the machine's TPM, for each clerk under their PIN, until the TPM's own clock has passed the end.
std::unique_ptr<KeyHold> hold_in_tpm(const std::string& tcti);

/// A key for the machine alone, without PIN and without end: what the device's own keys lie under. Slot 0 of
/// the TPM. Throws std::runtime_error when the TPM refuses.
Key32 make_machine_key(const std::string& tcti);
/// Throws std::runtime_error when it is gone, or this is another machine.
Key32 machine_key(const std::string& tcti);
bool destroy_machine_key(const std::string& tcti);

}  // namespace wa::node

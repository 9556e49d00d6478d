// Work of a node arriving at the hub: proved, run again, answered. Whatever the answer, nothing is discarded.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/engine.hpp"
#include "kernel/envelope.hpp"
#include "kernel/outgoing.hpp"

namespace wa {

/// The device the connection was authenticated as.
struct KnownDevice {
    std::string id;
    std::string name;  ///< as people know it
    Hash sign_key{};
    bool revoked = false;
};
/// A clerk of a tour, as the hub knows them today.
struct KnownClerk {
    Hash sign_key{};
    Actor actor;
    /// Works here no longer: what they signed is proved by their key, and waits for somebody to take it over.
    bool left = false;
    /// What they signed with before, as far as the tour may have been packed with it.
    std::vector<Hash> former_keys = {};
};
/// Empty when the tour is unknown, not this device's, or the user is not of its staff.
using ClerkLookup = std::function<std::optional<KnownClerk>(
    Transaction& tx, const std::string& device_id, const std::string& tour_id, const std::string& user_id)>;

enum class ArrivalKind {
    accepted,  ///< new, the chain went on; the answer is final or quarantined
    repeated,  ///< had arrived before; the stored answer again
    gap,       ///< one before it is missing: send again from need_from; nothing was stored
    forged,    ///< kept in quarantine with an alarm; the chain did not go on
};
struct Arrival {
    ArrivalKind kind = ArrivalKind::accepted;
    HubAnswer answer;                ///< for accepted, repeated and forged (device_seq 0 if unreadable)
    std::int64_t need_from = 0;      ///< for gap
    bool clock_ahead = false;        ///< its own time is more than 24 h after its arrival
    bool alarm = false;              ///< journalled; to be shown to who watches the security
    std::string command_id, stream;  ///< empty if unreadable
};

/// Takes one signed envelope inside a writing transaction; does not commit. Everything that follows from it
/// (rows, journal, done mark, chain, quarantine) is in that transaction. A StoreError for a full or damaged
/// store passes through: then nothing arrived, and the node sends it again.
Arrival accept_envelope(Transaction& tx, const Engine& engine, const TenantScope& scope,
                        const KnownDevice& device, const ClerkLookup& clerks,
                        std::span<const std::uint8_t> signed_bytes, Timestamp arrived_at);
/// The same of one that was read before, and perhaps proved. `arrived`: what parse_signed_envelope makes of
/// `signed_bytes`.
Arrival accept_envelope(Transaction& tx, const Engine& engine, const TenantScope& scope,
                        const KnownDevice& device, const ClerkLookup& clerks,
                        std::span<const std::uint8_t> signed_bytes,
                        const std::optional<SignedEnvelope>& arrived, Timestamp arrived_at);

/// What the hub would answer today to the number `device_seq` of a chain; empty when it never arrived.
std::optional<HubAnswer> stored_answer(Transaction& tx, std::string_view device_id, std::string_view tour_id,
                                       std::int64_t device_seq);

struct ChainHead {
    std::int64_t device_seq = 0;  ///< 0: nothing has arrived
    Hash hash{};
    std::int64_t last_contact_ms = 0;
};
ChainHead chain_head(Transaction& tx, std::string_view device_id, std::string_view tour_id);

/// take_over: like retry, but what somebody signed who has left is run in the name of who settles it.
enum class Settlement { retry, set_aside, take_over };
/// As quarantine.settle names it; asserts that there is such a choice.
Settlement settlement_of(std::string_view choice);
struct Settled {
    /// What the Koffer is told of it and of what waited behind it, in order; of forged work nothing.
    struct One {
        std::string command_id;
        std::string device_id, tour_id;
        HubAnswer answer;
    };
    std::vector<One> entries;
};
/// Settles one open entry of the quarantine. retry: runs it again as it was sent, by the clerk who signed it
/// (take_over: by `by` when that clerk has left), then those waiting behind it in its stream, until one fails
/// again. set_aside: keeps it with the reason and lets those behind it go on. Not from inside a handler
/// (savepoints do not nest): before or after Engine::run of quarantine.settle, in the same transaction.
/// Problems: not_found (no open entry), stream_waiting (an earlier one of the stream is open),
/// envelope_forged (what is forged can only be set aside).
Result<Settled> settle_quarantine(Transaction& tx, const Engine& engine, const TenantScope& scope,
                                  const ClerkLookup& clerks, const std::string& command_id, Settlement choice,
                                  const Actor& by, const std::string& reason, Timestamp at);

}  // namespace wa

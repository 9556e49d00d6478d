// Inside arrivals: running what a node sent, when it arrives and again when its quarantine is settled.
#pragma once

#include "kernel/arrivals.hpp"
#include "kernel/envelope.hpp"

namespace wa {

/// Where arriving work is run, and for whom.
struct ArrivalWork {
    const Engine& engine;
    const TenantScope& scope;
    const ClerkLookup& clerks;
    std::string device_name;
    const Actor* taking_over = nullptr;  ///< who answers for the work of those who have left
};

/// The answer to what could not be done: it waits, or is in conflict.
HubAnswer waiting(std::int64_t device_seq, Problem problem);
/// How sure the work of a stream is today: final once its case is decided.
Certainty certainty_of(Transaction& tx, const std::string& stream);
/// Proves the clerk and runs the command. What could not be done is answered as quarantined; the caller keeps
/// it. `weigh_seen`: whether what the node had seen is compared with today's rows.
HubAnswer run_envelope(Transaction& tx, const ArrivalWork& work, const SignedEnvelope& arrived,
                       bool weigh_seen);

}  // namespace wa

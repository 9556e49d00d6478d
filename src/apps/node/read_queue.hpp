// Reads of personal data on a Koffer: signed work like any other, in the commit that has them in its journal.
#pragma once

#include "apps/node/clerk_keys.hpp"
#include "apps/node/sealer.hpp"
#include "kernel/engine.hpp"

namespace wa::node {

struct ReadQueue {
    const Engine& engine;
    const TenantScope& scope;
    Origin origin;  ///< of the tour
    SignKeys device;
    std::shared_ptr<const ClerkKeys> clerks;
    std::shared_ptr<Sealer> sealer;

    /// Queues what was read and is not queued yet, signed by who has read it; what a program before has left
    /// behind, by one of those who are here. Throws StoreError when the store cannot.
    void take(Transaction& tx) const;
};

}  // namespace wa::node

// Sees to it that nothing is confirmed to a clerk which is not sealed to the tenant, and that a finished case
// cannot be read on this machine any more.
#pragma once

#include <atomic>
#include <memory>
#include <set>
#include <string>

#include "apps/node/spool.hpp"
#include "kernel/registry.hpp"
#include "sync/wire.hpp"

namespace wa::node {

/// A case is finished here when its declaration is signed, its receipt handed over, and what can be checked
/// without the register is checked.
bool is_finished(Transaction& tx, const Registry& registry, const std::string& case_id);
/// Whether what it held is only in the spool.
bool is_sealed_here(Transaction& tx, const std::string& case_id);
/// What the hub tells of a sealed case is how far it has come, nothing that could be read.
sync::Changes without_sealed(Transaction& tx, const sync::Changes& changes);

/// Used on the writer's thread only. What the disk refuses is tried again with the next commit.
class Sealer {
  public:
    Sealer(std::shared_ptr<Store> store, std::shared_ptr<Spool> spool, const Registry& registry,
           const SignKeys& device);

    /// Seals what a crash may have left open; before the first command.
    void begin();
    /// Runs in the transaction of a command that was done.
    void done(Transaction& tx, const CommandRequest& request, bool queued);
    /// After its commit, before its answer.
    void committed();
    /// False while something confirmed is not in the spool, because the disk refused. From any thread.
    bool settled() const { return settled_; }

  private:
    void seal_case(const std::string& case_id);

    std::shared_ptr<Store> store_;
    std::shared_ptr<Spool> spool_;
    const Registry& registry_;
    SignKeys device_;
    std::atomic<bool> settled_{true};
    bool queued_ = false;
    std::set<std::string> drafts_, finished_;
};

}  // namespace wa::node

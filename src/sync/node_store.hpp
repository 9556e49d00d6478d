// The node's queue on its store.
#pragma once

#include <functional>

#include "kernel/registry.hpp"
#include "sync/node_queue.hpp"

namespace wa::sync {

/// Thread-safe as the store is; each call is one transaction. A broken store answers false, or empty;
/// its counts never do.
class StoreNodeQueue : public NodeQueue {
  public:
    struct Hooks {
        /// The hub allows the tour's store to be wiped.
        std::function<void(const std::string& tour_id)> wipe_allowed;
        /// The hub has noted that it was.
        std::function<void(const std::string& tour_id)> wipe_noted;
        /// Answers or rows have come (after their commit): the desk looks again.
        std::function<void()> news;
    };
    StoreNodeQueue(Store& store, const Registry& registry, std::string tour_id, Hooks hooks);

    NodePoint point() override;
    std::optional<Hash> envelope_hash(std::int64_t device_seq) override;
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                          std::size_t max_count) override;
    std::vector<PendingDocument> documents(std::size_t limit) override;
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override;
    QueueCounts counts() override;
    bool store_answers(const std::vector<HubAnswer>& answers) override;
    bool store_document_at_hub(const std::string& hash) override;
    bool store_changes(const Changes& changes) override;
    bool requeue_after(std::int64_t device_seq) override;
    bool store_hub_head(const JournalHead& head) override;
    void wipe_allowed(const std::string& tour_id) override;
    void wipe_noted(const std::string& tour_id) override;

  private:
    Store& store_;
    const Registry& registry_;
    std::string tour_id_;
    Hooks hooks_;
};

/// Where the node stands in the hub's changes.
std::int64_t changes_cursor(Transaction& tx);
/// The node holds the working set as of this point of the hub's journal: said at check-out by the wiring,
/// then by every batch of changes. What it knows of the journal is never behind where it stands in it, or a
/// hub that was restored in between would go unnoticed.
void set_hub_point(Transaction& tx, const JournalHead& head);
/// Said at check-out by the wiring, see tour_proof.
void set_tour_proof(Transaction& tx, const Hash& proof);
/// The hub's journal as this node has last heard of it: evidence against a chain rewritten as a whole.
JournalHead known_hub_head(Transaction& tx);

/// Writes a row as the hub has it. Columns that this program does not know yet are left out: the hub is
/// upgraded first.
void write_working_row(Transaction& tx, const Registry& registry, const std::string& table,
                       const json::object& row);

/// Applies rows that changed at the hub and moves the cursor. A row whose present state is our own work, not
/// yet answered, is left: the hub changes it again when that work arrives. Tables outside the registry's
/// working tables are ignored.
void apply_changes(Transaction& tx, const Registry& registry, const Changes& changes);

}  // namespace wa::sync

// The node's queue on its store.
#pragma once

#include "kernel/registry.hpp"
#include "sync/node_session.hpp"

namespace wa::sync {

/// Thread-safe as the store is; each call is one transaction.
class StoreNodeQueue : public NodeQueue {
  public:
    /// Called when the hub allows the tour's store to be wiped; may be empty.
    using OnWipe = std::function<void(const std::string& tour_id)>;
    /// Called (on the session's thread, after the commit) when answers or rows have come: the desk looks
    /// again.
    using OnNews = std::function<void()>;
    StoreNodeQueue(Store& store, const Registry& registry, std::string tour_id, OnWipe on_wipe = {},
                   OnNews on_news = {});

    NodePoint point() override;
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                          std::size_t max_count) override;
    std::vector<PendingDocument> documents(std::size_t limit) override;
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override;
    QueueCounts counts() override;
    bool store_answers(const std::vector<HubAnswer>& answers) override;
    bool store_document_at_hub(const std::string& hash) override;
    bool store_changes(const Changes& changes) override;
    bool store_hub_head(const JournalHead& head) override;
    void wipe_allowed(const std::string& tour_id) override;

  private:
    template <class Work>
    bool write(Work work);

    Store& store_;
    const Registry& registry_;
    std::string tour_id_;
    OnWipe on_wipe_;
    OnNews on_news_;
};

/// Where the node stands in the hub's changes. At check-out the wiring sets it to the journal number of the
/// extract.
std::int64_t changes_cursor(Transaction& tx);
void set_changes_cursor(Transaction& tx, std::int64_t seq);
/// The hub's journal head this node has last heard of: evidence against a chain rewritten as a whole.
JournalHead known_hub_head(Transaction& tx);

/// Applies rows that changed at the hub. A row whose present state is our own work, not yet answered, is
/// left: the hub's answer to that work brings it. Tables outside the registry's working tables are ignored.
void apply_changes(Transaction& tx, const Registry& registry, const Changes& changes);

}  // namespace wa::sync

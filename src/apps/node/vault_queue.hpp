// What a Koffer's line reads from: of an open tour the store, and the spool for what a finished case has
// left; of an expired one the spool alone.
#pragma once

#include <atomic>

#include "apps/node/spool.hpp"
#include "sync/node_store.hpp"

namespace wa::node {

class VaultQueue : public sync::StoreNodeQueue {
  public:
    /// @param contact called whenever the hub has answered
    VaultQueue(std::shared_ptr<Store> store, std::shared_ptr<Spool> spool, const Registry& registry,
               std::string tour_id, Hooks hooks, std::function<void()> contact);

    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                          std::size_t max_count) override;
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override;
    QueueCounts counts() override;
    bool store_answers(const std::vector<HubAnswer>& answers) override;
    bool store_document_at_hub(const std::string& hash) override;
    bool store_changes(const sync::Changes& changes) override;
    bool requeue_after(std::int64_t device_seq) override;
    bool store_hub_head(const JournalHead& head) override;

    /// The tour has ended: drafts have to be home as well before anything is wiped.
    void ending() { ending_ = true; }

  private:
    std::shared_ptr<Store> store_;
    std::shared_ptr<Spool> spool_;
    std::function<void()> contact_;
    std::atomic<bool> ending_ = false;
};

class SealedQueue : public sync::NodeQueue {
  public:
    using Wipe = std::function<void(const std::string& tour_id)>;
    SealedQueue(std::shared_ptr<Spool> spool, Wipe wipe) : spool_(std::move(spool)), wipe_(std::move(wipe)) {}

    sync::NodePoint point() override;
    std::optional<Hash> envelope_hash(std::int64_t device_seq) override;
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                          std::size_t max_count) override;
    std::vector<PendingDocument> documents(std::size_t limit) override;
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override;
    QueueCounts counts() override;
    bool store_answers(const std::vector<HubAnswer>& answers) override;
    bool store_document_at_hub(const std::string& hash) override;
    bool store_changes(const sync::Changes&) override { return true; }
    bool requeue_after(std::int64_t device_seq) override;
    bool store_hub_head(const JournalHead&) override { return true; }
    void wipe_allowed(const std::string& tour_id) override { wipe_(tour_id); }
    void wipe_noted(const std::string&) override {}

  private:
    std::shared_ptr<Spool> spool_;
    Wipe wipe_;
};

}  // namespace wa::node

// What is not at the hub yet, drafts included, sealed to the tenant beside the tour's store. It needs no key
// of this machine and no PIN to be brought home, and nobody here can read it: so the tour's key can be
// destroyed at any moment, and a finished case need not stay readable.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "base/crypto.hpp"
#include "kernel/outgoing.hpp"

namespace wa::node {

/// Whose work it is, and who seals it.
struct SpoolOwner {
    std::string tenant_id, device_id, tour_id;
    Hash tenant_key{};  ///< of the tenant; wa::sync::tenant_seal_keys
};

/// A draft as it stands in the spool and travels: what was typed, and the device's word for it.
struct SealedDraft {
    std::string case_id;
    Bytes bytes;
};

/// One file, tour/sealed.db. Thread-safe as its store is. Functions throw StoreError when the disk does.
class Spool {
  public:
    Spool(const std::string& folder, SpoolOwner owner);
    /// On another disk.
    Spool(std::unique_ptr<Store> store, SpoolOwner owner);
    ~Spool();

    /// Seals what the tour's store has queued and this has not: envelopes, scans. Called after the commit and
    /// before the clerk is answered. @param drafts ids of cases whose draft has changed
    void catch_up(Transaction& store, const std::set<std::string>& drafts, const SignKeys& device);
    /// All drafts of the store, after a restart in the middle.
    static std::set<std::string> all_drafts(Transaction& store);

    // The queue, without anything readable.
    struct Head {
        std::int64_t last_answered = 0, head_seq = 0;
        Hash head_hash{};
        std::vector<std::int64_t> unsettled;
    };
    Head head();
    std::optional<Hash> envelope_hash(std::int64_t device_seq);
    std::optional<Bytes> envelope(std::int64_t device_seq);
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes, std::size_t max_count);
    /// Every envelope, answered or not.
    std::vector<QueuedEnvelope> all_envelopes();
    std::vector<PendingDocument> documents(std::size_t limit);
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position);
    std::vector<SealedDraft> drafts();
    QueueCounts counts();

    void answered(const std::vector<HubAnswer>& answers);
    void document_at_hub(const std::string& hash);
    void draft_at_hub(const std::string& case_id);
    void requeue_after(std::int64_t device_seq);

    const SpoolOwner& owner() const { return owner_; }

  private:
    SpoolOwner owner_;
    std::unique_ptr<Store> store_;
};

}  // namespace wa::node

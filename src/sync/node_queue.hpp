// The node's store as its side of the line needs it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/wire.hpp"

namespace wa::sync {

/// What a node knows when a connection begins.
struct NodePoint {
    std::string tour_id;
    std::int64_t last_answered = 0;
    std::int64_t head_seq = 0;  ///< of its own chain
    Hash head_hash{};
    std::int64_t changes_seq = 0;
    JournalHead known_head;
    std::vector<std::int64_t> unsettled;
    std::optional<Hash> proof;  ///< see tour_proof; an opened tour has it
};

/// Synchronous. What must be durable is when the function returns; false (full disk) makes the session end
/// the connection and try again later.
class NodeQueue {
  public:
    virtual ~NodeQueue() = default;
    virtual NodePoint point() = 0;
    /// Hash of the envelope with this number; empty when there is none.
    virtual std::optional<Hash> envelope_hash(std::int64_t device_seq) = 0;
    /// Not yet answered, behind `after`, in order; as wa::queued_envelopes.
    virtual std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                                  std::size_t max_count) = 0;
    virtual std::vector<PendingDocument> documents(std::size_t limit) = 0;
    virtual std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) = 0;
    virtual QueueCounts counts() = 0;
    virtual bool store_answers(const std::vector<HubAnswer>& answers) = 0;
    virtual bool store_document_at_hub(const std::string& hash) = 0;
    virtual bool store_changes(const Changes& changes) = 0;
    /// The hub has lost what came after this number (it was restored from a copy): everything behind it is
    /// queued again, and documents are offered again.
    virtual bool requeue_after(std::int64_t device_seq) = 0;
    /// Number 0: the hub has another past than the one known here; its rows come down from the beginning.
    virtual bool store_hub_head(const JournalHead& head) = 0;
    /// The hub holds a second durable copy of everything: the tour's store may be destroyed. The wiring does
    /// it and calls NodeSession::report_wiped.
    virtual void wipe_allowed(const std::string& tour_id) = 0;
    /// The hub has noted that it is destroyed.
    virtual void wipe_noted(const std::string& tour_id) = 0;
};

struct Metrics {
    std::int64_t connections = 0;
    std::int64_t bytes_sent = 0, bytes_received = 0;
    std::int64_t bytes_sent_again = 0;  ///< of what was sent on an earlier connection, with the frames' heads
    std::int64_t commands_sent_again = 0;
    std::int64_t chunks_sent_again = 0;    ///< any of their bytes
    std::int64_t chunks_gone_on_with = 0;  ///< whose beginning was at the hub when the line came back
};

}  // namespace wa::sync

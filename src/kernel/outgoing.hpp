// A node's work on its way to the hub: what was done here is queued in the same transaction, stays until the
// hub has answered, and is then kept with the answer until the tour's store is wiped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/engine.hpp"
#include "kernel/envelope.hpp"

namespace wa {

/// How sure people can be of what they see.
enum class Certainty {
    here,   ///< something of it is only in this store yet
    hub,    ///< the hub has all of it
    final_  ///< and it is settled there: the case is decided
};
std::string_view certainty_name(Certainty certainty);  ///< "here", "hub", "final"

/// What the hub says to one envelope.
struct HubAnswer {
    std::int64_t device_seq = 0;
    Outcome outcome = Outcome::done;
    bool quarantined = false;  ///< not done (yet): it waits at the hub for a person
    Problem problem;           ///< for refused and conflict
    Certainty certainty = Certainty::hub;
};

/// False for commands declared "local": they never leave the node (drafts).
bool travels(const CommandSpec& spec);
/// The payload field the command names as its stream, or the command's own id.
std::string stream_of(const CommandSpec& spec, const json::object& payload, std::string_view command_id);

/// Queues the command that Engine::run has just done in this transaction, signed and chained. Documents named
/// by hash in its payload that are in this store are queued for upload. The number in the chain; 0 when there
/// is nothing to send (local, refused, repeated). payload_too_large: the caller rolls everything back.
Result<std::int64_t> enqueue(Transaction& tx, const Registry& registry, const CommandRequest& request,
                             const CommandResult& result, const SignKeys& device, const SignKeys& clerk);
/// Queues a document of this store for upload; nothing happens if it is not complete here or queued already.
void enqueue_document(Transaction& tx, std::string_view hash, Timestamp at);

struct QueuedEnvelope {
    std::int64_t device_seq = 0;
    Bytes bytes;  ///< signed, as it travels
};
/// Envelopes not yet answered behind `after`, in order: at most `max_count` and, except for a single one, at
/// most `max_bytes`.
std::vector<QueuedEnvelope> queued_envelopes(Transaction& tx, std::int64_t after, std::size_t max_bytes,
                                             std::size_t max_count);
/// The highest number up to which everything is answered; 0 for none.
std::int64_t last_answered(Transaction& tx);
/// Stores the hub's answer, also when it changes (a quarantined command was settled). Unknown numbers are
/// ignored.
void record_answer(Transaction& tx, const HubAnswer& answer);
/// Numbers whose answer may still change (quarantined), oldest first.
std::vector<std::int64_t> unsettled(Transaction& tx, std::size_t limit);

struct PendingDocument {
    std::string hash;
    std::int64_t size = 0;
};
/// Documents the hub does not hold completely, small ones (up to one chunk) first, then as they were queued.
std::vector<PendingDocument> pending_documents(Transaction& tx, std::size_t limit);
/// The hub holds the document completely and durably.
void document_at_hub(Transaction& tx, std::string_view hash);
/// Whether the hub is known to hold it: false while it is queued, empty when it was never queued here.
std::optional<bool> is_document_at_hub(Transaction& tx, std::string_view hash);

struct QueueCounts {
    std::int64_t cases = 0;  ///< cases with something not answered; other work counts among the commands only
    std::int64_t commands = 0, command_bytes = 0;
    std::int64_t documents = 0, chunks = 0,
                 document_bytes = 0;  ///< whole documents, without what is held already
    bool empty() const { return commands == 0 && documents == 0; }
};
QueueCounts queue_counts(Transaction& tx);

struct StreamState {
    Certainty certainty = Certainty::hub;
    bool needs_clerk = false;  ///< something of it is quarantined or in conflict at the hub
    std::string code;          ///< the first such problem
};
/// The state of a case as this node knows it. A stream of which nothing was queued here counts as at the hub.
StreamState stream_state(Transaction& tx, std::string_view stream);

}  // namespace wa

// What the hub's store does for a connection: one function per request of HubInbox, for the wiring to call
// inside its group commit. HubSession's completions come after the commit.
#pragma once

#include <functional>

#include "kernel/arrivals.hpp"
#include "sync/hub_session.hpp"

namespace wa::sync {

/// No problem so far: even a revoked device is answered, too: its work goes to quarantine.
Result<Resumed> resume(Transaction& tx, const KnownDevice& device, const Hello& hello, Timestamp now);

/// More than this comes later.
inline constexpr std::int64_t answers_at_once = 5000;
/// Answers to what has arrived of a tour behind this number, as they are now.
std::vector<HubAnswer> answers_after(Transaction& tx, const std::string& device_id,
                                     const std::string& tour_id, std::int64_t after);

struct Executed {
    std::vector<HubAnswer> answers;
    std::int64_t need_from = 0;
    bool alarm = false;                     ///< something forged has come; it is journalled
    bool clock_ahead = false;               ///< the device's clock is more than a day ahead
    std::vector<std::string> streams = {};  ///< whose work it was, in the order it came; empty if unreadable
};
/// The envelope itself when it came sealed. What cannot be opened stays as it came, to be kept like
/// everything else that cannot be read.
Bytes opened_envelope(const TenantScope& scope, Bytes envelope);
/// Runs envelopes in order; stops at a gap. `read`: what each of them says, where they were read before; else
/// none.
Executed execute(Transaction& tx, const Engine& engine, const TenantScope& scope, const KnownDevice& device,
                 const ClerkLookup& clerks, const std::vector<Bytes>& envelopes, Timestamp now,
                 const std::vector<std::optional<SignedEnvelope>>& read = {});

std::vector<DocumentHeld> documents_held(Transaction& tx, const std::vector<DocumentOffer>& documents);
/// Whether a document is named by work of this tour that was done or is kept: a revoked device brings no
/// other.
bool is_named(Transaction& tx, const std::string& device_id, const std::string& tour_id,
              const std::string& hash);
/// Problem document_false_chunk: the connection is to be ended. A false whole is an answer (false_hash).
Result<ChunkAck> store_chunk(Transaction& tx, const TenantScope& scope, const Chunk& chunk);

/// Whether a row belongs to the working set of a tour.
using InWorkingSet = std::function<bool(Transaction& tx, const std::string& tour_id, const std::string& table,
                                        const std::string& row_id)>;
/// Rows of the tour's working set that changed after this number of the journal, as they are now; at most
/// about `max_bytes` of them, then up_to is less than the journal's head and the next call goes on from
/// there.
Changes changes_after(Transaction& tx, const Registry& registry, const std::string& tour_id,
                      std::int64_t after, const InWorkingSet& in_working_set,
                      std::size_t max_bytes = 256 * 1024);

}  // namespace wa::sync

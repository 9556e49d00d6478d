#include "kernel/arrivals.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/ids.hpp"
#include "base/json_text.hpp"
#include "kernel/arrivals_run.hpp"
#include "kernel/data.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

constexpr std::int64_t clock_tolerance_ms = 24LL * 60 * 60 * 1000;

/// The key of an entry that must not occupy the id it claims: from its own hash.
std::string key_of(const Hash& hash) {
    Id id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id.text();
}

bool is_marked(Transaction& tx, const std::string& command_id) {
    return !tx.query(statements::command_mark, {{"command_id", command_id}}).empty();
}

bool in_quarantine(Transaction& tx, const std::string& command_id) {
    return !tx.query(statements::quarantine_entry, {{"command_id", command_id}}).empty();
}

/// What is forged has no stream; what is only under a key of its own is part of the chain.
bool is_kept_as_forged(Transaction& tx, const std::string& key) {
    const auto rows = tx.query(statements::quarantine_entry, {{"command_id", key}});
    return !rows.empty() && rows.front().text("stream").empty();
}

/// True when it was not there before.
bool keep(Transaction& tx, const std::string& key, const Envelope& e, std::span<const std::uint8_t> bytes,
          const std::string& stream, const Problem& problem, Timestamp arrived_at) {
    return tx.execute(statements::add_quarantine, {{"command_id", key},
                                                   {"device_id", e.device_id},
                                                   {"tour_id", e.tour_id},
                                                   {"device_seq", e.device_seq},
                                                   {"name", e.name},
                                                   {"stream", stream},
                                                   {"envelope", Bytes(bytes.begin(), bytes.end())},
                                                   {"code", problem.code},
                                                   {"details", json::serialize(problem.details)},
                                                   {"arrived_at_ms", arrived_at.ms}}) > 0;
}

void journal_alarm(Transaction& tx, const std::string& key, const std::string& device_id, const Envelope& e,
                   const Problem& problem, Timestamp at) {
    JournalEntry entry;
    entry.at = at;
    entry.kind = "access";
    entry.name = "sync.alarm";
    entry.command_id = key;
    entry.actor = e.user_id;
    entry.device = device_id;
    entry.place = "system";
    entry.outcome = "refused:" + problem.code;
    append_journal(tx, entry);
}

bool is_blocked(Transaction& tx, const Envelope& e) {
    return !tx.query(statements::stream_blocked, {{"device_id", e.device_id},
                                                  {"tour_id", e.tour_id},
                                                  {"stream", e.stream},
                                                  {"device_seq", e.device_seq}})
                .empty();
}

/// Keeps what must not go on the chain, and raises the alarm once.
Arrival keep_forged(Transaction& tx, const KnownDevice& device, const Envelope& e, const Hash& hash,
                    std::span<const std::uint8_t> bytes, json::object details, Timestamp at) {
    Arrival out;
    out.kind = ArrivalKind::forged;
    out.command_id = e.command_id;
    out.stream = e.stream;
    out.answer = waiting(e.device_seq, Problem(problems::envelope_forged, std::move(details)));
    auto under = e;
    under.device_id = device.id;
    const auto key = key_of(hash);
    out.alarm = keep(tx, key, under, bytes, "", out.answer.problem, at);
    if (out.alarm) journal_alarm(tx, key, device.id, under, out.answer.problem, at);
    return out;
}

/// The next of the chain, proved to come from the device.
Arrival take(Transaction& tx, const ArrivalWork& work, const KnownDevice& device,
             const SignedEnvelope& arrived, std::span<const std::uint8_t> bytes, Timestamp at) {
    const auto& e = arrived.envelope;
    Arrival out;
    out.command_id = e.command_id;
    out.stream = e.stream;
    out.clock_ahead = e.at_ms > at.ms + clock_tolerance_ms;
    // An id that was used before, by whomever, must neither take that answer for its own nor vanish.
    const bool id_taken = is_marked(tx, e.command_id) || in_quarantine(tx, e.command_id) ||
                          !tx.query(statements::arrival_exists, {{"command_id", e.command_id}}).empty();
    if (device.revoked)
        out.answer = waiting(e.device_seq, Problem(problems::device_revoked));
    else if (id_taken)
        out.answer = waiting(e.device_seq, Problem(problems::command_bad_id));
    else if (is_blocked(tx, e))
        out.answer = waiting(e.device_seq, Problem(problems::stream_waiting));
    else
        out.answer = run_envelope(tx, work, arrived, true);

    const auto key = id_taken ? key_of(arrived.hash) : e.command_id;
    if (out.answer.quarantined) {
        keep(tx, key, e, bytes, e.stream, out.answer.problem, at);
        out.alarm = out.answer.problem.is(problems::envelope_forged) ||
                    out.answer.problem.is(problems::envelope_clerk);
        if (out.alarm) journal_alarm(tx, key, device.id, e, out.answer.problem, at);
    }
    const auto signatures = bytes.last(envelope_signature_bytes);
    tx.execute(statements::add_arrival, {{"device_id", e.device_id},
                                         {"tour_id", e.tour_id},
                                         {"device_seq", e.device_seq},
                                         {"command_id", key},
                                         {"stream", e.stream},
                                         {"hash", to_bytes(arrived.hash)},
                                         {"signatures", Bytes(signatures.begin(), signatures.end())},
                                         {"arrived_at_ms", at.ms},
                                         {"clock_ahead", std::int64_t(out.clock_ahead)}});
    tx.execute(statements::set_chain_head, {{"device_id", e.device_id},
                                            {"tour_id", e.tour_id},
                                            {"device_seq", e.device_seq},
                                            {"hash", to_bytes(arrived.hash)},
                                            {"at_ms", at.ms}});
    return out;
}

}  // namespace

Arrival accept_envelope(Transaction& tx, const Engine& engine, const TenantScope& scope,
                        const KnownDevice& device, const ClerkLookup& clerks,
                        std::span<const std::uint8_t> signed_bytes, Timestamp arrived_at) {
    return accept_envelope(tx, engine, scope, device, clerks, signed_bytes,
                           parse_signed_envelope(signed_bytes), arrived_at);
}

Arrival accept_envelope(Transaction& tx, const Engine& engine, const TenantScope& scope,
                        const KnownDevice& device, const ClerkLookup& clerks,
                        std::span<const std::uint8_t> signed_bytes,
                        const std::optional<SignedEnvelope>& arrived, Timestamp arrived_at) {
    if (!arrived)
        return keep_forged(tx, device, {}, sha256(signed_bytes), signed_bytes, {{"part", "encoding"}},
                           arrived_at);
    const auto& e = arrived->envelope;
    const auto forged = [&](const char* part) {
        return keep_forged(tx, device, e, arrived->hash, signed_bytes, {{"part", part}}, arrived_at);
    };
    if (e.device_id != device.id || !signed_by_device(*arrived, device.sign_key)) return forged("device");

    const auto head = chain_head(tx, e.device_id, e.tour_id);
    if (e.device_seq <= head.device_seq) {
        const auto before =
            tx.query(statements::arrival_of,
                     {{"device_id", e.device_id}, {"tour_id", e.tour_id}, {"device_seq", e.device_seq}});
        if (before.empty() || to_hash(before.front().bytes("hash")) != arrived->hash) return forged("chain");
        Arrival out;
        out.kind = ArrivalKind::repeated;
        out.answer = stored_answer(tx, e.device_id, e.tour_id, e.device_seq).value();
        out.command_id = e.command_id;
        out.stream = e.stream;
        return out;
    }
    // What follows something forged is of the same false chain: kept as well, or the device would wait for
    // ever. Unless that is the chain's own head, which somebody else has sent as well.
    if (e.previous != head.hash && is_kept_as_forged(tx, key_of(e.previous))) return forged("chain");
    if (e.device_seq > head.device_seq + 1) {
        Arrival out;
        out.kind = ArrivalKind::gap;
        out.need_from = head.device_seq + 1;
        out.command_id = e.command_id;
        out.stream = e.stream;
        return out;
    }
    if (e.previous != head.hash) return forged("chain");
    return take(tx, {engine, scope, clerks, device.name, nullptr}, device, *arrived, signed_bytes,
                arrived_at);
}

std::optional<HubAnswer> stored_answer(Transaction& tx, std::string_view device_id, std::string_view tour_id,
                                       std::int64_t device_seq) {
    const auto arrivals = tx.query(statements::arrival_of, {{"device_id", std::string(device_id)},
                                                            {"tour_id", std::string(tour_id)},
                                                            {"device_seq", device_seq}});
    if (arrivals.empty()) return std::nullopt;
    const auto key = arrivals.front().text("command_id");
    const auto kept = tx.query(statements::quarantine_entry, {{"command_id", key}});
    const auto state = kept.empty() ? std::string() : kept.front().text("state");
    if (!kept.empty() && state != "settled") {
        auto answer =
            waiting(device_seq, Problem(kept.front().text("code"), object_in(kept.front().text("details"))));
        answer.quarantined = state != "set_aside";
        return answer;
    }
    const auto marks = tx.query(statements::command_mark, {{"command_id", key}});
    WA_ASSERT(!marks.empty());  // what arrived is either marked or in quarantine
    HubAnswer answer;
    answer.device_seq = device_seq;
    answer.certainty = certainty_of(tx, arrivals.front().text("stream"));
    if (marks.front().text("outcome") == outcome_name(Outcome::conflict)) {
        const auto problem = object_in(marks.front().text("answer"));
        answer.outcome = Outcome::conflict;
        answer.problem = Problem(text_of(problem, "code"), object_of(problem, "details"));
    }
    return answer;
}

ChainHead chain_head(Transaction& tx, std::string_view device_id, std::string_view tour_id) {
    const auto rows = tx.query(statements::chain_head,
                               {{"device_id", std::string(device_id)}, {"tour_id", std::string(tour_id)}});
    if (rows.empty()) return {};
    return {rows.front().integer("device_seq"), to_hash(rows.front().bytes("hash")),
            rows.front().integer("last_contact_ms")};
}

}  // namespace wa

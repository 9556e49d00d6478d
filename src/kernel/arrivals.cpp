#include "kernel/arrivals.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/ids.hpp"
#include "kernel/data.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

constexpr std::int64_t clock_tolerance_ms = 24LL * 60 * 60 * 1000;

Bytes bytes_of(const Hash& hash) {
    return Bytes(hash.begin(), hash.end());
}

Hash hash_of(const Bytes& bytes) {
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

/// The key of an entry that must not occupy the id it claims: from its own hash.
std::string key_of(const Hash& hash) {
    Id id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id.text();
}

HubAnswer waiting(std::int64_t device_seq, Problem problem) {
    const auto outcome = problem.is(problems::conflict_stale) ? Outcome::conflict : Outcome::refused;
    return {device_seq, outcome, true, std::move(problem), Certainty::hub};
}

Certainty certainty_of(Transaction& tx, const std::string& stream) {
    return tx.query(statements::case_is_decided, {{"id", stream}}).empty() ? Certainty::hub
                                                                           : Certainty::final_;
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

/// Rows the node has seen in tables this hub has no journal of do not exist here.
bool knows_tables(const Registry& registry, const std::vector<Seen>& seen) {
    const auto& tables = registry.journalled_tables();
    return std::all_of(seen.begin(), seen.end(), [&](const Seen& one) {
        return std::find(tables.begin(), tables.end(), one.table) != tables.end();
    });
}

struct Work {
    const Engine& engine;
    const TenantScope& scope;
    const ClerkLookup& clerks;
    std::string device_name;
    const Actor* taking_over = nullptr;  ///< who answers for the work of those who have left
};

/// Engine::run, with a statement that fails (a value this store cannot take) as a refusal: one bad command
/// must not stop the queue. A full or damaged store passes through.
Result<CommandResult> run_guarded(Transaction& tx, const Work& work, CommandRequest request) {
    try {
        return work.engine.run(tx, work.scope, request);
    } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::other) throw;
        tx.rollback_to_savepoint();
        return fail(problems::internal);
    }
}

/// Proves the clerk and runs the command. What could not be done is answered as quarantined; the caller keeps
/// it.
HubAnswer run_envelope(Transaction& tx, const Work& work, const SignedEnvelope& arrived, bool weigh_seen) {
    const auto& e = arrived.envelope;
    const auto clerk = work.clerks(tx, e.device_id, e.tour_id, e.user_id);
    if (!clerk) return waiting(e.device_seq, Problem(problems::envelope_clerk));
    if (!envelope_signed_by(arrived.hash, clerk->sign_key, arrived.clerk_signature))
        return waiting(e.device_seq, Problem(problems::envelope_forged, {{"part", "clerk"}}));
    // Their clock may say anything: a time before they left proves nothing, so a person decides.
    if (clerk->left && !work.taking_over)
        return waiting(e.device_seq, Problem(problems::envelope_clerk_left));
    const auto* spec = work.engine.registry().command(e.name);
    if (!spec) return waiting(e.device_seq, Problem(problems::command_unknown));
    if (spec->hub_only || spec->local) return waiting(e.device_seq, Problem(problems::needs_hub));
    const bool weighed = spec->kind == CommandKind::request && !spec->merges;
    if (weigh_seen && weighed && !knows_tables(work.engine.registry(), e.seen))
        return waiting(e.device_seq, Problem(problems::conflict_stale));

    CommandRequest request;
    request.id = e.command_id;
    request.name = e.name;
    request.version = e.version;
    auto payload = parse_json(e.payload);
    WA_ASSERT(payload && payload->is_object());  // parse_envelope has proved it
    request.payload = std::move(payload->get_object());
    request.actor = clerk->left ? *work.taking_over : clerk->actor;
    request.origin = {e.place, e.device_id, work.device_name, e.tour_id};
    request.at = Timestamp{e.at_ms};
    request.replayed = true;
    if (weigh_seen && weighed) request.seen = e.seen;
    auto result = run_guarded(tx, work, std::move(request));
    if (!result) return waiting(e.device_seq, result.error());
    if (result->outcome == Outcome::refused || result->problem.is(problems::conflict_stale))
        return waiting(e.device_seq, result->problem);
    return {e.device_seq, result->outcome, false, result->problem, certainty_of(tx, e.stream)};
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
Arrival take(Transaction& tx, const Work& work, const KnownDevice& device, const SignedEnvelope& arrived,
             std::span<const std::uint8_t> bytes, Timestamp at) {
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
                                         {"hash", bytes_of(arrived.hash)},
                                         {"signatures", Bytes(signatures.begin(), signatures.end())},
                                         {"arrived_at_ms", at.ms},
                                         {"clock_ahead", std::int64_t(out.clock_ahead)}});
    tx.execute(statements::set_chain_head, {{"device_id", e.device_id},
                                            {"tour_id", e.tour_id},
                                            {"device_seq", e.device_seq},
                                            {"hash", bytes_of(arrived.hash)},
                                            {"at_ms", at.ms}});
    return out;
}

}  // namespace

Arrival accept_envelope(Transaction& tx, const Engine& engine, const TenantScope& scope,
                        const KnownDevice& device, const ClerkLookup& clerks,
                        std::span<const std::uint8_t> signed_bytes, Timestamp arrived_at) {
    const auto arrived = parse_signed_envelope(signed_bytes);
    if (!arrived)
        return keep_forged(tx, device, {}, sha256(signed_bytes), signed_bytes, {{"part", "encoding"}},
                           arrived_at);
    const auto& e = arrived->envelope;
    const auto forged = [&](const char* part) {
        return keep_forged(tx, device, e, arrived->hash, signed_bytes, {{"part", part}}, arrived_at);
    };
    if (e.device_id != device.id ||
        !envelope_signed_by(arrived->hash, device.sign_key, arrived->device_signature))
        return forged("device");

    const auto head = chain_head(tx, e.device_id, e.tour_id);
    if (e.device_seq <= head.device_seq) {
        const auto before =
            tx.query(statements::arrival_of,
                     {{"device_id", e.device_id}, {"tour_id", e.tour_id}, {"device_seq", e.device_seq}});
        if (before.empty() || hash_of(before.front().bytes("hash")) != arrived->hash) return forged("chain");
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
    const auto details_of = [](const std::string& text) {
        const auto value = parse_json(text);
        return value && value->is_object() ? value->get_object() : json::object{};
    };
    const auto kept = tx.query(statements::quarantine_entry, {{"command_id", key}});
    const auto state = kept.empty() ? std::string() : kept.front().text("state");
    if (!kept.empty() && state != "settled") {
        auto answer =
            waiting(device_seq, Problem(kept.front().text("code"), details_of(kept.front().text("details"))));
        answer.quarantined = state != "set_aside";
        return answer;
    }
    const auto marks = tx.query(statements::command_mark, {{"command_id", key}});
    WA_ASSERT(!marks.empty());  // what arrived is either marked or in quarantine
    HubAnswer answer;
    answer.device_seq = device_seq;
    answer.certainty = certainty_of(tx, arrivals.front().text("stream"));
    if (marks.front().text("outcome") == outcome_name(Outcome::conflict)) {
        const auto problem = details_of(marks.front().text("answer"));
        answer.outcome = Outcome::conflict;
        answer.problem = Problem(text_of(problem, "code"), object_of(problem, "details"));
    }
    return answer;
}

ChainHead chain_head(Transaction& tx, std::string_view device_id, std::string_view tour_id) {
    const auto rows = tx.query(statements::chain_head,
                               {{"device_id", std::string(device_id)}, {"tour_id", std::string(tour_id)}});
    if (rows.empty()) return {};
    return {rows.front().integer("device_seq"), hash_of(rows.front().bytes("hash")),
            rows.front().integer("last_contact_ms")};
}

namespace {

/// Runs one entry of the quarantine again and writes down what became of it.
Settled::One run_again(Transaction& tx, const Work& work, const Row& entry, bool weigh_seen) {
    const auto command_id = entry.text("command_id");
    const auto arrived = parse_signed_envelope(entry.bytes("envelope"));
    WA_ASSERT(arrived.has_value());  // unreadable entries are never run
    tx.execute(statements::forget_mark, {{"command_id", command_id}});
    Settled::One one{command_id, entry.text("device_id"), entry.text("tour_id"),
                     run_envelope(tx, work, *arrived, weigh_seen)};
    tx.execute(statements::change_quarantine,
               {{"command_id", command_id},
                {"code", one.answer.quarantined ? one.answer.problem.code : entry.text("code")},
                {"details", one.answer.quarantined ? json::serialize(one.answer.problem.details)
                                                   : entry.text("details")},
                {"state", std::string(one.answer.quarantined ? "open" : "settled")}});
    return one;
}

std::string device_name(Transaction& tx, const std::string& device_id) {
    const auto row = read_row(tx, "device", device_id);
    return row ? row->text("name") : device_id;
}

}  // namespace

Settlement settlement_of(std::string_view choice) {
    if (choice == "set_aside") return Settlement::set_aside;
    if (choice == "take_over") return Settlement::take_over;
    WA_ASSERT(choice == "retry");
    return Settlement::retry;
}

namespace {

Result<Settled> settle(Transaction& tx, const Engine& engine, const TenantScope& scope,
                       const ClerkLookup& clerks, const std::string& command_id, Settlement choice,
                       const Actor& by, const std::string& reason, Timestamp at) {
    const auto rows = tx.query(statements::quarantine_entry, {{"command_id", command_id}});
    if (rows.empty()) return fail(problems::not_found);
    const auto& entry = rows.front();
    const auto state = entry.text("state");
    const bool run = choice != Settlement::set_aside;
    const auto marked = run ? "retry" : "set_aside";
    if (state != "open" && state != marked) return fail(problems::not_found);
    // Without a stream, or under a key of its own: it never was part of a chain, or claims a foreign id.
    const bool runnable =
        !entry.text("stream").empty() && entry.text("code") != problems::command_bad_id.name;
    if (run && !runnable) return fail(problems::envelope_forged);

    const auto device_id = entry.text("device_id"), tour_id = entry.text("tour_id"),
               stream = entry.text("stream");
    const Params place{{"device_id", device_id},
                       {"tour_id", tour_id},
                       {"stream", stream},
                       {"device_seq", entry.integer("device_seq")}};
    if (run && !tx.query(statements::stream_blocked, place).empty()) return fail(problems::stream_waiting);
    const Work work{engine, scope, clerks, device_name(tx, device_id),
                    choice == Settlement::take_over ? &by : nullptr};
    Settled settled;
    tx.execute(
        statements::note_settlement,
        {{"command_id", command_id}, {"settled_by", by.name}, {"settled_at_ms", at.ms}, {"reason", reason}});
    if (!run) {
        tx.execute(statements::change_quarantine, {{"command_id", command_id},
                                                   {"code", entry.text("code")},
                                                   {"details", entry.text("details")},
                                                   {"state", std::string("set_aside")}});
        auto answer = waiting(entry.integer("device_seq"), Problem(entry.text("code"), {}));
        answer.quarantined = false;
        settled.entries.push_back({command_id, device_id, tour_id, std::move(answer)});
        if (stream.empty() || !tx.query(statements::stream_blocked, place).empty()) return settled;
    } else {
        // A person has looked at today's state: what the node had seen then no longer decides.
        settled.entries.push_back(
            run_again(tx, work, entry, entry.text("code") != problems::conflict_stale.name));
        if (settled.entries.back().answer.quarantined) return settled;
    }
    for (const auto& behind : tx.query(statements::stream_behind, place)) {
        // Only what waited is taken along; what failed by itself, or is revoked, is decided by itself.
        if (behind.text("code") != problems::stream_waiting.name) break;
        settled.entries.push_back(run_again(tx, work, behind, true));
        if (settled.entries.back().answer.quarantined) break;
    }
    return settled;
}

}  // namespace

Result<Settled> settle_quarantine(Transaction& tx, const Engine& engine, const TenantScope& scope,
                                  const ClerkLookup& clerks, const std::string& command_id, Settlement choice,
                                  const Actor& by, const std::string& reason, Timestamp at) {
    auto settled = settle(tx, engine, scope, clerks, command_id, choice, by, reason, at);
    // What was typed for a case that will never be known is needed no more.
    if (settled) tx.execute(statements::drop_drafts_of_nothing);
    return settled;
}

}  // namespace wa

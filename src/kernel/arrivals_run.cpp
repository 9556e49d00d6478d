#include "kernel/arrivals_run.hpp"

#include <algorithm>

#include "kernel/data.hpp"

namespace wa {

HubAnswer waiting(std::int64_t device_seq, Problem problem) {
    const auto outcome = problem.is(problems::conflict_stale) ? Outcome::conflict : Outcome::refused;
    return {device_seq, outcome, true, std::move(problem), Certainty::hub};
}

Certainty certainty_of(Transaction& tx, const std::string& stream) {
    return tx.query(sql::kernel::case_is_decided, {{"id", stream}}).empty() ? Certainty::hub
                                                                            : Certainty::final_;
}

namespace {

/// Rows the node has seen in tables this hub has no journal of do not exist here.
bool knows_tables(const Registry& registry, const std::vector<Seen>& seen) {
    const auto& tables = registry.journalled_tables();
    return std::all_of(seen.begin(), seen.end(), [&](const Seen& one) {
        return std::find(tables.begin(), tables.end(), one.table) != tables.end();
    });
}

/// By the key of today, or by the one their tour was packed with.
bool is_signed_by(const KnownClerk& clerk, const SignedEnvelope& arrived) {
    const auto by = [&](const Hash& key) { return signed_by_clerk(arrived, key); };
    return by(clerk.sign_key) || std::any_of(clerk.former_keys.begin(), clerk.former_keys.end(), by);
}

/// Engine::run, with a statement that fails (a value this store cannot take) as a refusal: one bad command
/// must not stop the queue. A full or damaged store passes through.
Result<CommandResult> run_guarded(Transaction& tx, const ArrivalWork& work, CommandRequest request) {
    try {
        return work.engine.run(tx, work.scope, request);
    } catch (const StoreError& error) {
        if (error.kind != StoreError::Kind::other) throw;
        tx.rollback_to_savepoint();
        return fail(problems::internal);
    }
}

}  // namespace

HubAnswer run_envelope(Transaction& tx, const ArrivalWork& work, const SignedEnvelope& arrived,
                       bool weigh_seen) {
    const auto& e = arrived.envelope;
    const auto clerk = work.clerks(tx, e.device_id, e.tour_id, e.user_id);
    if (!clerk) return waiting(e.device_seq, Problem(problems::envelope_clerk));
    if (!is_signed_by(*clerk, arrived))
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
    request.payload = arrived.payload;  // a copy: a commit that fails is tried again
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

}  // namespace wa

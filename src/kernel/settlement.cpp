// settle_quarantine: what a person decided about work that could not be taken.
#include "base/assert.hpp"
#include "kernel/arrivals_run.hpp"
#include "kernel/data.hpp"

namespace wa {

namespace statements = sql::kernel;

namespace {

/// Runs one entry of the quarantine again and writes down what became of it.
Settled::One run_again(Transaction& tx, const ArrivalWork& work, const Row& entry, bool weigh_seen) {
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
    const ArrivalWork work{engine, scope, clerks, device_name(tx, device_id),
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
        // No part of the chain: the number it claims is that of other work, which may still be on its way.
        if (stream.empty()) return settled;
        auto answer = waiting(entry.integer("device_seq"), Problem(entry.text("code"), {}));
        answer.quarantined = false;
        settled.entries.push_back({command_id, device_id, tour_id, std::move(answer)});
        if (!tx.query(statements::stream_blocked, place).empty()) return settled;
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

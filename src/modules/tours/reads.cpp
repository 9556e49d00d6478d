// Reads of personal data on a tour, brought home: what a Koffer's journal has becomes entries of the hub's.
#include <algorithm>

#include "kernel/identity.hpp"
#include "kernel/journal.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "modules/tours/tours.hpp"

namespace wa::tours {

namespace {

/// A clock that was wrong gives the nearest time of the tour.
Timestamp within(const Row& tour, Timestamp at) {
    const auto from = planned_ms(tour);
    const auto until = tour.is_null("expires_ms") ? at.ms : tour.integer("expires_ms");
    return {std::clamp(at.ms, from, std::max(from, until))};
}

/// Names the command it came with: who has signed that stands in the journal as its actor. Roles are those of
/// today, like the rights by which work from a Koffer is taken.
JournalEntry entry_of(const CommandContext& context, const Row& tour, const json::object& read) {
    JournalEntry entry;
    entry.at = within(tour, parse_timestamp(text_of(read, "at")).value_or(context.at));
    entry.kind = "read";
    entry.name = text_of(read, "name");
    entry.command_id = context.command_id;
    entry.actor = text_of(read, "actor");
    if (const auto account = read_row(context.records.tx(), "user_account", entry.actor))
        entry.roles = actor_of(*account).roles;
    entry.device = context.origin.device;
    entry.place = context.origin.place;
    entry.reason = text_of(read, "reason");
    entry.outcome = "done";
    for (const auto& subject : array_of(read, "subjects"))
        if (const auto* object = subject.if_object())
            entry.subjects.push_back({text_of(*object, "type"), text_of(*object, "id")});
    return entry;
}

Result<json::object> take_reads(CommandContext& context, const json::object& payload) {
    // At the node the reads stand in its own journal already.
    if (!context.replayed) return json::object{};
    WA_TRY(tour, load_tour(context, context.origin.tour_id));
    const auto& entries = array_of(payload, "entries");
    for (const auto& read : entries)
        if (!is_staff(tour, text_of(read.as_object(), "actor"))) return fail(problems::tours_not_staff);
    for (const auto& read : entries)
        append_journal(context.records.tx(), entry_of(context, tour, read.as_object()));
    return json::object{};
}

}  // namespace

void install_reads(Registry& registry) {
    registry.bind_command("journal.reads", take_reads);
}

}  // namespace wa::tours

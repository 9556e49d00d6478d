#include "kernel/reads.hpp"

#include "kernel/journal.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

JournalEntry entry_of(const CommandContext& context, const json::object& read) {
    JournalEntry entry;
    entry.at = parse_timestamp(text_of(read, "at")).value_or(context.at);
    entry.kind = "read";
    entry.name = text_of(read, "name");
    entry.actor = text_of(read, "actor");
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
    for (const auto& read : array_of(payload, "entries"))
        append_journal(context.records.tx(), entry_of(context, read.as_object()));
    return json::object{};
}

}  // namespace

void install_reads(Registry& registry) {
    registry.bind_command("journal.reads", take_reads);
}

}  // namespace wa

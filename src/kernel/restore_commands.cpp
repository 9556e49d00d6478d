// A store that was put back from a backup must not repeat what had been done after it: give a number twice,
// or send a message again. And a store that was read as a whole says so in its journal.
#include <algorithm>
#include <set>

#include "kernel/data.hpp"
#include "kernel/kernel.hpp"
#include "kernel/numbers.hpp"
#include "kernel/outbox.hpp"

namespace wa {

namespace {

constexpr std::int64_t block_length_min = 500;

/// Closes every open block and begins a new one behind the last number of its series, as long as what was
/// left: numbers of the old block that were given after the backup are known to nobody here.
std::int64_t renew_blocks(CommandContext& context) {
    const auto open = context.records.query(sql::kernel::open_blocks_of_all);
    for (const auto& block : open)
        context.records.update("number_block", block.text("id"), {{"state", std::string("closed")}});
    for (const auto& block : open)
        lease_numbers(
            context, block.text("kind"), block.text("holder"), block.text("series"),
            std::max(block_length_min, block.integer("last_number") - block.integer("next_number") + 1));
    return std::int64_t(open.size());
}

/// What left after the backup is noted as sent; when nobody knows what left, everything due waits for a
/// person.
std::int64_t settle_outbox(CommandContext& context, const json::object& payload) {
    const auto* list = payload.if_contains("sent");
    std::set<std::string> sent;
    if (list && list->is_array())
        for (const auto& id : list->get_array())
            if (id.is_string()) sent.emplace(std::string_view(id.get_string()));
    std::int64_t count = 0;
    for (const auto& message : context.records.query(sql::kernel::due_outbox)) {
        const auto id = message.text("id");
        const bool left = sent.count(id) > 0;
        count += left;
        if (left || !list)
            change_message_state(context, message, left ? message_state::handed_over : message_state::held);
    }
    return count;
}

Result<json::object> note_restore(CommandContext& context, const json::object& payload) {
    context.records.because(text_of(payload, "reason"));
    const auto blocks = renew_blocks(context);
    return json::object{{"blocks", blocks}, {"sent", settle_outbox(context, payload)}};
}

/// The words stand in the journal, and nothing else happens here.
Result<json::object> note_export(CommandContext& context, const json::object& payload) {
    context.records.because(text_of(payload, "reason"));
    return json::object{};
}

}  // namespace

void install_restore(Registry& registry) {
    registry.bind_command("store.note_restore", note_restore);
    registry.bind_command("store.note_export", note_export);
}

}  // namespace wa

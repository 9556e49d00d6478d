// What happens to a message of the outbox after it was put there: sent, refused, repaired, cancelled.
#include "kernel/data.hpp"
#include "kernel/message_tasks.hpp"
#include "kernel/outbox.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

Result<Row> find_message(CommandContext& context, const json::object& payload) {
    auto row = context.records.find("outbox", text_of(payload, "message_id"));
    if (!row) return fail(problems::not_found);
    context.records.about("outbox", row->text("id"));
    WA_CHECK(may_change_either(context, *row));
    return std::move(*row);
}

Result<json::object> note_state(CommandContext& context, const json::object& payload) {
    WA_TRY(row, find_message(context, payload));
    const auto state = text_of(payload, "state");
    const Problem problem(text_of(payload, "code"), object_of(payload, "details"));
    if (!change_message_state(context, row, state, problem))
        return json::object{{"state", row.text("state")}};
    context.records.update("outbox", row.text("id"), {{"attempts", integer_of(payload, "attempts")}});
    if (state == message_state::rejected) task_of_rejected(context, row);
    return json::object{{"state", state}};
}

Result<json::object> repair(CommandContext& context, const json::object& payload) {
    WA_TRY(row, find_message(context, payload));
    if (row.text("state") != message_state::rejected)
        return fail(problems::message_wrong_state, {{"state", row.text("state")}});
    const auto* spec = registry().message(row.text("message_type"));
    WA_ASSERT(spec);
    const auto& corrected = object_of(payload, "payload");
    const auto faults = spec->fields.validate(corrected, {context.today, "counter", &context.reference});
    if (!faults.empty()) return fail(problems::message_faulty, {{"fields", faults_to_json(faults)}});
    Message message{spec->name,
                    "",
                    row.text("case_id"),
                    row.text("person_id"),
                    corrected,
                    "",
                    row.text("answers"),
                    row.text("id"),
                    parse_date(row.text("due_on"))};
    message.recipient = row.text("recipient");
    if (!spec->to_list.empty()) message.recipient_key = message.recipient.substr(spec->to.size() + 1);
    const auto id = put_message(context, message);
    change_message_state(context, row, message_state::repaired);
    context.records.update("outbox", row.text("id"), {{"reason", text_of(payload, "reason")}});
    return json::object{{"message_id", id}};
}

Result<json::object> cancel(CommandContext& context, const json::object& payload) {
    WA_TRY(row, find_message(context, payload));
    if (!change_message_state(context, row, message_state::cancelled))
        return fail(problems::message_wrong_state, {{"state", row.text("state")}});
    context.records.update("outbox", row.text("id"), {{"reason", text_of(payload, "reason")}});
    return json::object{};
}

Result<json::object> release(CommandContext& context, const json::object& payload) {
    WA_TRY(row, find_message(context, payload));
    if (row.text("state") != message_state::held || !change_message_state(context, row, message_state::due))
        return fail(problems::message_wrong_state, {{"state", row.text("state")}});
    context.records.update("outbox", row.text("id"), {{"reason", text_of(payload, "reason")}});
    return json::object{};
}

/// Each row drops out of the statement when it is marked: the round asks again until none is left.
Result<json::object> watch(CommandContext& context, const json::object&) {
    std::int64_t missing = 0;
    const Params today{{"today", to_iso(context.today)}};
    for (const auto& row : context.records.query(sql::kernel::answers_missing, today)) {
        context.records.update("outbox", row.text("id"), {{"answer_missed", std::int64_t(1)}});
        context.records.about("outbox", row.text("id"));
        task_of_missing_answer(context, row);
        ++missing;
    }
    return json::object{{"missing", missing}, {"more", missing > 0}};
}

}  // namespace

void install_message_commands(Registry& registry) {
    registry.bind_command("message.note_state", note_state);
    registry.bind_command("message.repair", repair);
    registry.bind_command("message.cancel", cancel);
    registry.bind_command("message.release", release);
    registry.bind_command("message.watch", watch);
}

}  // namespace wa

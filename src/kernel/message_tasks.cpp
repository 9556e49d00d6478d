#include "kernel/message_tasks.hpp"

#include "kernel/offices.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

namespace {

std::string recipient_of(const CommandContext& context, const Row& message) {
    return office_in_words(context.reference, context.today, message.text("recipient"));
}

}  // namespace

void task_of_rejected(CommandContext& context, const Row& message) {
    put_task(context, {.kind = "message_rejected",
                       .subject = message.text("id"),
                       .title = "Abgewiesene Nachricht berichtigen: " + recipient_of(context, message),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = parse_date(message.text("due_on"))});
}

void task_of_arrived(CommandContext& context, const Row& message) {
    put_task(context, {.kind = "message_arrived",
                       .subject = message.text("id"),
                       .title = "Zurückgehaltene Nachricht ist doch angekommen, Empfänger unterrichten: " +
                                recipient_of(context, message),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = context.today});
}

void task_of_missing_answer(CommandContext& context, const Row& message) {
    const auto* spec = registry().message(message.text("message_type"));
    if (!spec || spec->missing_task.empty()) return;
    put_task(context, {.kind = spec->missing_task,
                       .subject = message.text("id"),
                       .title = "Antwort anmahnen: " + recipient_of(context, message),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = context.today});
}

}  // namespace wa

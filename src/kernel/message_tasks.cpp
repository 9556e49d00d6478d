#include "kernel/message_tasks.hpp"

#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

void task_of_rejected(CommandContext& context, const Row& message) {
    put_task(context, {.kind = "message_rejected",
                       .subject = message.text("id"),
                       .title = "Abgewiesene Nachricht berichtigen: " + message.text("recipient"),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = parse_date(message.text("due_on"))});
}

void task_of_arrived(CommandContext& context, const Row& message) {
    put_task(context, {.kind = "message_arrived",
                       .subject = message.text("id"),
                       .title = "Zurückgehaltene Nachricht ist doch angekommen, Empfänger unterrichten: " +
                                message.text("recipient"),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = context.today});
}

void task_of_missing_answer(CommandContext& context, const Row& message) {
    const auto* spec = registry().message(message.text("message_type"));
    if (!spec || spec->missing_task.empty()) return;
    put_task(context, {.kind = spec->missing_task,
                       .subject = message.text("id"),
                       .title = "Antwort anmahnen: " + message.text("recipient"),
                       .case_id = message.text("case_id"),
                       .person_id = message.text("person_id"),
                       .due_on = context.today});
}

}  // namespace wa

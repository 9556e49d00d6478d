// case.wait: what a case waits for, beside its state (handbook § 1.5: waiting for documents, payment, another
// authority, a second person). No step asks for the mark, so nothing that is possible becomes impossible by
// it.
#include <algorithm>
#include <map>

#include "base/assert.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

namespace {

constexpr std::string_view waiting_mark = "waiting";   ///< code of the finding
constexpr std::string_view waiting_state = "waiting";  ///< its state while it lasts
constexpr std::string_view no_longer = "nothing";

/// What a case may wait for, and how the reminder says it.
const std::map<std::string, std::string, std::less<>> waits{
    {"documents", "Wiedervorlage: wartet auf Unterlagen"},
    {"payment", "Wiedervorlage: wartet auf die Zahlung"},
    {"other_authority", "Wiedervorlage: wartet auf eine andere Stelle"},
    {"second_person", "Wiedervorlage: wartet auf eine zweite Person"}};

bool is_foreseen(const CaseView& the_case, const std::string& what) {
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    const auto& foreseen = array_of(procedure->description(), "waits_for");
    return std::any_of(foreseen.begin(), foreseen.end(),
                       [&](const auto& one) { return std::string_view(one.as_string()) == what; });
}

Result<json::object> put_to_wait(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto what = text_of(payload, "for"), note = text_of(payload, "note");
    if (is_over(the_case.status()) || the_case.status() == case_status::draft)
        return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    if (what == no_longer) {
        if (last_finding(context.records.tx(), the_case.id(), waiting_mark, waiting_state).empty())
            return fail(problems::case_not_waiting);
        end_waiting(context, the_case.id(), note, waiting_mark);
        return json::object{};
    }
    if (!is_foreseen(the_case, what)) return fail(problems::case_not_foreseen);
    Task reminder;
    reminder.kind = "case_waiting";
    reminder.title = waits.at(what);
    reminder.case_id = the_case.id();
    reminder.due_on = parse_date(text_of(payload, "until"));
    reminder.note = note;
    begin_waiting(context, waiting_mark, reminder,
                  {{"for", what}, {"until", text_of(payload, "until")}, {"note", note}});
    return json::object{};
}

}  // namespace

std::string begin_waiting(CommandContext& context, std::string_view code, const Task& task,
                          json::object details) {
    end_waiting(context, task.case_id, text_of(details, "note", "neu begonnen"), code);
    auto own = task;
    own.subject = context.command_id;  // each time of waiting has a task of its own
    const auto task_id = put_task(context, own);
    details["task"] = json::object{{"id", task_id}, {"kind", own.kind}, {"subject", own.subject}};
    details["by"] = context.actor.name;
    details["at"] = to_rfc3339(context.at);
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", task.case_id},
                            {"code", std::string(code)},
                            {"state", std::string(waiting_state)},
                            {"details", json::serialize(details)}});
    return task_id;
}

void end_waiting(CommandContext& context, std::string_view case_id, const std::string& result,
                 std::string_view code) {
    for (const auto& row :
         context.records.query(sql::kernel::case_findings, {{"case_id", std::string(case_id)}})) {
        if (row.text("state") != waiting_state || (!code.empty() && row.text("code") != code)) continue;
        const auto details = parse_json(row.text("details"));
        WA_ASSERT(details && details->is_object());
        const auto& put = object_of(details->get_object(), "task");
        if (put.empty())
            continue;  // an answer of another authority is waited for, and is its message's to end
        context.records.update("case_finding", row.text("id"), {{"state", std::string("done")}});
        Task task;
        task.kind = text_of(put, "kind");
        task.subject = text_of(put, "subject");
        task.case_id = std::string(case_id);
        finish_task(context, task, result);
    }
}

void install_case_waiting(Registry& registry) {
    registry.bind_command("case.wait", put_to_wait);
}

}  // namespace wa

// Endings without a booking that are not the person's own wish (handbook § 1.5): another authority is
// competent; or the case is refused, by a second person, after a hearing (VwVfG §§ 28, 39). Which of them a
// procedure knows, and for which grounds, stands in its description (`endings`).
#include "base/assert.hpp"
#include "base/json_text.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

namespace {

/// What the procedure says of an ending; empty when it does not know it.
const json::object& ending_of(const CaseView& the_case, std::string_view name) {
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    return object_of(object_of(procedure->description(), "endings"), name);
}

void add_ending(CommandContext& context, const CaseView& the_case, std::string_view code,
                json::object details) {
    details["by"] = context.actor.name;
    details["at"] = to_rfc3339(context.at);
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", the_case.id()},
                            {"code", std::string(code)},
                            {"state", std::string("done")},
                            {"details", json::serialize(details)}});
}

/// "Meldebehörde Musterstedt": the office as the procedure calls it, in the municipality as the list does.
std::string authority_of(const CommandContext& context, const json::object& ending,
                         const json::object& payload) {
    const auto key = text_of(payload, "municipality");
    if (key.empty()) return text_of(payload, "authority");
    const auto* municipality = context.reference.code("municipality", key, context.today);
    WA_ASSERT(municipality != nullptr);  // validated with the payload
    return text_of(object_of(ending, "office"), "de") + " " + municipality->text;
}

Result<json::object> end_not_competent(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (is_over(the_case.status())) return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    const auto& ending = ending_of(the_case, case_status::not_competent);
    if (ending.empty()) return fail(problems::case_not_foreseen);
    if (text_of(payload, "municipality") == context.tenant.ags) return fail(problems::case_is_competent);
    const auto authority = authority_of(context, ending, payload);
    add_ending(context, the_case, case_status::not_competent,
               {{"authority", authority},
                {"address", text_of(payload, "address")},
                {"reason", text_of(payload, "reason")}});
    end_case(context, the_case, case_status::not_competent, text_of(payload, "reason"));
    return json::object{{"authority", authority}};
}

/// The ground as the procedure declares it; empty when it has none of this name.
json::object ground_of(const CaseView& the_case, std::string_view value) {
    for (const auto& ground : array_of(ending_of(the_case, case_status::refused), "grounds"))
        if (text_of(ground.as_object(), "value") == value) return ground.as_object();
    return {};
}

/// What was declared and may be refused: a draft asks for nothing yet.
Result<void> is_declared(const CaseView& the_case) {
    if (is_over(the_case.status()) || the_case.status() == case_status::draft)
        return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    if (the_case.row.is_null("submitted_at_ms")) return fail(problems::case_not_submitted);
    return {};
}

/// A term that ends on a Saturday, Sunday or holiday ends with the next working day (VwVfG § 31 Abs. 3).
Date end_of_term(const CommandContext& context, const std::string& day) {
    const auto named = parse_date(day);
    WA_ASSERT(named);  // validated with the payload
    return context.reference.deadline("hearing.next_working_day", add_days(*named, -1));
}

/// VwVfG § 28: says what is intended and why, and asks for an answer; that is written down as the result of
/// the task. Who hears again begins anew.
Result<json::object> hear(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    WA_CHECK(is_declared(the_case));
    const auto ground = text_of(payload, "ground");
    if (ground_of(the_case, ground).empty()) return fail(problems::case_not_foreseen);
    const auto answer_by = end_of_term(context, text_of(payload, "answer_by"));
    Task answer;
    answer.kind = hearing_answer;
    answer.title = "Antwort auf die Anhörung festhalten";
    answer.case_id = the_case.id();
    answer.due_on = answer_by;
    return json::object{{"task_id", begin_waiting(context, "hearing", answer,
                                                  {{"ground", ground},
                                                   {"reasons", text_of(payload, "reasons")},
                                                   {"answer_by", to_iso(answer_by)}})}};
}

/// What the person said, when somebody has written it down.
std::optional<std::string> answer_to(CommandContext& context, const json::object& hearing) {
    const auto task = context.records.find("task", text_of(object_of(hearing, "task"), "id"));
    if (!task || task->text("state") != "done") return std::nullopt;
    return task->text("result");
}

/// Whether somebody has noted how the letter left, before its day had passed: nobody answers what they never
/// got.
bool was_sent(CommandContext& context, const CaseView& the_case, Timestamp from, const Date& until) {
    for (const auto& row : context.records.query(sql::kernel::case_findings, {{"case_id", the_case.id()}})) {
        if (row.text("code") != "handed_over.hearing") continue;
        const auto at = parse_timestamp(text_of(object_in(row.text("details")), "at"));
        if (at && *at >= from && local_date(*at) <= until) return true;
    }
    return false;
}

/// The hearing about what is declared now; what was put right afterwards was not heard.
Result<json::object> hearing_held(CommandContext& context, const CaseView& the_case) {
    auto hearing = last_finding(context.records.tx(), the_case.id(), "hearing");
    const auto at = parse_timestamp(text_of(hearing, "at"));
    if (!at || at->ms < the_case.row.integer("submitted_at_ms")) return fail(problems::case_not_heard);
    const auto answer = answer_to(context, hearing);
    const auto until = parse_date(text_of(hearing, "answer_by"));
    if (!answer && (!until || context.today <= *until))
        return fail(problems::case_hearing_open, {{"until", text_of(hearing, "answer_by")}});
    if (!answer && !was_sent(context, the_case, *at, *until)) return fail(problems::case_not_heard);
    hearing["answer"] = answer.value_or("");
    return hearing;
}

Result<json::object> refuse(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    WA_CHECK(is_declared(the_case));
    WA_TRY(hearing, hearing_held(context, the_case));
    if (has_worked_on(context.records.tx(), the_case.row, context.actor.user_id))
        return fail(problems::case_needs_second_person);
    context.records.about(second_person, the_case.row.text("opened_by"));
    const auto appeal = context.reference.statute("appeal", context.tenant.ags, context.today);
    if (!appeal) return fail(problems::case_no_appeal);
    const auto reasons = text_of(payload, "reasons");
    add_ending(context, the_case, case_status::refused,
               {{"ground", text_of(hearing, "ground")},
                {"reasons", reasons},
                {"heard_on", to_iso(local_date(*parse_timestamp(text_of(hearing, "at"))))},
                {"answer_by", text_of(hearing, "answer_by")},
                {"answer", text_of(hearing, "answer")},
                {"appeal", appeal->text}});
    end_case(context, the_case, case_status::refused, reasons);
    return json::object{};
}

}  // namespace

json::object last_finding(Transaction& tx, std::string_view case_id, std::string_view code,
                          std::string_view state) {
    json::object last;
    for (const auto& row : tx.query(sql::kernel::case_findings, {{"case_id", std::string(case_id)}})) {
        if (row.text("code") != code || (!state.empty() && row.text("state") != state)) continue;
        auto details = parse_json(row.text("details"));
        if (details && details->is_object() && text_of(details->get_object(), "at") >= text_of(last, "at"))
            last = std::move(details->get_object());
    }
    return last;
}

void install_case_endings(Registry& registry) {
    registry.bind_command("case.end_not_competent", end_not_competent);
    registry.bind_command("case.hear", hear);
    registry.bind_command("case.refuse", refuse);
}

}  // namespace wa

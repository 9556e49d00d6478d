#include "kernel/tasks.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

namespace state {
const std::string open = "open";            ///< to be done
const std::string scheduled = "scheduled";  ///< to be done at a time that was agreed
const std::string done = "done";
const std::string dropped = "dropped";  ///< no longer needed
}  // namespace state

bool is_closed(const Row& task) {
    return task.text("state") == state::done || task.text("state") == state::dropped;
}

Value text_or_null(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

/// The same on a laptop and at the hub, and for every command that puts this task.
std::string task_id(const CommandContext& context, const Task& task) {
    const auto& owner = !task.case_id.empty()     ? task.case_id
                        : !task.person_id.empty() ? task.person_id
                                                  : context.command_id;
    const auto id = parse_id(owner);
    WA_ASSERT(id);
    const auto sum = sha256(task.kind + "\n" + task.subject);
    std::uint32_t counter = 0;
    for (std::size_t i = 0; i < 4; ++i) counter = counter << 8 | sum[i];
    return derive_id(*id, counter, id->at_ms()).text();
}

bool asks_somebody_else(const Row& task, const Actor& actor) {
    return task.text("kind") == read_reason && ReadReason::of(task.text("subject")).user_id != actor.user_id;
}

Result<Row> load_task(CommandContext& context, const json::object& payload) {
    auto task = context.records.find("task", text_of(payload, "task_id"));
    if (task && asks_somebody_else(*task, context.actor)) return fail(problems::task_not_found);
    if (!task || text_of(payload, "case_id") != task->text("case_id")) return fail(problems::task_not_found);
    if (const auto the_case = task->text("case_id"); !the_case.empty())
        context.records.about("case", the_case);
    if (const auto person = task->text("person_id"); !person.empty()) context.records.about("person", person);
    if (task->text("kind") == tenant_export) context.records.about("export", task->text("subject"));
    WA_CHECK(may_change_either(context, *task));
    return std::move(*task);
}

/// Names the stream, so that a task is never closed before the command that put it has arrived.
Result<void> prepare_task(CommandContext& context, json::object& payload) {
    const auto task = read_row(context.records.tx(), "task", text_of(payload, "task_id"));
    if (!task) return fail(problems::task_not_found);
    payload.erase("case_id");
    if (!task->is_null("case_id")) payload["case_id"] = task->text("case_id");
    return {};
}

/// Whether somebody comes for a task of this kind, at a time that is agreed with them: what the description
/// of a procedure names. What a desk does by itself has its deadline.
bool takes_appointment(std::string_view kind) {
    const auto& procedures = registry().procedures();
    return std::any_of(procedures.begin(), procedures.end(), [&](const auto& procedure) {
        const auto& kinds = array_of(procedure.second.description(), "appointments");
        return std::any_of(kinds.begin(), kinds.end(),
                           [&](const auto& one) { return std::string_view(one.as_string()) == kind; });
    });
}

Result<json::object> schedule(CommandContext& context, const json::object& payload) {
    WA_TRY(task, load_task(context, payload));
    if (is_closed(task)) return fail(problems::task_closed);
    if (!takes_appointment(task.text("kind"))) return fail(problems::task_without_appointment);
    const auto at = parse_timestamp(text_of(payload, "scheduled_at"));
    WA_ASSERT(at);
    if (*at < context.at)
        return fail(
            problems::payload_invalid,
            {{"fields",
              faults_to_json({{"scheduled_at", std::string(problems::field_date_out_of_range.name), {}}})}});
    context.records.update("task", task.text("id"),
                           {{"state", state::scheduled},
                            {"scheduled_at", text_of(payload, "scheduled_at")},
                            {"place", text_or_null(text_of(payload, "place"))},
                            {"note", text_or_null(text_of(payload, "note", task.text("note")))}});
    return json::object{};
}

/// Kinds with a rule of their own.
struct KindRule {
    std::string_view kind;
    std::string_view permission;  ///< who may close it
    std::string_view
        other_kind;  ///< whoever has done the task of that kind about the same subject cannot do this one
};

/// Whose it is to stop the erasing of data it is, too, to let it begin again.
constexpr KindRule kind_rules[]{{legal_hold, "register.release", ""},
                                {mass_erasure, "register.release", mass_erasure_second},
                                {mass_erasure_second, "register.write", mass_erasure},
                                {tenant_export, "register.release", tenant_export_asked},
                                {read_reason, "case.write", ""},
                                {hearing_answer, "case.write", ""}};

/// Null: a kind like most.
const KindRule* rule_of(std::string_view kind) {
    for (const auto& rule : kind_rules)
        if (rule.kind == kind) return &rule;
    return nullptr;
}

/// Who has done the task of that kind about this subject; empty: nobody.
std::string done_by(CommandContext& context, std::string_view kind, const std::string& subject) {
    const TaskFilter of_kind{.state = state::done, .kind = std::string(kind), .limit = 10'000};
    const auto rows = context.records.query(sql::kernel::list_tasks, of_kind.params());
    const auto done = std::find_if(rows.begin(), rows.end(),
                                   [&](const Row& row) { return row.text("subject") == subject; });
    return done == rows.end() ? "" : done->text("closed_by");
}

Result<void> may_close(CommandContext& context, const Row& task, const std::string& outcome) {
    const auto* rule = rule_of(task.text("kind"));
    if (!rule) return {};
    if (!context.actor.may(rule->permission))
        return fail(problems::permission_denied, {{"permission", std::string(rule->permission)}});
    if (outcome != state::done || rule->other_kind.empty()) return {};
    const auto other = done_by(context, rule->other_kind, task.text("subject"));
    if (other.empty()) return {};
    if (other == context.actor.user_id) return fail(problems::message_needs_second_person);
    context.records.about(second_person, other);
    return {};
}

Result<json::object> close(CommandContext& context, const json::object& payload) {
    WA_TRY(task, load_task(context, payload));
    const auto outcome = text_of(payload, "outcome", state::done);
    WA_CHECK(may_close(context, task, outcome));
    auto result = text_of(payload, "result");
    if (is_closed(task)) {
        if (!context.replayed) return fail(problems::task_closed);
        // It was closed here as well while the Koffer was away: both did it, so both results are kept.
        context.records.update("task", task.text("id"), {{"result", task.text("result") + "\n" + result}});
        return json::object{};
    }
    context.records.update("task", task.text("id"),
                           {{"state", outcome},
                            {"closed_at_ms", context.at.ms},
                            {"closed_by", context.actor.user_id},
                            {"result", std::move(result)}});
    return json::object{};
}

/// Whom a task is about; of one that asks what somebody read for, of whom they read.
std::string person_of(Transaction& tx, const Row& task) {
    if (task.text("kind") != read_reason) return task.text("person_id");
    const auto seq = ReadReason::of(task.text("subject")).seq;
    for (const auto& row : tx.query(sql::kernel::journal_subjects_page, {{"from", seq}, {"until", seq}}))
        if (row.text("subject_type") == "person") return row.text("subject_id");
    return {};
}

/// What whoever asks can do about a task, so that no page knows the rules of its kind again.
void add_steps(json::object& task, const Row& row, const Actor& actor) {
    const auto* rule = rule_of(row.text("kind"));
    const bool theirs = !is_closed(row) && !task.contains("hidden") && actor.may("case.write");
    task["may_close"] = theirs && (!rule || actor.may(rule->permission));
    task["may_schedule"] = theirs && takes_appointment(row.text("kind"));
}

json::array shown(QueryContext& context, const Rows& rows) {
    ListedPersons persons(context);
    json::array tasks;
    for (const auto& row : rows) {
        auto task = row_to_json(row);
        task.erase("case_person_id");
        const auto person = person_of(context.tx, row);
        if (!person.empty()) task["person_id"] = person;
        persons.name(task, {person, row.text("case_person_id")}, row.text("case_title"),
                     {"id", "kind", "case_id", "case_number", "due_on", "scheduled_at", "state",
                      "created_at_ms", "closed_at_ms"});
        add_steps(task, row, context.actor);
        tasks.push_back(std::move(task));
    }
    return tasks;
}

Result<json::object> list_tasks(QueryContext& context, const json::object& params) {
    const auto person = text_of(params, "person_id");
    if (!person.empty()) context.show("person", person);
    WA_CHECK(may_see(context, person));
    const TaskFilter filter{.asked = context.actor.user_id,
                            .state = text_of(params, "state"),
                            .kind = text_of(params, "kind"),
                            .due_until = text_of(params, "due"),
                            .case_id = text_of(params, "case_id"),
                            .person_id = person,
                            .limit = integer_of(params, "limit", 200)};
    return json::object{
        {"tasks", shown(context, context.tx.query(sql::kernel::list_tasks, filter.params()))}};
}

}  // namespace

ReadReason ReadReason::of(const std::string& subject) {
    const auto blank = subject.find(' ');
    if (blank == std::string::npos) return {subject, 0};
    return {subject.substr(0, blank), std::strtoll(subject.c_str() + blank, nullptr, 10)};
}

Params TaskFilter::params() const {
    const bool to_do = state == "todo";
    return {
        {"asked", asked},   {"state", to_do ? "" : state}, {"to_do", std::int64_t(to_do)}, {"kind", kind},
        {"due", due_until}, {"case_id", case_id},          {"person_id", person_id},       {"limit", limit}};
}

std::string put_task(CommandContext& context, const Task& task) {
    WA_ASSERT(!task.kind.empty() && !task.title.empty());
    const auto id = task_id(context, task);
    const Value due = task.due_on ? Value(to_iso(*task.due_on)) : Value();
    // Read, not seen: that the task is there already decides nothing of the command.
    if (const auto there = read_row(context.records.tx(), "task", id)) {
        if (there->text("state") == state::dropped)
            context.records.update("task", id,
                                   {{"state", state::open},
                                    {"due_on", due},
                                    {"scheduled_at", Value()},
                                    {"closed_at_ms", Value()},
                                    {"closed_by", Value()},
                                    {"result", Value()}});
        return id;
    }
    context.records.insert("task", id,
                           {{"kind", task.kind},
                            {"subject", task.subject},
                            {"title", task.title},
                            {"case_id", text_or_null(task.case_id)},
                            {"person_id", text_or_null(task.person_id)},
                            {"due_on", due},
                            {"state", state::open},
                            {"note", text_or_null(task.note)},
                            {"created_at_ms", context.at.ms},
                            {"created_by", context.actor.user_id}});
    return id;
}

void finish_task(CommandContext& context, const Task& task, std::string_view result) {
    const auto there = read_row(context.records.tx(), "task", task_id(context, task));
    if (!there || is_closed(*there)) return;
    context.records.update("task", there->text("id"),
                           {{"state", state::done},
                            {"closed_at_ms", context.at.ms},
                            {"closed_by", context.actor.user_id},
                            {"result", std::string(result)}});
}

void drop_tasks(CommandContext& context, std::string_view case_id, std::string_view result) {
    for (const auto& row :
         context.records.query(sql::kernel::tasks_to_do_of_case, {{"case_id", std::string(case_id)}})) {
        const auto task = read_row(context.records.tx(), "task", row.text("id"));
        if (task->text("kind") == legal_hold) continue;
        context.records.update("task", row.text("id"),
                               {{"state", state::dropped},
                                {"closed_at_ms", context.at.ms},
                                {"closed_by", context.actor.user_id},
                                {"result", std::string(result)}});
    }
}

json::array tasks_of_case(QueryContext& context, std::string_view case_id) {
    const TaskFilter filter{.asked = context.actor.user_id, .case_id = std::string(case_id)};
    return shown(context, context.tx.query(sql::kernel::list_tasks, filter.params()));
}

void install_tasks(Registry& registry) {
    registry.bind_command("task.schedule", schedule, prepare_task);
    registry.bind_command("task.close", close, prepare_task);
    registry.bind_query("task.list", list_tasks);
}

}  // namespace wa

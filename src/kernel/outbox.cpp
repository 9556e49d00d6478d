#include "kernel/outbox.hpp"

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/message_tasks.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

/// What keeps a message from leaving, if anything.
Problem fault_of(const CommandContext& context, const MessageSpec& spec, const std::string& recipient,
                 const json::object& payload) {
    const auto faults = spec.fields.validate(payload, {context.today, "counter", &context.reference});
    if (!faults.empty()) return Problem(problems::message_faulty, {{"fields", faults_to_json(faults)}});
    if (!is_recipient(spec, recipient, context.reference, context.today))
        return Problem(problems::message_unknown_recipient);
    return {};
}

bool may_follow(std::string_view from, std::string_view to) {
    using namespace message_state;
    if (to == rejected) return from == due || from == handed_over || from == acknowledged;
    // A cancelled one may have been on its way already.
    if (to == acknowledged) return from == due || from == handed_over || from == cancelled;
    if (to == handed_over) return from == due || from == held || from == cancelled;
    if (to == held) return from == due;
    if (to == due) return from == due || from == held;
    if (to == cancelled) return from == due || from == held || from == rejected;
    return to == repaired && from == rejected;
}

/// Another message of the case that names this one (its revocation) tells the recipient already.
bool is_told_already(CommandContext& context, const Row& message) {
    const auto id = message.text("id"), case_id = message.text("case_id");
    if (case_id.empty()) return false;
    const auto rows = context.records.query(sql::kernel::messages_of_case, {{"case_id", case_id}});
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.text("recipient") == message.text("recipient") &&
               row.text("payload").find(id) != std::string::npos;
    });
}

bool has_municipality_in(const Reference& reference, std::string_view county, const Date& on) {
    for (const auto& entry : reference.entries("municipality"))
        if (entry.code.size() == 8 && std::string_view(entry.code).substr(0, 5) == county &&
            entry.valid_on(on))
            return true;
    return false;
}

/// One row of the outbox as people see it.
json::object show_message(ListedPersons& persons, const Row& row, const Date& today) {
    auto out = row_to_json(row);
    out.erase("case_person_id");
    out["problem"] = show_problem(row.text("problem"));
    const auto state = row.text("state"), due_on = row.text("due_on");
    const bool unsent = state == message_state::due || state == message_state::rejected;
    out["late"] = unsent && due_on < to_iso(today);
    out["answered"] = !row.text("answered_by").empty();
    out["interactive"] = row.integer("interactive") == 1;
    const auto* spec = registry().message(row.text("message_type"));
    out["answer_type"] = spec ? spec->answer_type : "";
    out["verify"] = spec && spec->verify;
    persons.name(out, {row.text("person_id"), row.text("case_person_id")}, row.text("case_title"),
                 {"id", "case_id", "case_number", "due_on", "late", "state", "attempts", "created_at_ms",
                  "state_at_ms", "answered"});
    return out;
}

Result<json::object> list_outbox(QueryContext& context, const json::object& params) {
    return json::object{{"messages", show_outbox(context, params)}};
}

Result<json::object> get_sent(QueryContext& context, const json::object& params) {
    const auto rows = context.tx.query(sql::kernel::list_outbox, {{"state", std::string()},
                                                                  {"case_id", std::string()},
                                                                  {"id", text_of(params, "message_id")},
                                                                  {"worklist", std::int64_t(0)},
                                                                  {"today", to_iso(context.today)}});
    if (rows.empty()) return fail(problems::not_found);
    const auto& row = rows.front();
    for (const auto* type : {"case", "person"})
        if (const auto id = row.text(std::string(type) + "_id"); !id.empty()) context.show(type, id);
    WA_CHECK(may_see_either(context, row));
    ListedPersons persons(context);
    const auto* spec = registry().message(row.text("message_type"));
    const auto payload = parse_json(read_row(context.tx, "outbox", row.text("id"))->text("payload"));
    WA_ASSERT(spec && payload && payload->is_object());
    return json::object{{"message", show_message(persons, row, context.today)},
                        {"payload", payload->get_object()},
                        {"fields", spec->fields.declaration()}};
}

}  // namespace

std::string recipient_text(const MessageSpec& spec, std::string_view key) {
    return key.empty() ? spec.to : spec.to + " " + std::string(key);
}

bool is_recipient(const MessageSpec& spec, std::string_view recipient, const Reference& reference,
                  const Date& on) {
    if (spec.to == "*") return !recipient.empty();
    if (spec.to_list.empty()) return recipient == spec.to;
    if (!recipient.starts_with(spec.to + " ")) return false;
    const auto key = recipient.substr(spec.to.size() + 1);
    if (spec.to_list == "county") return key.size() == 5 && has_municipality_in(reference, key, on);
    return reference.code(spec.to_list, key, on) != nullptr;
}

std::string store_problem(const Problem& problem) {
    return problem.code.empty()
               ? std::string()
               : json::serialize(json::object{{"code", problem.code}, {"details", problem.details}});
}

json::value show_problem(const std::string& stored) {
    const auto value = parse_json(stored);
    if (!value || !value->is_object()) return nullptr;
    Problem problem(text_of(value->get_object(), "code"), object_of(value->get_object(), "details"));
    // Another program's reason is shown as it is called there.
    if (!registry().problems().contains(problem.code))
        problem = Problem(problems::message_rejected_elsewhere, {{"code", problem.code}});
    return json::object{
        {"code", problem.code}, {"details", problem.details}, {"words", words_for(registry(), problem)}};
}

std::string put_message(CommandContext& context, const Message& message) {
    const auto* spec = registry().message(message.message_type);
    WA_ASSERT(spec && spec->outgoing);
    const auto recipient = spec->to == "*" ? message.recipient : recipient_text(*spec, message.recipient_key);
    const auto due = message.due_on           ? *message.due_on
                     : spec->deadline.empty() ? context.today
                                              : context.reference.deadline(spec->deadline, context.today);
    const auto fault = fault_of(context, *spec, recipient, message.payload);
    const auto id = context.ids.next();
    context.records.insert(
        "outbox", id,
        {{"recipient", recipient},
         {"message_type", spec->name},
         {"case_id", message.case_id},
         {"person_id", message.person_id},
         {"law", spec->law},
         {"due_on", to_iso(due)},
         {"interactive", std::int64_t(spec->interactive)},
         {"created_at_ms", context.at.ms},
         {"state", std::string(fault.code.empty() ? message_state::due : message_state::rejected)},
         {"state_at_ms", context.at.ms},
         {"problem", store_problem(fault)},
         {"answers", message.answers},
         {"replaces", message.replaces},
         {"payload", json::serialize(message.payload)}});
    context.records.about("outbox", id);
    if (!fault.code.empty()) task_of_rejected(context, *read_row(context.records.tx(), "outbox", id));
    return id;
}

bool change_message_state(CommandContext& context, const Row& message, std::string_view state,
                          const Problem& problem) {
    if (!may_follow(message.text("state"), state)) return false;
    if (message.text("state") == message_state::cancelled && !is_told_already(context, message))
        task_of_arrived(context, message);
    Columns columns{
        {"state", std::string(state)}, {"state_at_ms", context.at.ms}, {"problem", store_problem(problem)}};
    if (state == message_state::handed_over || state == message_state::acknowledged) {
        if (message.is_null("handed_over_at_ms")) columns.push_back({"handed_over_at_ms", context.at.ms});
        const auto* spec = registry().message(message.text("message_type"));
        if (spec && !spec->answer_deadline.empty() && message.text("answer_due_on").empty())
            columns.push_back(
                {"answer_due_on", to_iso(context.reference.deadline(spec->answer_deadline, context.today))});
    }
    if (state == message_state::acknowledged) columns.push_back({"acknowledged_at_ms", context.at.ms});
    const auto id = message.text("id");
    context.records.update("outbox", id, columns);
    context.records.about("outbox", id);
    if (const auto case_id = message.text("case_id"); !case_id.empty())
        context.records.about("case", case_id);
    return true;
}

bool cancel_message(CommandContext& context, const Row& message, const std::string& reason) {
    if (!change_message_state(context, message, message_state::cancelled)) return false;
    context.records.update("outbox", message.text("id"), {{"reason", reason}});
    return true;
}

json::array show_outbox(QueryContext& context, const json::object& params) {
    ListedPersons persons(context);
    json::array messages;
    for (const auto& row :
         context.tx.query(sql::kernel::list_outbox, {{"state", text_of(params, "state")},
                                                     {"case_id", text_of(params, "case_id")},
                                                     {"id", std::string()},
                                                     {"worklist", std::int64_t(flag_of(params, "worklist"))},
                                                     {"today", to_iso(context.today)}}))
        messages.push_back(show_message(persons, row, context.today));
    return messages;
}

void install_message_commands(Registry& registry);  // message_commands.cpp

void install_outbox(Registry& registry) {
    registry.bind_query("outbox.list", list_outbox);
    registry.bind_query("outbox.get", get_sent);
    install_message_commands(registry);
}

}  // namespace wa

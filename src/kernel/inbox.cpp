#include "kernel/inbox.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/message_tasks.hpp"
#include "kernel/outbox.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

IncomingMessage received_message(const json::object& payload) {
    IncomingMessage message;
    message.message_id = text_of(payload, "message_id");
    message.message_type = text_of(payload, "type");
    message.sender = text_of(payload, "sender");
    message.answers = text_of(payload, "answers");
    message.payload = object_of(payload, "payload");
    return message;
}

/// Whether a type is what another one awaits in return.
bool is_answer(const std::string& type) {
    const auto& all = registry().messages();
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& entry) { return entry.second.answer_type == type; });
}

/// The message of ours that this one answers; a failure when there is none that awaits it.
Result<void> find_request(CommandContext& context, IncomingMessage& message) {
    if (!is_answer(message.message_type)) return {};
    auto request = context.records.find("outbox", message.answers);
    const auto* spec = request ? registry().message(request->text("message_type")) : nullptr;
    if (!spec || spec->answer_type != message.message_type || request->text("recipient") != message.sender)
        return fail(problems::message_no_such_request);
    const auto answered_by = request->text("answered_by");
    if (!answered_by.empty() && answered_by != message.inbox_id)
        return fail(problems::message_answered_already);
    message.request = std::move(*request);
    return {};
}

/// Runs the type's handler. What it refuses goes back to the sender.
Result<Received> handle(CommandContext& context, IncomingMessage& message, std::int64_t type_version) {
    const auto* spec = registry().message(message.message_type);
    if (!spec || !spec->incoming) return fail(problems::message_unknown_type);
    // Both ends of a type are of one kind of authority; a receipt comes from anybody.
    if (!is_recipient(*spec, message.sender, context.reference, context.today))
        return fail(problems::message_unknown_sender);
    if (type_version != spec->version)
        return fail(problems::message_wrong_version, {{"version", spec->version}});
    const auto faults =
        spec->fields.validate(message.payload, {context.today, "counter", &context.reference});
    if (!faults.empty()) return fail(problems::message_faulty, {{"fields", faults_to_json(faults)}});
    WA_CHECK(find_request(context, message));
    const auto changed_before = context.records.changes().size();
    auto received = spec->handler(context, message);
    // A refusal is kept beside what was done before: so nothing may have been done.
    WA_ASSERT(received || context.records.changes().size() == changed_before);
    if (received && message.request)
        context.records.update("outbox", message.request->text("id"), {{"answered_by", message.inbox_id}});
    return received;
}

void name_subjects(CommandContext& context, const std::string& inbox_id, const Received& received) {
    context.records.about("inbox", inbox_id);
    if (!received.case_id.empty()) context.records.about("case", received.case_id);
    if (!received.person_id.empty()) context.records.about("person", received.person_id);
}

Result<json::object> receive(CommandContext& context, const json::object& payload) {
    auto message = received_message(payload);
    message.inbox_id = context.command_id;
    const Params same{{"message_id", message.message_id}, {"sender", message.sender}};
    const bool id_taken = !context.records.query(sql::kernel::inbox_of_message, same).empty();
    auto received = id_taken ? Result<Received>(fail(problems::message_other_content))
                             : handle(context, message, integer_of(payload, "type_version"));
    Received kept = received ? *received : Received{};
    if (!received) {
        kept.state = "rejected";
        kept.problem = received.error();
    }
    context.records.insert("inbox", message.inbox_id,
                           {{"message_id", message.message_id},
                            {"message_type", message.message_type},
                            {"type_version", integer_of(payload, "type_version")},
                            {"sender", message.sender},
                            {"answers", message.answers},
                            {"sent_at", text_of(payload, "sent_at")},
                            {"received_at_ms", context.at.ms},
                            {"case_id", kept.case_id},
                            {"person_id", kept.person_id},
                            {"state", kept.state},
                            {"problem", store_problem(kept.problem)},
                            {"candidates", json::serialize(kept.candidates)},
                            {"needs_release", std::int64_t(kept.needs_release)},
                            {"payload", json::serialize(message.payload)}});
    name_subjects(context, message.inbox_id, kept);
    return json::object{
        {"state", kept.state}, {"code", kept.problem.code}, {"details", kept.problem.details}};
}

json::object payload_of(const Row& row) {
    const auto payload = parse_json(row.text("payload"));
    WA_ASSERT(payload && payload->is_object());
    return payload->get_object();
}

/// Whom a message may mean, as far as its handler found out.
std::vector<std::string> candidates_of(const Row& row) {
    std::vector<std::string> ids;
    const auto candidates = parse_json(row.text("candidates"));
    if (!candidates || !candidates->is_array()) return ids;
    for (const auto& id : candidates->get_array())
        if (id.is_string()) ids.emplace_back(id.get_string());
    return ids;
}

/// Four eyes where the handler asked for them: the lead, and nobody who worked on the case.
Result<void> may_settle(CommandContext& context, const Row& row) {
    if (row.integer("needs_release") == 0) return {};
    if (!context.actor.may("register.release"))
        return fail(problems::permission_denied, {{"permission", "register.release"}});
    const auto the_case = context.records.find("case_file", row.text("case_id"));
    if (the_case && has_worked_on(context.records.tx(), *the_case, context.actor.user_id))
        return fail(problems::message_needs_second_person);
    if (the_case) context.records.about(second_person, the_case->text("opened_by"));
    return {};
}

Result<json::object> settle_message(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "inbox_id");
    const auto row = context.records.find("inbox", id);
    if (!row) return fail(problems::not_found);
    if (row->text("state") != "open")
        return fail(problems::message_wrong_state, {{"state", row->text("state")}});
    WA_CHECK(may_settle(context, *row));
    WA_CHECK(may_change_either(context, *row));
    for (const auto& person : candidates_of(*row)) WA_CHECK(may_change(context, person));
    if (const auto chosen = text_of(payload, "person_id"); !chosen.empty())
        WA_CHECK(may_name(context, chosen));
    IncomingMessage message{row->text("message_id"),
                            row->text("message_type"),
                            row->text("sender"),
                            row->text("answers"),
                            payload_of(*row),
                            std::nullopt,
                            id,
                            text_of(payload, "choice"),
                            text_of(payload, "person_id")};
    WA_TRY(handled, handle(context, message, row->integer("type_version")));
    if (handled.state == "open") return fail(std::move(handled.problem));
    if (handled.case_id.empty()) handled.case_id = row->text("case_id");
    if (handled.person_id.empty()) handled.person_id = row->text("person_id");
    context.records.update("inbox", id,
                           {{"state", std::string("settled")},
                            {"case_id", handled.case_id},
                            {"person_id", handled.person_id},
                            {"settled_by", context.actor.user_id},
                            {"settled_at_ms", context.at.ms},
                            {"note", text_of(payload, "note")}});
    name_subjects(context, id, handled);
    return json::object{{"state", "settled"}};
}

/// The recipient's word on a message of ours.
Result<Received> take_receipt(CommandContext& context, const IncomingMessage& message) {
    const auto row = context.records.find("outbox", text_of(message.payload, "message_id"));
    if (!row || row->text("recipient") != message.sender) return fail(problems::message_no_such_request);
    const auto outcome = text_of(message.payload, "outcome");
    const Problem problem(text_of(message.payload, "code"), object_of(message.payload, "details"));
    const bool changed = change_message_state(context, *row, outcome, problem);
    if (changed && outcome == message_state::rejected) task_of_rejected(context, *row);
    Received received;
    received.case_id = row->text("case_id");
    received.person_id = row->text("person_id");
    return received;
}

json::object show(const Row& row) {
    auto out = row_to_json(row);
    for (const auto* inside : {"payload", "candidates", "case_title", "case_person_id"}) out.erase(inside);
    out["problem"] = show_problem(row.text("problem"));
    return out;
}

Result<json::object> list_inbox(QueryContext& context, const json::object& params) {
    ListedPersons persons(context);
    json::array messages;
    for (const auto& row :
         context.tx.query(sql::kernel::list_inbox,
                          {{"state", text_of(params, "state")}, {"case_id", text_of(params, "case_id")}})) {
        auto message = show(row);
        persons.name(message, {row.text("person_id"), row.text("case_person_id")}, row.text("case_title"),
                     {"id", "case_id", "case_number", "received_at_ms", "state"});
        messages.push_back(std::move(message));
    }
    return json::object{{"messages", std::move(messages)}};
}

Result<json::object> get_received(QueryContext& context, const json::object& params) {
    const auto row = read_row(context.tx, "inbox", text_of(params, "inbox_id"));
    if (!row) return fail(problems::not_found);
    for (const auto* type : {"case", "person"})
        if (const auto id = row->text(std::string(type) + "_id"); !id.empty()) context.show(type, id);
    WA_CHECK(may_see_either(context, *row));
    json::array candidates;
    for (const auto& person : candidates_of(*row)) {
        WA_CHECK(may_see(context, person));
        candidates.push_back(json::string(person));
    }
    // A message of a type this program does not know is kept, but nobody can say what its fields mean.
    const auto* spec = registry().message(row->text("message_type"));
    return json::object{{"message", show(*row)},
                        {"payload", payload_of(*row)},
                        {"fields", spec ? spec->fields.declaration() : json::array{}},
                        {"candidates", std::move(candidates)}};
}

}  // namespace

std::string receive_command_id(std::string_view sender, std::string_view message_id,
                               const json::object& payload) {
    const auto hash = sha256(canonical_json(
        json::array{"wanderamt inbox", json::string_view(sender), json::string_view(message_id), payload}));
    Id id;
    std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
    return id.text();
}

void install_inbox(Registry& registry) {
    registry.bind_command("message.receive", receive);
    registry.bind_command("inbox.settle", settle_message);
    registry.bind_query("inbox.list", list_inbox);
    registry.bind_query("inbox.get", get_received);
    registry.bind_message("exchange.receipt", take_receipt);
}

}  // namespace wa

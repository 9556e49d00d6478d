// residence.revoke: a booked registration was wrong and is taken back (Berichtigung, BMG § 6 Abs. 1). What it
// changed gets its former value again; history and journal keep both. Who was told is told again.
#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/undo.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Neither who opened the case nor who booked it: the one who booked is the other of the four eyes.
bool is_somebody_else(CommandContext& context, const Row& the_case, const std::string& booking) {
    if (!is_second_person(context, the_case)) return false;
    const auto rows = context.records.query(statements::command_actor, {{"command_id", booking}});
    if (rows.empty()) return true;
    const auto booker = rows.front().text("actor");
    if (booker == context.actor.user_id) return false;
    context.records.about(second_person, booker);
    return true;
}

/// Its legal holds go over to the persons while they can still be told from it.
void hand_over_holds(CommandContext& context, const std::string& case_id) {
    for (const auto& row :
         context.records.query(wa::sql::kernel::tasks_to_do_of_case, {{"case_id", case_id}})) {
        const auto task = read_row(context.records.tx(), "task", row.text("id"));
        if (task->text("kind") == legal_hold) hold_persons(context, case_id, *task);
    }
}

/// What an answer that came after the booking has marked in its persons: a block (BMG § 51).
void undo_late_answers(CommandContext& context, const std::string& case_id, const BookingRecord& record,
                       const std::string& reason) {
    for (const auto& row : context.records.query(wa::sql::kernel::messages_of_case, {{"case_id", case_id}})) {
        const auto answer = row.text("answered_by");
        if (row.text("message_type") != "vms_request" || answer.empty()) continue;
        for (const auto& one : record.persons) Undo(context, one.person_id, {"", answer, reason}).run();
    }
}

Result<json::object> revoke(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    const auto record = booking_record(context.records.tx(), the_case.id());
    const auto status = the_case.status();
    if ((status != case_status::booked && status != case_status::closed) || record.persons.empty())
        return fail(problems::residence_not_booked);
    if (!is_somebody_else(context, the_case.row, record.command_id))
        return fail(problems::residence_needs_second_person);
    const auto reason = text_of(payload, "reason"), id = the_case.id();
    for (const auto& one : record.persons)
        if (!Undo(context, one.person_id, {id, record.command_id, reason}).possible())
            return fail(problems::residence_changed_since);
    put_revocation(context, the_case.row);
    undo_late_answers(context, id, record, reason);
    for (const auto& one : record.persons)
        Undo(context, one.person_id, {id, record.command_id, reason}).run(one.is_new);
    hand_over_holds(context, id);
    drop_tasks(context, id, reason);
    const json::object details{
        {"reason", reason}, {"by", context.actor.name}, {"at", to_rfc3339(context.at)}};
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", id},
                            {"code", std::string("revocation")},
                            {"state", std::string("done")},
                            {"details", json::serialize(details)}});
    context.records.update("case_file", id,
                           {{"status", std::string(case_status::withdrawn)},
                            {"decision", std::string("revoked")},
                            {"decided_at_ms", context.at.ms},
                            {"first_decided_at_ms", the_case.row.at("decided_at_ms")}});
    return json::object{};
}

}  // namespace

BookingRecord booking_record(Transaction& tx, const std::string& case_id) {
    BookingRecord record;
    for (const auto& row : tx.query(sql::kernel::case_findings, {{"case_id", case_id}})) {
        if (row.text("code") != "booking") continue;
        const auto details = parse_json(row.text("details"));
        WA_ASSERT(details && details->is_object());
        record.command_id = text_of(details->get_object(), "command_id");
        for (const auto& entry : array_of(details->get_object(), "persons")) {
            const auto& one = entry.as_object();
            record.persons.push_back(
                {text_of(one, "person_id"), text_of(one, "dwelling_id"), flag_of(one, "is_new")});
        }
    }
    return record;
}

void install_revoke(Registry& registry) {
    registry.bind_command("residence.revoke", revoke);
}

}  // namespace wa::residence

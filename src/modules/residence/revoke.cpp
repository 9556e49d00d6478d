// residence.revoke: a booked registration was wrong and is taken back (Berichtigung, BMG § 6 Abs. 1). What it
// changed gets its former value again; history and journal keep both. Who was told is told again.
#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/undo.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Neither who opened the case nor who booked it.
bool is_somebody_else(CommandContext& context, const Row& the_case, const std::string& booking) {
    if (!is_second_person(context, the_case)) return false;
    const auto rows = context.records.query(statements::command_actor, {{"command_id", booking}});
    return rows.empty() || rows.front().text("actor") != context.actor.user_id;
}

/// Whom the case registered its legal hold knows by their dwellings, which are taken back: it goes over to
/// each of them (handbook § 10).
void hold_persons(CommandContext& context, const std::string& case_id, const BookingRecord& record) {
    for (const auto& row :
         context.records.query(wa::sql::kernel::tasks_to_do_of_case, {{"case_id", case_id}})) {
        const auto task = read_row(context.records.tx(), "task", row.text("id"));
        if (task->text("kind") != legal_hold) continue;
        for (const auto& one : record.persons)
            put_task(context, {.kind = task->text("kind"),
                               .subject = task->text("id"),
                               .title = task->text("title"),
                               .person_id = one.person_id,
                               .note = task->text("note")});
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
    for (const auto& one : record.persons)
        Undo(context, one.person_id, {id, record.command_id, reason}).run(one.is_new);
    hold_persons(context, id, record);
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
                            {"decided_at_ms", context.at.ms}});
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

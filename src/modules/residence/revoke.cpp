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

<<<<<<< HEAD
=======
/// Undoes for one person what one command booked.
class Undo {
  public:
    Undo(CommandContext& context, const std::string& person_id, const std::string& case_id,
         const std::string& booking, const std::string& source)
        : context_(context),
          person_id_(person_id),
          case_id_(case_id),
          booking_(booking),
          source_("Rücknahme: " + source) {}

    /// False when something the booking wrote has been changed since: then nothing simple is right.
    bool possible() const {
        for (const auto& row : dwellings())
            if (touched(row) && row.text("version") != booking_ && !only_renamed(row)) return false;
        return true;
    }

    void run(bool was_new) {
        const auto before = index_entries(context_.records.tx(), person_id_);
        for (const auto& row : dwellings())
            if (row.text("source_case") == case_id_) remove(row);
        for (const auto& entry : history(statements::raw_dwelling_history))
            if (entry.text("field") != "dwelling") restore(entry);
        relations();
        write_index(context_.records, person_id_, before, index_entries(context_.records.tx(), person_id_));
        person(was_new);
        context_.records.about("person", person_id_);
    }

  private:
    Rows dwellings() const {
        return context_.records.query(statements::dwellings_of, {{"person_id", person_id_}});
    }
    /// What the booking wrote into a table of history, oldest first.
    Rows history(const Statement& statement) const {
        Rows own;
        for (auto& row : context_.records.query(statement, {{"person_id", person_id_}}))
            if (row.text("recorded_by") == booking_) own.push_back(std::move(row));
        return own;
    }
    /// True when since the booking nothing but the name of its street changed: that nobody declared.
    bool only_renamed(const Row& dwelling) const {
        Rows own;
        for (auto& row :
             context_.records.query(statements::raw_dwelling_history, {{"person_id", person_id_}}))
            if (row.text("dwelling_id") == dwelling.text("id")) own.push_back(std::move(row));
        if (own.empty() || own.back().text("recorded_by") != dwelling.text("version")) return false;
        while (!own.empty() && own.back().text("field") == "street") own.pop_back();
        return own.empty() ? dwelling.text("source_case") == case_id_
                           : own.back().text("recorded_by") == booking_;
    }
    bool touched(const Row& dwelling) const {
        if (dwelling.text("source_case") == case_id_) return true;
        const auto entries = history(statements::raw_dwelling_history);
        return std::any_of(entries.begin(), entries.end(),
                           [&](const Row& one) { return one.text("dwelling_id") == dwelling.text("id"); });
    }

    /// The dwelling was never one: the register forgets it, its history does not.
    void remove(const Row& dwelling) {
        context_.records.insert("dwelling_history", context_.ids.next(),
                                {{"person_id", person_id_},
                                 {"dwelling_id", dwelling.text("id")},
                                 {"field", std::string("dwelling")},
                                 {"value", address_line(dwelling)},
                                 {"new_value", std::string()},
                                 {"valid_from", dwelling.text("moved_in")},
                                 {"valid_to", std::string()},
                                 {"recorded_at_ms", context_.at.ms},
                                 {"recorded_by", context_.command_id},
                                 {"kind", std::string("correction")},
                                 {"source", source_},
                                 {"sheet", std::string(sheet_of("dwelling"))}});
        context_.records.erase("dwelling", dwelling.text("id"));
    }

    void restore(const Row& entry) {
        const auto row = context_.records.find("dwelling", entry.text("dwelling_id"));
        if (!row) return;
        const auto field = entry.text("field"), value = entry.text("value");
        note_dwelling(context_, *row, field, value, "correction", source_);
        Columns columns{{field, value}};
        if (field == "moved_out") {
            columns.push_back({"current", std::int64_t(1)});
            columns.push_back({"deregistered_on", std::string()});
        }
        context_.records.update("dwelling", row->text("id"), columns);
    }

    /// Links the booking made end today; those it ended hold again.
    void relations() {
        for (const auto& row :
             context_.records.query(statements::raw_relations, {{"person_id", person_id_}})) {
            if (row.text("version") != booking_) continue;
            turn(row);
            for (const auto& back :
                 context_.records.query(statements::raw_relations, {{"person_id", row.text("other_id")}}))
                if (back.text("other_id") == person_id_ && back.text("version") == booking_) turn(back);
        }
    }
    void turn(const Row& relation) {
        const bool made = relation.text("valid_to").empty();
        context_.records.update("relation", relation.text("id"),
                                {{"valid_to", made ? to_iso(context_.today) : std::string()}});
    }

    void person(bool was_new) {
        const auto row = context_.records.find("person", person_id_);
        WA_ASSERT(row.has_value());
        std::vector<FieldChange> changes;
        if (was_new) changes.push_back({"status", "withdrawn", "correction", source_});
        for (const auto& entry : history(statements::raw_person_history))
            if (row->text(entry.text("field")) == entry.text("new_value"))
                changes.push_back({entry.text("field"), entry.text("value"), "correction", source_});
        change_person(context_, *row, changes);
    }

    CommandContext& context_;
    const std::string& person_id_;
    const std::string& case_id_;
    const std::string& booking_;
    std::string source_;
};

>>>>>>> 2055e97 (A renamed street takes its residents along: dwellings follow the directory on the day, with history)
/// Neither who opened the case nor who booked it.
bool is_somebody_else(CommandContext& context, const Row& the_case, const std::string& booking) {
    if (!is_second_person(context, the_case)) return false;
    const auto rows = context.records.query(statements::command_actor, {{"command_id", booking}});
    return rows.empty() || rows.front().text("actor") != context.actor.user_id;
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

#include "modules/residence/undo.hpp"

#include <algorithm>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {
namespace statements = sql::residence;

bool has_field(const Rows& data, const std::string& field) {
    return std::any_of(data.begin(), data.end(), [&](const Row& row) { return row.text("field") == field; });
}

}  // namespace

Undo::Undo(CommandContext& context, const std::string& person_id, const Undone& what)
    : context_(context), person_id_(person_id), what_(what), source_("Rücknahme: " + what.why) {}

bool Undo::possible() const {
    if (merged_since()) return false;
    for (const auto& row : dwellings())
        if (touched(row) && row.text("version") != what_.command_id && !only_renamed(row)) return false;
    return true;
}

bool Undo::merged_since() const {
    const auto command = parse_id(what_.command_id);
    WA_ASSERT(command.has_value());
    const auto rows = context_.records.query(statements::raw_person_history, {{"person_id", person_id_}});
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.text("field") == merged_field && row.integer("recorded_at_ms") >= command->at_ms();
    });
}

bool Undo::still_the_last_word() const {
    const auto person = context_.records.find("person", person_id_);
    WA_ASSERT(person.has_value());
    for (const auto& entry : history(statements::raw_person_history))
        if (person->text(entry.text("field")) != entry.text("new_value")) return false;
    const auto all = dwellings();
    std::string ended;  // since when the main dwelling that would hold again had been over
    for (const auto& entry : history(statements::raw_dwelling_history))
        for (const auto& row : all)
            if (row.text("id") == entry.text("dwelling_id") && entry.text("field") == "moved_out" &&
                row.text("status") != "N")
                ended = entry.text("new_value");
    return ended.empty() || std::none_of(all.begin(), all.end(), [&](const Row& row) {
               return !touched(row) && row.text("status") != "N" && row.text("moved_in") >= ended;
           });
}

void Undo::run(bool was_new) {
    const auto before = index_entries(context_.records.tx(), person_id_);
    for (const auto& row : dwellings())
        if (made(row)) remove(row);
    for (const auto& entry : history(statements::raw_dwelling_history))
        if (entry.text("field") != "dwelling") restore(entry);
    relations();
    documents();
    answers(was_new);
    write_index(context_.records, person_id_, before, index_entries(context_.records.tx(), person_id_));
    person(was_new);
    context_.records.about("person", person_id_);
}

Rows Undo::dwellings() const {
    return context_.records.query(statements::dwellings_of, {{"person_id", person_id_}});
}

Rows Undo::history(const Statement& statement) const {
    Rows own;
    for (auto& row : context_.records.query(statement, {{"person_id", person_id_}}))
        if (row.text("recorded_by") == what_.command_id) own.push_back(std::move(row));
    return own;
}

bool Undo::made(const Row& dwelling) const {
    if (!what_.case_id.empty()) return dwelling.text("source_case") == what_.case_id;
    const auto entries = history(statements::raw_dwelling_history);
    return std::any_of(entries.begin(), entries.end(), [&](const Row& one) {
        return one.text("dwelling_id") == dwelling.text("id") && one.text("field") == "dwelling";
    });
}

bool Undo::touched(const Row& dwelling) const {
    if (made(dwelling)) return true;
    const auto entries = history(statements::raw_dwelling_history);
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Row& one) { return one.text("dwelling_id") == dwelling.text("id"); });
}

bool Undo::only_renamed(const Row& dwelling) const {
    Rows own;
    for (auto& row : context_.records.query(statements::raw_dwelling_history, {{"person_id", person_id_}}))
        if (row.text("dwelling_id") == dwelling.text("id")) own.push_back(std::move(row));
    const auto nobody_declared = [](const Row& row) {
        return row.text("field") == "street" || row.text("field") == "lessor";
    };
    const bool last_was_such = std::any_of(own.begin(), own.end(), [&](const Row& row) {
        return nobody_declared(row) && row.text("recorded_by") == dwelling.text("version");
    });
    if (!last_was_such) return false;
    own.erase(std::remove_if(own.begin(), own.end(), nobody_declared), own.end());
    return own.empty() ? made(dwelling) : own.back().text("recorded_by") == what_.command_id;
}

/// The dwelling was never one: the register forgets it, its history does not.
void Undo::remove(const Row& dwelling) {
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

void Undo::restore(const Row& entry) {
    const auto row = context_.records.find("dwelling", entry.text("dwelling_id"));
    if (!row) return;
    const auto field = entry.text("field"), value = entry.text("value");
    note_dwelling(context_, *row, {field, value, "correction", source_});
    Columns columns{{field, value}};
    // Of a dwelling elsewhere only the day of moving out was added.
    if (field == "moved_out" && !row->text("deregistered_on").empty()) {
        columns.push_back({"current", std::int64_t(1)});
        columns.push_back({"deregistered_on", std::string()});
    }
    // It had ended before, and was only taken to stand.
    if (field == "moved_out" && !value.empty()) columns.push_back({"current", std::int64_t(0)});
    context_.records.update("dwelling", row->text("id"), columns);
}

/// At this person, and at whoever answers them: somebody at home is in no booking of their own.
void Undo::relations() {
    for (const auto& row : context_.records.query(statements::raw_relations, {{"person_id", person_id_}})) {
        take_back(row);
        const auto other = row.text("other_id");
        if (other.empty()) continue;
        for (const auto& back : context_.records.query(statements::raw_relations, {{"person_id", other}}))
            if (back.text("other_id") == person_id_) take_back(back);
    }
}

void Undo::take_back(const Row& relation) {
    const bool holds = relation.text("valid_to").empty();
    const auto set = [&](Param column) {
        context_.records.update("relation", relation.text("id"), {std::move(column)});
        context_.records.about("person", relation.text("person_id"));
    };
    if (made_relation(relation)) {
        if (holds) set({"valid_to", to_iso(context_.today)});
    } else if (relation.text("version") == what_.command_id) {
        // It was there before: the booking ended it, or found out whom it names.
        set({holds ? "other_id" : "valid_to", std::string()});
    }
}

bool Undo::made_relation(const Row& relation) const {
    const auto first =
        context_.records.query(statements::first_command_of_relation, {{"id", relation.text("id")}});
    return !first.empty() && first.front().text("command_id") == what_.command_id;
}

void Undo::documents() {
    for (const auto& row : context_.records.query(statements::documents_of, {{"person_id", person_id_}}))
        if (row.text("version") == what_.command_id)
            context_.records.erase("person_document", row.text("id"));
}

void Undo::answers(bool was_new) {
    // A message that was taken back answered nothing, and asked for nothing.
    if (what_.case_id.empty()) return;
    const auto former = context_.records.query(statements::zone_data_superseded_in,
                                               {{"person_id", person_id_}, {"case_id", what_.case_id}});
    const auto answered = context_.records.query(statements::zone_data_of, {{"person_id", person_id_}});
    for (const auto& row : former)
        context_.records.update("zone_datum", row.text("id"), {{"superseded_in", Value()}});
    const bool former_erased = !was_new && is_closed_case();
    for (const auto& message :
         context_.records.query(wa::sql::kernel::messages_of_case, {{"case_id", what_.case_id}})) {
        if (message.text("person_id") != person_id_) continue;
        for (const auto& row : answered)
            if (row.text("version") == message.text("answered_by"))
                forget_answer(row, former_erased && !has_field(former, row.text("field")));
        if (message.text("message_type") == "whereabouts_answer") reopen_inquiry(context_, message);
    }
}

bool Undo::is_closed_case() const {
    const auto the_case = read_row(context_.records.tx(), "case_file", what_.case_id);
    return the_case && the_case->text("status") == case_status::closed;
}

/// @param keep what it replaced may have been erased when the case was closed: then it is all that is left,
/// and whether it holds the lead has to ask
void Undo::forget_answer(const Row& datum, bool keep) {
    if (!keep) return context_.records.erase("zone_datum", datum.text("id"));
    put_task(
        context_,
        {.kind = "answer_kept",
         .subject = what_.case_id,
         .title = "Auswertung der bisherigen Meldebehörde bestätigen lassen: ihre Buchung ist zurückgenommen",
         .person_id = person_id_});
}

void Undo::person(bool was_new) {
    const auto row = context_.records.find("person", person_id_);
    WA_ASSERT(row.has_value());
    std::vector<FieldChange> changes;
    if (was_new) changes.push_back({"status", "withdrawn", "correction", source_});
    for (const auto& entry : history(statements::raw_person_history))
        if (row->text(entry.text("field")) == entry.text("new_value"))
            changes.push_back({entry.text("field"), entry.text("value"), "correction", source_});
    change_person(context_, *row, changes);
}

}  // namespace wa::residence

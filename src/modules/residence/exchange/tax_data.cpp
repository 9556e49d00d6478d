// What the tax on wages goes by (Lohnsteuerabzugsmerkmale, BMG § 3 Abs. 2 Nr. 2): religious society, marital
// status with its date, spouse and minor children by their tax numbers. Nothing is stored for it: each time
// it is told as the register has it.
#include <algorithm>
#include <set>

#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

constexpr std::string_view tax_message = "bzst_tax_data";

bool is_spouse(const Row& relation) {
    return relation.text("kind") == "spouse" || relation.text("kind") == "partner";
}

/// Spouse and children. A child that has come of age is no longer linked (residence.end_childhood); of that
/// nobody is told, its day of birth is known there.
bool counts_for_tax(const Row& relation) {
    return is_spouse(relation) || relation.text("kind") == "child";
}

bool is_main_here(CommandContext& context, const Row& dwelling) {
    return is_lived_in_here(dwelling, context.tenant) && dwelling.text("status") != "N";
}

/// Of others another office tells, and of the dead nobody.
bool is_ours_to_tell(CommandContext& context, const Row& person) {
    const auto rows = context.records.query(statements::dwellings_of, {{"person_id", person.text("id")}});
    return person.text("status") == "resident" &&
           std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return is_main_here(context, row); });
}

/// A clerk who may not see somebody can link others with them, but not back: that is the lead's
/// (booking_relations.cpp). The number of such a one would say that they live where the clerk has guessed.
bool may_be_a_guess(CommandContext& context, const Row& relation, const Row& other) {
    if (!is_blocked(other)) return false;
    const auto back = open_relations(context.records.tx(), other.text("id"));
    return std::none_of(back.begin(), back.end(),
                        [&](const Row& row) { return row.text("other_id") == relation.text("person_id"); });
}

/// The number of a spouse, wherever they live, or of a child whose main dwelling is here; empty: none.
std::string linked_number(CommandContext& context, const Row& relation) {
    const auto other = read_row(context.records.tx(), "person", relation.text("other_id"));
    if (!other || other->text("status") == "withdrawn" || may_be_a_guess(context, relation, *other))
        return {};
    return is_spouse(relation) || is_ours_to_tell(context, *other) ? other->text("tax_id") : "";
}

json::object tax_facts(CommandContext& context, const Row& person) {
    json::object block;
    for (const auto* field : {"tax_id", "birth_date", "marital_status", "marital_status_since"})
        block[field] = person.text(field);
    block["religion"] = religious_society(person, context.reference, context.today);
    json::object facts{{"tax_data", std::move(block)}};
    json::array children;
    for (const auto& relation : open_relations(context.records.tx(), person.text("id"))) {
        if (!counts_for_tax(relation)) continue;
        const auto number = linked_number(context, relation);
        if (number.empty()) continue;
        json::object link{{"tax_id", number}};
        if (is_spouse(relation))
            facts["spouse"] = std::move(link);
        else
            children.push_back(std::move(link));
    }
    facts["children"] = std::move(children);
    return facts;
}

/// The main dwelling is here since this command, and was not before: by the history it has written.
bool has_settled_here(CommandContext& context, const std::string& person_id) {
    bool settled = false;
    const Params person{{"person_id", person_id}};
    for (const auto& entry : context.records.query(statements::raw_dwelling_history, person)) {
        if (entry.text("recorded_by") != context.command_id) continue;
        const auto dwelling = read_row(context.records.tx(), "dwelling", entry.text("dwelling_id"));
        if (!dwelling || dwelling->text("ags") != context.tenant.ags) continue;
        const auto field = entry.text("field"), value = entry.text("value");
        const bool was_main = field == "status"
                                  ? value != "N"
                                  : field == "moved_out" && value.empty() && dwelling->text("status") != "N";
        if (was_main) return false;
        const bool began = field == "status" || (field == "dwelling" && entry.text("kind") == "change");
        settled |= began && is_main_here(context, *dwelling);
    }
    return settled;
}

/// Fields of the history that this command has written.
std::set<std::string> changed_fields(CommandContext& context, const std::string& person_id) {
    std::set<std::string> fields;
    for (const auto& row : context.records.query(statements::raw_person_history, {{"person_id", person_id}}))
        if (row.text("recorded_by") == context.command_id) fields.insert(row.text("field"));
    return fields;
}

/// Written by this command: a link that was made, found out or ended.
bool is_changed_link(const CommandContext& context, const Row& relation) {
    return counts_for_tax(relation) && relation.text("version") == context.command_id;
}

/// Whose data are others than before: the person's, and of whoever names them with a link or number that has
/// changed, or as a child that lives here now.
std::set<std::string> concerned(CommandContext& context, const std::string& person_id) {
    const auto changed = changed_fields(context, person_id);
    const bool settled = has_settled_here(context, person_id), numbered = changed.count("tax_id") > 0;
    std::set<std::string> ids;
    if (settled) ids.insert(person_id);
    for (const auto* field : {"religion", "marital_status", "marital_status_since", "tax_id"})
        if (changed.count(field)) ids.insert(person_id);
    const Params person{{"person_id", person_id}};
    for (const auto& row : context.records.query(statements::raw_relations, person))
        if (is_changed_link(context, row)) ids.insert(person_id);
    for (const auto& row : context.records.query(statements::relations_to, person)) {
        const bool says_more = numbered || (settled && row.text("kind") == "child");
        const bool stands = counts_for_tax(row) && row.text("valid_to").empty();
        if (is_changed_link(context, row) || (stands && says_more)) ids.insert(row.text("person_id"));
    }
    return ids;
}

/// A booking asks for each of its persons, who may be relatives.
bool told_by_this_command(CommandContext& context, const std::string& person_id, const std::string& case_id) {
    if (case_id.empty()) return false;
    const auto rows = context.records.query(wa::sql::kernel::messages_of_case, {{"case_id", case_id}});
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        return row.text("message_type") == tax_message && row.text("person_id") == person_id &&
               row.text("version") == context.command_id;
    });
}

void put_tax_data(CommandContext& context, const Row& person, const std::string& case_id) {
    Message message;
    message.message_type = tax_message;
    message.case_id = case_id;
    message.person_id = person.text("id");
    message.payload = fill(tax_message, tax_facts(context, person));
    put_message(context, message);
    context.records.about("person", message.person_id);
}

}  // namespace

std::string religious_society(const Row& person, const Reference& reference, const Date& on) {
    const auto religion = person.text("religion");
    const auto* entry = reference.code("religion", religion, on);
    return entry && !flag_of(entry->extra, "none") ? religion : "";
}

void tell_tax_data(CommandContext& context, const std::string& person_id, const std::string& case_id) {
    // A Koffer has no outbox; the hub does it when it runs the command.
    if (context.side != Side::hub) return;
    for (const auto& id : concerned(context, person_id)) {
        const auto person = read_row(context.records.tx(), "person", id);
        if (person && !person->text("tax_id").empty() && is_ours_to_tell(context, *person) &&
            !told_by_this_command(context, id, case_id))
            put_tax_data(context, *person, case_id);
    }
}

}  // namespace wa::residence

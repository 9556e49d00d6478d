// person.correct: one datum corrected or carried forward, with history; conflicts are weighed field by field.
#include <algorithm>

#include "base/identifiers.hpp"
#include "base/text.hpp"
#include "kernel/data.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// A column of the register as text, numbers too.
std::string column_text(const Row& person, std::string_view field) {
    const auto* number = std::get_if<std::int64_t>(&person.at(field));
    return number ? std::to_string(*number) : person.text(field);
}

/// One of the given names by its place; 0: none is marked.
bool is_place_of_name(const Row& person, const std::string& value) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (value.empty() || value.size() > 2 || !std::all_of(value.begin(), value.end(), digit)) return false;
    return std::stoul(value) <= words_of(person.text("given_names")).size();
}

/// What somebody is who was kept as deceased by mistake: resident with a dwelling here, else departed.
std::string status_of_the_living(CommandContext& context, const std::string& person_id) {
    return lives_here(context, person_id) ? "resident" : "departed";
}

bool is_list(std::string_view field) {
    return field == "nationalities" || field == "former_names" || field == "objections";
}

/// A list in one spelling, so that two of the same content are equal; any other text as it is.
std::string in_one_spelling(std::string_view field, const std::string& text) {
    const auto list = is_list(field) ? parse_json(text) : std::nullopt;
    return list ? json::serialize(*list) : text;
}

/// A datum as a form says it, from the text of a column or command; null: nothing is said.
json::value said(std::string_view field, const std::string& text) {
    if (text.empty()) return nullptr;
    if (is_list(field)) {
        const auto list = parse_json(text);
        return list && list->is_array() ? *list : json::value(text);
    }
    if (field == "rufname_index") return text == "0" ? json::value() : json::value(std::stoll(text));
    if (field == "single_name" && (text == "0" || text == "1")) return text == "1";
    return json::value(text);
}

/// Kept with a person of the form, not in the block "person".
bool is_beside_person(std::string_view field) {
    return field == "azr_number" || field == "objections";
}

/// A registration in which somebody says of themselves what the register has: for the rules of its fields.
json::object form_of(const Row& person) {
    json::object item, members;
    for (std::size_t i = 0; i < person.names().size(); ++i) {
        const auto& column = person.names()[i];
        (is_beside_person(column) ? item : members)[column] = said(column, column_text(person, column));
    }
    item["person"] = std::move(members);
    return {{"exemption", "none"}, {"persons", json::array{std::move(item)}}};
}

std::string path_of(std::string_view field) {
    return (is_beside_person(field) ? "persons.0." : "persons.0.person.") + std::string(field);
}

const Procedure& registration_procedure() {
    return *registry().procedure("residence.registration");
}

/// Whether the form of a registration takes that datum: by the type of its field and its rules.
bool fits_form(CommandContext& context, const Row& person, std::string_view field, const std::string& value) {
    auto form = form_of(person);
    auto& item = form["persons"].as_array()[0].as_object();
    (is_beside_person(field) ? item : item["person"].as_object())[field] = said(field, value);
    const auto path = path_of(field);
    const auto faults =
        registration_procedure().validate(form, {context.today, "counter", &context.reference});
    return std::none_of(faults.begin(), faults.end(), [&](const FieldFault& fault) {
        return fault.severity == "error" && (fault.path == path || fault.path.starts_with(path + "."));
    });
}

/// Nobody says it of themselves: the Bundeszentralamt für Steuern gives it (AO § 139b). Test numbers only in
/// an invented municipality (reference table `statutes`).
bool is_tax_number(CommandContext& context, const std::string& value) {
    return tax_id_plausible(
        value, context.reference.statute("test_numbers", context.tenant.ags, context.today).has_value());
}

bool acceptable(CommandContext& context, const Row& person, std::string_view field,
                const std::string& value) {
    if (field == "status")
        return person.text("status") == "deceased" &&
               value == status_of_the_living(context, person.text("id"));
    if (field == "tax_id") return is_tax_number(context, value);
    if (field == "rufname_index" && !is_place_of_name(person, value)) return false;
    return fits_form(context, person, field, value);
}

/// That somebody is not dead the lead says (handbook P01, errors: person "dead" in old register).
Result<void> may_correct(const CommandContext& context, std::string_view field) {
    constexpr std::string_view lead = "register.release";
    if (field == "status" && !context.actor.may(lead))
        return fail(problems::permission_denied, {{"permission", lead}});
    return {};
}

/// Who gave the register the value it has, and when.
struct Author {
    std::string by, origin;
    std::int64_t at_ms = 0;
};

std::string place_text(const Row& row) {
    if (const auto device = row.text("device_name"); !device.empty()) return device;
    static const std::map<std::string, std::string> places{{"counter", "Schalter"},
                                                           {"koffer", "Koffer"},
                                                           {"kiosk", "Bürgerterminal"},
                                                           {"portal", "Portal"},
                                                           {"system", "Übernahme"}};
    const auto found = places.find(row.text("place"));
    return found == places.end() ? row.text("place") : found->second;
}

Author author_of(CommandContext& context, const Row& person, const std::string& field) {
    auto command = person.text("version");
    const auto last = context.records.query(statements::last_change_of_field,
                                            {{"person_id", person.text("id")}, {"field", field}});
    if (!last.empty()) command = last.front().text("recorded_by");
    const auto rows = context.records.query(statements::command_author, {{"command_id", command}});
    if (rows.empty())
        return {"Register", "Übernahme", last.empty() ? 0 : last.front().integer("recorded_at_ms")};
    const auto& row = rows.front();
    const auto name = row.text("by_name");
    return {name.empty() ? "Programm" : name, place_text(row), row.integer("at_ms")};
}

/// Married or in a partnership for life.
bool is_marriage(std::string_view marital_status) {
    return marital_status == "VH" || marital_status == "LP";
}

/// What goes with a datum: nobody who lives has a day of death, who has one name only has no given names, and
/// when and where somebody married says nothing of the marital status that followed.
std::vector<std::string_view> emptied_by(const FieldChange& change) {
    if (change.field == "status") return {"death_date", "death_place"};
    if (change.field == "single_name" && change.value == "1") return {"given_names", "rufname_index"};
    if (change.field == "marital_status" && change.kind == "change")
        return {"marital_status_since", "marital_status_place", "marital_status_country"};
    return {};
}

/// Place of the name in use (Rufname) among these given names; 0: it is none of them.
std::size_t place_of_usual_name(const Row& person, const std::string& given_names) {
    auto before = words_of(person.text("given_names"));
    const auto now = words_of(given_names);
    const auto place = std::size_t(person.integer("rufname_index"));
    if (place < 1 || place > before.size()) return 0;
    const auto found = std::find(now.begin(), now.end(), before[place - 1]);
    if (found != now.end()) return std::size_t(found - now.begin()) + 1;
    // Nothing but the name in use is spelt otherwise.
    if (now.size() == before.size()) before[place - 1] = now[place - 1];
    return now == before ? place : 0;
}

/// The datum with what hangs on it, without what it is already.
std::vector<FieldChange> with_what_follows(const Row& person, const FieldChange& change) {
    std::vector<FieldChange> changes{change};
    const auto follows = [&](std::string_view field, std::string value) {
        if (column_text(person, field) != value)
            changes.push_back({std::string(field), std::move(value), change.kind, change.source});
    };
    for (const auto field : emptied_by(change)) follows(field, field == "rufname_index" ? "0" : "");
    if (change.field == "given_names")
        follows("rufname_index", std::to_string(place_of_usual_name(person, change.value)));
    return changes;
}

/// Writes the datum with what hangs on it, and tells who had the old one.
void change_datum(CommandContext& context, const Row& person, const FieldChange& change) {
    const auto changes = with_what_follows(person, change);
    change_person(context, person, changes);
    if (change.field == "marital_status" && !is_marriage(change.value))
        end_marriage(context, person.text("id"), change.kind == "change" ? to_iso(context.today) : "");
    for (const auto& one : changes) tell_recipients(context, person.text("id"), one.field, one.kind);
    tell_tax_data(context, person.text("id"));
}

Result<json::object> correct_person(CommandContext& context, const json::object& payload) {
    const auto id = standing_id(context.records.tx(), text_of(payload, "person_id"));
    const auto field = text_of(payload, "field");
    const auto old_value = in_one_spelling(field, text_of(payload, "old_value"));
    const auto new_value = in_one_spelling(field, text_of(payload, "new_value"));
    const auto person = context.records.find("person", id);
    if (!person) return fail(problems::residence_person_not_found);
    context.records.about("person", id);
    WA_CHECK(may_change(context, id));
    WA_CHECK(may_correct(context, field));
    if (!stays_readable(field) && is_secured(context.records.tx(), *person, context.reference, context.today))
        return fail(problems::residence_person_secured);
    const auto current = in_one_spelling(field, column_text(*person, field));
    if (current == new_value) return json::object{};
    if (!acceptable(context, *person, field, new_value))
        return fail(problems::residence_value_not_valid, {{"field", field}});
    if (current != old_value) {
        // At the place itself the page is simply old; from a tour both values are somebody's work.
        if (!context.replayed) return fail(problems::residence_value_changed, {{"field", field}});
        const auto author = author_of(context, *person, field);
        context.records.report_conflict({"person", id, field,
                                         field_text(field) + " von " + full_name(*person), current, author.by,
                                         author.origin, author.at_ms, new_value});
        return json::object{};
    }
    change_datum(context, *person, {field, new_value, text_of(payload, "mode"), text_of(payload, "source")});
    return json::object{};
}

Result<void> apply_decision(CommandContext& context, const std::string& id, const std::string& field,
                            const std::string& value) {
    const auto person = context.records.find("person", id);
    if (!person) return fail(problems::residence_person_not_found);
    WA_CHECK(may_correct(context, field));
    if (!acceptable(context, *person, field, value))
        return fail(problems::residence_value_not_valid, {{"field", field}});
    change_datum(context, *person, {field, value, "correction", "Entscheidung eines Konflikts"});
    return {};
}

Value value_of(std::string_view field, const std::string& text) {
    if (field == "rufname_index" || field == "single_name")
        return std::int64_t(text.empty() ? 0 : std::stoll(text));
    return text;
}

Value named_document(const FieldChange& change) {
    return change.document_id.empty() ? Value() : Value(change.document_id);
}

/// The sheet "status" is a dwelling's; that of a person is the register's own mark and has none.
std::string_view sheet_of_person(std::string_view field) {
    return field == "status" ? std::string_view() : sheet_of(field);
}

/// Day from which the value of a column has held, as far as its history knows; empty: since the beginning.
std::string held_since(CommandContext& context, const std::string& person_id, const std::string& field) {
    const auto last =
        context.records.query(statements::last_change_of_field, {{"person_id", person_id}, {"field", field}});
    return last.empty() ? "" : to_iso(local_date(Timestamp{last.front().integer("recorded_at_ms")}));
}

/// The same of a dwelling: since moving in, if nothing has changed it.
std::string held_since(CommandContext& context, const Row& dwelling, const std::string& field) {
    auto since = dwelling.text("moved_in");
    for (const auto& row : context.records.query(statements::raw_dwelling_history,
                                                 {{"person_id", dwelling.text("person_id")}})) {
        const bool same = row.text("dwelling_id") == dwelling.text("id") && row.text("field") == field;
        if (same && row.text("kind") == "change" && row.text("new_value") == dwelling.text(field))
            since = std::max(since, row.text("valid_to"));
    }
    return since;
}

}  // namespace

std::string_view sheet_of(std::string_view field) {
    static const std::map<std::string, std::string, std::less<>> sheets{{"family_name", "0101"},
                                                                        {"birth_name", "0201"},
                                                                        {"given_names", "0301"},
                                                                        {"doctorate", "0401"},
                                                                        {"religious_name", "0501"},
                                                                        {"artist_name", "0502"},
                                                                        {"birth_date", "0601"},
                                                                        {"birth_place", "0602"},
                                                                        {"birth_country", "0603"},
                                                                        {"sex", "0701"},
                                                                        {"rufname_index", "0302"},
                                                                        {"tax_id", "2701"},
                                                                        {"nationalities", "1001"},
                                                                        {"religion", "1101"},
                                                                        {"dwelling", "1200"},
                                                                        {"moved_in", "1301"},
                                                                        {"moved_out", "1306"},
                                                                        {"status", "1213"},
                                                                        {"marital_status", "1401"},
                                                                        {"marital_status_since", "1402"},
                                                                        {"marital_status_place", "1408"},
                                                                        {"marital_status_country", "1409"},
                                                                        {"blocks", "1801"},
                                                                        {"objections", "1802"},
                                                                        {"azr_number", "1712"},
                                                                        {"death_date", "1901"},
                                                                        {"death_place", "1904"}};
    const auto found = sheets.find(field);
    return found == sheets.end() ? std::string_view() : std::string_view(found->second);
}

void change_person(CommandContext& context, const Row& person, const std::vector<FieldChange>& changes) {
    const auto id = person.text("id");
    auto& records = context.records;
    const auto before = index_entries(records.tx(), id);
    Columns columns;
    for (const auto& change : changes) {
        const auto old_text = column_text(person, change.field);
        if (old_text == change.value) continue;
        columns.push_back({change.field, value_of(change.field, change.value)});
        // Of somebody with another status other things are to be erased (keeping.cpp).
        if (change.field == "status") columns.push_back({"erased_on", Value()});
        if (change.field == "birth_date") note_birth_of_ward(context, id, change.value);
        // A correction was wrong from the beginning; a change ends the life of the old value today.
        const bool correction = change.kind == "correction";
        records.insert("person_history", context.ids.next(),
                       {{"person_id", id},
                        {"field", change.field},
                        {"value", old_text},
                        {"new_value", change.value},
                        {"valid_from", held_since(context, id, change.field)},
                        {"valid_to", correction ? std::string() : to_iso(context.today)},
                        {"recorded_at_ms", context.at.ms},
                        {"recorded_by", context.command_id},
                        {"kind", change.kind},
                        {"source", change.source},
                        {"document_id", named_document(change)},
                        {"sheet", std::string(sheet_of_person(change.field))}});
    }
    if (columns.empty()) return;
    records.update("person", id, columns);
    records.about("person", id);
    hide_proposals(context, id);
    write_index(records, id, before, index_entries(records.tx(), id));
}

void note_dwelling(CommandContext& context, const Row& dwelling, const FieldChange& change,
                   const std::string& on) {
    // A lessor is erased, not changed: the history must not keep them.
    const bool whole = change.field == "dwelling" || change.field == "lessor";
    const bool correction = change.kind == "correction";
    const auto since = whole ? dwelling.text("moved_in") : held_since(context, dwelling, change.field);
    context.records.insert("dwelling_history", context.ids.next(),
                           {{"person_id", dwelling.text("person_id")},
                            {"dwelling_id", dwelling.text("id")},
                            {"field", change.field},
                            {"value", whole ? std::string() : dwelling.text(change.field)},
                            {"new_value", change.value},
                            {"valid_from", correction ? since : std::min(since, on)},
                            {"valid_to", on},
                            {"recorded_at_ms", context.at.ms},
                            {"recorded_by", context.command_id},
                            {"kind", change.kind},
                            {"source", change.source},
                            {"document_id", named_document(change)},
                            {"sheet", std::string(sheet_of(change.field))}});
}

void install_correct(Registry& registry) {
    registry.bind_command("person.correct", correct_person);
    registry.bind_conflict("person", apply_decision);
}

}  // namespace wa::residence

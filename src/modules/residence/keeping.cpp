// What is erased of those who have left or died, or whose registration was taken back, each with its own
// period (residence.forget_departed), the list of it beforehand, and what holds it up (BMG §§ 13, 14;
// handbook § 10).
#include "modules/residence/keeping.hpp"

#include <set>

#include "kernel/cases.hpp"
#include "kernel/subjects.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Who left before this day has left long enough: so many calendar years after that of departure are over.
Date years_over(const Reference& reference, const char* parameter, const Date& today) {
    return {today.year - int(reference.parameter(parameter, today)), 1, 1};
}

Date religion_before(const Reference& reference, const Date& today) {
    return years_over(reference, "religion.keep_years", today);
}

Date archive_before(const Reference& reference, const Date& today) {
    const auto secured = int(reference.parameter("departed.secured_years", today));
    return add_months(years_over(reference, "departed.keep_years", today), -12 * secured);
}

Date other_before(const Reference& reference, const Date& today) {
    return add_days(today, -reference.parameter("departed.other_days", today));
}

/// The handbook has no period for a registration that was taken back (status "withdrawn"): one of our own.
Date withdrawn_before(const Reference& reference, const Date& today) {
    return months_before(reference, "withdrawn.keep_months", today);
}

/// Also what it was before; nothing of it is noted, or it would stand there again.
void forget_religion(CommandContext& context, const std::string& person_id) {
    context.records.update("person", person_id, {{"religion", std::string()}});
    for (const auto& row : context.records.query(statements::religions_once, {{"person_id", person_id}}))
        context.records.erase("person_history", row.text("id"));
}

/// Who let the dwellings, and what was kept for one purpose each (BMG § 3 Abs. 2). The history says that a
/// lessor was erased, so that a message taken back later knows that nobody else changed the dwelling.
void forget_other(CommandContext& context, const std::string& person_id) {
    const auto before = index_entries(context.records.tx(), person_id);
    for (const auto& row : context.records.query(statements::dwellings_of, {{"person_id", person_id}})) {
        if (row.text("lessor") == "{}") continue;
        note_dwelling(context, row, {"lessor", "", "change", "Löschung nach BMG § 14 Abs. 2"},
                      to_iso(context.today));
        context.records.update("dwelling", row.text("id"), {{"lessor", std::string("{}")}});
    }
    write_index(context.records, person_id, before, index_entries(context.records.tx(), person_id));
    for (const auto& row : context.records.query(statements::purposes_over, {{"person_id", person_id}}))
        context.records.erase("zone_datum", row.text("id"));
    context.records.update("person", person_id, {{"erased_on", to_iso(context.today)}});
}

/// Every block stays: it protects also now.
const std::set<std::string_view> person_columns{
    "id",           "version",     "status",        "family_name",
    "birth_name",   "given_names", "rufname_index", "single_name",
    "former_names", "birth_date",  "birth_place",   "birth_country",
    "tax_id",       "blocks",      "death_date",    "death_place"};

/// A column without what it says: as if nothing were known.
Value emptied(const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return value;
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return std::int64_t(0);
    return std::string(text->starts_with('[') ? "[]" : text->starts_with('{') ? "{}" : "");
}

/// The row with these columns only; the others as if nothing were known.
Row only(const Row& row, const std::set<std::string_view>& columns) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < row.names().size(); ++i) {
        const auto& value = row.values()[i];
        values.push_back(columns.count(row.names()[i]) ? value : emptied(value));
    }
    return {std::make_shared<const std::vector<std::string>>(row.names()), std::move(values)};
}

/// By which the case that was taken back can still be understood.
const std::set<std::string_view> withdrawn_columns{
    "id",          "version",    "status", "family_name", "birth_name", "given_names", "rufname_index",
    "single_name", "birth_date", "blocks", "erased_on"};

/// Of somebody who never lived here.
void forget_withdrawn(CommandContext& context, const std::string& person_id) {
    auto& records = context.records;
    const auto person = records.find("person", person_id);
    WA_ASSERT(person.has_value());
    const Params by_person{{"person_id", person_id}};
    const auto erase_all = [&](const char* table, const Statement& statement) {
        for (const auto& row : records.query(statement, by_person)) records.erase(table, row.text("id"));
    };
    const auto before = index_entries(records.tx(), person_id);
    erase_all("person_document", statements::documents_of);
    erase_all("relation", statements::raw_relations);
    erase_all("zone_datum", statements::zone_data_of);
    erase_all("dwelling_history", statements::raw_dwelling_history);
    for (const auto& row : records.query(statements::raw_person_history, by_person))
        if (row.text("field") != "status") records.erase("person_history", row.text("id"));
    auto columns = emptied_columns(*person, withdrawn_columns);
    columns.push_back({"erased_on", to_iso(context.today)});
    records.update("person", person_id, columns);
    write_index(records, person_id, before, index_entries(records.tx(), person_id));
}

const ErasureRule departed_rules[]{
    {"religions", "Religionszugehörigkeit", religion_before, statements::religion_past, as_day,
     forget_religion},
    {"other", "Wohnungsgeber und einzelne Zwecke", other_before, statements::other_past, as_day,
     forget_other},
    {"withdrawn", "zurückgenommene Anmeldungen", withdrawn_before, statements::withdrawn_past, as_moment,
     forget_withdrawn},
    // Before anything is erased after fifty years, an archive is asked.
    {"archive", "", archive_before, statements::archive_past, as_day, nullptr}};

Result<json::object> forget_departed(CommandContext& context, const json::object&) {
    json::object answer{{"more", false}};
    for (const auto& rule : departed_rules)
        if (rule.forget) erase_due(context, rule, answer);
    return answer;
}

/// Each person and case once, however many rows are theirs.
json::object shown_rule(QueryContext& context, ListedPersons& names, const ErasureRule& rule,
                        const Rows& rows) {
    std::set<std::string> named;
    json::array persons, cases;
    for (const auto& row : rows) {
        const auto person_id = row.text("person_id"), case_id = row.text("case_id");
        if (!person_id.empty() && named.insert(person_id).second) {
            context.show("person", person_id);
            json::object person{{"person_id", person_id}};
            names.name(person, {person_id}, "", {"person_id"});
            persons.push_back(std::move(person));
        }
        if (case_id.empty() || !named.insert(case_id).second) continue;
        context.show("case", case_id);
        const auto the_case = read_row(context.tx, "case_file", case_id);
        cases.push_back(
            json::object{{"case_id", case_id}, {"number", the_case ? the_case->text("number") : ""}});
    }
    const auto most = context.reference.parameter("erasure.release_above", context.today);
    return {{"rule", rule.name},
            {"erased", rule.forget != nullptr},
            {"count", std::ssize(rows)},
            {"needs_release", rule.forget && std::ssize(rows) > most},
            {"releases", releases_of(context, rule)},
            {"persons", std::move(persons)},
            {"cases", std::move(cases)}};
}

/// What the round of that day would do, beforehand (handbook § 10).
Result<json::object> erasures(QueryContext& context, const json::object& params) {
    const auto on = parse_date(text_of(params, "on")).value_or(context.today);
    ListedPersons names(context);
    json::array all;
    const std::span<const ErasureRule> of_departed(departed_rules);
    for (const auto& rules : {of_departed, document_rules(), papers_rules()})
        for (const auto& rule : rules) {
            auto one =
                shown_rule(context, names, rule, due_on(context.tx, rule, context.reference, on, daily_part));
            one["left_before"] = to_iso(rule.before(context.reference, on));
            all.push_back(std::move(one));
        }
    return json::object{{"on", to_iso(on)}, {"rules", std::move(all)}};
}

/// Nothing of a person or case is erased until somebody closes the task (litigation, an archive's wish).
Result<json::object> hold(CommandContext& context, const json::object& payload) {
    const Task task{.kind = "legal_hold",
                    .subject = context.command_id,
                    .title = "Löschsperre: nichts löschen, bis diese Aufgabe erledigt ist",
                    .case_id = text_of(payload, "case_id"),
                    .person_id = standing_id(context.records.tx(), text_of(payload, "person_id")),
                    .note = text_of(payload, "reason")};
    std::string status;
    if (!task.case_id.empty()) {
        WA_TRY(the_case, load_case(context, task.case_id));
        status = the_case.status();
    }
    if (task.case_id.empty() || !task.person_id.empty()) {
        if (!context.records.find("person", task.person_id))
            return fail(problems::residence_person_not_found);
        context.records.about("person", task.person_id);
        WA_CHECK(may_change(context, task.person_id));
    }
    const auto id = put_task(context, task);
    if (status == case_status::withdrawn)
        hold_persons(context, task.case_id, *read_row(context.records.tx(), "task", id));
    return json::object{{"task_id", id}};
}

}  // namespace

Value as_day(const Date& day) {
    return to_iso(day);
}

Value as_moment(const Date& day) {
    return start_of_local_day(day).ms;
}

Date months_before(const Reference& reference, const char* parameter, const Date& on) {
    return add_months(on, -int(reference.parameter(parameter, on)));
}

bool is_secured(Transaction& tx, const Row& person, const Reference& reference, const Date& today) {
    if (person.text("status") == "resident") return false;
    const auto rows = tx.query(statements::day_left, {{"person_id", person.text("id")}});
    if (rows.empty()) return false;
    const auto left_by = rows.front().text("left_by");
    return left_by >= "0001" && left_by < to_iso(years_over(reference, "departed.keep_years", today));
}

bool stays_readable(std::string_view column) {
    return person_columns.count(column) > 0;
}

Row secured_person(const Row& person) {
    return only(person, person_columns);
}

Row secured_dwelling(const Row& dwelling) {
    return only(dwelling, {"id",     "version",      "person_id",    "current",       "moved_out",
                           "ags",    "postcode",     "city",         "district",      "street_key",
                           "street", "house_no",     "house_letter", "sub_no",        "addition",
                           "floor",  "apartment_no", "country",      "foreign_lines", "address_key"});
}

void hold_persons(CommandContext& context, const std::string& case_id, const Row& hold) {
    for (const auto& one : booking_record(context.records.tx(), case_id).persons)
        put_task(context, {.kind = hold.text("kind"),
                           .subject = hold.text("id"),
                           .title = hold.text("title"),
                           .person_id = one.person_id,
                           .note = hold.text("note")});
}

Columns emptied_columns(const Row& row, const std::set<std::string_view>& kept) {
    Columns columns;
    for (std::size_t i = 0; i < row.names().size(); ++i)
        if (!kept.count(row.names()[i])) columns.push_back({row.names()[i], emptied(row.values()[i])});
    return columns;
}

void install_keeping(Registry& registry) {
    registry.bind_command("residence.forget_departed", forget_departed);
    registry.bind_command("residence.hold", hold);
    registry.bind_query("residence.erasures", erasures);
}

}  // namespace wa::residence

// residence.disclosure: everything that is stored about somebody, for themselves (Art. 15 GDPR; BMG § 10).
// What is told, and what is not for which reason, says disclosure.json; purposes, laws and periods are those
// of the record of processing, which is made from the same description (Art. 30 GDPR).
#include "modules/residence/disclosure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/json_text.hpp"
#include "kernel/data.hpp"
#include "kernel/processing_record.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// A prefilled form is asked for of one person, from where they lived, or of all who move from there: of
/// one, the others learn nothing.
bool asks_of_somebody_else(Transaction& tx, const Row& message, const std::string& person_id) {
    if (message.text("message_type") != "vms_request") return false;
    const auto asked = object_in(message.text("payload"));
    const auto person = read_row(tx, "person", person_id);
    return !flag_of(asked, "with_family") &&
           text_of(object_of(asked, "person"), "birth_date") != person->text("birth_date");
}

/// Messages and tasks of the person's cases that name nobody, as before a booking.
void add_of_cases(Transaction& tx, const std::string& table, const std::string& person_id, Rows& rows) {
    if (table != "outbox" && table != "task") return;
    for (const auto& one : tx.query(statements::disclosed_cases, {{"person_id", person_id}})) {
        const auto case_id = one.text("id");
        auto of_case = table == "outbox" ? tx.query(sql::kernel::messages_of_case, {{"case_id", case_id}})
                                         : tx.query(sql::kernel::list_tasks,
                                                    TaskFilter{.case_id = case_id, .limit = 1000}.params());
        for (auto& row : of_case) {
            if (!row.text("person_id").empty()) continue;
            if (table == "outbox" && asks_of_somebody_else(tx, row, person_id)) continue;
            rows.push_back(std::move(row));
        }
    }
}

/// A person's rows of a table; what other modules keep they find themselves.
Rows rows_about(Transaction& tx, const std::string& table, const std::string& person_id) {
    static const std::map<std::string, const Statement*> own{
        {"person", &statements::disclosed_person},
        {"dwelling", &statements::dwellings_of},
        {"person_document", &statements::documents_of},
        {"relation", &statements::relations_of},
        {"person_history", &statements::raw_person_history},
        {"dwelling_history", &statements::raw_dwelling_history},
        {"zone_datum", &statements::disclosed_zone_data},
        {"retrieval_log", &statements::disclosed_retrievals},
        {"case_file", &statements::disclosed_cases},
        {"case_document", &statements::disclosed_papers},
        {"task", &statements::disclosed_tasks},
        {"outbox", &statements::disclosed_messages},
        {"inbox", &statements::disclosed_inbox},
        {"conflict", &statements::disclosed_conflicts}};
    if (const auto found = own.find(table); found != own.end()) {
        auto rows = tx.query(*found->second, {{"person_id", person_id}});
        add_of_cases(tx, table, person_id, rows);
        return rows;
    }
    std::vector<std::pair<std::string, Row>> named;
    const auto elsewhere = registry().extractors().find("rows_naming_person");
    if (elsewhere != registry().extractors().end()) elsewhere->second(tx, person_id, named);
    Rows rows;
    for (auto& [name, row] : named)
        if (name == table) rows.push_back(std::move(row));
    return rows;
}

bool is_left_out(const json::object& section, const Row& row) {
    const auto& rules = array_of(section, "rows_left_out");
    return std::any_of(rules.begin(), rules.end(), [&](const json::value& rule) {
        return row.text(text_of(rule.as_object(), "column")) == text_of(rule.as_object(), "value");
    });
}

/// "persons.*.person.sex" as "persons.person.sex", so that paths of a form and of the record compare.
std::string plain_path(std::string path) {
    for (auto at = path.find(".*"); at != path.npos; at = path.find(".*")) path.erase(at, 2);
    return path;
}

/// What the columns of a section are for, on which laws, by the record of processing.
void add_reasons(const json::object& record, const json::object& section, json::object& out) {
    std::vector<std::string> purposes, laws;
    for (const auto& prefix : array_of(section, "fields"))
        for (const auto& column : array_of(section, "columns")) {
            const auto path =
                plain_path(std::string(prefix.as_string()) + "." + text_of(column.as_object(), "name"));
            for (const auto& entry : array_of(record, "fields")) {
                const auto& field = entry.as_object();
                const auto declared = plain_path(text_of(field, "path"));
                if (declared != path && !declared.starts_with(path + ".")) continue;
                const auto purpose = text_of(field, "purpose");
                if (std::find(purposes.begin(), purposes.end(), purpose) == purposes.end())
                    purposes.push_back(purpose);
                laws.push_back(text_of(field, "basis"));
            }
        }
    std::string all;
    for (const auto& purpose : purposes) all += (all.empty() ? "" : "; ") + purpose;
    out["purpose"] = text_of(section, "purpose", all);
    out["law"] = section.contains("law") ? text_of(section, "law") : laws_in_short(laws);
}

std::string kept_how_long(const json::object& record, const json::object& section) {
    for (const auto& entry : array_of(record, "retention")) {
        const auto& rule = entry.as_object();
        if (text_of(rule, "data") == text_of(section, "kept"))
            return text_of(rule, "rule") + " (" + text_of(rule, "law") + ")";
    }
    return {};
}

/// Five years after departure or death only some columns of two tables may still be processed (BMG § 13 Abs.
/// 2).
Rows told_rows(QueryContext& context, const json::object& section, const std::string& person_id,
               bool secured) {
    const auto table = text_of(section, "table");
    if (secured && table != "person" && table != "dwelling") return {};
    Rows told;
    for (auto& row : rows_about(context.tx, table, person_id))
        if (!is_left_out(section, row))
            told.push_back(!secured            ? std::move(row)
                           : table == "person" ? secured_person(row)
                                               : secured_dwelling(row));
    return told;
}

json::array sections_of(QueryContext& context, const json::object& record, const std::string& person_id,
                        bool secured) {
    const Disclosed words(context, person_id);
    json::array sections;
    for (const auto& entry : array_of(disclosure_table(), "sections")) {
        const auto& section = entry.as_object();
        json::array rows;
        for (const auto& row : told_rows(context, section, person_id, secured))
            if (!words.shows_nothing(section, row)) rows.push_back(words.row(section, row));
        json::object out{{"table", text_of(section, "table")},
                         {"title", text_of(section, "title")},
                         {"kept", kept_how_long(record, section)},
                         {"rows", std::move(rows)}};
        add_reasons(record, section, out);
        sections.push_back(std::move(out));
    }
    return sections;
}

/// Who decides for the person, as long as they do (BMG § 3 Abs. 1 Nr. 9): custody ends with the day somebody
/// comes of age, also before the night that writes it down.
bool decides_for(const QueryContext& context, const Row& person, const Row& relation) {
    if (!relation.text("valid_to").empty()) return false;
    const auto kind = relation.text("kind");
    if (kind != "custodian" && kind != "parent") return kind == "representative";
    const auto born = parse_partial_date(person.text("birth_date"));
    const auto age = born ? age_on(*born, context.today) : std::nullopt;
    return !age || *age < context.reference.parameter("person.age_of_majority", context.today);
}

/// In one building by now.
bool live_together(Transaction& tx, const std::string& one, const std::string& two) {
    const auto addresses = [&](const std::string& id) {
        std::set<std::pair<std::string, std::string>> all;
        if (!id.empty())
            for (const auto& row : tx.query(statements::dwellings_of, {{"person_id", id}}))
                if (row.integer("current") == 1 && !row.text("address_key").empty())
                    all.emplace(row.text("ags"), row.text("address_key"));
        return all;
    };
    const auto of_one = addresses(one), of_two = addresses(two);
    return std::any_of(of_one.begin(), of_one.end(), [&](const auto& at) { return of_two.contains(at); });
}

/// Whoever asks: the person, or one of those the register names as representing them. What a block keeps
/// from everybody it keeps from a representative, too, who does not live with the person: it may be the one
/// it is meant for (BMG § 51). The journal names them by their ids.
Result<std::string> applicant(QueryContext& context, const Row& person, const std::string& relation_id) {
    if (relation_id.empty()) return std::string("die Person selbst");
    const auto id = person.text("id");
    for (const auto& row : context.tx.query(statements::relations_of, {{"person_id", id}})) {
        if (row.text("id") != relation_id || !decides_for(context, person, row)) continue;
        const auto other = row.text("other_id");
        context.show("relation", relation_id);
        if (!other.empty()) context.show("person", other);
        if (is_blocked(person) && !live_together(context.tx, id, other))
            return fail(problems::residence_representative_elsewhere);
        const auto name = is_blocked(row, "other_blocks")
                              ? std::string("Angaben gesperrt")
                              : row.text("given_names") + " " + row.text("family_name");
        return "gesetzliche Vertretung: " + name;
    }
    return fail(problems::residence_not_representing);
}

Result<json::object> disclose(QueryContext& context, const json::object& params) {
    const auto id = standing_id(context.tx, text_of(params, "person_id"));
    const auto person = read_row(context.tx, "person", id);
    if (!person) return fail(problems::residence_person_not_found);
    context.show("person", id);
    // The request itself is the reason, also where a block asks for one.
    context.reason = "Selbstauskunft (DSGVO Art. 15)";
    WA_CHECK(may_see(context, id));
    if (person->text("status") == "deceased") return fail(problems::residence_person_deceased);
    const auto relation_id = text_of(params, "represented_by");
    WA_TRY(who, applicant(context, *person, relation_id));
    const auto identity = text_of(params, "identity");
    context.reason +=
        fmt::format(": {}, Identität {}", relation_id.empty() ? who : "gesetzliche Vertretung", identity);
    const auto record = processing_record(registry(), *registry().procedure(registration), context.tenant);
    const bool secured = is_secured(context.tx, *person, context.reference, context.today);
    return json::object{{"person", full_name(*person)},
                        {"birth_date", person->text("birth_date")},
                        {"applicant", who},
                        {"identity", identity},
                        {"secured", secured},
                        {"sections", sections_of(context, record, id, secured)},
                        {"withheld", array_of(disclosure_table(), "withheld")}};
}

}  // namespace

void install_disclosure(Registry& registry) {
    registry.bind_query("residence.disclosure", disclose);
}

}  // namespace wa::residence

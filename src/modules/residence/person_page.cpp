// person.get: everything the register says of one person, in the words of people.
#include <algorithm>

#include "base/json_text.hpp"
#include "kernel/registry.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

std::string label(const Reference& reference, std::string_view list, const std::string& code,
                  const Date& on) {
    if (code.empty()) return "";
    const auto* entry = reference.code(list, code, on);
    return entry ? entry->text : code;
}

json::object person_of(const QueryContext& context, const Row& row) {
    auto person = row_to_json(row);
    for (const auto* column : {"nationalities", "former_names", "objections", "blocks"})
        person[column] = array_in(row.text(column));
    json::array nationalities;
    for (const auto& code : person["nationalities"].as_array())
        if (code.is_string())
            nationalities.push_back(json::string(
                label(context.reference, "nationality", std::string(code.get_string()), context.today)));
    person["nationalities_text"] = std::move(nationalities);
    for (const auto* list : {"sex", "religion", "marital_status"})
        person[std::string(list) + "_text"] = label(context.reference, list, row.text(list), context.today);
    person["birth_country_text"] =
        label(context.reference, "state", row.text("birth_country"), context.today);
    person["status_text"] = status_text(row.text("status"));
    person["full_name"] = full_name(row);
    person["list_name"] = list_name(row);
    person["usual_name"] = usual_name(row.text("given_names"), row.integer("rufname_index"));
    if (const auto born = parse_partial_date(row.text("birth_date")))
        if (const auto age = age_on(*born, context.today); age && row.text("status") != "deceased")
            person["age"] = *age;
    return person;
}

/// The paper a row comes from, as long as it is kept; null otherwise.
const Row* paper_of(const Row& row, const Rows& papers) {
    const auto id = row.text("document_id");
    const auto found =
        std::find_if(papers.begin(), papers.end(), [&](const Row& paper) { return paper.text("id") == id; });
    return id.empty() || found == papers.end() ? nullptr : &*found;
}

json::array dwellings_of(const QueryContext& context, const Rows& rows, const Rows& papers) {
    json::array out;
    for (const auto& row : rows) {
        auto dwelling = row_to_json(row);
        dwelling["foreign_lines"] = array_in(row.text("foreign_lines"));
        if (auto lessor = parse_json(row.text("lessor"))) dwelling["lessor"] = std::move(*lessor);
        dwelling["status_text"] = dwelling_status_text(row.text("status"));
        dwelling["address"] = address_line(row);
        dwelling["municipality_text"] =
            label(context.reference, "municipality", row.text("ags"), context.today);
        dwelling["country_text"] = label(context.reference, "state", row.text("country"), context.today);
        dwelling["current"] = row.integer("current") == 1;
        const auto* paper = paper_of(row, papers);
        dwelling["source_text"] = with_number(row.text("source"), paper ? paper->text("serial") : "");
        out.push_back(std::move(dwelling));
    }
    return out;
}

json::array documents_of(const QueryContext& context, const Rows& rows) {
    json::array out;
    for (const auto& row : rows) {
        auto document = row_to_json(row);
        document["doc_type_text"] = document_type_text(row.text("doc_type"));
        const auto until = parse_date(row.text("valid_until"));
        document["expired"] = until && *until < context.today;
        document["days_left"] = until ? json::value(days_between(context.today, *until)) : json::value();
        out.push_back(std::move(document));
    }
    return out;
}

json::array relations_of(QueryContext& context, const Rows& rows) {
    json::array out;
    for (const auto& row : rows) {
        auto relation = row_to_json(row);
        relation.erase("other_blocks");
        relation["kind_text"] = relation_text(row.text("kind"));
        // A blocked relative is named by the fact alone.
        if (is_blocked(row, "other_blocks") && !context.actor.may("register.blocked")) {
            for (const auto* column : {"family_name", "given_names", "birth_date", "note"})
                relation[column] = "";
            relation["blocked"] = true;
        }
        out.push_back(std::move(relation));
    }
    return out;
}

json::array history_of(QueryContext& context, const std::string& person_id) {
    json::array out;
    for (const auto& statement : {statements::person_history_of, statements::dwelling_history_of})
        for (const auto& row : context.tx.query(statement, {{"person_id", person_id}})) {
            auto entry = row_to_json(row);
            entry.erase("document_serial");
            entry["source"] = with_number(row.text("source"), row.text("document_serial"));
            entry["field_text"] = field_text(row.text("field"));
            entry["kind_text"] = row.text("kind") == "correction" ? "Berichtigung" : "Fortschreibung";
            entry["recorded_at"] = to_rfc3339(Timestamp{row.integer("recorded_at_ms")});
            out.push_back(std::move(entry));
        }
    return out;
}

/// What of a secured person may still be read.
json::object secured_page(QueryContext& context, const Row& row) {
    auto person = person_of(context, secured_person(row));
    json::array readable;
    for (const auto& column : row.names())
        if (stays_readable(column)) readable.push_back(json::string(column));
    person["readable"] = std::move(readable);
    person["status_text"] = status_text(row.text("status")) + secured_text;
    Rows dwellings;
    for (const auto& one : context.tx.query(statements::dwellings_of, {{"person_id", row.text("id")}}))
        dwellings.push_back(secured_dwelling(one));
    return {{"person", std::move(person)}, {"dwellings", dwellings_of(context, dwellings, {})},
            {"documents", json::array()},  {"relations", json::array()},
            {"blocks", blocks_of(row)},    {"history", json::array()},
            {"cases", json::array()}};
}

Result<json::object> get_person(QueryContext& context, const json::object& params) {
    const auto id = standing_id(context.tx, text_of(params, "person_id"));
    const auto row = read_row(context.tx, "person", id);
    if (!row) return fail(problems::residence_person_not_found);
    context.show("person", id);
    WA_CHECK(may_see(context, id));
    if (is_secured(context.tx, *row, context.reference, context.today)) return secured_page(context, *row);
    const Params by_person{{"person_id", id}};
    const auto papers = context.tx.query(statements::documents_of, by_person);
    auto person = person_of(context, *row);
    if (const auto* paper = paper_of(*row, papers)) person["source_text"] = paper_text(*paper);
    json::array cases;
    for (const auto& one : context.tx.query(statements::open_cases_of, by_person))
        cases.push_back(row_to_json(one));
    return json::object{
        {"person", std::move(person)},
        {"dwellings", dwellings_of(context, context.tx.query(statements::dwellings_of, by_person), papers)},
        {"documents", documents_of(context, papers)},
        {"relations", relations_of(context, context.tx.query(statements::relations_of, by_person))},
        {"blocks", blocks_of(*row)},
        {"history", history_of(context, id)},
        {"cases", std::move(cases)}};
}

}  // namespace

std::string with_number(const std::string& source, const std::string& serial) {
    return serial.empty() ? source : source + ", Nr. " + serial;
}

std::string paper_text(const Row& paper) {
    return with_number(document_type_text(paper.text("doc_type")) + ", " + paper.text("issuing_authority"),
                       paper.text("serial"));
}

std::string dwelling_status_text(std::string_view status) {
    if (status == "E") return "alleinige Wohnung";
    if (status == "H") return "Hauptwohnung";
    return status == "N" ? "Nebenwohnung" : "";
}

std::string document_type_text(const std::string& type) {
    static const std::map<std::string, std::string> texts{{"PA", "Personalausweis"},
                                                          {"VPA", "vorläufiger Personalausweis"},
                                                          {"EPA", "Ersatz-Personalausweis"},
                                                          {"RP", "Reisepass"},
                                                          {"VRP", "vorläufiger Reisepass"},
                                                          {"KRP", "Kinderreisepass"},
                                                          {"DiplP", "Diplomatenpass"},
                                                          {"DienstP", "Dienstpass"},
                                                          {"eAT", "elektronischer Aufenthaltstitel"},
                                                          {"FID", "ausländischer Personalausweis"},
                                                          {"FPASS", "ausländischer Pass"},
                                                          {"RAK", "Reiseausweis"},
                                                          {"eIDK", "eID-Karte"},
                                                          {"AnkN", "Ankunftsnachweis"}};
    const auto found = texts.find(type);
    return found == texts.end() ? type : found->second;
}

std::string relation_text(const std::string& kind) {
    static const std::map<std::string, std::string> texts{{"spouse", "Ehegatte"},
                                                          {"partner", "Lebenspartner"},
                                                          {"child", "minderjähriges Kind"},
                                                          {"parent", "Elternteil"},
                                                          {"custodian", "gesetzliche Vertretung des Kindes"},
                                                          {"representative", "gesetzliche Vertretung"}};
    const auto found = texts.find(kind);
    return found == texts.end() ? kind : found->second;
}

std::string field_text(const std::string& field) {
    static const std::map<std::string, std::string> texts{{"family_name", "Familienname"},
                                                          {"birth_name", "Geburtsname"},
                                                          {"given_names", "Vornamen"},
                                                          {"doctorate", "Doktorgrad"},
                                                          {"birth_date", "Geburtsdatum"},
                                                          {"birth_place", "Geburtsort"},
                                                          {"birth_country", "Geburtsstaat"},
                                                          {"sex", "Geschlecht"},
                                                          {"rufname_index", "Rufname"},
                                                          {"single_name", "Führt nur einen Namen"},
                                                          {"former_names", "Frühere Namen"},
                                                          {"religious_name", "Ordensname"},
                                                          {"artist_name", "Künstlername"},
                                                          {"death_date", "Sterbetag"},
                                                          {"death_place", "Sterbeort"},
                                                          {"religion", "Religionsgesellschaft"},
                                                          {"marital_status", "Familienstand"},
                                                          {"marital_status_since", "Familienstand seit"},
                                                          {"nationalities", "Staatsangehörigkeiten"},
                                                          {"status", "Status"},
                                                          {"moved_in", "Einzug"},
                                                          {"moved_out", "Auszug"},
                                                          {"dwelling", "Wohnung"},
                                                          {"street", "Straße"},
                                                          {"lessor", "Wohnungsgeber"},
                                                          {"tax_id", "Identifikationsnummer"},
                                                          {"azr_number", "AZR-Nummer"},
                                                          {"objections", "Widersprüche"},
                                                          {"blocks", "Sperren"},
                                                          {"relation", "Angehörige"},
                                                          {"merged", "Zusammenführung"}};
    const auto found = texts.find(field);
    return found == texts.end() ? field : found->second;
}

void install_person_page(Registry& registry) {
    registry.bind_query("person.get", get_person);
}

}  // namespace wa::residence

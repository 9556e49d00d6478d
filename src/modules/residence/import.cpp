// residence.import: another register's data at set-up, in batches.
#include <algorithm>
#include <set>

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search_index.hpp"

namespace wa {

namespace residence {

namespace {

namespace statements = sql::residence;

/// Why a record cannot be taken; empty when it can.
std::string fault_of(const json::object& person) {
    if (text_of(person, "family_name").empty()) return "family_name";
    if (!parse_partial_date(text_of(person, "birth_date"))) return "birth_date";
    const auto status = text_of(person, "status", "resident");
    if (status != "resident" && status != "departed" && status != "deceased") return "status";
    const auto id = text_of(person, "id");
    if (!id.empty() && !parse_id(id)) return "id";
    for (const auto* list : {"dwellings", "documents", "relations"})
        for (const auto& entry : array_of(person, list))
            if (!entry.is_object()) return list;
    for (const auto& entry : array_of(person, "dwellings")) {
        const auto dwelling_status = text_of(entry.get_object(), "status");
        if (dwelling_status != "E" && dwelling_status != "H" && dwelling_status != "N") return "dwellings";
    }
    return "";
}

/// Of somebody who has left already there may be nothing that would have to be erased soon.
Value erased_on(const json::object& person, const Date& today) {
    const auto& dwellings = array_of(person, "dwellings");
    const bool whole = std::any_of(dwellings.begin(), dwellings.end(), [](const json::value& dwelling) {
        return !object_of(dwelling.as_object(), "lessor").empty();
    });
    return text_of(person, "status", "resident") == "resident" || whole ? Value() : Value(to_iso(today));
}

Columns columns_of_person(const json::object& person, const Date& today) {
    Columns columns{{"status", text_of(person, "status", "resident")},
                    {"erased_on", erased_on(person, today)},
                    {"rufname_index", integer_of(person, "rufname_index")},
                    {"single_name", std::int64_t(flag_of(person, "single_name"))}};
    for (const auto* field : {"former_names", "nationalities", "blocks", "objections"})
        columns.push_back({field, json::serialize(array_of(person, field))});
    for (const auto* field : {"family_name",
                              "birth_name",
                              "given_names",
                              "doctorate",
                              "religious_name",
                              "artist_name",
                              "birth_date",
                              "birth_place",
                              "birth_country",
                              "sex",
                              "religion",
                              "marital_status",
                              "marital_status_since",
                              "marital_status_place",
                              "marital_status_country",
                              "tax_id",
                              "azr_number",
                              "order_mark",
                              "death_date",
                              "death_place"})
        columns.push_back({field, text_of(person, field)});
    return columns;
}

void import_dwellings(CommandContext& context, const std::string& person_id, const json::object& person) {
    for (const auto& entry : array_of(person, "dwellings")) {
        const auto& dwelling = entry.get_object();
        const auto out = text_of(dwelling, "moved_out");
        // A dwelling somebody has left keeps the name its street had then.
        auto columns = dwelling_columns(dwelling, context.reference, parse_date(out).value_or(context.today));
        columns.push_back({"person_id", person_id});
        columns.push_back({"status", text_of(dwelling, "status")});
        columns.push_back({"current", std::int64_t(out.empty())});
        columns.push_back({"lessor", json::serialize(object_of(dwelling, "lessor"))});
        columns.push_back({"source", text_of(dwelling, "source", "Übernahme")});
        for (const auto* field : {"moved_in", "moved_out", "registered_on", "deregistered_on"})
            columns.push_back({field, text_of(dwelling, field)});
        context.records.insert("dwelling", context.ids.next(), columns);
    }
}

void import_parts(CommandContext& context, const std::string& person_id, const json::object& person) {
    for (const auto& entry : array_of(person, "documents")) {
        Columns columns{{"person_id", person_id}, {"state", text_of(entry.get_object(), "state", "valid")}};
        for (const auto* field :
             {"doc_type", "serial", "issuing_authority", "issuing_country", "issue_date", "valid_until"})
            columns.push_back({field, text_of(entry.get_object(), field)});
        context.records.insert("person_document", context.ids.next(), columns);
    }
    for (const auto& entry : array_of(person, "relations")) {
        Columns columns{
            {"person_id", person_id},
            {"ward_born", ward_born(text_of(entry.get_object(), "kind"), text_of(person, "birth_date"))}};
        for (const auto* field : {"kind", "other_id", "family_name", "given_names", "birth_date", "note",
                                  "valid_from", "valid_to"})
            columns.push_back({field, text_of(entry.get_object(), field)});
        context.records.insert("relation", context.ids.next(), columns);
    }
}

Result<json::object> import_persons(CommandContext& context, const json::object& payload) {
    const auto& persons = array_of(payload, "persons");
    std::set<std::string> given_ids;
    for (std::size_t i = 0; i < persons.size(); ++i) {
        if (!persons[i].is_object()) return faulty_record(i, "person");
        const auto& person = persons[i].get_object();
        if (auto fault = fault_of(person); !fault.empty()) return faulty_record(i, std::move(fault));
        const auto id = text_of(person, "id");
        if (id.empty()) continue;
        const bool taken = !given_ids.insert(id).second || read_row(context.records.tx(), "person", id);
        if (taken) return faulty_record(i, "id");
    }
    // Index rows of the whole batch in the order of their keys: neighbours share pages.
    std::vector<std::pair<IndexEntry, std::string>> index;
    for (const auto& entry : persons) {
        const auto& person = entry.get_object();
        auto id = text_of(person, "id");
        if (id.empty()) id = context.ids.next();
        context.records.insert("person", id, columns_of_person(person, context.today));
        import_dwellings(context, id, person);
        import_parts(context, id, person);
        for (auto& one : index_entries(context.records.tx(), id)) index.emplace_back(one, id);
        context.records.about("person", id);
    }
    std::sort(index.begin(), index.end());
    for (const auto& [entry, id] : index)
        context.records.execute_unjournalled(
            statements::add_index_entry,
            {{"key", entry.key}, {"first", entry.first}, {"second", entry.second}, {"person_id", id}});
    return json::object{{"count", std::int64_t(persons.size())}};
}

}  // namespace

Failure faulty_record(std::size_t index, std::string field) {
    return fail(problems::residence_import_faulty,
                {{"index", std::int64_t(index)}, {"field", std::move(field)}});
}

void install_import(Registry& registry) {
    registry.bind_command("residence.import", import_persons);
}

}  // namespace residence

}  // namespace wa

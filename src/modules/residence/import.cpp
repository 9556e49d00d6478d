// residence.import and residence.set_streets: another register's data at set-up, in batches.
#include <algorithm>
#include <set>

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search_index.hpp"
#include "modules/residence/streets.hpp"

namespace wa {

namespace residence {

namespace {

namespace statements = sql::residence;

Failure faulty(std::size_t index, std::string field) {
    return fail(problems::residence_import_faulty,
                {{"index", std::int64_t(index)}, {"field", std::move(field)}});
}

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

Columns person_columns(const json::object& person) {
    Columns columns{{"status", text_of(person, "status", "resident")},
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
        auto columns = dwelling_columns(dwelling, context.reference, context.today);
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
        Columns columns{{"person_id", person_id}};
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
        if (!persons[i].is_object()) return faulty(i, "person");
        const auto& person = persons[i].get_object();
        if (auto fault = fault_of(person); !fault.empty()) return faulty(i, std::move(fault));
        const auto id = text_of(person, "id");
        if (id.empty()) continue;
        const bool taken = !given_ids.insert(id).second || read_row(context.records.tx(), "person", id);
        if (taken) return faulty(i, "id");
    }
    // Index rows of the whole batch in the order of their keys: neighbours share pages.
    std::vector<std::pair<IndexEntry, std::string>> index;
    for (const auto& entry : persons) {
        const auto& person = entry.get_object();
        auto id = text_of(person, "id");
        if (id.empty()) id = context.ids.next();
        context.records.insert("person", id, person_columns(person));
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

Result<json::object> set_streets(CommandContext& context, const json::object& payload) {
    const auto& streets = array_of(payload, "streets");
    for (std::size_t i = 0; i < streets.size(); ++i) {
        if (!streets[i].is_object()) return faulty(i, "street");
        const auto& street = streets[i].get_object();
        if (text_of(street, "key").empty()) return faulty(i, "key");
        if (text_of(street, "name").empty()) return faulty(i, "name");
        for (const auto* field : {"valid_from", "valid_to"})
            if (const auto day = text_of(street, field); !day.empty() && !parse_date(day))
                return faulty(i, field);
    }
    for (const auto& entry : streets) {
        const auto& street = entry.get_object();
        Columns columns{{"form", street_form(text_of(street, "name"))},
                        {"ranges", json::serialize(array_of(street, "ranges"))}};
        for (const auto* field : {"key", "name", "postcode", "city", "district", "valid_from", "valid_to"})
            columns.push_back({field, text_of(street, field)});
        // The same street from the same day on is corrected, not doubled.
        const auto same = context.records.query(
            statements::street_of_key,
            {{"key", text_of(street, "key")}, {"valid_from", text_of(street, "valid_from")}});
        if (same.empty())
            context.records.insert("street", context.ids.next(), columns);
        else
            context.records.update("street", same.front().text("id"), columns);
    }
    return json::object{{"count", std::int64_t(streets.size())}};
}

}  // namespace

void install_import(Registry& registry) {
    registry.bind_command("residence.import", import_persons);
    registry.bind_command("residence.set_streets", set_streets);
}

}  // namespace residence

std::vector<CodeEntry> load_streets(Transaction& tx, const std::string& ags) {
    std::vector<CodeEntry> streets;
    for (const auto& row : tx.query(sql::residence::all_streets)) {
        CodeEntry entry;
        entry.code = row.text("key");
        entry.text = row.text("name");
        entry.valid_from = parse_date(row.text("valid_from"));
        entry.valid_to = parse_date(row.text("valid_to"));
        entry.extra["ags"] = ags;
        for (const auto* field : {"postcode", "city", "district"}) entry.extra[field] = row.text(field);
        if (auto ranges = parse_json(row.text("ranges"))) entry.extra["ranges"] = std::move(*ranges);
        streets.push_back(std::move(entry));
    }
    return streets;
}

}  // namespace wa

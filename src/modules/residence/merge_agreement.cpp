// A person known twice: in what the two records contradict each other, and what each adds to the other.
#include <algorithm>
#include <array>

#include "modules/residence/data.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// A person has one of each. What is empty in one record contradicts nothing.
constexpr std::array single_values{"family_name",
                                   "birth_name",
                                   "given_names",
                                   "rufname_index",
                                   "doctorate",
                                   "religious_name",
                                   "artist_name",
                                   "birth_date",
                                   "birth_place",
                                   "birth_country",
                                   "sex",
                                   "nationalities",
                                   "religion",
                                   "marital_status",
                                   "marital_status_since",
                                   "marital_status_place",
                                   "marital_status_country",
                                   "tax_id",
                                   "azr_number",
                                   "death_date",
                                   "death_place"};

/// A person may have several: what either record has holds. So does every block and every objection.
constexpr std::array lists{"former_names", "objections", "blocks"};

/// A column as text; empty when it says nothing.
std::string said_in(const Row& person, std::string_view column) {
    if (const auto* number = std::get_if<std::int64_t>(&person.at(column)))
        return *number == 0 ? "" : std::to_string(*number);
    auto text = person.text(column);
    return text == "[]" ? "" : text;
}

bool differ(const Row& one, const Row& two, std::string_view column) {
    const auto a = said_in(one, column), b = said_in(two, column);
    return !a.empty() && !b.empty() && a != b;
}

json::array united(const Row& one, const Row& two, std::string_view column) {
    auto all = blocks_of(one, column);
    for (auto& entry : blocks_of(two, column))
        if (std::find(all.begin(), all.end(), entry) == all.end()) all.push_back(std::move(entry));
    return all;
}

/// Nobody is dead and alive. What a registration that was taken back said counts for nothing.
bool life_differs(const TwoRecords& records) {
    const auto a = records.kept.whole.text("status"), b = records.other.whole.text("status");
    return a != b && (a == "deceased" || b == "deceased") && a != "withdrawn" && b != "withdrawn";
}

/// Of all statuses the one that says most: who lives here in one record lives here.
std::string joint_status(const Row& one, const Row& two) {
    static const std::vector<std::string> order{"deceased", "resident", "departed", "withdrawn"};
    const auto rank = [](const Row& row) {
        return std::find(order.begin(), order.end(), row.text("status"));
    };
    return *std::min(rank(one), rank(two));
}

bool is_marriage_link(const Row& relation) {
    return relation.text("valid_to").empty() &&
           (relation.text("kind") == "spouse" || relation.text("kind") == "partner");
}

/// Who is related to each other is not one; nor who is married to two.
bool relations_differ(Transaction& tx, const TwoRecords& records) {
    const auto kept = tx.query(statements::raw_relations, {{"person_id", records.kept_id()}});
    const auto other = tx.query(statements::raw_relations, {{"person_id", records.other_id()}});
    const auto names = [](const Rows& rows, const std::string& id) {
        return std::any_of(rows.begin(), rows.end(),
                           [&](const Row& row) { return row.text("other_id") == id; });
    };
    if (names(kept, records.other_id()) || names(other, records.kept_id())) return true;
    for (const auto& a : kept)
        for (const auto& b : other)
            if (is_marriage_link(a) && is_marriage_link(b) && !is_same_relation(a, b)) return true;
    return false;
}

}  // namespace

std::vector<std::string> contradictions(Transaction& tx, const TwoRecords& records) {
    std::vector<std::string> fields;
    const auto note = [&](const char* field, bool contradicts) {
        if (contradicts) fields.emplace_back(field);
    };
    for (const auto* field : single_values)
        note(field, differ(records.kept.readable, records.other.readable, field));
    note("single_name",
         records.kept.whole.integer("single_name") != records.other.whole.integer("single_name"));
    note("status", life_differs(records));
    note("relation", relations_differ(tx, records));
    return fields;
}

std::vector<FieldChange> lacking(const Record& here, const Record& there, const std::string& source) {
    std::vector<FieldChange> changes;
    const auto add = [&](const char* field, std::string value) {
        changes.push_back({field, std::move(value), "correction", source});
    };
    for (const auto* field : single_values) {
        auto value = said_in(there.readable, field);
        if (!value.empty() && said_in(here.readable, field).empty()) add(field, std::move(value));
    }
    for (const auto* field : lists)
        if (const auto all = united(here.whole, there.whole, field); all != blocks_of(here.whole, field))
            add(field, json::serialize(all));
    const auto status = joint_status(here.whole, there.whole);
    if (status != here.whole.text("status")) add("status", status);
    return changes;
}

}  // namespace wa::residence

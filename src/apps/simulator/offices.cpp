#include "apps/simulator/offices.hpp"

#include <algorithm>
#include <numeric>

#include "apps/simulator/behaviours.hpp"
#include "apps/testland/named.hpp"
#include "apps/testland/persons.hpp"
#include "base/assert.hpp"
#include "base/hash.hpp"

namespace wa::simulator {

namespace {

constexpr const char* register_columns[] = {
    "family_name", "birth_name",     "given_names",          "rufname_index", "doctorate", "religious_name",
    "artist_name", "birth_date",     "birth_place",          "birth_country", "sex",       "nationalities",
    "religion",    "marital_status", "marital_status_since", "tax_id",        "azr_number"};
constexpr const char* address_columns[] = {"ags",        "postcode", "city",         "district",
                                           "street_key", "street",   "house_no",     "house_letter",
                                           "sub_no",     "addition", "apartment_no", "floor"};

template <class Columns>
json::object only(const json::object& from, const Columns& columns) {
    json::object out;
    for (const auto* column : columns) {
        const auto* value = from.if_contains(column);
        if (!value || value->is_null() || (value->is_string() && value->get_string().empty()) ||
            (value->is_int64() && value->get_int64() == 0) ||
            (value->is_array() && value->get_array().empty()))
            continue;
        out[column] = *value;
    }
    return out;
}

/// The dwelling of a record in that municipality; null when there is none.
const json::object* dwelling_in(const json::object& record, const std::string& ags) {
    for (const auto& entry : array_of(record, "dwellings"))
        if (text_of(entry.as_object(), "ags") == ags) return &entry.as_object();
    return nullptr;
}

bool same_building(const json::object& a, const json::object& b) {
    return text_of(a, "street") == text_of(b, "street") &&
           integer_of(a, "house_no") == integer_of(b, "house_no");
}

bool is_related(const json::object& one, const json::object& other) {
    for (const auto& relation : array_of(one, "relations"))
        if (!text_of(other, "id").empty() &&
            text_of(relation.as_object(), "other_id") == text_of(other, "id"))
            return true;
    return false;
}

bool is_spouse(const json::object& one, const json::object& other) {
    for (const auto* pair : {&one, &other})
        for (const auto& relation : array_of(*pair, "relations"))
            if (text_of(relation.as_object(), "kind") == "spouse" &&
                text_of(relation.as_object(), "other_id") == text_of(pair == &one ? other : one, "id"))
                return true;
    return false;
}

/// The person a message is about.
const json::object& person_of(const json::object& payload) {
    const auto& person = object_of(payload, "person");
    return person.empty() ? payload : person;
}

}  // namespace

Offices Offices::testland() {
    const auto behaviours = parse_json(behaviours_json());
    WA_ASSERT(behaviours && behaviours->is_object());
    return Offices(behaviours->get_object(), testland::named_records(1));
}

Offices::Offices(json::object behaviours, std::vector<json::object> records)
    : behaviours_(std::move(behaviours)), records_(std::move(records)) {
    for (const auto& person : array_of(behaviours_, "persons")) records_.push_back(person.as_object());
}

Behaviour Offices::behaviour(const std::string& type, const std::string& recipient,
                             const json::object& payload) const {
    const auto& person = person_of(payload);
    for (const auto& entry : rules()) {
        const auto& rule = entry.as_object();
        if (text_of(rule, "type") != type) continue;
        const auto& when = object_of(rule, "when");
        const bool fits = std::all_of(when.begin(), when.end(), [&](const auto& member) {
            const auto wanted = std::string(member.value().as_string());
            return member.key() == "recipient" ? wanted == recipient
                                               : wanted == text_of(person, member.key());
        });
        if (fits) return {text_of(rule, "do", "answer"), integer_of(rule, "seconds") * 1000, rule};
    }
    return {};
}

const json::object* Offices::find(const std::string& ags, const json::object& person) const {
    const auto birth_name = text_of(person, "birth_name");
    for (const auto& record : records_)
        if (dwelling_in(record, ags) && text_of(record, "family_name") == text_of(person, "family_name") &&
            text_of(record, "given_names") == text_of(person, "given_names") &&
            text_of(record, "birth_date") == text_of(person, "birth_date") &&
            (birth_name.empty() || birth_name == text_of(record, "birth_name")))
            return &record;
    return nullptr;
}

json::array Offices::family_of(const std::string& ags, const json::object& head) const {
    json::array family;
    const auto* home = dwelling_in(head, ags);
    for (const auto& other : records_) {
        const auto* dwelling = dwelling_in(other, ags);
        const bool related = is_related(head, other) || is_related(other, head);
        if (!home || !dwelling || !related || !same_building(*home, *dwelling)) continue;
        // A person with a block stands in nobody else's form (BMG § 51).
        if (!array_of(other, "blocks").empty()) continue;
        family.push_back(json::object{{"family_role", is_spouse(head, other) ? "spouse" : "child"},
                                      {"person", only(other, register_columns)}});
    }
    return family;
}

json::object Offices::prefilled_form(const std::string& ags, const json::object& request,
                                     const Behaviour& behaviour) const {
    const auto& asked = object_of(request, "person");
    const bool unique = !text_of(asked, "birth_name").empty();
    if (behaviour.what == "not_unique" && !unique) return {{"result", "not_unique"}};
    if (behaviour.what == "not_found" || behaviour.what == "blocked") return {{"result", behaviour.what}};
    const auto* record = find(ags, asked);
    if (!record) return {{"result", "not_found"}};
    if (!array_of(*record, "blocks").empty()) return {{"result", "blocked"}};
    auto person = only(*record, register_columns);
    if (behaviour.what == "contradict")
        for (const auto& change : object_of(behaviour.rule, "change")) person[change.key()] = change.value();
    json::array persons{json::object{{"family_role", "head"}, {"person", std::move(person)}}};
    if (flag_of(request, "with_family"))
        for (auto& member : family_of(ags, *record)) persons.push_back(std::move(member));
    const auto& home = *dwelling_in(*record, ags);
    json::object form{{"result", "hit"},
                      {"persons", std::move(persons)},
                      {"dwelling", only(home, address_columns)},
                      {"dwelling_status", text_of(home, "status", "E")},
                      {"moved_in", text_of(home, "moved_in")}};
    if (const auto& others = array_of(behaviour.rule, "other_dwellings"); !others.empty())
        form["other_dwellings"] = others;
    if (behaviour.what == "departed") form["departed_on"] = text_of(behaviour.rule, "on");
    return form;
}

json::object Offices::auswertung(const std::string& ags, const json::object& rueckmeldung,
                                 const Behaviour& behaviour) const {
    if (behaviour.what == "not_found") return {{"result", "not_found"}};
    if (behaviour.what == "dispute") {
        json::object said{{"result", "contradiction"}, {"our_status", "E"}};
        const auto& asked = object_of(rueckmeldung, "your_dwelling");
        const auto* record = find(ags, person_of(rueckmeldung));
        auto ours = only(record ? *dwelling_in(*record, ags) : asked, address_columns);
        if (!ours.empty()) said["our_dwelling"] = std::move(ours);
        return said;
    }
    json::object said{{"result", "taken"}};
    for (const auto& datum : object_of(behaviour.rule, "data")) said[datum.key()] = datum.value();
    return said;
}

json::object Offices::tax_number(const json::object& request) const {
    const auto& person = person_of(request);
    const auto who = sha256(text_of(person, "family_name") + text_of(person, "given_names") +
                            text_of(person, "birth_date"));
    testland::Chance chance(
        std::accumulate(who.begin(), who.begin() + 8, std::uint64_t(0),
                        [](auto sum, auto byte) { return sum << 8 | std::uint64_t(byte); }));
    return {{"tax_id", testland::test_tax_id(chance)}};
}

}  // namespace wa::simulator

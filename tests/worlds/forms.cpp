#include "forms.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "language.hpp"

namespace wa::worlds {

namespace {

void take(json::object& to, const json::object& from, std::initializer_list<const char*> fields) {
    for (const auto* field : fields)
        if (const auto* value = from.if_contains(field)) {
            const bool empty = value->is_null() || (value->is_string() && value->get_string().empty()) ||
                               (value->is_array() && value->get_array().empty());
            if (!empty) to[field] = *value;
        }
}

bool is_index(std::string_view part) {
    return !part.empty() && part.size() < 4 && part.find_first_not_of("0123456789") == part.npos;
}

/// The place a path names; made on the way unless only looked for. Null when it leads nowhere.
json::value* walk(json::value& from, std::string_view path, bool make) {
    auto* at = &from;
    while (!path.empty()) {
        const auto dot = std::min(path.find('.'), path.size());
        const auto part = path.substr(0, dot);
        path.remove_prefix(std::min(path.size(), dot + 1));
        if (is_index(part)) {
            if (at->is_null() && make) *at = json::array();
            if (!at->is_array()) return nullptr;
            auto& list = at->get_array();
            const auto index = std::size_t(std::stoi(std::string(part)));
            if (index == list.size() && make) list.emplace_back(nullptr);
            if (index >= list.size()) return nullptr;
            at = &list[index];
        } else {
            if (at->is_null() && make) *at = json::object();
            if (!at->is_object()) return nullptr;
            if (!make && !at->get_object().contains(part)) return nullptr;
            at = &at->get_object()[part];
        }
    }
    return at;
}

}  // namespace

FormPerson form_person(const json::object& record) {
    FormPerson made;
    take(made.person, record,
         {"family_name", "birth_name", "single_name", "given_names", "rufname_index", "former_names",
          "doctorate", "religious_name", "artist_name", "birth_date", "birth_place", "birth_country", "sex",
          "nationalities", "religion", "marital_status", "marital_status_since"});
    for (auto document : array_of(record, "documents")) {
        document.as_object()["seen_original"] = true;
        made.documents.push_back(std::move(document));
    }
    for (const auto& entry : array_of(record, "dwellings")) {
        const auto& dwelling = entry.as_object();
        if (!text_of(dwelling, "moved_out").empty() || text_of(dwelling, "status") == "N") continue;
        made.dwelling.clear();
        take(made.dwelling, dwelling,
             {"ags", "postcode", "city", "district", "street", "house_no", "house_letter", "apartment_no"});
    }
    return made;
}

json::value fill_fixture(const json::value& fixture, const std::vector<FormPerson>& persons) {
    if (fixture.is_array()) {
        json::array out;
        for (const auto& item : fixture.get_array())
            if (auto filled = fill_fixture(item, persons); !filled.is_null())
                out.push_back(std::move(filled));
        return out;
    }
    if (fixture.is_object()) {
        json::object out;
        for (const auto& member : fixture.get_object())
            if (auto filled = fill_fixture(member.value(), persons); !filled.is_null())
                out[member.key()] = std::move(filled);
        return out;
    }
    if (!fixture.is_string()) return fixture;
    const std::string_view text(fixture.get_string());
    if (text.size() < 4 || text[0] != '$' || text[1] < '1' || text[1] > '9' || text[2] != '.') return fixture;
    const auto index = std::size_t(text[1] - '1');
    if (index >= persons.size()) return nullptr;
    const auto part = text.substr(3);
    const auto& person = persons[index];
    if (part == "documents" && !person.documents.empty()) return person.documents;
    if (part == "dwelling" && !person.dwelling.empty()) return person.dwelling;
    if (part == "person") return person.person;
    if (const auto* value = person.person.if_contains(part)) return *value;
    return nullptr;
}

std::string set_path(json::object& form, std::string_view path, json::value value) {
    json::value whole = std::move(form);
    auto* place = walk(whole, path, true);
    if (place) *place = std::move(value);
    form = std::move(whole.as_object());
    return place ? "" : "»" + std::string(path) + "« gibt es in diesem Formular nicht";
}

std::string remove_path(json::object& form, std::string_view path) {
    const auto dot = path.rfind('.');
    json::value whole = std::move(form);
    auto* parent = dot == path.npos ? &whole : walk(whole, path.substr(0, dot), false);
    const auto last = dot == path.npos ? path : path.substr(dot + 1);
    bool gone = false;
    if (parent && parent->is_object()) gone = parent->get_object().erase(last) > 0;
    if (parent && parent->is_array() && is_index(last)) {
        auto& list = parent->get_array();
        const auto index = std::size_t(std::stoi(std::string(last)));
        gone = index < list.size();
        if (gone) list.erase(list.begin() + std::ptrdiff_t(index));
    }
    form = std::move(whole.as_object());
    return gone ? "" : "»" + std::string(path) + "« steht nicht in diesem Formular";
}

json::value value_of(std::string_view words) {
    if (words == "ja") return true;
    if (words == "nein") return false;
    if (words.starts_with("»") && words.ends_with("«"))
        return json::string(words.substr(2, words.size() - 4));
    if (words.starts_with('[') || words.starts_with('{'))
        if (auto parsed = parse_json(words)) return *parsed;
    if (words.size() < 10 && words.find_first_not_of("0123456789") == words.npos)
        return std::int64_t(std::stoll(std::string(words)));
    std::string why;
    if (auto day = read_slot("tag", words, why)) return json::string(*day);
    return json::string(words);
}

}  // namespace wa::worlds

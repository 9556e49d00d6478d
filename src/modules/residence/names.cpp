#include "modules/residence/names.hpp"

#include <fmt/format.h>

#include "base/search_form.hpp"
#include "base/text.hpp"

namespace wa::residence {

namespace {

constexpr std::size_t max_parts = 6;
constexpr std::size_t max_key_bytes = 60;

bool separates(char c, bool at_hyphens) {
    return c == ' ' || c == ',' || c == ';' || c == '\t' || c == '\n' || (at_hyphens && c == '-');
}

/// AE, OE, UE and AA (also of a foreign paper's transliteration) as the plain letter.
std::string without_expansion(const std::string& form) {
    std::string out;
    out.reserve(form.size());
    for (const char c : form) {
        const char last = out.empty() ? ' ' : out.back();
        if (c == 'E' && (last == 'A' || last == 'O' || last == 'U')) continue;
        if (c == 'A' && last == 'A') continue;
        out += c;
    }
    return out;
}

void add_part(std::string& line, const std::string& part) {
    if (part.empty()) return;
    if (!line.empty()) line += ' ';
    line += part;
}

std::string line_of(const std::string& street, std::int64_t house_no, const std::string& letter,
                    const std::string& sub, const std::string& postcode, const std::string& city) {
    std::string line = street;
    if (house_no > 0) add_part(line, std::to_string(house_no) + letter);
    add_part(line, sub);
    std::string place = postcode;
    add_part(place, city);
    if (place.empty()) return line;
    return line.empty() ? place : line + ", " + place;
}

std::string foreign_line(const json::array& lines) {
    std::string out;
    for (const auto& line : lines) {
        const auto text = line.is_string()   ? std::string(line.get_string())
                          : line.is_object() ? text_of(line.get_object(), "line")
                                             : "";
        if (text.empty()) continue;
        if (!out.empty()) out += ", ";
        out += text;
    }
    return out;
}

}  // namespace

std::string name_key(std::string_view text) {
    auto key = without_expansion(search_form(text));
    if (key.size() > max_key_bytes) key.resize(max_key_bytes);
    return key;
}

std::vector<std::string> words_of(std::string_view text, bool at_hyphens) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (!separates(c, at_hyphens)) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::vector<std::string> name_tokens(std::string_view name) {
    const auto parts = words_of(name, true);
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < parts.size() && i < max_parts; ++i) {
        std::string rest;
        for (auto j = i; j < parts.size(); ++j) rest += parts[j];
        if (auto key = name_key(rest); !key.empty()) tokens.push_back(std::move(key));
    }
    return tokens;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) {
        if (!out.empty()) out += ' ';
        out += word;
    }
    return out;
}

std::string street_form(std::string_view street) {
    auto form = name_key(street);
    constexpr std::string_view long_ending = "STRASSE";
    if (form.size() >= long_ending.size() &&
        form.compare(form.size() - long_ending.size(), long_ending.size(), long_ending) == 0)
        form.resize(form.size() - 4);
    return form;
}

std::string address_key(std::string_view street, std::int64_t house_no, std::string_view house_letter) {
    const auto form = street_form(street);
    return form.empty() ? "" : fmt::format("{}|{}|{}", form, house_no, to_lower(house_letter));
}

std::string address_line(const Row& dwelling) {
    if (const auto country = dwelling.text("country"); !country.empty() && country != "000") {
        const auto lines = parse_json(dwelling.text("foreign_lines"));
        return foreign_line(lines && lines->is_array() ? lines->get_array() : json::array());
    }
    return line_of(dwelling.text("street"), dwelling.integer("house_no"), dwelling.text("house_letter"),
                   dwelling.text("sub_no"), dwelling.text("postcode"), dwelling.text("city"));
}

std::string address_line(const json::object& block, std::string_view street_name) {
    if (const auto country = text_of(block, "country_foreign"); !country.empty() && country != "000")
        return foreign_line(array_of(block, "foreign_lines"));
    return line_of(std::string(street_name), integer_of(block, "house_no"), text_of(block, "house_letter"),
                   text_of(block, "sub_no"), text_of(block, "postcode"), text_of(block, "city"));
}

std::string full_name(const Row& person) {
    std::string name = person.text("doctorate");
    add_part(name, person.text("given_names"));
    add_part(name, person.text("family_name"));
    return name;
}

std::string list_name(const Row& person) {
    const auto given = person.text("given_names");
    return given.empty() ? person.text("family_name") : person.text("family_name") + ", " + given;
}

std::string marked_name(std::string_view given_names, std::int64_t rufname_index) {
    const auto names = words_of(given_names);
    const bool marked = rufname_index >= 1 && std::size_t(rufname_index) <= names.size();
    return marked ? names[std::size_t(rufname_index) - 1] : "";
}

std::string usual_name(std::string_view given_names, std::int64_t rufname_index) {
    const auto names = words_of(given_names);
    const auto marked = marked_name(given_names, rufname_index);
    return marked.empty() && !names.empty() ? names.front() : marked;
}

bool dates_compatible(std::string_view a, std::string_view b) {
    if (a.size() != 10 || b.size() != 10) return false;
    const auto fits = [&](std::size_t at, std::size_t length, std::string_view unknown) {
        const auto x = a.substr(at, length), y = b.substr(at, length);
        return x == y || x == unknown || y == unknown;
    };
    return fits(0, 4, "0000") && fits(5, 2, "00") && fits(8, 2, "00");
}

}  // namespace wa::residence

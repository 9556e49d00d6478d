#include <algorithm>

#include "base/json_text.hpp"
#include "base/search_form.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

bool begins(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

bool any_begins(const std::vector<std::string>& tokens, std::string_view with) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const auto& token) { return begins(token, with); });
}

/// How one stored name fits what was typed; both spellings of umlauts count as typed.
std::optional<Match> fits_name(const std::string& name, const std::string& typed) {
    if (name.empty() || !any_begins(name_tokens(name), name_key(typed))) return std::nullopt;
    const auto form = search_form(name), plain = stripped_form(name);
    const auto typed_form = search_form(typed), typed_plain = stripped_form(typed);
    if (form == typed_form && plain == typed_plain) return Match::exact;
    bool begun = begins(form, typed_form) && begins(plain, typed_plain);
    for (const auto& part : words_of(name, true))
        begun |= begins(search_form(part), typed_form) && begins(stripped_form(part), typed_plain);
    return begun ? Match::beginning : Match::spelling;
}

bool sounds_alike(const std::string& name, const std::string& typed) {
    const auto sound = cologne_phonetics(typed);
    if (sound.empty()) return false;
    const auto close = [&](std::string_view one) {
        return cologne_phonetics(one) == sound && edit_distance(search_form(one), search_form(typed), 3) <= 3;
    };
    const auto parts = words_of(name, true);
    return close(name) || std::any_of(parts.begin(), parts.end(), close);
}

void take_better(std::optional<Match>& best, std::optional<Match> other) {
    if (other && (!best || *other < *best)) best = other;
}

std::vector<std::string> family_names(const Row& person) {
    std::vector<std::string> names;
    for (const auto* column : {"family_name", "birth_name", "religious_name", "artist_name"})
        if (auto name = person.text(column); !name.empty()) names.push_back(std::move(name));
    if (const auto former = parse_json(person.text("former_names")); former && former->is_array())
        for (const auto& entry : former->get_array())
            if (entry.is_object() && text_of(entry.get_object(), "type") != "given")
                names.push_back(text_of(entry.get_object(), "name"));
    return names;
}

std::optional<Match> fits_family(const Row& person, const std::string& typed) {
    std::optional<Match> best;
    for (const auto& name : family_names(person)) {
        take_better(best, fits_name(name, typed));
        if (!best && sounds_alike(name, typed)) best = Match::sound;
    }
    return best;
}

/// Every word typed must begin a given name; the worst fit of the words counts.
std::optional<Match> fits_given(const Row& person, const std::vector<std::string>& typed) {
    const auto names = person.text("given_names");
    if (fits_name(names, joined(typed)) == Match::exact) return Match::exact;
    Match worst = Match::exact;
    for (const auto& word : typed) {
        std::optional<Match> best;
        for (const auto& name : words_of(names)) take_better(best, fits_name(name, word));
        if (!best) best = fits_name(names, word);
        if (!best && sounds_alike(names, word)) best = Match::sound;
        if (!best) return std::nullopt;
        worst = std::max(worst, *best);
    }
    return worst;
}

bool fits_address(const Rows& dwellings, const Criteria& criteria) {
    if (criteria.street.empty()) return true;
    const auto form = street_form(criteria.street);
    return std::any_of(dwellings.begin(), dwellings.end(), [&](const Row& dwelling) {
        return dwelling.integer("current") == 1 && begins(street_form(dwelling.text("street")), form) &&
               (criteria.house_no == 0 || dwelling.integer("house_no") == criteria.house_no);
    });
}

/// A single letter is no criterion by itself.
bool has_name_part(const std::vector<std::string>& words) {
    return name_key(joined(words)).size() >= 2;
}

}  // namespace

bool sufficient(const Criteria& criteria) {
    const bool family = has_name_part(criteria.family), given = has_name_part(criteria.given);
    if (!criteria.street.empty() && criteria.house_no > 0) return true;
    if (!family && !given) return false;
    return (!criteria.family.empty() && !criteria.given.empty()) ||
           (!criteria.birth_date.empty() && criteria.birth_date != "0000-00-00") ||
           street_form(criteria.street).size() >= 3;
}

std::optional<Match> fits(const Row& person, const Rows& dwellings, const Criteria& criteria,
                          bool with_address) {
    if (!criteria.birth_date.empty() && !dates_compatible(criteria.birth_date, person.text("birth_date")))
        return std::nullopt;
    if (with_address && !fits_address(dwellings, criteria)) return std::nullopt;
    Match worst = Match::exact;
    if (!criteria.family.empty()) {
        auto family = fits_family(person, joined(criteria.family));
        if (criteria.any_name) take_better(family, fits_given(person, criteria.family));
        if (!family) return std::nullopt;
        worst = *family;
    }
    if (!criteria.given.empty()) {
        const auto given = fits_given(person, criteria.given);
        if (!given) return std::nullopt;
        worst = std::max(worst, *given);
    }
    return worst;
}

bool is_blocked(const Row& person, std::string_view column) {
    for (const auto& entry : blocks_of(person, column))
        if (entry.is_object()) {
            const auto paragraph = text_of(entry.get_object(), "paragraph");
            if (paragraph == "51" || paragraph == "53") return true;
        }
    return false;
}

json::array blocks_of(const Row& person, std::string_view column) {
    const auto text = person.text(column);
    if (text.empty() || text == "[]") return {};
    return array_in(text);
}

std::string status_text(std::string_view status) {
    if (status == "resident") return "Einwohner";
    if (status == "withdrawn") return "Anmeldung zurückgenommen";
    return status == "deceased" ? "verstorben" : "weggezogen";
}

std::string match_name(Match match) {
    switch (match) {
        case Match::exact:
            return "exact";
        case Match::beginning:
            return "beginning";
        case Match::spelling:
            return "spelling";
        case Match::sound:
            break;
    }
    return "sound";
}

std::string current_address(const Rows& dwellings) {
    const Row* best = nullptr;
    for (const auto& dwelling : dwellings) {
        if (dwelling.integer("current") == 0) continue;
        if (!best || (best->text("status") == "N" && dwelling.text("status") != "N")) best = &dwelling;
    }
    return best ? address_line(*best) : "";
}

}  // namespace wa::residence

// Laws as people read them: each once, with its paragraphs in order.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "modules/residence/letters.hpp"

#include "base/text.hpp"

namespace wa::residence {

namespace {

/// A paragraph or article: 139b is {139, "b"}.
using Place = std::pair<int, std::string>;

struct Law {
    std::string name;  ///< "BMG"; with "Art." where its parts are articles
    std::string sign;  ///< "§" or "Art."
    std::vector<Place> places;
};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

std::optional<Place> take_place(std::string_view& text) {
    int number = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 4 && is_digit(text[at]); ++at) number = number * 10 + (text[at] - '0');
    if (at == 0) return std::nullopt;
    text.remove_prefix(at);
    std::string letter;
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        letter = text.substr(0, 1);
        text.remove_prefix(1);
    }
    return Place{number, letter};
}

/// "20–25" or "20, 21" after the sign; what else is said of a paragraph (Abs., Nr.) is passed over.
void read_places(std::string_view text, bool several, std::vector<Place>& places) {
    auto first = take_place(text);
    if (!first) return;
    places.push_back(*first);
    while (several) {
        if (take(text, "–")) {
            const auto last = take_place(text);
            for (int next = places.back().first + 1; last && next <= last->first; ++next)
                places.push_back({next, next == last->first ? last->second : ""});
        } else if (auto rest = text; take(rest, ", ") && !rest.empty() && is_digit(rest[0])) {
            text = rest;
            places.push_back(*take_place(text));
        } else {
            return;
        }
    }
}

Law read_law(std::string_view text) {
    const auto paragraph = text.find("§"), article = text.find("Art.");
    const bool articles = paragraph == text.npos && article != text.npos;
    const std::string_view sign = articles ? "Art." : "§";
    auto at = std::min(articles ? article : paragraph, text.size());
    Law law{std::string(trimmed(text.substr(0, at))), std::string(sign), {}};
    for (; at < text.size(); at = std::min(text.find(sign, at), text.size())) {
        auto rest = text.substr(at + sign.size());
        const bool several = take(rest, sign);
        read_places(trimmed(rest), several, law.places);
        at = text.size() - rest.size();
    }
    return law;
}

std::string in_words(const Law& law) {
    if (law.places.empty()) return law.name;
    std::string numbers;
    for (std::size_t i = 0; i < law.places.size();) {
        auto last = i;
        const auto follows = [&](std::size_t next) {
            return next < law.places.size() && law.places[next].first == law.places[next - 1].first + 1 &&
                   law.places[next].second.empty() && law.places[next - 1].second.empty();
        };
        while (follows(last + 1)) ++last;
        if (last < i + 2) last = i;  // two in a row are read as two
        const auto text = [&](std::size_t k) {
            return std::to_string(law.places[k].first) + law.places[k].second;
        };
        numbers += (numbers.empty() ? "" : ", ") + text(i) + (last > i ? "–" + text(last) : "");
        i = last + 1;
    }
    const bool several = law.places.size() > 1 && law.sign == "§";
    return fmt::format("{} {}{} {}", law.name, law.sign, several ? law.sign : "", numbers);
}

/// "BMG § 23; VwVfG § 23" as two; a part without a name of its own goes on with the law before it.
void add_laws(std::string_view text, std::vector<Law>& laws) {
    std::string before;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        auto law = read_law(trimmed(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (law.name.empty()) law.name = before;
        before = law.name;
        const auto same =
            std::find_if(laws.begin(), laws.end(), [&](const Law& one) { return one.name == law.name; });
        if (same == laws.end())
            laws.push_back(std::move(law));
        else
            same->places.insert(same->places.end(), law.places.begin(), law.places.end());
    }
}

}  // namespace

std::string laws_in_short(const std::vector<std::string>& texts) {
    std::vector<Law> laws;
    for (const auto& text : texts) add_laws(text, laws);
    std::string all;
    for (auto& law : laws) {
        std::sort(law.places.begin(), law.places.end());
        law.places.erase(std::unique(law.places.begin(), law.places.end()), law.places.end());
        all += (all.empty() ? "" : "; ") + in_words(law);
    }
    return all;
}

}  // namespace wa::residence

#include "modules/residence/search_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/search_form.hpp"
#include "modules/residence/names.hpp"

namespace wa::residence {

namespace {

std::optional<int> number_of(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto found = text.find(at);
        parts.push_back(text.substr(0, found));
        if (found == std::string_view::npos) return parts;
        text.remove_prefix(found + 1);
    }
}

bool is_year(int year) {
    return year >= 1850 && year <= 2100;
}

/// "5", "12a": the number, or 0.
int house_number(std::string_view word) {
    if (!word.empty() && ((word.back() | 0x20) >= 'a' && (word.back() | 0x20) <= 'z')) word.remove_suffix(1);
    if (word.empty() || word.size() > 4 || word[0] == '0') return 0;
    return number_of(word).value_or(0);
}

bool ends_like_a_street(std::string_view word) {
    constexpr std::array<std::string_view, 14> endings{"WEG",  "STR",      "PLATZ", "ALLEE", "GASSE",
                                                       "RING", "DAMM",     "UFER",  "MARKT", "STIEG",
                                                       "PFAD", "CHAUSSEE", "KAMP",  "WALL"};
    const auto form = street_form(word);
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
        return form.size() > ending.size() &&
               form.compare(form.size() - ending.size(), ending.size(), ending) == 0;
    });
}

std::string joined_from(const std::vector<std::string>& words, std::size_t from, std::size_t until) {
    std::string out;
    for (auto i = from; i < until; ++i) {
        if (!out.empty()) out += ' ';
        out += words[i];
    }
    return out;
}

/// Takes the street out of the words that end at `end`: the longest run the directory knows, else one word.
void take_street(SearchText& found, std::size_t end, const StreetKnown& known) {
    auto& words = found.names;
    const auto longest = std::min<std::size_t>(end, 4);
    std::size_t length = std::min<std::size_t>(end, 1);
    for (auto n = longest; n > 1; --n)
        if (known(joined_from(words, end - n, end))) {
            length = n;
            break;
        }
    if (length == 0) return;
    found.street = joined_from(words, end - length, end);
    words.erase(words.begin() + std::ptrdiff_t(end - length), words.begin() + std::ptrdiff_t(end));
}

}  // namespace

std::string read_search_date(std::string_view word, const Date& today) {
    if (const auto iso = parse_partial_date(word)) return to_iso(*iso);
    PartialDate date;
    const auto parts = split(word, '.');
    std::vector<int> numbers;
    for (const auto part : parts) {
        const auto number = number_of(part);
        if (!number || part.size() > 4) return "";
        numbers.push_back(*number);
    }
    if (numbers.size() == 1 && parts[0].size() == 4) date = {numbers[0], 0, 0};
    if (numbers.size() == 2 && parts[1].size() == 4) date = {numbers[1], numbers[0], 0};
    if (numbers.size() == 3) {
        if (parts[2].size() == 2) numbers[2] += numbers[2] > today.year % 100 ? 1900 : 2000;
        date = {numbers[2], numbers[1], numbers[0]};
    }
    return is_year(date.year) && is_valid(date) ? to_iso(date) : "";
}

SearchText parse_search_text(std::string_view text, const Date& today, const StreetKnown& known) {
    SearchText found;
    std::optional<std::size_t> street_end;
    for (const auto& word : words_of(text)) {
        if (found.birth_date.empty())
            if (auto date = read_search_date(word, today); !date.empty()) {
                found.birth_date = std::move(date);
                continue;
            }
        if (const int number = house_number(word); number > 0 && !found.names.empty() && !street_end) {
            found.house_no = number;
            street_end = found.names.size();
            continue;
        }
        if (!search_form(word).empty()) found.names.push_back(word);
    }
    if (!street_end)
        for (std::size_t i = 0; i < found.names.size() && !street_end; ++i)
            if (ends_like_a_street(found.names[i]) && known(found.names[i])) street_end = i + 1;
    if (street_end) take_street(found, *street_end, known);
    return found;
}

}  // namespace wa::residence

#include "base/search_form.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "base/din91379.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace wa {
namespace {

enum class Form { search, stripped, sorting };

void append_letters(std::string& out, const din::Letters& letters) {
    out += letters[0];
    if (letters[1]) out += letters[1];
}

/// DIN 5007-2 expands ä, ö and ü only; everything else sorts as its letter.
bool is_umlaut(const din::Letters& search, const din::Letters& stripped) {
    return search[1] == 'E' && !stripped[1] &&
           (stripped[0] == 'A' || stripped[0] == 'U' || stripped[0] == 'O');
}

bool is_o_with_stroke(char32_t c) {
    return c == 0xD8 || c == 0xF8 || c == 0x1FE || c == 0x1FF;
}

void append_letter(std::string& out, Form form, char32_t first, const din::Letters& search,
                   const din::Letters& stripped) {
    const bool expand = form == Form::search ||
                        (form == Form::sorting && is_umlaut(search, stripped) && !is_o_with_stroke(first));
    append_letters(out, expand ? search : stripped);
}

/// What the standard's table does not know (Greek, Cyrillic, loose marks …): upper case, marks dropped.
void append_foreign(std::string& out, char32_t c) {
    if (c == utf8::invalid) return;
    const auto mask = U_GET_GC_MASK(UChar32(c));
    if (mask & (U_GC_M_MASK | U_GC_C_MASK | U_GC_Z_MASK)) return;
    utf8::append(out, char32_t(u_toupper(UChar32(c))));
}

void append_between_words(std::string& out) {
    if (!out.empty() && out.back() != ' ') out += ' ';
}

std::string folded(std::string_view given, Form form) {
    const bool maybe_decomposed =
        std::any_of(given.begin(), given.end(), [](char c) { return std::uint8_t(c) >= 0xCC; });
    std::string normal;
    if (maybe_decomposed) normal = to_nfc(given);
    const std::string_view text = maybe_decomposed ? std::string_view(normal) : given;

    std::string out;
    out.reserve(text.size() + text.size() / 4 + 4);
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = utf8::decode(text, at);
        const auto& entry = din::entry(decoded.code_point);
        if (const auto* sequence = din::sequence_at(text, at, entry, decoded.size)) {
            append_letter(out, form, decoded.code_point, sequence->search, sequence->stripped);
            at += sequence->text.size();
            continue;
        }
        if (entry.group == din::Group::letter) {
            append_letter(out, form, decoded.code_point, entry.search, entry.stripped);
        } else if (entry.group == din::Group::n1) {
            if (form == Form::sorting && (decoded.code_point == ' ' || decoded.code_point == '-'))
                append_between_words(out);
        } else if (entry.group == din::Group::n2 || entry.group == din::Group::n3) {
            out.append(text, at, decoded.size);
        } else {
            append_foreign(out, decoded.code_point);
        }
        at += decoded.size;
    }
    if (form == Form::sorting && !out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

void append_once(std::vector<std::string>& tokens, std::string token) {
    if (!token.empty() && std::find(tokens.begin(), tokens.end(), token) == tokens.end())
        tokens.push_back(std::move(token));
}

void append_forms(std::vector<std::string>& tokens, std::string_view part) {
    append_once(tokens, search_form(part));
    append_once(tokens, stripped_form(part));
}

bool one_of(char c, std::string_view set) {
    return c && set.find(c) != std::string_view::npos;
}

/// The code of one letter between its neighbours (0 where there is none); "" for H, two digits for X.
std::string_view cologne_code(char before, char letter, char after) {
    switch (letter) {
        case 'A':
        case 'E':
        case 'I':
        case 'J':
        case 'O':
        case 'U':
        case 'Y':
            return "0";
        case 'B':
            return "1";
        case 'P':
            return after == 'H' ? "3" : "1";
        case 'D':
        case 'T':
            return one_of(after, "CSZ") ? "8" : "2";
        case 'F':
        case 'V':
        case 'W':
            return "3";
        case 'G':
        case 'K':
        case 'Q':
            return "4";
        case 'C':
            if (!before) return one_of(after, "AHKLOQRUX") ? "4" : "8";
            return !one_of(before, "SZ") && one_of(after, "AHKOQUX") ? "4" : "8";
        case 'X':
            return one_of(before, "CKQ") ? "8" : "48";
        case 'L':
            return "5";
        case 'M':
        case 'N':
            return "6";
        case 'R':
            return "7";
        case 'S':
        case 'Z':
            return "8";
        default:
            return "";
    }
}

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = utf8::decode(text, at);
        out.push_back(decoded.code_point);
        at += decoded.size;
    }
    return out;
}

}  // namespace

std::string search_form(std::string_view text) {
    return folded(text, Form::search);
}

std::string stripped_form(std::string_view text) {
    return folded(text, Form::stripped);
}

std::string sort_key(std::string_view name) {
    return folded(name, Form::sorting);
}

std::vector<std::string> search_tokens(std::string_view name) {
    std::vector<std::string> tokens;
    for (std::size_t begin = 0; begin < name.size();) {
        const auto end = std::min(name.find_first_of(" -", begin), name.size());
        append_forms(tokens, name.substr(begin, end - begin));
        begin = end + 1;
    }
    append_forms(tokens, name);
    return tokens;
}

std::string cologne_phonetics(std::string_view text) {
    auto letters = search_form(text);
    std::erase_if(letters, [](char c) { return c < 'A' || c > 'Z'; });
    std::string out;
    char last = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char before = i > 0 ? letters[i - 1] : '\0';
        const char after = i + 1 < letters.size() ? letters[i + 1] : '\0';
        for (const char digit : cologne_code(before, letters[i], after)) {
            // Equal neighbours count once; then every 0 but the first digit is dropped.
            if (digit != last && (digit != '0' || out.empty())) out += digit;
            last = digit;
        }
    }
    return out;
}

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
    auto left = code_points(a);
    auto right = code_points(b);
    if (left.size() > right.size()) std::swap(left, right);
    if (right.size() - left.size() > limit) return limit + 1;
    std::vector<unsigned> row(left.size() + 1);
    std::iota(row.begin(), row.end(), 0u);
    for (std::size_t j = 1; j <= right.size(); ++j) {
        unsigned diagonal = row[0];
        unsigned lowest = row[0] = unsigned(j);
        for (std::size_t i = 1; i <= left.size(); ++i) {
            const unsigned replaced = diagonal + (left[i - 1] != right[j - 1]);
            diagonal = row[i];
            row[i] = std::min({replaced, row[i] + 1, row[i - 1] + 1});
            lowest = std::min(lowest, row[i]);
        }
        if (lowest > limit) return limit + 1;
    }
    return std::min(row.back(), limit + 1);
}

}  // namespace wa

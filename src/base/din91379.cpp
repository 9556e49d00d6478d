#include "base/din91379.hpp"

namespace wa::din {
namespace {

constexpr Letters letters(std::string_view text) {
    return {text.size() > 0 ? text[0] : '\0', text.size() > 1 ? text[1] : '\0'};
}

constexpr Sequence sequences[] = {
#define WA_DIN_SEQUENCE(first, text, search, stripped) {first, text, letters(search), letters(stripped)},
#include "base/din91379_table.inc"
#undef WA_DIN_SEQUENCE
};

struct Character {
    char32_t code_point;
    Group group;
    Letters search;
    Letters stripped;
};

constexpr Character characters[] = {
#define WA_DIN_CHARACTER(code_point, group, search, stripped) \
    {code_point, Group::group, letters(search), letters(stripped)},
#include "base/din91379_table.inc"
#undef WA_DIN_CHARACTER
};

constexpr Table build() {
    Table result;
    std::uint8_t pages = 1;
    for (const auto& character : characters) {
        auto& page = result.page_of[character.code_point >> 8];
        if (!page) page = pages++;
        auto& place = result.entries[page * 256u + (character.code_point & 0xFF)];
        place.group = character.group;
        place.search = character.search;
        place.stripped = character.stripped;
    }
    for (std::size_t i = std::size(sequences); i-- > 0;) {
        const char32_t first = sequences[i].first;
        result.entries[result.page_of[first >> 8] * 256u + (first & 0xFF)].first_sequence =
            std::uint8_t(i + 1);
    }
    return result;
}

static_assert(std::size(sequences) < 255);

}  // namespace

constexpr Table table = build();

const Sequence* sequence_at(std::string_view text, std::size_t at, const Entry& begin, std::size_t size) {
    if (!begin.first_sequence) return nullptr;
    // The second code point of every sequence is a combining mark U+0300 to U+035F: lead byte CC or CD.
    if (at + size >= text.size() || (std::uint8_t(text[at + size]) & 0xFE) != 0xCC) return nullptr;
    const auto rest = text.substr(at);
    const auto* candidate = &sequences[begin.first_sequence - 1];
    for (const char32_t first = candidate->first;
         candidate != std::end(sequences) && candidate->first == first; ++candidate) {
        if (rest.starts_with(candidate->text)) return candidate;
    }
    return nullptr;
}

}  // namespace wa::din

#include "base/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/din91379.hpp"
#include "base/utf8.hpp"

namespace wa {
namespace {

const icu::Normalizer2& nfc() {
    static const icu::Normalizer2* const instance = [] {
        UErrorCode error = U_ZERO_ERROR;
        const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
        WA_ASSERT(U_SUCCESS(error));
        return normalizer;
    }();
    return *instance;
}

icu::StringPiece piece(std::string_view text) {
    return {text.data(), std::int32_t(text.size())};
}

/// ICU counts in 32 bits; longer texts do not occur, as every entrance limits its size far below.
bool fits_icu(std::string_view text) {
    return text.size() <= 0x0FFFFFFF;
}

/// All code points are below U+0300 (or the bytes are not UTF-8 at all): nothing there can change.
bool surely_nfc(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return std::uint8_t(c) < 0xCC; });
}

bool is_line_or_tab(char32_t c) {
    return c == '\t' || c == '\n' || c == '\r';
}

bool is_invisible(char32_t c) {
    struct Range {
        char32_t first, last;
    };
    // Controls, special spaces, Default_Ignorable_Code_Point and bidi controls (Unicode 15,
    // DerivedCoreProperties).
    static constexpr Range ranges[] = {
        {0x00, 0x08},       {0x0B, 0x0C},       {0x0E, 0x1F},       {0x7F, 0xA0},     {0xAD, 0xAD},
        {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680}, {0x17B4, 0x17B5},
        {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F}, {0x3000, 0x3000},
        {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
        {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](const Range& range) { return c >= range.first && c <= range.last; });
}

bool allowed(din::Group group, DinType type) {
    switch (group) {
        case din::Group::none:
            return false;
        case din::Group::letter:
        case din::Group::n1:
            return true;
        case din::Group::n2:
            return type != DinType::A;
        case din::Group::n3:
        case din::Group::n4:
            return type == DinType::C;
    }
    return false;
}

/// One character in the sense of the standard.
struct Character {
    char32_t code_point;  ///< the first, or utf8::invalid
    std::size_t size;     ///< bytes
    din::Group group;
};

Character character_at(std::string_view text, std::size_t at) {
    const auto decoded = utf8::decode(text, at);
    if (decoded.code_point == utf8::invalid) return {decoded.code_point, 1, din::Group::none};
    const auto& entry = din::entry(decoded.code_point);
    if (const auto* sequence = din::sequence_at(text, at, entry, decoded.size))
        return {decoded.code_point, sequence->text.size(), din::Group::letter};
    return {decoded.code_point, decoded.size, entry.group};
}

TextFault nfc_fault(std::string_view text) {
    const auto normal = to_nfc(text);
    const auto differ = std::mismatch(text.begin(), text.end(), normal.begin(), normal.end()).first;
    const auto wrong = std::min(std::size_t(differ - text.begin()), text.size() - 1);
    std::size_t position = 0;
    std::size_t at = 0;
    for (auto size = character_at(text, at).size; at + size <= wrong; size = character_at(text, at).size) {
        at += size;
        ++position;
    }
    return {TextFault::Kind::not_nfc, position, character_at(text, at).code_point};
}

template <class Map>
std::string mapped_case(std::string_view text, Map map) {
    if (!fits_icu(text) || !is_valid_utf8(text)) return std::string(text);
    std::string out;
    icu::StringByteSink<std::string> sink(&out, std::int32_t(text.size()));
    UErrorCode error = U_ZERO_ERROR;
    map("", 0, piece(text), sink, nullptr, error);
    WA_ASSERT(U_SUCCESS(error));
    return to_nfc(out);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = utf8::decode(text, at);
        if (decoded.code_point == utf8::invalid) return false;
        at += decoded.size;
    }
    return true;
}

bool is_nfc(std::string_view text) {
    if (!is_valid_utf8(text)) return false;
    if (surely_nfc(text)) return true;
    if (!fits_icu(text)) return false;
    UErrorCode error = U_ZERO_ERROR;
    const bool normal = nfc().isNormalizedUTF8(piece(text), error);
    return U_SUCCESS(error) && normal;
}

std::string to_nfc(std::string_view text) {
    if (surely_nfc(text) || !fits_icu(text) || !is_valid_utf8(text)) return std::string(text);
    std::string out;
    icu::StringByteSink<std::string> sink(&out, std::int32_t(text.size()));
    UErrorCode error = U_ZERO_ERROR;
    nfc().normalizeUTF8(0, piece(text), sink, nullptr, error);
    WA_ASSERT(U_SUCCESS(error));
    return out;
}

std::string to_upper(std::string_view text) {
    return mapped_case(text, [](auto&&... arguments) { icu::CaseMap::utf8ToUpper(arguments...); });
}

std::string to_lower(std::string_view text) {
    return mapped_case(text, [](auto&&... arguments) { icu::CaseMap::utf8ToLower(arguments...); });
}

std::optional<TextFault> check_text(std::string_view text, DinType type) {
    std::optional<TextFault> fault;
    std::size_t position = 0;
    for (std::size_t at = 0; at < text.size(); ++position) {
        const auto character = character_at(text, at);
        if (character.code_point == utf8::invalid)
            return TextFault{TextFault::Kind::invalid_utf8, position, 0};
        if (!fault && !allowed(character.group, type)) {
            const bool unseen = is_invisible(character.code_point) || is_line_or_tab(character.code_point);
            fault = TextFault{unseen ? TextFault::Kind::invisible : TextFault::Kind::not_allowed, position,
                              character.code_point};
        }
        at += character.size;
    }
    // Before what was found above: "u" and a combining mark is to be normalized, not to be called a bad
    // letter.
    if (!is_nfc(text)) return nfc_fault(text);
    return fault;
}

std::size_t din_length(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++length) at += character_at(text, at).size;
    return length;
}

std::string truncate(std::string_view text, std::size_t length) {
    std::size_t at = 0;
    for (; length > 0 && at < text.size(); --length) at += character_at(text, at).size;
    return std::string(text.substr(0, at));
}

std::string collapse_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

bool has_invisible(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto decoded = utf8::decode(text, at);
        if (decoded.code_point != utf8::invalid && is_invisible(decoded.code_point)) return true;
        at += decoded.size;
    }
    return false;
}

}  // namespace wa

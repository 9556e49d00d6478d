// Reading and writing single code points of UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wa::utf8 {

/// What stands for a byte that is not part of well-formed UTF-8.
inline constexpr char32_t invalid = 0xFFFFFFFF;

struct Decoded {
    char32_t code_point;  ///< or `invalid`
    std::size_t size;     ///< bytes; 1 with `invalid`
};

/// The code point that begins at `at` (at < text.size()), strictly by the Unicode standard, table 3-7.
inline Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return std::uint8_t(text[at + i]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    if (lead < 0xC2 || lead > 0xF4) return {invalid, 1};
    const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - at < size) return {invalid, 1};
    char32_t code_point = lead & (size == 2 ? 0x1F : size == 3 ? 0x0F : 0x07);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {invalid, 1};
        code_point = code_point << 6 | (byte(i) & 0x3F);
    }
    const bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    if (overlong || surrogate || code_point > 0x10FFFF) return {invalid, 1};
    return {code_point, size};
}

/// Appends a code point (a Unicode scalar value).
inline void append(std::string& out, char32_t code_point) {
    if (code_point < 0x80) {
        out += char(code_point);
    } else if (code_point < 0x800) {
        out += char(0xC0 | code_point >> 6);
        out += char(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        out += char(0xE0 | code_point >> 12);
        out += char(0x80 | (code_point >> 6 & 0x3F));
        out += char(0x80 | (code_point & 0x3F));
    } else {
        out += char(0xF0 | code_point >> 18);
        out += char(0x80 | (code_point >> 12 & 0x3F));
        out += char(0x80 | (code_point >> 6 & 0x3F));
        out += char(0x80 | (code_point & 0x3F));
    }
}

}  // namespace wa::utf8

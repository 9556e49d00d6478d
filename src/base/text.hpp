// Text as DIN 91379:2022-08 allows it: which characters, how long, in which form. All text is UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wa {

/// Well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_valid_utf8(std::string_view text);

/// Normalization form C. Text that is not valid UTF-8 is returned as it is.
std::string to_nfc(std::string_view text);
/// False also for what is not valid UTF-8.
bool is_nfc(std::string_view text);

/// 0 to 9, whatever the locale.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Upper and lower case by Unicode, independent of any locale ("ß" becomes "SS", "ẖ" becomes "H̱"). What is
/// not valid UTF-8 is returned as it is.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

/// The normative data types of DIN 91379: A = names of natural persons (letters and N1, no digits),
/// B = A and N2 (other names, streets, companies), C = B, N3 and N4 (continuous text).
enum class DinType { A, B, C };

/// Why a text is refused, and where.
struct TextFault {
    enum class Kind { invalid_utf8, not_nfc, invisible, not_allowed };
    Kind kind;
    /// In DIN characters from 0; with not_nfc 0 or the first character that differs from the normalized text.
    std::size_t position;
    /// The code point at fault; 0 with invalid_utf8.
    char32_t code_point;
};

/// The first fault of a text, or empty. A sequence of base letter and combining marks is one character;
/// combining marks are allowed only as part of a sequence of the standard. Deprecated letters are accepted.
/// Tab, line feed, carriage return and no-break space belong to type C only (group N4).
std::optional<TextFault> check_text(std::string_view text, DinType type);

/// Length in characters of DIN 91379: a sequence counts once. A byte that is not UTF-8 counts as one.
std::size_t din_length(std::string_view text);

/// The first `length` characters; never cuts a sequence or a code point.
std::string truncate(std::string_view text, std::size_t length);

/// Without spaces at both ends, inner runs of spaces as one. Only U+0020 is a space here.
std::string collapse_spaces(std::string_view text);

/// Whether the text holds something that cannot be seen or that turns its direction: control characters
/// (but tab and line ends), no-break and other special spaces, soft hyphen, zero-width and bidi characters.
bool has_invisible(std::string_view text);

}  // namespace wa

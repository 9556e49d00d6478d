// The table of DIN 91379 in memory: one entry per code point, found by two array accesses.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wa::din {

/// bll, bnlreq (N1), bnl (N2), bnlopt (N3), bnlnot (N4); none: not in the types A to C.
enum class Group : std::uint8_t { none, letter, n1, n2, n3, n4 };

/// At most two letters; unused places are zero.
using Letters = std::array<char, 2>;

struct Entry {
    Group group = Group::none;
    std::uint8_t first_sequence = 0;  ///< number (from 1) of the first sequence that begins so; 0: none
    Letters search{};                 ///< search form; letters only
    Letters stripped{};               ///< search form without expansion of diacritics; letters only
};

/// A base letter with combining marks that the standard counts as one letter.
struct Sequence {
    char32_t first;
    std::string_view text;  ///< UTF-8
    Letters search;
    Letters stripped;
};

inline constexpr std::size_t page_count = 6;  // page 0 is empty
inline constexpr std::size_t highest_page = 0x20;
struct Table {
    std::array<std::uint8_t, highest_page + 1> page_of{};
    std::array<Entry, page_count * 256> entries{};
};
extern const Table table;

inline const Entry& entry(char32_t code_point) {
    const std::size_t high = code_point >> 8;
    const std::size_t page = high <= highest_page ? table.page_of[high] : 0;
    return table.entries[page * 256 + (code_point & 0xFF)];
}

/// The longest sequence of the standard that `text` holds at `at`, or null. `begin` is the entry of the code
/// point there, `size` its length in bytes.
const Sequence* sequence_at(std::string_view text, std::size_t at, const Entry& begin, std::size_t size);

}  // namespace wa::din

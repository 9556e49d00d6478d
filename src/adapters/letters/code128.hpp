// Code 128 (ISO/IEC 15417): the barcode with the case number. Pure; draws nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wa::letters {

/// The symbol values 0…106 from the start character to the stop character, check symbol included. Runs of
/// digits are packed two by two (code set C), the rest is code set B. Empty when the text is empty, longer
/// than 80 characters, or holds anything but printable ASCII.
std::optional<std::vector<std::uint8_t>> code128_symbols(std::string_view text);

/// Widths in modules, bar and space in turn, beginning and ending with a bar. Quiet zones (10 modules on
/// both sides) are the caller's.
std::vector<std::uint8_t> code128_widths(const std::vector<std::uint8_t>& symbols);

}  // namespace wa::letters

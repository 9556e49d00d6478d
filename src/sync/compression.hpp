// zstd with a dictionary trained on our own messages (made by tools of this folder, from invented persons
// only).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace wa::sync {

/// The dictionary in this program; part of the agreement of two sides.
std::uint32_t own_dictionary();

/// @param dictionary own_dictionary() or 0 for none
Bytes compress(std::span<const std::uint8_t> bytes, std::uint32_t dictionary);
/// Empty when it is not one whole zstd frame, needs another dictionary, or unpacks to more than `maximum`.
std::optional<Bytes> decompress(std::span<const std::uint8_t> bytes, std::uint32_t dictionary,
                                std::size_t maximum);

}  // namespace wa::sync

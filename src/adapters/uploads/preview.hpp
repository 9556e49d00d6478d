// A small readable picture of a scan, to be at the town hall before the scan is.
#pragma once

#include <optional>
#include <span>

#include "base/bytes.hpp"

namespace wa::uploads {

/// Smaller files are there as soon as their preview would be.
inline constexpr std::size_t preview_worth_bytes = 96 * 1024;
/// Some per cent of a scan, and less than half a chunk of the sync.
inline constexpr std::size_t preview_max_bytes = 20 * 1024;

/// A grey JPEG of at most preview_max_bytes. Empty for what is no JPEG, too small to be worth it, larger than
/// 20 million pixels, broken, or not to be made small enough. Takes some hundredths of a second.
std::optional<Bytes> make_preview(std::span<const std::uint8_t> picture);

}  // namespace wa::uploads

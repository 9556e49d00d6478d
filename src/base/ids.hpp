// Identifiers of everything we store: 16 bytes in the manner of a ULID, sortable by their time.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wa {

/// 48 bits of milliseconds since 1970 (big endian), then 80 bits that make it unique. All zero: no id.
struct Id {
    std::array<std::uint8_t, 16> bytes{};

    /// 26 characters of Crockford's base32, upper case. Texts sort as the ids do.
    std::string text() const;
    /// The time part in ms since 1970.
    std::int64_t at_ms() const;
    bool is_nil() const { return *this == Id{}; }

    friend auto operator<=>(const Id&, const Id&) = default;
};

/// Reads exactly the form that Id::text writes: 26 characters, upper case, at most 128 bits. Nothing is
/// repaired, so that one id has one text.
std::optional<Id> parse_id(std::string_view text);

/// A new id from the caller's clock and 10 bytes of the caller's randomness. A time outside 0 … 2^48-1 counts
/// as the nearest inside (also in derive_id: a device with a wrong clock must not stop the hub).
Id make_id(std::int64_t at_ms, std::span<const std::uint8_t, 10> random);

/// The id of the `counter`-th object that a command creates: the same on a laptop and at the hub.
/// Time part from `at_ms`, the rest from SHA-256(command id, counter as 4 bytes big endian).
Id derive_id(const Id& command, std::uint32_t counter, std::int64_t at_ms);

}  // namespace wa

template <>
struct std::hash<wa::Id> {
    std::size_t operator()(const wa::Id& id) const noexcept;
};

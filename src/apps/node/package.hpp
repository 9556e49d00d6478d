// What the hub hands a Koffer: its tours, and at check-out everything that one tour needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/json.hpp"

namespace wa::node {

/// The tour's package, unpacked; empty when it is not of the form that the hub writes. What stands in the
/// rows is not looked at.
std::optional<json::object> read_package(std::span<const std::uint8_t> bytes);

/// The tours in the hub's answer; those without a readable list of staff are left out.
json::array read_tours(const json::object& answer);

}  // namespace wa::node

// The shortest story of a failure: steps are left out while it remains.
#pragma once

#include <string>

#include "plan.hpp"

namespace wa::sim {

/// What of a failure counts as the same one: its words without numbers, up to the details.
std::string kind_of(const std::string& failure);
/// A plan with as few steps as were found within about `seconds` that fails in the same way.
Plan shrink(Plan plan, const std::string& failure, double seconds);

}  // namespace wa::sim

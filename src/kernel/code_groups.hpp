// Groups of codes that the law treats alike, from the tables built into the program
// (reference/code_groups.json).
#pragma once

#include <string_view>

#include "base/json.hpp"
#include "base/time.hpp"

namespace wa {

/// The codes of a group on that day ("nationality.free_movement"); null when there is none of this name then.
const json::array* built_in_codes(std::string_view group, const Date& on);

}  // namespace wa

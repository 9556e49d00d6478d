// The records of the named persons (handbook § 18).
#pragma once

#include <vector>

#include "base/json.hpp"

namespace wa::testland {

/// Import records of the named persons of a municipality, and of those who make their stories.
std::vector<json::object> named_records(int municipality);

}  // namespace wa::testland

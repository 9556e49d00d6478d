// JSON that is kept as a text: a column, the body of an answer.
#pragma once

#include "base/json.hpp"

namespace wa {

/// What the text holds; empty when it is no object, or no list.
json::object object_in(std::string_view text);
json::array array_in(std::string_view text);

}  // namespace wa

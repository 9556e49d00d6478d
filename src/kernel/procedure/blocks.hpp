// Shared blocks of fields (procedure/blocks/*.json): person, dwelling, identity document, representation,
// lessor.
#pragma once

#include <string_view>

#include "base/json.hpp"

namespace wa {

/// The block of that name: {"id", "title", "handbook", "fields": [FIELD…]}. Asserts that it exists.
const json::object& block(std::string_view name);

/// The same declaration in which every group and list with a `block` has its `fields`, at every depth.
json::array with_blocks(const json::array& declaration);

}  // namespace wa

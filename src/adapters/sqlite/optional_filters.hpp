// Filters that may be left out, in a form SQLite can plan for.
#pragma once

#include <string>
#include <string_view>

#include "kernel/store.hpp"

namespace wa::sqlite {

/// Whether the text has a filter of the form "($status = '' OR …)" or "($house_no = 0 OR …)".
bool has_optional_filters(std::string_view text);

/// Such a filter makes SQLite read the whole table, since the plan is made before the value is known. With
/// the values at hand it is "($status = '')" or "($status <> '' AND (…))", which mean the same then and leave
/// the indexes usable. Filters inside a filter and those of null stay as they are.
std::string decided_filters(std::string_view text, std::span<const Param> params);

}  // namespace wa::sqlite

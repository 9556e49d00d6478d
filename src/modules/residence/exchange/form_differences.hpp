// Where a prefilled form differs from what the person said.
#pragma once

#include "base/json.hpp"
#include "kernel/reference.hpp"

namespace wa::residence {

/// Block "person" of the form's persons.<index>; empty when there is none.
const json::object& said_person(const json::object& form, std::size_t index);

/// One entry per datum that differs: path in the form, label, received, said (null: nothing yet), and both as
/// people read them. `index`: whose form it is; family members are found by birth date and given names.
json::array form_differences(const json::object& received, const json::object& said, std::size_t index,
                             const Reference& reference, const Date& today);

}  // namespace wa::residence

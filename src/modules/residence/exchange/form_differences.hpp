// Where a prefilled form differs from what the person said.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "kernel/reference.hpp"
#include "kernel/store.hpp"

namespace wa::residence {

/// Block "person" of the form's persons.<index>; empty when there is none.
const json::object& said_person(const json::object& form, std::size_t index);

/// Which of the form's persons is meant by one of a prefilled form's: birth date and given names are equal.
std::optional<std::size_t> place_of(const json::object& received, const json::array& persons);

/// Whom of a form's persons a request was about (a row of received_form). The draft may have changed since:
/// who has the names and the birth date it was asked with, or that were answered; else who stands where it
/// was asked for, when one of the two was put right or completed. Nobody: they are not on the form any more.
std::optional<std::size_t> asked_about(const Row& request, const json::array& persons);

/// One entry per datum that differs: path in the form, label, received and said (null: nothing), and both as
/// people read them. `index`: whose form it is; family members are found by birth date and given names, and
/// who does not stand on the form is not compared. `submitted`: the form is complete, and what it does not
/// ask is no difference.
json::array form_differences(const json::object& received, const json::object& said, std::size_t index,
                             const Reference& reference, const Date& today, bool submitted = false);

/// Those of them that the person has not confirmed (handbook P01, vms_differences[]): what is as received
/// needs nothing; what the person corrects or adds stands in the form's `vms_differences` as it was said.
json::array undecided_differences(const json::array& differences, const json::object& form);

}  // namespace wa::residence

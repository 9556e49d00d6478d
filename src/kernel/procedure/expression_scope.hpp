// Where an expression looks up its paths: from the innermost group or list item outward to the whole form.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.hpp"
#include "base/time.hpp"

namespace wa {

/// One object and what lies around it. Lives on the stack of a validation.
struct Scope {
    const json::object* values = nullptr;
    const Scope* outer = nullptr;
};

/// What an expression may ask besides the values.
struct ExpressionWorld {
    Date today;
    std::string_view channel;
};

/// The value; empty when unknown.
std::optional<json::value> evaluate_in(const json::value& expression, const Scope& scope,
                                       const ExpressionWorld& world);
/// Truth of a condition in a scope; unknown and what is no boolean are empty.
std::optional<bool> holds_in(const json::value& expression, const Scope& scope, const ExpressionWorld& world);

/// What a path finds ("new_dwelling.street_key", "persons.0.family_name"); null when nothing stands there.
const json::value* look_up(std::string_view path, const Scope& scope);

/// A member that is missing, null, "" or [] (docs/data-formats.md, "absent").
bool is_absent(const json::value* value);

}  // namespace wa

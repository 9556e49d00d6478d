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

/// What an expression gives: a value of its own, or one that stands in the form or the description and is not
/// copied (a list of persons is looked at by many conditions), or nothing.
class Evaluated {
  public:
    Evaluated(std::nullopt_t) {}
    Evaluated(json::value own) : own_(std::move(own)) {}
    /// The value has to outlive this object.
    static Evaluated standing(const json::value& value) {
        Evaluated result(std::nullopt);
        result.standing_ = &value;
        return result;
    }
    explicit operator bool() const { return standing_ || own_; }
    const json::value& operator*() const { return standing_ ? *standing_ : *own_; }
    const json::value* operator->() const { return &**this; }

  private:
    const json::value* standing_ = nullptr;
    std::optional<json::value> own_;
};

/// What a path finds ("new_dwelling.street_key", "persons.0.family_name"); null when nothing stands there.
const json::value* look_up(std::string_view path, const Scope& scope);

/// A member that is missing, null, "" or [] (docs/data-formats.md, "absent").
bool is_absent(const json::value* value);

}  // namespace wa

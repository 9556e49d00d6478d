// EXPR of docs/data-formats.md: conditions as data, evaluated alike here and in the browser.
#pragma once

#include <memory>
#include <optional>

#include "base/json.hpp"
#include "base/time.hpp"
#include "kernel/procedure/expression_scope.hpp"

namespace wa {

namespace expression {
struct Node;
}

/// An expression that is read once and asked often. Immutable, cheap to copy, thread-safe.
class Expression {
  public:
    /// None: `null` in a description. What it says is unknown.
    Expression() = default;
    explicit Expression(const json::value& written);
    bool is_none() const { return !root_; }
    /// The value; empty when unknown (an operand is absent). It may stand in the form or in this expression.
    Evaluated evaluate(const Scope& scope, const ExpressionWorld& world) const;
    /// Truth of a condition in a scope; unknown and what is no boolean are empty.
    std::optional<bool> holds(const Scope& scope, const ExpressionWorld& world) const;

  private:
    std::shared_ptr<const expression::Node> root_;
};

struct ExpressionScope {
    const json::object* item = nullptr;  ///< the list item a path is looked up in first
    const json::object* form = nullptr;
    Date today;
    std::string_view channel = "counter";
};

/// The value; empty when unknown (an operand is absent).
std::optional<json::value> evaluate(const json::value& expression, const ExpressionScope& scope);
/// Truth of a condition: unknown is empty.
std::optional<bool> holds(const json::value& expression, const ExpressionScope& scope);
/// True when the expression is well formed (known operators, right number of arguments).
bool is_expression(const json::value& expression);
/// Puts the value of a day for every {"parameter": id}, as the browser gets a description.
void resolve_parameters(json::value& description, const Date& on);

}  // namespace wa

// Inside the procedure engine: the operators of expressions, each with what it asks of its operands.
#pragma once

#include "kernel/procedure/expression_scope.hpp"

namespace wa::expression {

using Maybe = Evaluated;
using Truth = std::optional<bool>;

/// The operands of one operator and where they are evaluated.
class Operands {
  public:
    Operands(const json::value& arguments, const Scope& scope, const ExpressionWorld& world)
        : scope_(scope), world_(world) {
        const auto* list = arguments.if_array();
        first_ = list ? list->data() : &arguments;  // an operator with one operand may drop the brackets
        count_ = list ? list->size() : 1;
    }
    std::size_t count() const { return count_; }
    Maybe operator[](std::size_t i) const { return evaluate_in(first_[i], scope_, world_); }
    const json::value& written(std::size_t i) const { return first_[i]; }
    Truth truth(std::size_t i) const { return holds_in(first_[i], scope_, world_); }
    /// Truth of an operand for one item of a list: the item is looked into first.
    Truth truth_for(const json::object& item, std::size_t i) const {
        return holds_in(first_[i], {&item, &scope_}, world_);
    }
    const Date& today() const { return world_.today; }

  private:
    const Scope& scope_;
    const ExpressionWorld& world_;
    const json::value* first_ = nullptr;
    std::size_t count_ = 0;
};

/// One operator: how many operands it takes and what becomes of them.
struct Operator {
    std::string_view name;
    std::size_t least, most;  ///< operands
    Maybe (*evaluate)(const Operands&);
};
/// Null when there is none of this name.
const Operator* operator_of(std::string_view name);

inline std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}
inline std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

}  // namespace wa::expression

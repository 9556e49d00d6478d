// Inside the procedure engine: the operators of expressions, each with what it asks of its operands.
#pragma once

#include <string>
#include <vector>

#include "kernel/procedure/expression_scope.hpp"

namespace wa::expression {

using Maybe = Evaluated;
using Truth = std::optional<bool>;

struct Operator;

/// One expression as it was read. What is not well formed is known never.
struct Node {
    enum class Kind { unknown, literal, today, channel, field, parameter, codes, operation };
    Kind kind = Kind::unknown;
    json::value literal;
    std::string name;              ///< of a field (its path), a parameter or a group of codes
    const Operator* op = nullptr;  ///< of an operation
    std::vector<Node> operands = {};

    static Node read(const json::value& written);
    Maybe evaluate(const Scope& scope, const ExpressionWorld& world) const;
    Truth holds(const Scope& scope, const ExpressionWorld& world) const;
};

/// The operands of one operator and where they are evaluated.
class Operands {
  public:
    Operands(const std::vector<Node>& nodes, const Scope& scope, const ExpressionWorld& world)
        : nodes_(nodes), scope_(scope), world_(world) {}
    std::size_t count() const { return nodes_.size(); }
    Maybe operator[](std::size_t i) const { return nodes_[i].evaluate(scope_, world_); }
    Truth truth(std::size_t i) const { return nodes_[i].holds(scope_, world_); }
    /// Truth of an operand for one item of a list: the item is looked into first.
    Truth truth_for(const json::object& item, std::size_t i) const {
        return nodes_[i].holds({&item, &scope_}, world_);
    }
    const Date& today() const { return world_.today; }

  private:
    const std::vector<Node>& nodes_;
    const Scope& scope_;
    const ExpressionWorld& world_;
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

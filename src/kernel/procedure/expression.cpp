#include "kernel/procedure/expression.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/code_groups.hpp"
#include "kernel/procedure/expression_operators.hpp"
#include "kernel/reference.hpp"

namespace wa {
namespace {

using namespace expression;

const json::value* step(const json::value& at, std::string_view name) {
    if (const auto* object = at.if_object()) return object->if_contains({name.data(), name.size()});
    const auto* list = at.if_array();
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool digits = error == std::errc() && end == name.data() + name.size();
    return list && digits && index < list->size() ? &(*list)[index] : nullptr;
}

}  // namespace

bool is_absent(const json::value* value) {
    if (!value || value->is_null()) return true;
    if (const auto* text = value->if_string()) return text->empty();
    const auto* list = value->if_array();
    return list && list->empty();
}

const json::value* look_up(std::string_view path, const Scope& scope) {
    const bool here_only = path.starts_with('.');
    if (here_only) path.remove_prefix(1);
    auto end = path.find('.');
    const auto first = path.substr(0, end);
    const json::value* at = nullptr;
    for (const auto* level = &scope; level && !at; level = level->outer) {
        if (!level->values) continue;
        at = level->values->if_contains({first.data(), first.size()});
        if (here_only) break;
    }
    while (at && end != std::string_view::npos) {
        path.remove_prefix(end + 1);
        end = path.find('.');
        at = step(*at, path.substr(0, end));
    }
    return at;
}

namespace expression {

Node Node::read(const json::value& written) {
    Node node;
    const auto* object = written.if_object();
    if (!object) {
        if (written.is_null()) return node;
        node.kind = Kind::literal;
        node.literal = written;
        return node;
    }
    if (object->size() != 1) return node;
    const auto name = view(object->begin()->key());
    const auto& arguments = object->begin()->value();
    if (name == "today" || name == "channel") {
        node.kind = name == "today" ? Kind::today : Kind::channel;
    } else if (name == "field" || name == "parameter" || name == "codes") {
        if (!arguments.is_string()) return node;
        node.kind = name == "field" ? Kind::field : name == "codes" ? Kind::codes : Kind::parameter;
        node.name = view(arguments.get_string());
    } else if (const auto* known = operator_of(name)) {
        // An operator with one operand may drop the brackets.
        const auto* list = arguments.if_array();
        const std::size_t count = list ? list->size() : 1;
        if (count < known->least || count > known->most) return node;
        node.kind = Kind::operation;
        node.op = known;
        node.operands.reserve(count);
        for (std::size_t i = 0; i < count; ++i) node.operands.push_back(read(list ? (*list)[i] : arguments));
    }
    return node;
}

Maybe Node::evaluate(const Scope& scope, const ExpressionWorld& world) const {
    switch (kind) {
        case Kind::unknown:
            return std::nullopt;
        case Kind::literal:
            return Maybe::standing(literal);
        case Kind::today:
            return json::value(to_iso(world.today));
        case Kind::channel:
            return json::value(json::string_view(world.channel.data(), world.channel.size()));
        case Kind::field: {
            const auto* found = look_up(name, scope);
            return found && !found->is_null() ? Maybe::standing(*found) : std::nullopt;
        }
        case Kind::parameter: {
            const auto value = built_in_parameter(name, world.today);
            return value ? Maybe(json::value(*value)) : std::nullopt;
        }
        case Kind::codes: {
            const auto* all = built_in_codes(name, world.today);
            return all ? Maybe(json::value(*all)) : std::nullopt;
        }
        case Kind::operation:
            break;
    }
    return op->evaluate({operands, scope, world});
}

Truth Node::holds(const Scope& scope, const ExpressionWorld& world) const {
    const auto value = evaluate(scope, world);
    if (!value || !value->is_bool()) return std::nullopt;
    return value->get_bool();
}

}  // namespace expression

Expression::Expression(const json::value& written)
    : root_(written.is_null() ? nullptr : std::make_shared<const Node>(Node::read(written))) {}

Evaluated Expression::evaluate(const Scope& scope, const ExpressionWorld& world) const {
    return root_ ? root_->evaluate(scope, world) : Evaluated(std::nullopt);
}

std::optional<bool> Expression::holds(const Scope& scope, const ExpressionWorld& world) const {
    return root_ ? root_->holds(scope, world) : std::nullopt;
}

std::optional<json::value> evaluate(const json::value& expression, const ExpressionScope& scope) {
    const Scope form{scope.form, nullptr};
    const Expression read(expression);
    const auto value = read.evaluate({scope.item, &form}, {scope.today, scope.channel});
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<bool> holds(const json::value& expression, const ExpressionScope& scope) {
    const Scope form{scope.form, nullptr};
    return Expression(expression).holds({scope.item, &form}, {scope.today, scope.channel});
}

bool is_expression(const json::value& expression) {
    const auto* object = expression.if_object();
    if (!object) return true;  // a literal
    if (object->size() != 1) return false;
    const auto name = view(object->begin()->key());
    const auto& arguments = object->begin()->value();
    if (name == "today" || name == "channel") return arguments == json::value(true);
    if (name == "field" || name == "parameter" || name == "codes")
        return arguments.is_string() && !arguments.get_string().empty();
    const auto* known = operator_of(name);
    if (!known) return false;
    const auto* list = arguments.if_array();
    const std::size_t count = list ? list->size() : 1;
    if (count < known->least || count > known->most) return false;
    return list ? std::all_of(list->begin(), list->end(), is_expression) : is_expression(arguments);
}

void resolve_parameters(json::value& description, const Date& on) {
    if (auto* list = description.if_array())
        for (auto& entry : *list) resolve_parameters(entry, on);
    auto* object = description.if_object();
    if (!object) return;
    const auto named = [&](std::string_view kind) -> const json::string* {
        const auto* id = object->size() == 1 ? object->if_contains({kind.data(), kind.size()}) : nullptr;
        return id ? id->if_string() : nullptr;
    };
    if (const auto* id = named("parameter"))
        if (const auto value = built_in_parameter(view(*id), on)) {
            description = *value;
            return;
        }
    if (const auto* id = named("codes"))
        if (const auto* codes = built_in_codes(view(*id), on)) {
            description = *codes;
            return;
        }
    for (auto& member : *object) resolve_parameters(member.value(), on);
}

}  // namespace wa

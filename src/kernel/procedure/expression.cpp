#include "kernel/procedure/expression.hpp"

#include <algorithm>
#include <charconv>

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
    auto end = path.find('.');
    const auto first = path.substr(0, end);
    const json::value* at = nullptr;
    for (const auto* level = &scope; level && !at; level = level->outer)
        if (level->values) at = level->values->if_contains({first.data(), first.size()});
    while (at && end != std::string_view::npos) {
        path.remove_prefix(end + 1);
        end = path.find('.');
        at = step(*at, path.substr(0, end));
    }
    return at;
}

Evaluated evaluate_in(const json::value& expression, const Scope& scope, const ExpressionWorld& world) {
    if (expression.is_null()) return std::nullopt;
    const auto* object = expression.if_object();
    if (!object) return Maybe::standing(expression);
    if (object->size() != 1) return std::nullopt;
    const auto name = view(object->begin()->key());
    const auto& arguments = object->begin()->value();
    if (name == "today") return json::value(to_iso(world.today));
    if (name == "channel") return json::value(json::string_view(world.channel.data(), world.channel.size()));
    if (name == "field") {
        const auto* found = arguments.is_string() ? look_up(view(arguments.get_string()), scope) : nullptr;
        return found && !found->is_null() ? Maybe::standing(*found) : std::nullopt;
    }
    if (name == "parameter") {
        const auto value = arguments.is_string()
                               ? built_in_parameter(view(arguments.get_string()), world.today)
                               : std::nullopt;
        return value ? Maybe(json::value(*value)) : std::nullopt;
    }
    const auto* known = operator_of(name);
    const Operands operands(arguments, scope, world);
    if (!known || operands.count() < known->least || operands.count() > known->most) return std::nullopt;
    return known->evaluate(operands);
}

std::optional<bool> holds_in(const json::value& expression, const Scope& scope,
                             const ExpressionWorld& world) {
    const auto value = evaluate_in(expression, scope, world);
    if (!value || !value->is_bool()) return std::nullopt;
    return value->get_bool();
}

std::optional<json::value> evaluate(const json::value& expression, const ExpressionScope& scope) {
    const Scope form{scope.form, nullptr};
    const auto value = evaluate_in(expression, {scope.item, &form}, {scope.today, scope.channel});
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<bool> holds(const json::value& expression, const ExpressionScope& scope) {
    const Scope form{scope.form, nullptr};
    return holds_in(expression, {scope.item, &form}, {scope.today, scope.channel});
}

bool is_expression(const json::value& expression) {
    const auto* object = expression.if_object();
    if (!object) return true;  // a literal
    if (object->size() != 1) return false;
    const auto name = view(object->begin()->key());
    const auto& arguments = object->begin()->value();
    if (name == "today" || name == "channel") return arguments == json::value(true);
    if (name == "field" || name == "parameter")
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
    const auto* id = object->size() == 1 ? object->if_contains("parameter") : nullptr;
    if (const auto value =
            id && id->is_string() ? built_in_parameter(view(id->get_string()), on) : std::nullopt) {
        description = *value;
        return;
    }
    for (auto& member : *object) resolve_parameters(member.value(), on);
}

}  // namespace wa

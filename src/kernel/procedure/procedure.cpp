#include "kernel/procedure/procedure.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/assert.hpp"
#include "kernel/procedure/blocks.hpp"
#include "kernel/procedure/expression.hpp"
#include "kernel/procedure/expression_scope.hpp"

namespace wa {
namespace {

std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

const json::value* member(const json::object& object, std::string_view key) {
    return object.if_contains({key.data(), key.size()});
}

/// Both conditions; a missing one is always met.
json::value both(const json::value* outer, const json::value* inner) {
    if (!outer) return inner ? *inner : json::value(nullptr);
    if (!inner) return *outer;
    json::array conditions{*outer, *inner};
    json::object conjunction;
    conjunction["and"] = std::move(conditions);
    return conjunction;
}

const json::object* find_field(const json::array& fields, std::string_view name) {
    for (const auto& field : fields)
        if (const auto* own = member(field.get_object(), "name"); view(own->get_string()) == name)
            return &field.get_object();
    return nullptr;
}

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1)};
}

/// Whether the path names a declared field, through groups and lists (with an index, or "*" for every item).
bool is_declared(const json::array& fields, std::string_view path) {
    const auto [name, rest] = split_path(path);
    const auto* field = find_field(fields, name);
    if (!field || rest.empty()) return field != nullptr;
    const auto& members = array_of(*field, "fields");
    if (text_of(*field, "type") != "list") return is_declared(members, rest);
    const auto [index, below] = split_path(rest);
    return (index == "*" || all_digits(index)) && (below.empty() || is_declared(members, below));
}

/// Whether the field of a path is to be filled in: the `when` of it and of every group around it is true.
bool exists(const json::array& fields, std::string_view path, const Scope& scope,
            const ExpressionWorld& world) {
    const auto [name, rest] = split_path(path);
    const auto* field = find_field(fields, name);
    if (!field) return false;
    const auto* when = member(*field, "when");
    if (when && holds_in(*when, scope, world) != true) return false;
    if (rest.empty()) return true;
    const auto* values = scope.values->if_contains({name.data(), name.size()});
    auto below = rest;
    if (values && values->is_array()) {
        const auto [index, inside] = split_path(rest);
        values = look_up(path.substr(0, name.size() + 1 + index.size()), scope);
        below = inside;
    }
    static const json::object nothing;
    const auto* inner = values ? values->if_object() : nullptr;
    if (below.empty()) return values != nullptr;
    return exists(array_of(*field, "fields"), below, {inner ? inner : &nothing, &scope}, world);
}

using Visit = std::function<void(const std::string& path, const Scope& scope)>;

/// Visits every place that the field of a rule names: each "*" is every item of a list, in order, and the
/// item is what the rule looks into first.
void visit_places(std::string_view field, const std::string& prefix, const Scope& scope, const Visit& visit) {
    const auto star = field.find(".*");
    if (star == std::string_view::npos) return visit(prefix + std::string(field), scope);
    const auto list_path = field.substr(0, star);
    const auto* list = look_up(list_path, {scope.values, nullptr});
    const auto* items = list ? list->if_array() : nullptr;
    if (!items) return;
    const auto below = field.substr(star + 2);
    for (std::size_t i = 0; i < items->size(); ++i) {
        const auto* item = (*items)[i].if_object();
        if (!item) continue;
        const auto path = prefix + std::string(list_path) + "." + std::to_string(i);
        const Scope inside{item, &scope};
        if (below.empty())
            visit(path, inside);
        else
            visit_places(below.substr(1), path + ".", inside, visit);
    }
}

void check_section(const json::value& section, std::set<std::string>& ids) {
    WA_ASSERT(section.is_object());
    const auto& object = section.get_object();
    WA_ASSERT(ids.insert(text_of(object, "id")).second && !text_of(object, "id").empty());
    const auto* when = member(object, "when");
    WA_ASSERT(!when || is_expression(*when));
}

void check_rule(const json::value& rule, const json::array& fields, std::set<std::string>& ids) {
    WA_ASSERT(rule.is_object());
    const auto& object = rule.get_object();
    const auto severity = text_of(object, "severity");
    WA_ASSERT(ids.insert(text_of(object, "id")).second);
    WA_ASSERT(severity == "error" || severity == "notice");
    WA_ASSERT(!text_of(object, "problem").empty());
    WA_ASSERT(is_declared(fields, text_of(object, "field")));
    const auto* check = member(object, "check");
    WA_ASSERT(check && is_expression(*check));
}

void check_evidence(const json::value& evidence, std::set<std::string>& ids) {
    WA_ASSERT(evidence.is_object());
    const auto& object = evidence.get_object();
    WA_ASSERT(ids.insert(text_of(object, "id")).second && !text_of(object, "id").empty());
    const auto* when = member(object, "required_when");
    WA_ASSERT(!when || is_expression(*when));
}

/// An error at the field of a rule, or below it, silences the rule.
bool is_at_or_below(std::string_view path, std::string_view field) {
    return path.substr(0, field.size()) == field &&
           (path.size() == field.size() || path[field.size()] == '.');
}

bool is_blocked(const std::vector<FieldFault>& faults, std::string_view field) {
    return std::any_of(faults.begin(), faults.end(),
                       [field](const FieldFault& fault) { return is_at_or_below(fault.path, field); });
}

/// The description with the members of all blocks, so that whoever reads it needs no blocks.
json::object complete(const json::object& description) {
    auto result = description;
    for (auto& section : result["sections"].as_array()) {
        WA_ASSERT(section.is_object());
        auto& object = section.get_object();
        object["fields"] = with_blocks(array_of(object, "fields"));
    }
    return result;
}

}  // namespace

Procedure Procedure::parse(const json::object& description) {
    WA_ASSERT(!array_of(description, "sections").empty());
    Procedure procedure;
    procedure.description_ = complete(description);
    const auto& complete_description = procedure.description_;
    procedure.id_ = text_of(description, "id");
    procedure.function_ = text_of(description, "function");
    procedure.version_ = int(integer_of(description, "version"));
    WA_ASSERT(!procedure.id_.empty() && procedure.version_ > 0 && !procedure.title().empty());

    json::array fields;
    std::set<std::string> ids;
    for (const auto& section : array_of(complete_description, "sections")) {
        check_section(section, ids);
        const auto* shown = member(section.get_object(), "when");
        for (const auto& declared : array_of(section.get_object(), "fields")) {
            auto field = declared.get_object();
            if (shown) field["when"] = both(shown, member(declared.get_object(), "when"));
            fields.emplace_back(std::move(field));
        }
    }
    procedure.all_fields_ = FieldSet::parse(fields);
    ids.clear();
    for (const auto& rule : array_of(description, "rules"))
        check_rule(rule, procedure.all_fields_.declaration(), ids);
    ids.clear();
    for (const auto& evidence : array_of(description, "evidence")) check_evidence(evidence, ids);
    for (const auto& check : array_of(description, "checks")) {
        WA_ASSERT(check.is_string());
        procedure.checks_.emplace_back(view(check.get_string()));
    }
    return procedure;
}

std::string Procedure::title() const {
    return text_of(object_of(description_, "title"), "de");
}

std::vector<FieldFault> Procedure::validate(const json::object& form, const FormContext& context) const {
    auto faults = all_fields_.validate(form, context);
    const Scope scope{&form, nullptr};
    const ExpressionWorld world{context.today, context.channel};
    std::vector<FieldFault> broken;
    for (const auto& entry : array_of(description_, "rules")) {
        const auto& rule = entry.get_object();
        visit_places(text_of(rule, "field"), "", scope, [&](const std::string& path, const Scope& place) {
            if (is_blocked(faults, path) || !exists(all_fields_.declaration(), path, scope, world)) return;
            if (holds_in(*member(rule, "check"), place, world) != false) return;
            broken.push_back({path, text_of(rule, "problem"), {}, text_of(rule, "severity")});
        });
    }
    faults.insert(faults.end(), std::make_move_iterator(broken.begin()),
                  std::make_move_iterator(broken.end()));
    return faults;
}

std::vector<std::string> Procedure::required_evidence(const json::object& form,
                                                      const FormContext& context) const {
    const Scope scope{&form, nullptr};
    std::vector<std::string> required;
    for (const auto& entry : array_of(description_, "evidence")) {
        const auto& evidence = entry.get_object();
        const auto* when = member(evidence, "required_when");
        const bool needed = flag_of(evidence, "required") ||
                            (when && holds_in(*when, scope, {context.today, context.channel}) == true);
        if (needed) required.push_back(text_of(evidence, "id"));
    }
    return required;
}

int Procedure::depth(std::string_view channel) const {
    return int(integer_of(object_of(description_, "depth"), channel, 1));
}

}  // namespace wa

#include "kernel/procedure/procedure.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "kernel/procedure/blocks.hpp"

namespace wa {
namespace {

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

/// Visits every place that the field of a rule names: each "*" is every item of a list, in order, and the
/// item is what the rule looks into first. The path of a place is `prefix` and `rest`, put together only for
/// a rule that is broken there.
template <class Visit>  // visit(prefix, rest, scope)
void visit_places(std::string_view field, const std::string& prefix, const Scope& scope, const Visit& visit) {
    const auto star = field.find(".*");
    if (star == std::string_view::npos) return visit(prefix, field, scope);
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
            visit(path, std::string_view(), inside);
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

Procedure::Rule Procedure::read_rule(const json::object& declared) {
    Rule rule{text_of(declared, "field"), text_of(declared, "problem"), text_of(declared, "severity"), {}};
    WA_ASSERT(rule.severity == "error" || rule.severity == "notice");
    WA_ASSERT(!rule.problem.empty());
    const auto* check = member(declared, "check");
    WA_ASSERT(check && is_expression(*check));
    rule.check = Expression(*check);
    return rule;
}

Procedure::Evidence Procedure::read_evidence(const json::object& declared) {
    Evidence evidence{text_of(declared, "id"), flag_of(declared, "required"), {}};
    WA_ASSERT(!evidence.id.empty());
    if (const auto* when = member(declared, "required_when")) {
        WA_ASSERT(is_expression(*when));
        evidence.required_when = Expression(*when);
    }
    return evidence;
}

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
    for (const auto& declared : array_of(description, "rules")) {
        procedure.rules_.push_back(read_rule(declared.as_object()));
        WA_ASSERT(ids.insert(text_of(declared.get_object(), "id")).second);
        WA_ASSERT(procedure.all_fields_.declares(procedure.rules_.back().field));
    }
    ids.clear();
    for (const auto& declared : array_of(description, "evidence")) {
        procedure.evidence_.push_back(read_evidence(declared.as_object()));
        WA_ASSERT(ids.insert(procedure.evidence_.back().id).second);
    }
    for (const auto& check : array_of(description, "checks")) {
        WA_ASSERT(check.is_string());
        procedure.checks_.emplace_back(std::string_view(check.get_string()));
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
    for (const auto& rule : rules_)
        visit_places(rule.field, "", scope,
                     [&](const auto& prefix, std::string_view rest, const Scope& place) {
                         if (rule.check.holds(place, world) != false) return;
                         const auto path = prefix + std::string(rest);
                         if (is_blocked(faults, path) || !all_fields_.is_shown(path, form, context)) return;
                         broken.push_back({path, rule.problem, {}, rule.severity});
                     });
    faults.insert(faults.end(), std::make_move_iterator(broken.begin()),
                  std::make_move_iterator(broken.end()));
    return faults;
}

std::vector<std::string> Procedure::required_evidence(const json::object& form,
                                                      const FormContext& context) const {
    const Scope scope{&form, nullptr};
    const ExpressionWorld world{context.today, context.channel};
    std::vector<std::string> required;
    for (const auto& one : evidence_)
        if (one.required || one.required_when.holds(scope, world) == true) required.push_back(one.id);
    return required;
}

int Procedure::depth(std::string_view channel) const {
    return int(integer_of(object_of(description_, "depth"), channel, 1));
}

}  // namespace wa

#include "kernel/procedure/fields.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/procedure/blocks.hpp"
#include "kernel/procedure/expression.hpp"
#include "kernel/procedure/field_types.hpp"

namespace wa {
namespace {

constexpr std::int64_t default_text_length = 4000;
constexpr std::int64_t default_name_length = 120;

// ---- Reading a declaration -------------------------------------------------------------------------------

std::vector<Field> read_fields(const json::array& declaration);

std::optional<std::int64_t> whole(const json::object& field, std::string_view key) {
    if (!field.contains({key.data(), key.size()})) return std::nullopt;
    constexpr std::int64_t none = INT64_MIN;
    const auto value = integer_of(field, key, none);
    WA_ASSERT(value != none);
    return value;
}

Expression condition(const json::object& field, std::string_view key) {
    const auto* found = field.if_contains({key.data(), key.size()});
    if (!found) return {};
    WA_ASSERT(is_expression(*found) && !found->is_null());
    return Expression(*found);
}

std::string day_limit(const json::object& field, std::string_view key) {
    auto limit = text_of(field, key);
    WA_ASSERT(limit.empty() || limit == "today" || parse_date(limit));
    return limit;
}

std::vector<std::string> read_options(const json::object& field) {
    std::vector<std::string> values;
    for (const auto& option : array_of(field, "options")) {
        WA_ASSERT(option.is_object());
        values.push_back(text_of(option.get_object(), "value"));
        WA_ASSERT(!values.back().empty());
    }
    return values;
}

DinType read_din(const json::object& field, bool is_name) {
    const auto din = text_of(field, "din", is_name ? "A" : "C");
    WA_ASSERT(din == "A" || din == "B" || din == "C");
    return din == "A" ? DinType::A : din == "B" ? DinType::B : DinType::C;
}

std::string read_alphabet(const json::object& field) {
    auto alphabet = text_of(field, "alphabet");
    WA_ASSERT(
        std::all_of(alphabet.begin(), alphabet.end(), [](char sign) { return sign > ' ' && sign < 127; }));
    return alphabet;
}

Field read_field(const json::object& declaration) {
    Field field;
    field.name = text_of(declaration, "name");
    WA_ASSERT(!field.name.empty() && field.name.find('.') == std::string::npos);
    field.type = field_type(text_of(declaration, "type"));
    WA_ASSERT(field.type);
    field.required = flag_of(declaration, "required");
    field.when = condition(declaration, "when");
    field.required_when = condition(declaration, "required_when");
    const bool is_name = field.type->name == "person_name";
    field.din = read_din(declaration, is_name);
    const auto longest = is_name ? default_name_length : default_text_length;
    field.max_length = std::size_t(whole(declaration, "max").value_or(longest));
    field.alphabet = read_alphabet(declaration);
    field.earliest = day_limit(declaration, "earliest");
    field.latest = day_limit(declaration, "latest");
    field.min = whole(declaration, "min");
    field.max = whole(declaration, "max");
    field.min_items = whole(declaration, "min_items");
    field.max_items = whole(declaration, "max_items");
    field.options = read_options(declaration);
    field.list = text_of(declaration, "list");
    const bool has_members = declaration.contains("fields");
    WA_ASSERT(has_members == (field.type->kind != FieldType::Kind::value));
    if (has_members) field.fields = read_fields(array_of(declaration, "fields"));
    const bool of_options = field.type->name == "choice" || field.type->name == "choices";
    const bool of_codes = field.type->name == "code" || field.type->name == "codes";
    WA_ASSERT(of_options == !field.options.empty());
    WA_ASSERT(of_codes == !field.list.empty());
    return field;
}

std::vector<Field> read_fields(const json::array& declaration) {
    std::vector<Field> fields;
    std::set<std::string> names;
    for (const auto& entry : declaration) {
        WA_ASSERT(entry.is_object());
        fields.push_back(read_field(entry.get_object()));
        WA_ASSERT(names.insert(fields.back().name).second);  // declared once
    }
    return fields;
}

// ---- Validating ------------------------------------------------------------------------------------------

/// Where the walk is. Written out only where something is wrong.
struct Place {
    const Place* outer = nullptr;
    std::string_view name = {};
    std::optional<std::size_t> item = std::nullopt;  ///< of the list that `outer` is, instead of a name

    std::string text() const {
        const auto own = item ? std::to_string(*item) : std::string(name);
        return outer ? outer->text() + "." + own : own;
    }
};

/// One pass over a form; collects the faults in the order of the fields.
class Walk {
  public:
    explicit Walk(const FormContext& context) : context_(context), world_{context.today, context.channel} {}

    void check_members(const std::vector<Field>& fields, const Scope& scope, const Place* around) {
        std::size_t declared = 0;
        for (const auto& field : fields) {
            const auto* value = scope.values->if_contains(field.name);
            if (value) ++declared;
            check_field(field, value, scope, {around, field.name});
        }
        if (declared < scope.values->size()) check_undeclared(fields, *scope.values, around);
    }

    std::vector<FieldFault> take() { return std::move(faults_); }

  private:
    void add(const Place& place, ProblemCode code) {
        faults_.push_back({place.text(), std::string(code.name), {}});
    }

    void add(const Place& place, Findings findings) {
        for (auto& found : findings)
            faults_.push_back({found.item ? Place{&place, {}, found.item}.text() : place.text(),
                               std::move(found.code), std::move(found.details)});
    }

    void check_undeclared(const std::vector<Field>& fields, const json::object& values, const Place* around) {
        std::set<std::string_view> undeclared;
        for (const auto& member : values) undeclared.insert({member.key().data(), member.key().size()});
        for (const auto& field : fields) undeclared.erase(field.name);
        for (const auto name : undeclared) add({around, name}, problems::field_unknown);
    }

    bool is_required(const Field& field, const Scope& scope) const {
        return field.required || field.required_when.holds(scope, world_) == true;
    }

    void check_field(const Field& field, const json::value* value, const Scope& scope, const Place& place) {
        const bool absent = is_absent(value);
        if (!field.when.is_none() && field.when.holds(scope, world_) != true) {
            if (!absent) add(place, problems::field_not_expected);
        } else if (!absent) {
            check_present(field, *value, scope, place);
        } else if (is_required(field, scope)) {
            add(place, problems::field_required);
        } else if (value && value->is_array()) {
            add(place, count_items(field, 0));
        }
    }

    void check_present(const Field& field, const json::value& value, const Scope& scope, const Place& place) {
        if (field.type->kind == FieldType::Kind::value)
            return add(place, field.type->check(field, value, context_));
        if (field.type->kind == FieldType::Kind::group) return check_object(field, value, scope, place);
        const auto* items = value.if_array();
        if (!items) return add(place, problems::field_wrong_type);
        add(place, count_items(field, items->size()));
        for (std::size_t i = 0; i < items->size(); ++i)
            check_object(field, (*items)[i], scope, {&place, {}, i});
    }

    void check_object(const Field& field, const json::value& value, const Scope& scope, const Place& place) {
        const auto* members = value.if_object();
        if (!members) return add(place, problems::field_wrong_type);
        check_members(field.fields, {members, &scope}, &place);
    }

    const FormContext& context_;
    ExpressionWorld world_;
    std::vector<FieldFault> faults_;
};

/// The part of a path before its first point, and the rest.
std::pair<std::string_view, std::string_view> split_path(std::string_view path) {
    const auto point = path.find('.');
    if (point == std::string_view::npos) return {path, {}};
    return {path.substr(0, point), path.substr(point + 1)};
}

const Field* find_field(const std::vector<Field>& fields, std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const Field& one) { return one.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

bool declared_in(const std::vector<Field>& fields, std::string_view path) {
    const auto [name, rest] = split_path(path);
    const auto* field = find_field(fields, name);
    if (!field || rest.empty()) return field != nullptr;
    if (field->type->kind != FieldType::Kind::list) return declared_in(field->fields, rest);
    const auto [index, below] = split_path(rest);
    const bool items = index == "*" || index.find_first_not_of("0123456789") == std::string_view::npos;
    return items && (below.empty() || declared_in(field->fields, below));
}

bool shown_in(const std::vector<Field>& fields, std::string_view path, const Scope& scope,
              const ExpressionWorld& world) {
    const auto [name, rest] = split_path(path);
    const auto* field = find_field(fields, name);
    if (!field) return false;
    if (!field->when.is_none() && field->when.holds(scope, world) != true) return false;
    if (rest.empty()) return true;
    const auto* values = scope.values->if_contains(field->name);
    auto below = rest;
    if (values && values->is_array()) {
        const auto [index, inside] = split_path(rest);
        values = look_up(path.substr(0, name.size() + 1 + index.size()), scope);
        below = inside;
    }
    static const json::object nothing;
    const auto* inner = values ? values->if_object() : nullptr;
    if (below.empty()) return values != nullptr;
    return shown_in(field->fields, below, {inner ? inner : &nothing, &scope}, world);
}

}  // namespace

json::array faults_to_json(const std::vector<FieldFault>& faults) {
    json::array list;
    list.reserve(faults.size());
    for (const auto& fault : faults)
        list.push_back({{"path", fault.path},
                        {"code", fault.code},
                        {"details", fault.details},
                        {"severity", fault.severity}});
    return list;
}

FieldSet::FieldSet()
    : fields_(std::make_shared<const std::vector<Field>>()),
      declaration_(std::make_shared<const json::array>()) {}

FieldSet FieldSet::parse(const json::array& declaration) {
    FieldSet set;
    set.declaration_ = std::make_shared<const json::array>(with_blocks(declaration));
    set.fields_ = std::make_shared<const std::vector<Field>>(read_fields(*set.declaration_));
    return set;
}

std::vector<FieldFault> FieldSet::validate(const json::object& values, const FormContext& context) const {
    Walk walk(context);
    walk.check_members(*fields_, {&values, nullptr}, nullptr);
    return walk.take();
}

std::vector<FieldFault> FieldSet::validate(const json::object& values, const json::object& outer,
                                           const FormContext& context) const {
    Walk walk(context);
    const Scope around{&outer, nullptr};
    walk.check_members(*fields_, {&values, &around}, nullptr);
    return walk.take();
}

bool FieldSet::declares(std::string_view path) const {
    return declared_in(*fields_, path);
}

bool FieldSet::is_shown(std::string_view path, const json::object& values, const FormContext& context) const {
    return shown_in(*fields_, path, {&values, nullptr}, {context.today, context.channel});
}

const json::array& FieldSet::declaration() const {
    return *declaration_;
}

}  // namespace wa

#include "kernel/procedure/fields.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/procedure/blocks.hpp"
#include "kernel/procedure/expression.hpp"
#include "kernel/procedure/expression_scope.hpp"
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

json::value condition(const json::object& field, std::string_view key) {
    const auto* found = field.if_contains({key.data(), key.size()});
    if (!found) return nullptr;
    WA_ASSERT(is_expression(*found) && !found->is_null());
    return *found;
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

/// One pass over a form; collects the faults in the order of the fields.
class Walk {
  public:
    explicit Walk(const FormContext& context) : context_(context), world_{context.today, context.channel} {}

    void check_members(const std::vector<Field>& fields, const Scope& scope, const std::string& prefix) {
        std::size_t declared = 0;
        for (const auto& field : fields) {
            const auto* value = scope.values->if_contains(field.name);
            if (value) ++declared;
            check_field(field, value, scope, prefix + field.name);
        }
        if (declared < scope.values->size()) check_undeclared(fields, *scope.values, prefix);
    }

    std::vector<FieldFault> take() { return std::move(faults_); }

  private:
    void add(const std::string& path, ProblemCode code) {
        faults_.push_back({path, std::string(code.name), {}});
    }

    void add(const std::string& path, Findings findings) {
        for (auto& found : findings)
            faults_.push_back({found.item ? path + "." + std::to_string(*found.item) : path,
                               std::move(found.code), std::move(found.details)});
    }

    void check_undeclared(const std::vector<Field>& fields, const json::object& values,
                          const std::string& prefix) {
        std::set<std::string_view> undeclared;
        for (const auto& member : values) undeclared.insert({member.key().data(), member.key().size()});
        for (const auto& field : fields) undeclared.erase(field.name);
        for (const auto name : undeclared) add(prefix + std::string(name), problems::field_unknown);
    }

    bool is_required(const Field& field, const Scope& scope) const {
        return field.required || holds_in(field.required_when, scope, world_) == true;
    }

    void check_field(const Field& field, const json::value* value, const Scope& scope,
                     const std::string& path) {
        const bool absent = is_absent(value);
        if (!field.when.is_null() && holds_in(field.when, scope, world_) != true) {
            if (!absent) add(path, problems::field_not_expected);
        } else if (!absent) {
            check_present(field, *value, scope, path);
        } else if (is_required(field, scope)) {
            add(path, problems::field_required);
        } else if (value && value->is_array()) {
            add(path, count_items(field, 0));
        }
    }

    void check_present(const Field& field, const json::value& value, const Scope& scope,
                       const std::string& path) {
        if (field.type->kind == FieldType::Kind::value)
            return add(path, field.type->check(field, value, context_));
        if (field.type->kind == FieldType::Kind::group) return check_object(field, value, scope, path);
        const auto* items = value.if_array();
        if (!items) return add(path, problems::field_wrong_type);
        add(path, count_items(field, items->size()));
        for (std::size_t i = 0; i < items->size(); ++i)
            check_object(field, (*items)[i], scope, path + "." + std::to_string(i));
    }

    void check_object(const Field& field, const json::value& value, const Scope& scope,
                      const std::string& path) {
        const auto* members = value.if_object();
        if (!members) return add(path, problems::field_wrong_type);
        check_members(field.fields, {members, &scope}, path + ".");
    }

    const FormContext& context_;
    ExpressionWorld world_;
    std::vector<FieldFault> faults_;
};

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
    walk.check_members(*fields_, {&values, nullptr}, "");
    return walk.take();
}

std::vector<FieldFault> FieldSet::validate(const json::object& values, const json::object& outer,
                                           const FormContext& context) const {
    Walk walk(context);
    const Scope around{&outer, nullptr};
    walk.check_members(*fields_, {&values, &around}, "");
    return walk.take();
}

const json::array& FieldSet::declaration() const {
    return *declaration_;
}

}  // namespace wa

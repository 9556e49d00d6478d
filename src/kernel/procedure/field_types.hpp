// The types of fields: what a present value must be. Groups and lists of objects are fields.cpp's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "kernel/procedure/expression.hpp"
#include "kernel/procedure/fields.hpp"

namespace wa {

struct FieldType;

/// A declared field, read once. Members that a type does not use stay empty.
struct Field {
    std::string name;
    const FieldType* type = nullptr;
    bool required = false;
    Expression when;            ///< none: always
    Expression required_when;   ///< none: never
    std::vector<Field> fields;  ///< of groups and lists

    std::size_t max_length = 0;  ///< DIN 91379 characters
    DinType din = DinType::C;
    std::string alphabet;          ///< of a text: no other signs than these (ASCII); empty: what `din` allows
    std::string earliest, latest;  ///< a day, "today", or empty
    std::optional<std::int64_t> min, max;
    std::optional<std::int64_t> min_items, max_items;
    std::vector<std::string> options;
    std::string list;
};

/// What is wrong with one value; `item` is set where an item of a plain list is meant.
struct FieldFinding {
    std::string code;
    json::object details;
    std::optional<std::size_t> item;
};
using Findings = std::vector<FieldFinding>;

struct FieldType {
    enum class Kind { value, group, list };
    std::string_view name;
    /// Findings of a present value; null for groups and lists.
    Findings (*check)(const Field&, const json::value&, const FormContext&);
    Kind kind = Kind::value;
};

/// Every type there is.
std::span<const FieldType> field_types();
/// Null when no type has that name.
const FieldType* field_type(std::string_view name);

/// Too few or too many items, or nothing.
Findings count_items(const Field& field, std::size_t count);

/// Why a text may not stand in a field; the checks and their order are those of docs/data-formats.md.
Findings check_field_text(std::string_view text, DinType din, std::size_t max_length);

}  // namespace wa

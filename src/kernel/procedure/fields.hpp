// Fields as data: one description gives the form, the validation in every place, and the API.
// The format is docs/data-formats.md; web/packages/procedure is the same engine for the browser.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "kernel/reference.hpp"

namespace wa {

/// One finding at one field. `code` is declared in problems.json; details carry limits and positions, never
/// the value.
struct FieldFault {
    std::string path;  ///< "persons.0.family_name"
    std::string code;
    json::object details;
    std::string severity = "error";  ///< error | notice
};
json::array faults_to_json(const std::vector<FieldFault>& faults);

/// What a validation may look at besides the values.
struct FormContext {
    Date today;
    std::string channel = "counter";
    const Reference* reference = nullptr;  ///< null: codes are not looked up
};

struct Field;  // fields.cpp

/// A list of fields as declared in api.json or a procedure. Immutable, cheap to copy, thread-safe.
class FieldSet {
  public:
    FieldSet();
    /// @param declaration array of FIELD. Asserts on a faulty declaration: it is part of the program.
    static FieldSet parse(const json::array& declaration);
    /// Everything wrong with the values, in order of the fields. Empty: they may be used as they are.
    std::vector<FieldFault> validate(const json::object& values, const FormContext& context) const;
    /// The same against a wider form: `outer` is what paths find that the values lack.
    std::vector<FieldFault> validate(const json::object& values, const json::object& outer,
                                     const FormContext& context) const;
    /// Whether a path names a field, through groups and lists (with an index, or "*" for every item).
    bool declares(std::string_view path) const;
    /// Whether the field of a path ("persons.0.family_name") is to be filled in: it is declared, and the
    /// `when` of it and of every group around it is true.
    bool is_shown(std::string_view path, const json::object& values, const FormContext& context) const;
    const json::array& declaration() const;

  private:
    std::shared_ptr<const std::vector<Field>> fields_;
    std::shared_ptr<const json::array> declaration_;
};

}  // namespace wa

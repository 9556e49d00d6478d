// A Leistung as data: modules/<area>/procedures/<id>.json, in the format of docs/data-formats.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kernel/procedure/expression.hpp"
#include "kernel/procedure/fields.hpp"

namespace wa {

/// A procedure read from its description. Immutable, thread-safe.
class Procedure {
  public:
    /// Asserts on a faulty description: it is part of the program.
    static Procedure parse(const json::object& description);

    const std::string& id() const { return id_; }
    int version() const { return version_; }
    const std::string& function() const { return function_; }
    std::string title() const;
    const json::object& description() const { return description_; }
    const std::vector<std::string>& checks() const { return checks_; }

    /// Everything wrong with a form before it may be submitted: fields of all visible sections, then the
    /// rules. Notices are included with severity "notice".
    std::vector<FieldFault> validate(const json::object& form, const FormContext& context) const;
    /// Evidence (ids) this form requires.
    std::vector<std::string> required_evidence(const json::object& form, const FormContext& context) const;
    /// Service depth D1…D5 on a channel ("counter", "koffer_online", "koffer_offline", "kiosk", "portal").
    int depth(std::string_view channel) const;

  private:
    struct Rule {
        std::string field, problem, severity;
        Expression check;
    };
    struct Evidence {
        std::string id;
        bool required = false;
        Expression required_when;
    };
    static Rule read_rule(const json::object& declared);
    static Evidence read_evidence(const json::object& declared);

    std::string id_, function_;
    int version_ = 1;
    json::object description_;
    FieldSet all_fields_;
    std::vector<Rule> rules_;
    std::vector<Evidence> evidence_;
    std::vector<std::string> checks_;
};

/// All procedures of a program, by id.
using Procedures = std::map<std::string, Procedure, std::less<>>;

}  // namespace wa

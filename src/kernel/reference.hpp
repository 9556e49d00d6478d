// Dated reference tables: fees, deadlines, public holidays, code lists, municipality keys, streets. Every
// value has its dates of validity, its law and its source; nothing of it stands in code.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.hpp"
#include "base/json.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace wa {

/// A table of the kernel's own data ("reference/fees.json").
json::object read_table(std::string_view name);

/// One entry of a code list. `extra` holds what only some lists have (ISO codes, postcode, ranges).
struct CodeEntry {
    std::string code;
    std::string text;
    std::optional<Date> valid_from, valid_to;  ///< first and last day; absent: open
    json::object extra;
    bool valid_on(const Date& day) const;
};

struct Fee {
    std::string number;
    Cents amount{0};
    std::string law;
    bool verify = false;  ///< not read in a primary source: shown to the administrator
};

/// A deadline as data: {"id": "registration.two_weeks", "weeks": 2, "law": "BMG § 17 Abs. 1", …}.
struct DeadlineRule {
    std::string id, law, text;
    int weeks = 0, months = 0, working_days = 0;
    bool verify = false;
};

/// A rule of one municipality's own law: {"id": "second_home_tax.99001001", "law": …}.
struct Statute {
    std::string law, text;
    bool verify = false;
};

/// A parameter of the tables built into the program, where no Reference is at hand; empty when there is none
/// of this name on that day.
std::optional<std::int64_t> built_in_parameter(std::string_view id, const Date& on);

/// All reference tables of one tenant. Immutable once built; replaced as a whole when data changes.
class Reference {
  public:
    /// Reads the tables built into the program and adds the tenant's own streets.
    /// @param land two letters of the Land, for public holidays ("NI")
    static std::shared_ptr<const Reference> load(std::string land, std::vector<CodeEntry> streets);
    /// Only these code lists, neither fees nor deadlines: for tests and for lists that are to be compared.
    static std::shared_ptr<const Reference> of_lists(
        std::map<std::string, std::vector<CodeEntry>, std::less<>> lists);

    /// The entry valid on that day. Lists: nationality, state, marital_status, sex, religion, municipality,
    /// street.
    const CodeEntry* code(std::string_view list, std::string_view code, const Date& on) const;
    bool has_list(std::string_view list) const;
    const std::vector<CodeEntry>& entries(std::string_view list) const;
    const std::vector<std::string>& lists() const { return list_names_; }

    std::optional<Fee> fee(std::string_view number, const Date& on) const;
    /// The last day of a deadline that began with `event`. Asserts that the rule exists.
    Date deadline(std::string_view rule, const Date& event) const;
    const DeadlineRule* deadline_rule(std::string_view rule, const Date& on) const;
    /// A dated parameter ({"id": "registration.max_persons_in_dwelling", "value": 8, …}).
    std::int64_t parameter(std::string_view id, const Date& on) const;
    /// What a municipality has decreed of a kind ("second_home_tax"); empty when nothing.
    std::optional<Statute> statute(std::string_view kind, std::string_view ags, const Date& on) const;

  private:
    struct Dated;
    Reference() = default;
    void add_list(const std::string& name, std::vector<CodeEntry> entries);
    std::string land_;
    std::map<std::string, std::vector<CodeEntry>, std::less<>> lists_;
    std::map<std::string, std::map<std::string, std::vector<std::size_t>, std::less<>>, std::less<>> by_code_;
    std::vector<std::string> list_names_;
    std::shared_ptr<const Dated> dated_;
};

}  // namespace wa

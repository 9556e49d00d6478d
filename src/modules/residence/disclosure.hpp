// Inside the module: what somebody is told of what is stored about them (Art. 15 GDPR; BMG §§ 10, 11).
#pragma once

#include <set>

#include "kernel/registry.hpp"

namespace wa::residence {

/// disclosure.json: table by table what is told, in which words, and what is left out for which reason.
const json::object& disclosure_table();

/// The field of the registration that a column of a section takes its words from; null where it has its own.
const json::object* declared_field(const json::object& section, const std::string& column);

/// What of one person's rows is told, in words.
class Disclosed {
  public:
    Disclosed(QueryContext& context, const std::string& person_id);
    /// The columns of a row that say something: column, label, text.
    json::array row(const json::object& section, const Row& row) const;
    /// A change of blocks that shows none: of a protection nothing may show of (BMG § 53).
    bool shows_nothing(const json::object& section, const Row& row) const;

  private:
    std::string text(const json::object& section, const json::object& column, const Row& row) const;
    std::string own_words(const std::string& as, const std::string& name, const Row& row) const;
    std::string datum(const std::string& field, const std::string& value) const;
    std::string office(const Row& message, const std::string& column) const;
    std::string declared(const json::object& field, const Row& row, const std::string& name) const;

    QueryContext& context_;
    Rows papers_;  ///< of the person: what is booked names the one it comes from
    std::set<std::string>
        spouse_offices_;  ///< told of the person because a spouse lives there, or telling so
};

/// residence.disclosure
void install_disclosure(Registry& registry);

}  // namespace wa::residence

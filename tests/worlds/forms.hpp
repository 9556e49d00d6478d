// Forms of the scenarios: a named JSON file beside them, filled from what Testland knows of the persons.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"

namespace wa::worlds {

/// What a form needs of a person.
struct FormPerson {
    json::object person;    ///< block `person`
    json::array documents;  ///< list of block `id_document`, originals seen
    json::object dwelling;  ///< block `dwelling`: where they live now; empty when unknown
};
/// From an import record (testland::named_record).
FormPerson form_person(const json::object& record);

/// Fills the placeholders of a fixture: "$1.person", "$1.documents", "$1.dwelling", "$2.person" …; a person
/// that is not there, or a part of them that is empty, leaves its member out.
json::value fill_fixture(const json::value& fixture, const std::vector<FormPerson>& persons);

/// Sets or removes a member by its path ("persons.0.person.family_name"). Lists grow at their end only. Empty
/// when done, otherwise why not (German).
std::string set_path(json::object& form, std::string_view path, json::value value);
std::string remove_path(json::object& form, std::string_view path);

/// The words of a scenario as a value: »…« and anything else a text, ja/nein, whole numbers, days, JSON in []
/// or {}.
json::value value_of(std::string_view words);

}  // namespace wa::worlds

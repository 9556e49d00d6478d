// The book of named persons: who they are, where they live, and what is special about them.
#pragma once

#include <string>
#include <vector>

#include "apps/testland/places.hpp"
#include "apps/testland/testland.hpp"

namespace wa::testland {

/// Known to no register of Testland: comes from abroad, or from a municipality that is not ours.
inline constexpr int in_no_register = -1;

struct Story {
    NamedPerson person;
    json::object record;
};

/// Collects the stories in order. Ids follow from the place in the book: add at the end only.
class Book {
  public:
    /// `more` overwrites the defaults: born in Testhausen, German, single, no religion.
    void add(const char* key, int municipality, const char* family, const char* given, const char* born,
             const char* story, json::object more = {});
    const std::vector<Story>& stories() const { return stories_; }
    /// The id of somebody told of before; asserts that the key exists.
    const NamedPerson& person(const char* key) const;

  private:
    std::vector<Story> stories_;
};

/// Streets of places.cpp by their number in the list: Testhausen …
inline constexpr int lindenweg = 0, muehlbachweg = 1, marktplatz = 2, am_alten_markt = 3;
/// … and Musterstedt.
inline constexpr int alte_gasse = 0, am_anger = 2, deichstrasse = 3;

/// A dwelling of a record; status E sole, H main, N secondary.
json::object home(int municipality, Flat flat, const char* moved_in, const char* status = "E");
json::object left(json::object dwelling, const char* moved_out);
/// One document as the only one: PA and so on, by the short names of the handbook (2.3).
json::array paper(const char* type, const char* serial, const char* authority, const char* issued,
                  const char* until, const char* country = "");
/// spouse, child, parent, custodian or representative
json::object related(const char* kind, const NamedPerson& other, const char* since, const char* note = "");
json::array block_51(const char* until);

// Chapters, in the order of the book.
void tell_first(Book& book);
void tell_families(Book& book);
void tell_arrivals(Book& book);
void tell_addresses(Book& book);

}  // namespace wa::testland

// The derived index of the person search: a few short rows per person, found by their beginning.
//
//   key                         first           second            answers
//   "N" family[2] "|" given[2]  family token    given token       name and given name, each by its beginning
//   "B" birth date              any name token  ""                a name part and the birth date
//   "Y" year token[2]           any name token  birth date        a name part and the year or month of birth
//   "S" street form             family token    house no, 4 dig.  who lives there (current dwellings)
//   "K" sound | sound           ""              ""                suggestions by sound (Kölner Phonetik)
//
// So the commonest name of a million costs one range of a few rows, never a scan of all its bearers.
#pragma once

#include <set>
#include <string>
#include <tuple>

#include "kernel/records.hpp"

namespace wa::residence {

struct IndexEntry {
    std::string key, first, second;
    friend auto operator<=>(const IndexEntry&, const IndexEntry&) = default;
};
using IndexEntries = std::set<IndexEntry>;

/// Key of the pair of a family name's and a given name's token; a given part of one letter or none makes the
/// key shorter, so that it can begin a range.
std::string pair_key(std::string_view family_token, std::string_view given_token);
std::string birth_key(std::string_view birth_date);
/// Of the year of a birth date and a name's token.
std::string year_key(std::string_view birth_date, std::string_view token);
std::string street_key_of(std::string_view form);
/// Empty when one of them has no sound.
std::string sound_key(std::string_view family_part, std::string_view given_part);
/// "0005"
std::string house_number_key(std::int64_t house_no);

/// What the index should hold for a person with these dwellings.
IndexEntries index_entries(const Row& person, const Rows& dwellings);
/// The same from the rows in the store; empty when the person does not exist.
IndexEntries index_entries(Transaction& tx, const std::string& person_id);
/// Replaces what stood there before by what should stand there now.
void write_index(Records& records, const std::string& person_id, const IndexEntries& before,
                 const IndexEntries& now);

}  // namespace wa::residence

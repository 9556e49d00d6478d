// The derived index of the person search: a few short rows per person, found by their beginning.
// clang-format off
//
//   key                                first         second                             answers
//   "N" family[2] "|" given[2]         family token  given token "|" birth date         name and given name, each by its beginning
//   "B" birth date                     any name      ""                                 a name part and the birth date
//   "Y" year, token[2]                 any name      birth date                         a name part and the year or month of birth
//   "S" street form "|0005"            family token  birth date " " with each given     who lives there (current dwellings)
//   "K" sound "|" sound                birth date    ""                                 suggestions by sound (Kölner Phonetik)
//   "L" lessor's name "|" address      moved in      ""                                 whose dwellings somebody lets (current ones)
//   "P" and an "N" or "Y" key          as there      as there                           the same, persons with a block only
//
// clang-format on
// So the commonest name of a million costs one range of a few rows, never a scan of all its bearers; and who
// does not fit is mostly known from the index, without reading the person.
#pragma once

#include <set>
#include <string>
#include <vector>

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
/// The same key among persons with a block alone: an address must neither find nor exclude them.
std::string blocked_key(std::string_view key);
std::string birth_key(std::string_view birth_date);
/// Of a day and of the incomplete dates that may mean it.
std::vector<std::string> birth_keys(std::string_view day);
/// Of the year of a birth date and a name's token.
std::string year_key(std::string_view birth_date, std::string_view token);
/// Of all houses of the streets that begin so.
std::string street_key_of(std::string_view form);
/// Of one house; `street_key` may be the key of another house of the same street.
std::string house_key(std::string_view street_key, std::int64_t house_no);
/// Of a lessor as the form names them; empty without a name.
std::string lessor_key(const json::object& lessor);
/// Empty when one of them has no sound.
std::string sound_key(std::string_view family_part, std::string_view given_part);
/// First text behind all that begin so.
inline std::string after(const std::string& prefix) {
    return prefix + "\U0010FFFF";
}

/// What the index should hold for a person with these dwellings.
IndexEntries index_entries(const Row& person, const Rows& dwellings);
/// The same from the rows in the store; empty when the person does not exist.
IndexEntries index_entries(Transaction& tx, const std::string& person_id);
/// Replaces what stood there before by what should stand there now.
void write_index(Records& records, const std::string& person_id, const IndexEntries& before,
                 const IndexEntries& now);

}  // namespace wa::residence

// Names and addresses as the search compares them, and as people read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "kernel/store.hpp"

namespace wa::residence {

/// One key for all spellings of a name: search form of DIN 91379 in which AE, OE, UE and AA count as A, O, U
/// and A. So Müller, Mueller and Muller are one ("MULLER"), and every beginning of a name keeps beginning it.
std::string name_key(std::string_view text);

/// For each part of a name (at spaces and hyphens) the key from there to the end: "Anna-Maria" gives
/// ANNAMARIA and MARIA, so that a search by the beginning finds every part and the whole. At most 6.
std::vector<std::string> name_tokens(std::string_view name);

/// The words of a text, separated by spaces, commas, semicolons and, when asked, hyphens.
std::vector<std::string> words_of(std::string_view text, bool at_hyphens = false);
/// Words with a space between them.
std::string joined(const std::vector<std::string>& words);

/// A street in one spelling: name_key with "straße" at the end as "STR".
std::string street_form(std::string_view street);

/// One building: postcode-free key of street, number and letter, "LINDENWEG|5|a". Empty without a street.
std::string address_key(std::string_view street, std::int64_t house_no, std::string_view house_letter);

/// "Lindenweg 5a 1/2, 99101 Testhausen"; abroad the lines and the state's key.
std::string address_line(const Row& dwelling);
/// The same of a `dwelling` block of a form. `street_name`: of residence.hpp, for a dwelling in Germany.
std::string address_line(const json::object& block, std::string_view street_name);

/// "Dr. Anna Maria Müller"; a single name stands alone.
std::string full_name(const Row& person);
/// "Müller, Anna Maria"
std::string list_name(const Row& person);
/// The given name marked as the one in use (Rufname); empty when none is.
std::string marked_name(std::string_view given_names, std::int64_t rufname_index);
/// The given name that is in use: the marked one, otherwise the first.
std::string usual_name(std::string_view given_names, std::int64_t rufname_index);

/// True when two incomplete dates may mean the same day ("1965-00-00" and "1965-04-03"; unknown fits all).
bool dates_compatible(std::string_view a, std::string_view b);

}  // namespace wa::residence

// The one box of the person search: "müller anna 3.4.1962 lindenweg 5", in any order.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace wa::residence {

struct SearchText {
    std::vector<std::string> names;  ///< in the order typed; which is the family name is not known
    std::string birth_date;          ///< partial date in ISO form, or empty
    std::string street;              ///< as typed, or empty
    int house_no = 0;                ///< 0: none
};

/// Whether the directory has a street that begins like this.
using StreetKnown = std::function<bool(std::string_view street)>;

/// Reads the box. `today` decides the century of "3.4.62". Never fails: what is neither date, street nor
/// number is a name.
SearchText parse_search_text(std::string_view text, const Date& today, const StreetKnown& known);

/// "3.4.1962", "3.4.62", "4.1962", "1962", "1962-04-03" as a partial date; empty for anything else.
std::string read_search_date(std::string_view word, const Date& today);

}  // namespace wa::residence

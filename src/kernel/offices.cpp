#include "kernel/offices.hpp"

#include <utility>

namespace wa {

std::string office_in_words(const Reference& reference, const Date& on, const std::string& office) {
    if (const auto* known = reference.code("office", office, on)) return known->text;
    const auto blank = office.rfind(' ');
    if (blank == office.npos) return office;
    const auto kind = office.substr(0, blank), key = office.substr(blank + 1);
    // Names of districts are in no list; a town that is its own district has its key, filled up.
    for (const auto& [list, code] :
         {std::pair("municipality", key), {"county", key}, {"municipality", key + "000"}})
        if (const auto* place = reference.code(list, code, on)) return kind + " " + place->text;
    const auto* society = reference.code("religion", key, on);
    return society ? kind + " (" + society->text + ")" : office;
}

}  // namespace wa

// Streets, houses and flats of an invented municipality.
#pragma once

#include <string>
#include <vector>

#include "apps/testland/chance.hpp"
#include "base/json.hpp"

namespace wa::testland {

struct Street {
    std::string key, name, district;
    int houses = 0;
};
/// The streets of a municipality; the first ones are those the named persons live in.
const std::vector<Street>& street_list(int municipality);

/// One flat, as the address part of a dwelling.
struct Flat {
    int street = 0, house_no = 0;
    char letter = 0;
    int apartment = 0;  ///< 0: a house for one family
};
/// All flats of a municipality for about so many households, in an order made by chance.
std::vector<Flat> flats(int municipality, int households, Chance& chance);

/// The dwelling block of a flat: ags, postcode, city, street_key, street, house_no …
json::object address_of(int municipality, const Flat& flat);

}  // namespace wa::testland

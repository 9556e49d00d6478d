// One invented person as a record of residence.import.
#pragma once

#include <array>
#include <string>

#include "apps/testland/chance.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/time.hpp"

namespace wa::testland {

/// Testland's today: nothing in it is later.
inline constexpr Date reference_day{2026, 11, 1};

/// A plausible test number (first digit 0) for the tax id.
std::string test_tax_id(Chance& chance);
/// "L" and eight letters or digits that document serials use.
std::string test_serial(Chance& chance);
/// Ids ascend with `index`; named persons have indexes of their own.
std::string person_id(int municipality, int index);

/// A day so many years before the reference day, at a random place of that year.
Date birth_day(Chance& chance, int age);
json::object identity_card(Chance& chance, const std::string& authority, int municipality, const Date& born);

}  // namespace wa::testland

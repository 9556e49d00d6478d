// Names for invented people: common and rare, German and from elsewhere, with letters of DIN 91379.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/testland/chance.hpp"

namespace wa::testland {

/// A family name and the nationality that goes with it.
std::pair<std::string, std::string_view> family_name(Chance& chance);
/// One to three given names; `sex` is "m" or "w".
std::string given_names(Chance& chance, char sex, std::string_view nationality);

}  // namespace wa::testland

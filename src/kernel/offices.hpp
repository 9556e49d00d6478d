// Other authorities as people know them.
#pragma once

#include <string>

#include "kernel/reference.hpp"

namespace wa {

/// An office by its name: "BZSt" as "Bundeszentralamt für Steuern", one named by the key of its place or
/// society ("Meldebehörde 99001002") as "Meldebehörde Musterstedt". As it stands where no name is known.
std::string office_in_words(const Reference& reference, const Date& on, const std::string& office);

}  // namespace wa

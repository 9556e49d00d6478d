// The register of residents (Melderegister): persons, dwellings, search, registration (P01), confirmations.
#pragma once

#include "kernel/registry.hpp"

namespace wa {

/// Adds everything of this module: person.*, residence.*, procedure residence.registration, its checks and
/// letters.
void install_residence(Registry& registry);

}  // namespace wa

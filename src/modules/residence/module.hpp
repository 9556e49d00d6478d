// The register of residents (Melderegister): persons, dwellings, search, registration (P01), confirmations.
#pragma once

#include "kernel/registry.hpp"

namespace wa {

/// Adds everything of this module: person.*, residence.*, procedure residence.registration, its checks and
/// letters.
void install_residence(Registry& registry);

/// What is stored about somebody, as a letter to them; `disclosure` is what residence.disclosure answers.
Letter disclosure_letter(const json::object& disclosure, const Tenant& tenant, const Date& today);

}  // namespace wa

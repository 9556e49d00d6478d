// What all scenarios together must tell.
#pragma once

#include <vector>

#include "language.hpp"

namespace wa::worlds {

/// Tests that each number of the handbook's Testland and each of its persons has a scenario, and each error
/// case of P01, as docs/scenarios.md lists them, and that each scenario has a step at a Koffer or says why it
/// has none. `scenarios` must outlive the tests.
void register_coverage(const std::vector<Scenario>& scenarios);

}  // namespace wa::worlds

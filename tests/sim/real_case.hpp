// The product's own handlers in the simulator: a registration from the first word to the receipt.
#pragma once

#include <string>
#include <utility>

#include "kernel/engine.hpp"

namespace wa::sim {

/// Scope with the real reference tables (loaded once) and the function the registration needs.
TenantScope real_scope(Side side);

/// What a clerk does next with this case at a node: submit, sign, attach, hand over, receipt, precheck. The
/// choice is drawn by `pick`; a step that does not fit the case's state is not offered.
std::pair<std::string, json::object> next_step(Transaction& tx, const std::string& case_id,
                                               std::int64_t pick);

}  // namespace wa::sim

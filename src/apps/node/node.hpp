// `wanderamt node`: the Koffer.
#pragma once

#include "apps/service/config.hpp"

namespace wa::node {

/// Runs until SIGINT or SIGTERM. The exit code.
int run_node(const service::Config& config);

}  // namespace wa::node

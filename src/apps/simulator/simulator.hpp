// `wanderamt simulator`: plays the exchange and all other authorities. For demo, training and tests only.
#pragma once

#include "apps/service/config.hpp"

namespace wa::simulator {

/// Runs until SIGINT or SIGTERM. The exit code.
int run_simulator(const service::Config& config);

}  // namespace wa::simulator

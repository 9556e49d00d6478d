// `wanderamt hub`: the county's centre.
#pragma once

#include "apps/service/config.hpp"

namespace wa::hub {

/// Runs until SIGINT or SIGTERM. The exit code.
int run_hub(const service::Config& config);

}  // namespace wa::hub

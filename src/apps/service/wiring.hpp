// The one place that names all modules.
#pragma once

#include "kernel/registry.hpp"

namespace wa::service {

/// Everything the program can do, sealed. Also becomes wa::registry().
const Registry& full_registry();

/// The steps of full_registry().schema() in the words of PostgreSQL.
const std::vector<SchemaStep>& postgres_schema();

}  // namespace wa::service

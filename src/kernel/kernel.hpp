// Installs the kernel's own commands, queries, problems and schema into a registry.
#pragma once

#include "kernel/registry.hpp"

namespace wa {

void install_kernel(Registry& registry);

/// store.note_restore
void install_restore(Registry& registry);
/// reference.search
void install_reference_queries(Registry& registry);
/// journal.*
void install_journal(Registry& registry);

}  // namespace wa

// Conflicts: two values for one datum. Both are kept with origin, time and person until a clerk decides.
#pragma once

#include "kernel/command.hpp"

namespace wa {

class Registry;

/// Writes what handlers reported as rows of `conflict` (part of the command's own changes).
void write_conflicts(Records& records, const Actor& actor, const Origin& origin, Timestamp at);

/// conflict.decide, conflict.list
void install_conflicts(Registry& registry);

}  // namespace wa

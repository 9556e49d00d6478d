// Quarantine: work that arrived and could not be done. People see it and settle it; it is never deleted.
#pragma once

namespace wa {

class Registry;

/// quarantine.settle, quarantine.list.
void install_quarantine(Registry& registry);

}  // namespace wa

// Reads of personal data on a tour, brought home: a node's own list becomes entries of the hub's journal.
#pragma once

namespace wa {

class Registry;

/// journal.reads
void install_reads(Registry& registry);

}  // namespace wa

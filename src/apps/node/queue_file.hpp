// The sealed queue as a file for a stick, when no line comes back.
#pragma once

#include "apps/node/tour_vault.hpp"

namespace wa::node {

/// All envelopes, the scans that are not at the hub, all drafts. Whoever reads it learns whose it is and how
/// much, nothing else.
Bytes exported_queue(Spool& spool, std::int64_t now_ms);
/// "wanderamt-DEVICE-TOUR.queue"
std::string queue_file_name(const TourInfo& tour);
/// For the command line: writes the file of a machine's tour, PIN or not, and returns its name. Throws
/// std::runtime_error when there is nothing.
std::string export_to(const std::string& data_dir, const std::string& folder);

}  // namespace wa::node

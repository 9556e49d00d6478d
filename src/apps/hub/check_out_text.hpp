// What a clerk signs at the Koffer to fetch a tour with their PIN, and the hub verifies.
#pragma once

#include <cstdint>
#include <string>

namespace wa::hub {

inline std::string check_out_text(const std::string& tour_id, const std::string& device_id,
                                  std::int64_t at_ms) {
    return "wanderamt-check-out-1|" + tour_id + "|" + device_id + "|" + std::to_string(at_ms);
}

}  // namespace wa::hub

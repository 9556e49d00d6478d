// The qualities of a mobile line, as data. The named ones are those on which the sync is measured.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wa {

/// How a line behaves. Both directions share delay, jitter, loss and queue; each has its own rate.
struct LineProfile {
    std::string name;                       ///< what the control API calls it, e.g. "schlecht"
    std::string label;                      ///< what people read
    std::uint64_t rate_up_bit_per_s = 0;    ///< Koffer to hub, of IP bytes; at least 1000
    std::uint64_t rate_down_bit_per_s = 0;  ///< hub to Koffer
    std::uint32_t delay_ms = 0;             ///< one way, after a packet is sent; half of the bare round trip
    std::uint32_t jitter_ms = 0;            ///< at most so much more delay, drawn evenly; order is kept
    double loss = 0;                        ///< share of packets lost on the air, 0 to 1
    std::uint32_t queue_bytes = 0;          ///< what waits before the sender; what does not fit is dropped
    std::uint32_t on_ms = 0;                ///< it works for so long, beginning when it is set or restored,
    std::uint32_t off_ms = 0;     ///< then carries nothing for so long, and again; 0: never interrupted
    bool renews_address = false;  ///< after every interruption the Koffer has another address
};

/// The named profiles, best first.
std::span<const LineProfile> line_profiles();

/// The profile of that name, or null.
const LineProfile* find_line_profile(std::string_view name);

}  // namespace wa

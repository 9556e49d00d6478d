// What arrived over all Koffer lines of this hub since its start, for the desk and the tests.
#pragma once

#include <atomic>
#include <cstdint>

namespace wa::hub {

struct LineCounters {
    std::atomic<std::int64_t> chunks{0};
    /// Chunks that were durable here already and were sent nevertheless.
    std::atomic<std::int64_t> chunks_repeated{0};
};

inline LineCounters& line_counters() {
    static LineCounters counters;
    return counters;
}

}  // namespace wa::hub

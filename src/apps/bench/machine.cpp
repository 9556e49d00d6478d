#include "apps/bench/machine.hpp"

#include <ctime>
#include <filesystem>
#include <fstream>

namespace wa::bench {

double processor_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double queued_ms() {
    double sum = 0;
    std::error_code ignored;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", ignored)) {
        std::ifstream file(task.path() / "schedstat");
        double running = 0, queued = 0;
        if (file >> running >> queued) sum += queued / 1e6;
    }
    return sum;
}

}  // namespace wa::bench

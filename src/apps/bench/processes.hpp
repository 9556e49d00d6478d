// The real program as a process, for measurements.
#pragma once

#include "apps/bench/world.hpp"
#include "apps/demo/child_process.hpp"

namespace wa::bench {

/// Runs `wanderamt` to its end; what it prints. Throws when it fails.
std::string run_program(const Options& options, const std::string& arguments);
/// `name` is also that of its log.
ChildSpec spec(const Options& options, const std::string& name, std::vector<std::string> arguments);
/// Starts it; milliseconds to the first 200 of /api/health. Throws when it does not come.
double start_ms(ChildProcess& child);
void end(ChildProcess& child);
/// VmRSS.
double resident_mb(pid_t pid);
/// Processor time of the process so far.
double processor_ms_of(pid_t pid);

}  // namespace wa::bench

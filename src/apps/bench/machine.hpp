// What of a measured time is ours and what is the machine's: on a shared one most of a short step is waiting.
#pragma once

namespace wa::bench {

/// Processor time of all threads of this process so far, in milliseconds.
double processor_ms();
/// How long threads of this process that could run have waited for a processor so far, in milliseconds,
/// summed over the threads that live. 0 where the system does not tell.
double queued_ms();

}  // namespace wa::bench

// Ending in order: SIGINT and SIGTERM are taken by the main thread alone.
#pragma once

namespace wa::service {

/// Before any thread is started.
void block_signals();
/// Returns when one of them arrives.
void wait_for_signal();

}  // namespace wa::service

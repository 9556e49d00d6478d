// Moves the write-ahead log into the file beside the writer, so that no commit waits for it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/sqlite/connection.hpp"

namespace wa::sqlite {

/// A thread with a connection of its own. It takes over the log's length from `writer`: the writer itself
/// empties the log only when it has become far too long.
class Checkpointer {
  public:
    /// Both outlive the checkpointer. Throws StoreError as Connection does.
    Checkpointer(const SqliteOptions& options, Connection& writer);
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;
    /// Waits for what is being moved just then.
    ~Checkpointer();

  private:
    static int after_commit(void* self, sqlite3* writer, const char* name, int log_pages);
    void wake();
    void loop();

    Connection& writer_;
    Connection own_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace wa::sqlite

// Moves the write-ahead log into the file beside the writer, so that no commit waits for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/sqlite/connection.hpp"

namespace wa::sqlite {

/// A thread with a connection of its own. It takes over the log's length from `writer`, which moves only the
/// few pages that came last, or all when the log has become far too long.
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
    void committed(int log_pages);
    void wake();
    void loop();

    Connection& writer_;
    Connection own_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wanted_ = false;
    std::atomic<bool> nearly_moved_{false};  ///< the writer may move the rest with its next commit
    int tried_at_ = 0;                       ///< length of the log; of the writer's thread
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace wa::sqlite

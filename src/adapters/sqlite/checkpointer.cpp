#include "adapters/sqlite/checkpointer.hpp"

namespace wa::sqlite {
namespace {

/// Length of the log, in pages, from which on it is moved (16 MB: pages that change often are moved once for
/// many commits), how much longer it must have become before that is tried again, and from which on the
/// writer has to wait for it (80 MB): somebody has been reading one moment for long.
constexpr int kWorthMoving = 4000;
constexpr int kWorthTryingAgain = 1000;
constexpr int kFarTooLong = 20000;

/// Passive: waits for nobody and nobody waits for it. A failure leaves the log as it is, complete and
/// durable; a disk that takes no writes is told by the writer's own next commit.
void move_log(sqlite3* handle) {
    sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

}  // namespace

Checkpointer::Checkpointer(const SqliteOptions& options, Connection& writer)
    : writer_(writer), own_(options, Connection::Role::reader), thread_([this] { loop(); }) {
    sqlite3_wal_hook(writer_.handle(), &Checkpointer::after_commit, this);
}

Checkpointer::~Checkpointer() {
    sqlite3_wal_hook(writer_.handle(), nullptr, nullptr);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    woken_.notify_one();
    thread_.join();
}

int Checkpointer::after_commit(void* self, sqlite3*, const char*, int log_pages) {
    static_cast<Checkpointer*>(self)->committed(log_pages);
    return SQLITE_OK;
}

/// The log begins anew with a commit that finds all of it moved. Under constant work only the writer can see
/// to that; without it the log would be moved a few pages at a time, with a sync of the file for each, and
/// every other tenant's commits would wait for the disk.
void Checkpointer::committed(int log_pages) {
    if (log_pages < tried_at_) tried_at_ = 0;
    if (log_pages >= kFarTooLong || nearly_moved_.exchange(false)) return move_log(writer_.handle());
    if (log_pages < kWorthMoving || log_pages - tried_at_ < kWorthTryingAgain) return;
    tried_at_ = log_pages;
    wake();
}

void Checkpointer::wake() {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    woken_.notify_one();
}

void Checkpointer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        woken_.wait(lock, [&] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        move_log(own_.handle());
        // What came meanwhile, so that next to nothing is left for the writer.
        move_log(own_.handle());
        nearly_moved_ = true;
        lock.lock();
    }
}

}  // namespace wa::sqlite

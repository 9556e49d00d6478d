#include "adapters/sqlite/checkpointer.hpp"

namespace wa::sqlite {
namespace {

/// Length of the log, in pages, from which on it is moved (4 MB), and from which on the writer has to wait
/// for it (80 MB): somebody has been reading one moment for long, or commits come faster than they are moved.
constexpr int kWorthMoving = 1000;
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

int Checkpointer::after_commit(void* self, sqlite3* writer, const char*, int log_pages) {
    if (log_pages >= kFarTooLong)
        move_log(writer);
    else if (log_pages >= kWorthMoving)
        static_cast<Checkpointer*>(self)->wake();
    return SQLITE_OK;
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
        lock.lock();
    }
}

}  // namespace wa::sqlite

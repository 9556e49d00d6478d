// What a SimDisk consists of; shared by its two sources only.
#pragma once

#include <sqlite3.h>

#include <array>
#include <map>
#include <mutex>

#include "adapters/sqlite/sim_vfs.hpp"

namespace wa {
namespace sim {

/// A write (or, without bytes, a truncation to `offset`) that no sync has made durable yet.
struct Pending {
    std::uint64_t offset = 0;
    Bytes bytes;
    bool truncates = false;
};

/// SQLite's shared memory of one file: regions, and eight locks. Lives as long as a handle maps it.
struct Shm {
    static constexpr int kLocks = SQLITE_SHM_NLOCK;
    std::vector<std::unique_ptr<char[]>> regions;
    std::array<int, kLocks> shared{};
    std::array<bool, kLocks> exclusive{};
};

struct File {
    Bytes data;     ///< as programs see it
    Bytes durable;  ///< as of the last sync
    std::vector<Pending> pending;
    int shared_locks = 0;
    const void* reserved = nullptr;  ///< the handles that hold the lock
    const void* waiting = nullptr;   ///< PENDING: no new readers
    const void* exclusive = nullptr;
    std::weak_ptr<Shm> shm;
};
using FilePtr = std::shared_ptr<File>;

/// What SQLite allocates for an open file; `base` must be the first member.
struct Handle {
    sqlite3_file base;
    SimDisk::State* disk;
    FilePtr file;
    std::uint64_t epoch;
    int lock;
    bool remove_on_close;
    std::string path;
    std::shared_ptr<Shm> shm;
    std::array<bool, Shm::kLocks> shm_shared;
    std::array<bool, Shm::kLocks> shm_exclusive;
};

}  // namespace sim

struct SimDisk::State {
    explicit State(SimDisk::Crashes crashes_kind);
    ~State();

    /// True when this write or sync happens; false when it is the one that fails, or the disk is dead.
    /// `last` tells whether it is the failing one itself, whose bytes may reach the disk in part.
    bool admits(std::uint64_t& counter, bool& last);
    std::uint64_t used() const;
    int write(sim::File& file, const void* bytes, std::size_t size, std::uint64_t offset);
    int truncate(sim::File& file, std::uint64_t size);
    int sync(sim::File& file);
    /// SQLITE_OK also when there is no such file.
    int remove(const std::string& path, bool durable);
    sim::FilePtr create(const std::string& path);
    sim::FilePtr find(const std::string& path) const;

    mutable std::mutex mutex;
    const bool crashes;
    std::string base_name;  ///< "wa-sim-1"
    std::string name;       ///< "multipleciphers-wa-sim-1"
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;  ///< clock, sleep and randomness
    std::map<std::string, sim::FilePtr> names;
    std::map<std::string, sim::FilePtr> durable_names;
    SimDisk::Counters counters;
    std::uint64_t epoch = 0;
    std::uint64_t countdown = 0;  ///< 0: no failure ordered
    bool dead = false;
    std::optional<std::uint64_t> capacity;
};

namespace sim {
/// Fills in the functions SQLite calls; sim_vfs.cpp.
void connect_vfs(SimDisk::State& disk);
}  // namespace sim

}  // namespace wa

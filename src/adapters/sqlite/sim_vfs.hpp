// A disk in memory, as a VFS of SQLite: what was not fsynced may be lost, kept or torn by a crash. It is the
// stand-in of the file system in simulations, and the place of ":memory:" stores.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace wa {

/// One simulated disk, registered with SQLite under its own name for as long as it lives. Thread-safe.
/// Paths are plain names; there are no folders. Stores on the disk must be closed before it goes.
class SimDisk {
  public:
    /// never: nothing is kept for a crash, which halves the memory; crash() must not be called.
    enum class Crashes { possible, never };

    struct Counters {
        std::uint64_t writes = 0;  ///< writes, truncations, removals and renames
        std::uint64_t syncs = 0;
        std::uint64_t torn = 0;  ///< writes of which a crash left a part only
    };

    explicit SimDisk(Crashes crashes = Crashes::possible);
    ~SimDisk();
    SimDisk(const SimDisk&) = delete;
    SimDisk& operator=(const SimDisk&) = delete;

    /// The name SQLite knows the disk by (with encryption in front of it).
    const std::string& vfs_name() const;

    /// Power lost and back: each write since the file's last sync survives, vanishes or is torn (only a
    /// prefix up to a multiple of 512 bytes in the file), drawn from the seed; new and removed names that
    /// were not synced come or go. Everything that was open fails from now on. The disk works again.
    void crash(std::uint64_t seed);
    /// The n-th write or sync from now fails (n ≥ 1; the write may still be found in part after the crash)
    /// and every operation after it, until crash(). 0 takes it back.
    void fail_after(std::uint64_t n);
    /// True after a failure that fail_after ordered, until crash().
    bool dead() const;
    /// Bytes that fit on the disk; more is SQLITE_FULL. Without a value: no limit.
    void set_capacity(std::optional<std::uint64_t> bytes);
    Counters counters() const;

    /// Names of the files as a program sees them now, sorted.
    std::vector<std::string> files() const;
    /// A file's content as a program sees it now; empty when there is none.
    std::optional<Bytes> read(const std::string& path) const;
    /// Puts a whole file, durable at once; does not count as a write. Open handles see the new content.
    void put(const std::string& path, Bytes content);
    /// Removes a file, if there is one; durable with the next sync of any file.
    void remove(const std::string& path);
    /// Syncs `from` and renames it to `to`, durable. Throws StoreError when the disk is dead.
    void publish(const std::string& from, const std::string& to);

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace wa

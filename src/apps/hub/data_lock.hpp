// Who may work in a hub's data folder at the same time. The system frees what a process that dies has held.
#pragma once

#include <string>

namespace wa::hub {

/// Throws std::runtime_error when the folder belongs to another user than this program runs as: what root
/// writes there is closed to the hub from then on.
void must_own(const std::string& data_dir);

/// A lock on a file, held until it is destroyed.
class FileLock {
  public:
    enum class Kind {
        alone,   ///< nobody else holds it
        shared,  ///< any number of these at once
    };
    /// Throws std::runtime_error with `otherwise` when others hold it in a way that does not go with this
    /// one.
    FileLock(const std::string& path, Kind kind, const std::string& otherwise);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

  private:
    int file_;
};

/// One program at a time may own a hub's data folder (file `lock` in it). Throws std::runtime_error with a
/// plain sentence when another process does.
class DataLock {
  public:
    explicit DataLock(const std::string& data_dir);

  private:
    FileLock file_;
};

/// An administrator's verb in the stores of a hub, beside the hub or without it (file `stores.lock`): what
/// one of them writes must not go into a store that another is just putting aside. Throws std::runtime_error
/// with a plain sentence when it has to wait.
class StoreUse {
  public:
    enum class Kind {
        works,     ///< reads and writes in tenants' stores
        replaces,  ///< puts another store in a tenant's place
    };
    StoreUse(const std::string& data_dir, Kind kind);

  private:
    FileLock file_;
};

}  // namespace wa::hub

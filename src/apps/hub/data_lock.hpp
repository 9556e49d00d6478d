// One program at a time may own a hub's data folder.
#pragma once

#include <string>

namespace wa::hub {

/// Holds the folder (file `lock` in it) until it is destroyed; the system frees it when the process dies.
/// Throws std::runtime_error with a plain sentence when another process holds it.
class DataLock {
  public:
    explicit DataLock(const std::string& data_dir);
    ~DataLock();
    DataLock(const DataLock&) = delete;
    DataLock& operator=(const DataLock&) = delete;

  private:
    int file_;
};

}  // namespace wa::hub

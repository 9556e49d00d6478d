#include "apps/hub/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <stdexcept>

#include "adapters/system/system.hpp"

namespace wa::hub {

DataLock::DataLock(const std::string& data_dir) {
    system::make_folder(data_dir);
    file_ = ::open((data_dir + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) throw std::runtime_error(data_dir + "/lock cannot be opened");
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(file_);
    throw std::runtime_error("a hub is at work in " + data_dir + ": stop it first");
}

DataLock::~DataLock() {
    ::close(file_);
}

}  // namespace wa::hub

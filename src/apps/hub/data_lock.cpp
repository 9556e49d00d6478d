#include "apps/hub/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <stdexcept>

#include "adapters/system/system.hpp"

namespace wa::hub {

void must_own(const std::string& data_dir) {
    const auto owner = system::foreign_owner(data_dir);
    if (!owner.empty())
        throw std::runtime_error(data_dir + " belongs to " + owner + ": run this as that user (sudo -u " +
                                 owner + " …)");
}

namespace {

const std::string& made(const std::string& data_dir) {
    must_own(data_dir);
    system::make_folder(data_dir);
    return data_dir;
}

}  // namespace

FileLock::FileLock(const std::string& path, Kind kind, const std::string& otherwise)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw std::runtime_error(path + " cannot be opened");
    if (::flock(file_, (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
    ::close(file_);
    throw std::runtime_error(otherwise);
}

FileLock::~FileLock() {
    ::close(file_);
}

DataLock::DataLock(const std::string& data_dir)
    : file_(made(data_dir) + "/lock", FileLock::Kind::alone,
            "a hub is at work in " + data_dir + ": stop it first") {}

StoreUse::StoreUse(const std::string& data_dir, Kind kind)
    : file_(made(data_dir) + "/stores.lock",
            kind == Kind::replaces ? FileLock::Kind::alone : FileLock::Kind::shared,
            kind == Kind::replaces
                ? "another verb of wanderamt admin is at work in " + data_dir + ": wait for its end"
                : "a tenant is being moved or restored in " + data_dir + ": wait for its end") {}

}  // namespace wa::hub

#include "disk_ledger.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <vector>

namespace wa::sim {

namespace {

constexpr const char* ledger_name = "sent.log";

/// A file of the disk, opened as SQLite opens its own; the cipher in front of the disk lets it pass as it is.
class OpenFile {
  public:
    explicit OpenFile(const SimDisk& disk) {
        auto* vfs = sqlite3_vfs_find(disk.vfs_name().c_str());
        memory_.resize(std::size_t(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
        constexpr int flags = SQLITE_OPEN_CREATE | SQLITE_OPEN_READWRITE | SQLITE_OPEN_SUPER_JOURNAL;
        good_ = vfs->xOpen(vfs, ledger_name, file(), flags, nullptr) == SQLITE_OK;
    }
    ~OpenFile() {
        if (file()->pMethods) file()->pMethods->xClose(file());
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int append(std::string_view text) {
        sqlite3_int64 end = 0;
        if (!good_ || file()->pMethods->xFileSize(file(), &end) != SQLITE_OK) return SQLITE_IOERR;
        return file()->pMethods->xWrite(file(), text.data(), int(text.size()), end);
    }
    int sync() { return file()->pMethods->xSync(file(), SQLITE_SYNC_NORMAL); }

  private:
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }

    std::vector<std::max_align_t> memory_;
    bool good_ = false;
};

}  // namespace

std::optional<std::string> DiskLedger::read() const {
    const auto bytes = disk_->read(ledger_name);
    return bytes ? std::optional<std::string>(std::in_place, bytes->begin(), bytes->end()) : std::nullopt;
}

void DiskLedger::append(const std::string& text) {
    OpenFile file(*disk_);
    const auto written = file.append(text);
    // A full disk takes the beginning of it, and says so.
    for (auto part = text.size() / 2; written == SQLITE_FULL && part > 0; part /= 2)
        if (file.append(std::string_view(text).substr(0, part)) == SQLITE_OK) break;
    if (written != SQLITE_OK || (synced_ && file.sync() != SQLITE_OK))
        throw std::runtime_error("the list of sent messages cannot be written");
}

void DiskLedger::lose() {
    disk_->remove(ledger_name);
}

}  // namespace wa::sim

// A file that somebody calls a backup: its head is read, or refused in words.
#include "apps/admin/backup.hpp"
#include "base/assert.hpp"
#include "memory_folder.hpp"

namespace {

using namespace wa;

/// A hub's folder with the master key that the seeds were wrapped by.
struct Hub : refusals::MemoryFolder {
    Hub() : MemoryFolder("backup") {
        system::write_file(path + "/master.key", std::string(64, '5') + "\n", true);
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Hub hub;
    static const hub::Keyring keyring(hub.path);
    const auto path = hub.path + "/file";
    system::write_file(path, {reinterpret_cast<const char*>(data), size});
    try {
        const auto head = admin::read_backup_head(keyring, path);
        WA_ASSERT(head.size >= 0 && head.size < std::int64_t(size));
    } catch (const boost::system::system_error&) {
        WA_ASSERT(!"a value of another kind than was taken for granted");
    } catch (const std::runtime_error&) {
    }
    return 0;
}

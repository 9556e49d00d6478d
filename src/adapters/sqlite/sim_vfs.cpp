// SQLite's view of a SimDisk: the functions of a VFS, of its files and of their shared memory.
#include <algorithm>
#include <cstring>
#include <new>

#include "adapters/sqlite/sim_state.hpp"

namespace wa::sim {
namespace {

using Guard = std::lock_guard<std::mutex>;

Handle& handle_of(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}
SimDisk::State& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<SimDisk::State*>(vfs->pAppData);
}

/// A handle from before a crash, or any handle on a dead disk, does nothing.
bool broken(const Handle& handle) {
    return handle.disk->dead || handle.epoch != handle.disk->epoch;
}

void drop_lock(Handle& handle, int level) {
    File& file = *handle.file;
    if (level < SQLITE_LOCK_EXCLUSIVE && file.exclusive == &handle) file.exclusive = nullptr;
    if (level < SQLITE_LOCK_PENDING && file.waiting == &handle) file.waiting = nullptr;
    if (level < SQLITE_LOCK_RESERVED && file.reserved == &handle) file.reserved = nullptr;
    if (level < SQLITE_LOCK_SHARED && handle.lock >= SQLITE_LOCK_SHARED) --file.shared_locks;
    handle.lock = std::min(handle.lock, level);
}

void drop_shm(Handle& handle) {
    if (!handle.shm) return;
    for (std::size_t i = 0; i < Shm::kLocks; ++i) {
        if (handle.shm_shared[i]) --handle.shm->shared[i];
        if (handle.shm_exclusive[i]) handle.shm->exclusive[i] = false;
    }
    handle.shm_shared = {};
    handle.shm_exclusive = {};
    handle.shm.reset();
}

int file_close(sqlite3_file* base) {
    Handle& handle = handle_of(base);
    {
        const Guard guard(handle.disk->mutex);
        drop_shm(handle);
        drop_lock(handle, SQLITE_LOCK_NONE);
        if (handle.remove_on_close && !broken(handle)) handle.disk->names.erase(handle.path);
    }
    handle.~Handle();
    return SQLITE_OK;
}

int file_read(sqlite3_file* base, void* out, int amount, sqlite3_int64 offset) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_READ;
    const Bytes& data = handle.file->data;
    const auto wanted = static_cast<std::size_t>(amount);
    const auto from = std::min(static_cast<std::size_t>(offset), data.size());
    const auto size = std::min(wanted, data.size() - from);
    if (size > 0) std::memcpy(out, data.data() + from, size);
    if (size == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + size, 0, wanted - size);
    return SQLITE_IOERR_SHORT_READ;
}

int file_write(sqlite3_file* base, const void* bytes, int amount, sqlite3_int64 offset) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_WRITE;
    return handle.disk->write(*handle.file, bytes, static_cast<std::size_t>(amount),
                              static_cast<std::uint64_t>(offset));
}

int file_truncate(sqlite3_file* base, sqlite3_int64 size) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_TRUNCATE;
    return handle.disk->truncate(*handle.file, static_cast<std::uint64_t>(size));
}

int file_sync(sqlite3_file* base, int) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_FSYNC;
    return handle.disk->sync(*handle.file);
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(handle.file->data.size());
    return SQLITE_OK;
}

/// The five levels of https://www.sqlite.org/lockingv3.html
int file_lock(sqlite3_file* base, int level) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    if (broken(handle)) return SQLITE_IOERR_LOCK;
    if (handle.lock >= level) return SQLITE_OK;
    File& file = *handle.file;
    const auto foreign = [&](const void* holder) { return holder && holder != &handle; };
    if (level == SQLITE_LOCK_SHARED) {
        if (foreign(file.waiting) || foreign(file.exclusive)) return SQLITE_BUSY;
        ++file.shared_locks;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (foreign(file.reserved) || foreign(file.waiting)) return SQLITE_BUSY;
        file.reserved = &handle;
    } else {
        if (foreign(file.waiting) || foreign(file.reserved)) return SQLITE_BUSY;
        file.waiting = &handle;
        handle.lock = SQLITE_LOCK_PENDING;
        if (level == SQLITE_LOCK_PENDING) return SQLITE_OK;
        if (file.shared_locks > 1) return SQLITE_BUSY;
        file.exclusive = &handle;
    }
    handle.lock = level;
    return SQLITE_OK;
}

int file_unlock(sqlite3_file* base, int level) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    drop_lock(handle, level);
    return SQLITE_OK;
}

int file_check_reserved(sqlite3_file* base, int* held) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    *held = handle.file->reserved != nullptr;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int file_sector_size(sqlite3_file*) {
    return 4096;
}
int file_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* base, int region, int size, int extend, void volatile** out) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    *out = nullptr;
    if (broken(handle)) return SQLITE_IOERR_SHMMAP;
    if (!handle.shm) handle.shm = handle.file->shm.lock();
    if (!handle.shm) handle.file->shm = handle.shm = std::make_shared<Shm>();
    auto& regions = handle.shm->regions;
    const auto index = static_cast<std::size_t>(region);
    if (index >= regions.size() && !extend) return SQLITE_OK;
    while (index >= regions.size())
        regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));  // zeroed
    *out = regions[index].get();
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* base, int offset, int count, int flags) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    const bool unlock = (flags & SQLITE_SHM_UNLOCK) != 0;
    if (!handle.shm || (broken(handle) && !unlock)) return unlock ? SQLITE_OK : SQLITE_IOERR_SHMLOCK;
    Shm& shm = *handle.shm;
    const auto first = static_cast<std::size_t>(offset);
    const auto end = first + static_cast<std::size_t>(count);
    const bool shared = (flags & SQLITE_SHM_SHARED) != 0;
    for (std::size_t i = first; i < end && !unlock; ++i) {
        const int others = shm.shared[i] - (handle.shm_shared[i] ? 1 : 0);
        const bool taken = shm.exclusive[i] && !handle.shm_exclusive[i];
        if (taken || (!shared && others > 0)) return SQLITE_BUSY;
    }
    for (std::size_t i = first; i < end; ++i) {
        bool& held = shared ? handle.shm_shared[i] : handle.shm_exclusive[i];
        if (held == !unlock) continue;
        held = !unlock;
        if (shared)
            shm.shared[i] += unlock ? -1 : 1;
        else
            shm.exclusive[i] = !unlock;
    }
    return SQLITE_OK;
}

void shm_barrier(sqlite3_file* base) {
    const Guard guard(handle_of(base).disk->mutex);  // a mutex orders memory as well
}

int shm_unmap(sqlite3_file* base, int) {
    Handle& handle = handle_of(base);
    const Guard guard(handle.disk->mutex);
    drop_shm(handle);
    return SQLITE_OK;
}

const sqlite3_io_methods kFileMethods = {2,
                                         file_close,
                                         file_read,
                                         file_write,
                                         file_truncate,
                                         file_sync,
                                         file_size,
                                         file_lock,
                                         file_unlock,
                                         file_check_reserved,
                                         file_control,
                                         file_sector_size,
                                         file_characteristics,
                                         shm_map,
                                         shm_lock,
                                         shm_barrier,
                                         shm_unmap,
                                         nullptr,
                                         nullptr};

int vfs_open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags, int* out_flags) {
    SimDisk::State& disk = disk_of(vfs);
    out->pMethods = nullptr;
    const Guard guard(disk.mutex);
    if (disk.dead) return SQLITE_IOERR;
    const std::string path = name ? name : "";
    FilePtr file = name ? disk.find(path) : std::make_shared<File>();
    if (!file && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    if (!file) file = disk.create(path);
    const bool temporary = name && (flags & SQLITE_OPEN_DELETEONCLOSE);
    auto* handle =
        new (out) Handle{{}, &disk, file, disk.epoch, SQLITE_LOCK_NONE, temporary, path, nullptr, {}, {}};
    handle->base.pMethods = &kFileMethods;
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    SimDisk::State& disk = disk_of(vfs);
    const Guard guard(disk.mutex);
    if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
    return disk.remove(name, sync_folder != 0);
}

int vfs_access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    SimDisk::State& disk = disk_of(vfs);
    const Guard guard(disk.mutex);
    if (disk.dead) return SQLITE_IOERR_ACCESS;
    const FilePtr file = disk.find(name);
    // As on Unix, where an empty file counts as absent for SQLite's question whether a journal is there.
    *out = file && !file->data.empty();
    return SQLITE_OK;
}

int vfs_full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int vfs_randomness(sqlite3_vfs* vfs, int size, char* out) {
    sqlite3_vfs* real = disk_of(vfs).real;
    return real->xRandomness(real, size, out);
}
int vfs_sleep(sqlite3_vfs* vfs, int microseconds) {
    sqlite3_vfs* real = disk_of(vfs).real;
    return real->xSleep(real, microseconds);
}
int vfs_time(sqlite3_vfs* vfs, double* out) {
    sqlite3_vfs* real = disk_of(vfs).real;
    return real->xCurrentTime(real, out);
}
int vfs_time_ms(sqlite3_vfs* vfs, sqlite3_int64* out) {
    sqlite3_vfs* real = disk_of(vfs).real;
    return real->xCurrentTimeInt64(real, out);
}
int vfs_last_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

void connect_vfs(SimDisk::State& disk) {
    sqlite3_vfs& vfs = disk.vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 512;
    vfs.zName = disk.base_name.c_str();
    vfs.pAppData = &disk;
    vfs.xOpen = vfs_open;
    vfs.xDelete = vfs_delete;
    vfs.xAccess = vfs_access;
    vfs.xFullPathname = vfs_full_path;
    vfs.xRandomness = vfs_randomness;
    vfs.xSleep = vfs_sleep;
    vfs.xCurrentTime = vfs_time;
    vfs.xGetLastError = vfs_last_error;
    vfs.xCurrentTimeInt64 = vfs_time_ms;
}

}  // namespace wa::sim

#include "adapters/sqlite/store_copy.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "adapters/sqlite/sqlite_error.hpp"

namespace wa::sqlite {
namespace {

/// Throws for the last failing system call. The text holds no path: it could name a municipality.
[[noreturn]] void throw_system(std::string_view doing, int error) {
    const auto kind = error == ENOSPC || error == EDQUOT ? StoreError::Kind::full : StoreError::Kind::other;
    throw StoreError(kind, fmt::format("{}: system error {}", doing, error));
}

void sync_path(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) throw_system("copy the store: open", errno);
    const int code = ::fsync(file);
    const int error = errno;
    ::close(file);
    if (code != 0) throw_system("copy the store: fsync", error);
}

void publish(const std::string& from, const std::string& to) {
    sync_path(from, O_RDONLY);
    if (std::rename(from.c_str(), to.c_str()) != 0) throw_system("copy the store: rename", errno);
    const auto folder = std::filesystem::path(to).parent_path();
    sync_path(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

void remove_file(const SqliteOptions& options, const std::string& path) {
    if (options.disk) {
        options.disk->remove(path);
    } else if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        throw_system("copy the store: remove", errno);
    }
}

void write_pages(Connection& source, const SqliteOptions& options, const std::string& path) {
    SqliteOptions copy_options = options;
    copy_options.path = path;
    Connection copy(copy_options, Connection::Role::copy);
    sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source.handle(), "main");
    if (!backup) throw_error(copy.handle(), sqlite3_extended_errcode(copy.handle()), "copy the store");
    const int code = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    // The copying reports its own failures as a code, those of reading as the source's last error.
    if (code != SQLITE_DONE) throw_error(nullptr, code, "copy the store");
}

}  // namespace

void copy_store(Connection& source, const SqliteOptions& options, const std::string& path) {
    const std::string fresh = path + ".new";
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) remove_file(options, fresh + suffix);
    try {
        write_pages(source, options, fresh);
        if (options.disk)
            options.disk->publish(fresh, path);
        else
            publish(fresh, path);
    } catch (const StoreError&) {
        try {
            remove_file(options, fresh);
        } catch (const StoreError&) {
            // The first error is the one to tell; the next copy removes the rest.
        }
        throw;
    }
}

}  // namespace wa::sqlite

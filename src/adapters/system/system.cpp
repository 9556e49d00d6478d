#include "adapters/system/system.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace wa::system {

namespace fs = std::filesystem;

Timestamp now() {
    static const std::int64_t offset = [] {
        const char* text = std::getenv("WANDERAMT_CLOCK_OFFSET_MS");
        return text ? std::strtoll(text, nullptr, 10) : 0LL;
    }();
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count() + offset};
}

std::int64_t monotonic_ms() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

void allow_many_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

void let_others_go_first() {
    const auto thread = id_t(::gettid());
    ::setpriority(PRIO_PROCESS, thread, ::getpriority(PRIO_PROCESS, thread) + 5);
}

void fill_random(std::span<std::uint8_t> bytes) {
    randombytes_buf(bytes.data(), bytes.size());
}

Key32 random_key() {
    return Key32(random_bytes<32>());
}

std::string new_id() {
    const auto random = random_bytes<10>();
    return make_id(now().ms, random).text();
}

std::optional<std::string> read_file(const std::string& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path);
    return std::move(out).str();
}

namespace {

void sync_folder(const fs::path& folder) {
    const int fd = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

/// With the reason of the system, so that a full disk can be told from others.
std::system_error broken(const std::string& what) {
    return {errno, std::generic_category(), what};
}

void write_all(int fd, std::string_view content) {
    while (!content.empty()) {
        const auto written = write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw broken("cannot write");
        content.remove_prefix(std::size_t(written));
    }
}

}  // namespace

void write_file(const std::string& path, std::string_view content, bool secret) {
    const auto beside = path + ".new";
    const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, secret ? 0600 : 0644);
    if (fd < 0) throw broken("cannot write " + beside);
    try {
        write_all(fd, content);
    } catch (...) {
        close(fd);
        throw;
    }
    const int failed = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    if (failed) throw std::system_error(failed, std::generic_category(), "cannot write " + path);
    if (rename(beside.c_str(), path.c_str()) != 0) throw broken("cannot write " + path);
    sync_folder(fs::path(path).parent_path());
}

void make_folder(const std::string& path) {
    fs::create_directories(path);
    fs::permissions(path, fs::perms::owner_all);
}

void remove_file(const std::string& path) {
    std::error_code error;
    if (fs::remove(path, error)) sync_folder(fs::path(path).parent_path());
}

bool destroy_file(const std::string& path) {
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT;
    struct stat size {};
    bool good = fstat(fd, &size) == 0;
    try {
        const std::string zeros(64 * 1024, '\0');
        for (auto left = good ? std::size_t(size.st_size) : 0; left > 0;) {
            const auto part = std::min(left, zeros.size());
            write_all(fd, std::string_view(zeros).substr(0, part));
            left -= part;
        }
    } catch (const std::system_error&) {
        good = false;
    }
    good = fsync(fd) == 0 && good;
    close(fd);
    remove_file(path);
    return good;
}

void remove_folder(const std::string& path) {
    fs::remove_all(path);
}

void rename_folder(const std::string& from, const std::string& to) {
    fs::rename(from, to);
    sync_folder(fs::path(to).parent_path());
}

std::string foreign_owner(const std::string& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0 || found.st_uid == ::geteuid()) return "";
    const auto* user = ::getpwuid(found.st_uid);
    return user ? user->pw_name : std::to_string(found.st_uid);
}

std::vector<std::string> list_folder(const std::string& path) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(path, error))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace wa::system

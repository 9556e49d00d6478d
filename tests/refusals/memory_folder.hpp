// A folder of this process, in memory where the system has such a place; gone at the end.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "adapters/system/system.hpp"

namespace wa::refusals {

/// Thousands of refusals are journalled here, each with a commit: on a disk most of the time is waiting for
/// it.
inline std::filesystem::path memory_place() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
}

struct MemoryFolder {
    std::string path;
    explicit MemoryFolder(const std::string& name) {
        path = memory_place() / ("wanderamt-" + name + "-" + std::to_string(getpid()));
        system::make_folder(path);
    }
    ~MemoryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace wa::refusals

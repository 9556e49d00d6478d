// A folder of this process, in memory where the system has such a place; gone at the end.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "adapters/system/system.hpp"

namespace wa::refusals {

struct MemoryFolder {
    std::string path;
    explicit MemoryFolder(const std::string& name) {
        const std::filesystem::path memory = "/dev/shm";
        const auto base = std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
        path = base / ("wanderamt-" + name + "-" + std::to_string(getpid()));
        system::make_folder(path);
    }
    ~MemoryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace wa::refusals

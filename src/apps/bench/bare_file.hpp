// What the disk itself takes for a durable commit: measured right beside ours, in the same moment.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "adapters/line_emulator/owned_fd.hpp"
#include "apps/bench/world.hpp"

namespace wa::bench {

/// The least a durable commit takes: one write into room that exists already, one fdatasync.
class BareFile {
  public:
    explicit BareFile(const std::filesystem::path& path)
        : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)), block_(room, 'w') {
        write(room, 0);
        ::fsync(file_.get());
    }
    double commit_ms(std::size_t bytes) {
        bytes = std::min(bytes, room);
        if (at_ + bytes > room) at_ = 0;
        const auto start = Clock::now();
        write(bytes, at_);
        ::fdatasync(file_.get());
        at_ += bytes;
        return milliseconds_since(start);
    }

  private:
    static constexpr std::size_t room = 16 * 1024 * 1024;
    void write(std::size_t bytes, std::size_t at) {
        if (::pwrite(file_.get(), block_.data(), bytes, off_t(at)) != ssize_t(bytes))
            throw std::runtime_error("the bare file cannot be written");
    }
    OwnedFd file_;
    std::vector<char> block_;
    std::size_t at_ = 0;
};

}  // namespace wa::bench

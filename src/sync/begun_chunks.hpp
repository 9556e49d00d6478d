// What devices were in the middle of sending: a chunk whose beginning has arrived. In memory only, so that
// after a cut no byte that is here travels again; a hub that restarts has forgotten it and does not speak of
// it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "sync/wire.hpp"

namespace wa::sync {

/// Thread-safe. The latest of each owner (a device of a tenant), of at most so many owners; who has not sent
/// anything for longest is forgotten first.
class BegunChunks {
  public:
    static constexpr std::size_t owners_max = 256;  ///< of 48 kB each

    void keep(const std::string& owner, const Chunk& chunk);
    void drop(const std::string& owner);
    std::optional<Chunk> find(const std::string& owner) const;

  private:
    struct Kept {
        Chunk chunk;
        std::uint64_t at = 0;
    };
    mutable std::mutex mutex_;
    std::map<std::string, Kept> kept_;
    std::uint64_t clock_ = 0;  ///< counts what was kept
};

}  // namespace wa::sync

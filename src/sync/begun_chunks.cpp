#include "sync/begun_chunks.hpp"

#include <algorithm>

namespace wa::sync {

void BegunChunks::keep(const std::string& owner, const Chunk& chunk) {
    const std::lock_guard lock(mutex_);
    kept_[owner] = {chunk, ++clock_};
    if (kept_.size() <= owners_max) return;
    kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& one, const auto& other) {
        return one.second.at < other.second.at;
    }));
}

void BegunChunks::drop(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    kept_.erase(owner);
}

std::optional<Chunk> BegunChunks::find(const std::string& owner) const {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(owner);
    if (found == kept_.end()) return std::nullopt;
    return found->second.chunk;
}

}  // namespace wa::sync

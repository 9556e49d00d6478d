#include "apps/node/clerk_keys.hpp"

namespace wa::node {

void ClerkKeys::add(const OpenedClerk& clerk) {
    std::lock_guard lock(mutex_);
    keys_[clerk.member.user_id] = clerk.sign_keys;
}

std::optional<SignKeys> ClerkKeys::of(const std::string& user_id) const {
    std::lock_guard lock(mutex_);
    const auto it = keys_.find(user_id);
    return it == keys_.end() ? std::nullopt : std::optional(it->second);
}

std::string ClerkKeys::any() const {
    std::lock_guard lock(mutex_);
    return keys_.empty() ? std::string() : keys_.begin()->first;
}

}  // namespace wa::node

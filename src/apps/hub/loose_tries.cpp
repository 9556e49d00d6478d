#include "apps/hub/loose_tries.hpp"

#include <algorithm>

#include "kernel/identity.hpp"

namespace wa::hub {

namespace {

Hash key_of(const std::string& tenant_id, const std::string& who) {
    return sha256(tenant_id + "\n" + who);
}

}  // namespace

LooseTries::Held LooseTries::of(const std::string& tenant_id, const std::string& who) const {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(key_of(tenant_id, who));
    return found == held_.end() ? Held{} : found->second;
}

void LooseTries::note(const std::string& tenant_id, const std::string& who, std::int64_t counted,
                      Timestamp now) {
    const std::lock_guard lock(mutex_);
    auto& held = held_[key_of(tenant_id, who)];
    held.at_ms = now.ms;
    if (counted + ++held.tries >= sign_in_tries_max) {
        held.tries = 0;
        held.locked_until_ms = now.ms + lock_minutes * 60'000;
    }
    if (held_.size() > names_max)
        held_.erase(std::min_element(held_.begin(), held_.end(), [](const auto& one, const auto& other) {
            return one.second.at_ms < other.second.at_ms;
        }));
}

void LooseTries::forget(const std::string& tenant_id, const std::string& who) {
    const std::lock_guard lock(mutex_);
    held_.erase(key_of(tenant_id, who));
}

}  // namespace wa::hub

#include "adapters/passkey/challenges.hpp"

#include <utility>

#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace wa::passkey {

Challenges::Challenges(std::size_t maximum) : maximum_(maximum) {
    WA_ASSERT(maximum >= 1);
}

std::string Challenges::issue(const Challenge& challenge, Purpose purpose, std::string_view user_id,
                              std::int64_t now_ms) {
    Entry entry{
        to_base64url(sha256(challenge)), {challenge, purpose, std::string(user_id)}, now_ms + lifetime_ms};
    auto id = entry.id;
    const std::lock_guard lock(mutex_);
    while (!entries_.empty() && (entries_.front().expires_ms <= now_ms || entries_.size() >= maximum_))
        forget_oldest();
    entries_.push_back(std::move(entry));
    const bool fresh = by_id_.emplace(id, std::prev(entries_.end())).second;
    WA_ASSERT(fresh);  // the same 32 random bytes twice
    return id;
}

std::optional<Challenges::Issued> Challenges::take(std::string_view id, Purpose purpose,
                                                   std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    const auto found = by_id_.find(std::string(id));
    if (found == by_id_.end()) return std::nullopt;
    const auto entry = std::move(*found->second);
    entries_.erase(found->second);
    by_id_.erase(found);
    if (entry.expires_ms <= now_ms || entry.issued.purpose != purpose) return std::nullopt;
    return entry.issued;
}

std::size_t Challenges::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void Challenges::forget_oldest() {
    by_id_.erase(entries_.front().id);
    entries_.pop_front();
}

}  // namespace wa::passkey

#include "apps/service/sessions.hpp"

#include "adapters/system/system.hpp"
#include "apps/service/tenant_runner.hpp"
#include "kernel/identity.hpp"

namespace wa::service {

namespace {
std::string key_of(const std::string& token) {
    return to_hex(sha256(token));
}
}  // namespace

std::string Sessions::begin(Principal principal, std::int64_t now_ms) {
    const auto token = to_base64url(system::random_bytes<32>());
    std::lock_guard lock(mutex_);
    by_hash_[key_of(token)] = {std::move(principal), now_ms, now_ms, false};
    return token;
}

std::optional<Session> Sessions::find(const std::string& token, std::int64_t now_ms, bool touch) {
    if (token.empty()) return std::nullopt;
    std::lock_guard guard(mutex_);
    const auto it = by_hash_.find(key_of(token));
    if (it == by_hash_.end()) return std::nullopt;
    auto& session = it->second;
    if (now_ms - session.begun_ms > session_max_ms) {
        by_hash_.erase(it);
        return std::nullopt;
    }
    if (now_ms - session.last_used_ms > lock_after_ms) session.locked = true;
    if (touch && !session.locked) session.last_used_ms = now_ms;
    return session;
}

void Sessions::lock(const std::string& token) {
    std::lock_guard guard(mutex_);
    if (const auto it = by_hash_.find(key_of(token)); it != by_hash_.end()) it->second.locked = true;
}

void Sessions::unlock(const std::string& token, std::int64_t now_ms) {
    std::lock_guard guard(mutex_);
    if (const auto it = by_hash_.find(key_of(token)); it != by_hash_.end()) {
        it->second.locked = false;
        it->second.last_used_ms = now_ms;
    }
}

void Sessions::end(const std::string& token) {
    std::lock_guard guard(mutex_);
    by_hash_.erase(key_of(token));
}

void Sessions::end_user(const std::string& tenant_id, const std::string& user_id) {
    end_unless(tenant_id, [&](const Principal& principal) { return principal.actor.user_id != user_id; });
}

void Sessions::end_all() {
    std::lock_guard guard(mutex_);
    by_hash_.clear();
}

void Sessions::end_unless(const std::string& tenant_id, const std::function<bool(const Principal&)>& holds) {
    std::lock_guard guard(mutex_);
    std::erase_if(by_hash_, [&](const auto& entry) {
        const auto& principal = entry.second.principal;
        return principal.tenant_id == tenant_id && !holds(principal);
    });
}

bool still_holds(const Principal& principal, const std::optional<Row>& account) {
    return account && account->text("state") == "active" &&
           actor_of(*account).permissions == principal.actor.permissions;
}

void recheck_sessions(Sessions& sessions, TenantRunner& runner) {
    runner.read([&](Transaction& tx) {
        sessions.end_unless(runner.scope().tenant.id, [&](const Principal& principal) {
            return still_holds(principal, read_row(tx, "user_account", principal.actor.user_id));
        });
    });
}

}  // namespace wa::service

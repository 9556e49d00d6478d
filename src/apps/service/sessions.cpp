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
    std::erase_if(by_hash_,
                  [&](const auto& entry) { return now_ms - entry.second.begun_ms > session_max_ms; });
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

void Sessions::end_all() {
    std::lock_guard guard(mutex_);
    by_hash_.clear();
}

std::size_t Sessions::size() const {
    std::lock_guard guard(mutex_);
    return by_hash_.size();
}

void Sessions::changing(const std::string& token, const std::string& command_id) {
    std::lock_guard guard(mutex_);
    if (const auto it = by_hash_.find(key_of(token)); it != by_hash_.end()) it->second.changing = command_id;
}

void Sessions::recheck(const std::string& tenant_id, const AccountOf& account_of) {
    std::lock_guard guard(mutex_);
    const auto goes_on = [&](Session& session) {
        auto& principal = session.principal;
        if (principal.tenant_id != tenant_id) return true;
        const auto account = account_of(principal.actor.user_id);
        if (!account || !still_holds(principal, account->row)) return false;
        const bool same = account->secrets == principal.secrets;
        const bool own = !session.changing.empty() && account->row.text("version") == session.changing;
        principal.secrets = account->secrets;
        return same || own;
    };
    for (auto it = by_hash_.begin(); it != by_hash_.end();)
        it = goes_on(it->second) ? std::next(it) : by_hash_.erase(it);
}

bool still_holds(const Principal& principal, const Row& account) {
    return account.text("state") == "active" && actor_of(account).permissions == principal.actor.permissions;
}

void recheck_sessions(Sessions& sessions, TenantRunner& runner) {
    runner.read([&](Transaction& tx) {
        sessions.recheck(runner.scope().tenant.id, [&](const std::string& user_id) {
            std::optional<AccountNow> now;
            if (auto row = read_row(tx, "user_account", user_id)) {
                const auto secrets = secrets_of(tx, *row);
                now = AccountNow{std::move(*row), secrets};
            }
            return now;
        });
    });
}

}  // namespace wa::service

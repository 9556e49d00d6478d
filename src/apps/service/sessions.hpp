// Who is signed in at this program: sessions in memory, one per browser, locked after two idle minutes.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "kernel/command.hpp"

namespace wa::service {

/// Idle time after which a session asks for the secret again (desk.md: two minutes).
inline constexpr std::int64_t lock_after_ms = 120'000;
/// A session ends after this, whatever happens.
inline constexpr std::int64_t session_max_ms = 12 * 3'600'000;

/// A person at work here.
struct Principal {
    std::string tenant_id;
    std::string login;
    Actor actor;
    Origin origin;
    Hash secrets{};  ///< secrets_of the account when it signed in
};

struct Session {
    Principal principal;
    std::int64_t begun_ms = 0, last_used_ms = 0;
    bool locked = false;
    std::string changing;  ///< id of the command that is about to change its own secrets
};

/// An account as it is now, with secrets_of.
struct AccountNow {
    Row row;
    Hash secrets{};
};
/// Whether an account still is what its session was begun with: active, with the same permissions.
bool still_holds(const Principal& principal, const Row& account);

/// Thread-safe. Tokens are 32 random bytes; only their hash is kept.
class Sessions {
  public:
    /// A new session (never a token that was there before: no fixation). The cookie's value.
    std::string begin(Principal principal, std::int64_t now_ms);
    /// The session of a token; `touch` counts as use. Locks it when it was idle too long. Empty when unknown
    /// or over.
    std::optional<Session> find(const std::string& token, std::int64_t now_ms, bool touch);
    void lock(const std::string& token);
    void unlock(const std::string& token, std::int64_t now_ms);
    void end(const std::string& token);
    void end_all();
    /// From now on, until it is over (""), what this command makes of its own secrets does not end this
    /// session; what any other makes of them does.
    void changing(const std::string& token, const std::string& command_id);
    /// Ends the sessions of a tenant whose account is another one than when they began: other permissions,
    /// left, or other secrets.
    using AccountOf = std::function<std::optional<AccountNow>(const std::string& user_id)>;
    void recheck(const std::string& tenant_id, const AccountOf& account_of);
    std::size_t size() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, Session> by_hash_;
};

class TenantRunner;
/// After accounts have changed: who has left, has other roles or another secret is signed out at once.
void recheck_sessions(Sessions& sessions, TenantRunner& runner);

}  // namespace wa::service

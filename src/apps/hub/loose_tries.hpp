// Wrong tries to sign in that no account's row counts: with a name nobody has, and of everybody while the
// store cannot be written. They count and lock like the others, so that a name cannot be found out by trying
// and a full disk lets nobody try for ever.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/hash.hpp"
#include "base/time.hpp"

namespace wa::hub {

/// Thread-safe.
class LooseTries {
  public:
    struct Held {
        std::int64_t tries = 0, locked_until_ms = 0, at_ms = 0;
    };

    /// @param who an account's id, or the name that was typed
    Held of(const std::string& tenant_id, const std::string& who) const;
    /// One more.
    /// @param counted tries that the account's row counts besides
    void note(const std::string& tenant_id, const std::string& who, std::int64_t counted, Timestamp now);
    /// The row counts again, or somebody has signed in.
    void forget(const std::string& tenant_id, const std::string& who);

    /// More names than this, and the one tried longest ago is forgotten.
    static constexpr std::size_t names_max = 10'000;

  private:
    mutable std::mutex mutex_;
    std::map<Hash, Held> held_;  ///< by a hash: a name may be long
};

}  // namespace wa::hub

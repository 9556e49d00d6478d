// Challenges that were sent to browsers and not yet answered.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wa::passkey {

using Challenge = std::array<std::uint8_t, 32>;

/// What a challenge was issued for. It may answer nothing else.
enum class Purpose { registration, assertion };

/// Keeps challenges for five minutes, each for one answer. Thread-safe; the time is the caller's.
class Challenges {
  public:
    static constexpr std::int64_t lifetime_ms = 5 * 60 * 1000;
    static constexpr std::size_t default_maximum = 4096;

    struct Issued {
        Challenge challenge{};
        Purpose purpose{};
        std::string user_id;  ///< as given to issue; empty when nobody has been named yet
    };

    /// Above `maximum` (at least 1) open challenges the oldest are forgotten.
    explicit Challenges(std::size_t maximum = default_maximum);

    /// Remembers the challenge and returns the id (43 characters of base64url) under which take() finds it.
    /// The id is the challenge's hash and so as hard to guess as the challenge is random.
    std::string issue(const Challenge& challenge, Purpose purpose, std::string_view user_id,
                      std::int64_t now_ms);

    /// Hands the challenge out and forgets it, whatever becomes of the answer. Empty for an unknown id, one
    /// that was taken already, one older than five minutes, or one issued for another purpose.
    std::optional<Issued> take(std::string_view id, Purpose purpose, std::int64_t now_ms);

    /// Challenges that are kept, expired ones included until the next issue().
    std::size_t size() const;

  private:
    struct Entry {
        std::string id;
        Issued issued;
        std::int64_t expires_ms = 0;
    };
    using Entries = std::list<Entry>;  // oldest first

    void forget_oldest();

    const std::size_t maximum_;
    mutable std::mutex mutex_;
    Entries entries_;
    std::unordered_map<std::string, Entries::iterator> by_id_;
};

}  // namespace wa::passkey

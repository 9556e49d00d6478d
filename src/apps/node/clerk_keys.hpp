// The signing keys of an open tour.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "apps/node/tour_vault.hpp"

namespace wa::node {

/// Keys of the clerks who have given their PIN, for as long as anything of their tour is done.
class ClerkKeys {
  public:
    void add(const OpenedClerk& clerk);
    std::optional<SignKeys> of(const std::string& user_id) const;
    /// Who has given it; one of them.
    std::string any() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, SignKeys> keys_;
};

}  // namespace wa::node

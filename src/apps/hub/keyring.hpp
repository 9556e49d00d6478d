// The hub's secrets at rest: one master key, and everything else wrapped by it.
#pragma once

#include <optional>
#include <string>

#include "base/crypto.hpp"
#include "base/json.hpp"

namespace wa::hub {

/// Holds the master key (file master.key, readable by the service only; with systemd better a credential).
class Keyring {
  public:
    /// Reads the key, or makes one when `data_dir` is still empty of tenants. Throws when it is lost.
    explicit Keyring(const std::string& data_dir);

    /// The key in this file, for what another hub has wrapped. Throws when it is none.
    static Keyring from_file(const std::string& path);

    /// A secret as text for a file: wrapped, bound to what it is for.
    std::string wrap(std::span<const std::uint8_t> secret, const std::string& purpose) const;
    /// Throws std::runtime_error when it is not ours or was changed.
    Bytes unwrap(const std::string& wrapped, const std::string& purpose) const;

  private:
    Keyring() = default;
    Key32 master_;
};

}  // namespace wa::hub

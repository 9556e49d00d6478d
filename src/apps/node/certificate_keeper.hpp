// Keeps the Koffer's certificate good: asks the hub for a new one, with a fresh key, before the old one ends.
#pragma once

#include <atomic>
#include <string>

#include "adapters/http/loop.hpp"
#include "apps/node/device.hpp"

namespace wa::node {

/// From this many days before its end on, a certificate is renewed whenever there is a line.
inline constexpr int renew_days_before = 60;

/// Thread-safe. Must outlive its loops.
class CertificateKeeper {
  public:
    CertificateKeeper(const Device& device, std::string data_dir, http::Loop& line, http::Loop& slow);

    /// Asks when it is time and no question is open; at most once a minute. Returns at once.
    void look();
    /// {"expires_at", "expired", "days"}: days left, 0 on the last day and after it.
    json::object state() const;

  private:
    void arrived(const std::optional<std::string>& answer);

    const Device& device_;
    std::string data_dir_;
    http::Loop& line_;
    http::Loop& slow_;
    std::atomic<bool> asking_ = false;
    std::atomic<std::int64_t> not_before_ms_ = 0;
};

/// Renews now, over the old certificate's connection. Throws std::runtime_error with a plain sentence.
void renew_certificate(const std::string& data_dir);

}  // namespace wa::node

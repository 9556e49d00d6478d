// How often each clerk has tried a wrong PIN at this Koffer, on disk.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace wa::node {

class PinTries {
  public:
    explicit PinTries(std::string path) : path_(std::move(path)) {}

    /// To be called before the PIN is tried, so that pulling the plug gives no try back. Problem:
    /// tours_pin_locked.
    Result<void> count(const std::string& user_id, std::int64_t now_ms);
    void clear(const std::string& user_id);
    /// Nobody judged the PIN: as if it had not been tried.
    void give_back(const std::string& user_id);
    /// sign_in_failed, with the tries that are left; tours_pin_locked when that was the last.
    Problem wrong_pin(const std::string& user_id) const;

  private:
    std::string path_;
};

}  // namespace wa::node

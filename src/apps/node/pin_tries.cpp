#include "apps/node/pin_tries.hpp"

#include "apps/node/json_file.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"

namespace wa::node {

Result<void> PinTries::count(const std::string& user_id, std::int64_t now_ms) {
    auto all = read_json(path_);
    const auto mine = object_of(all, user_id);
    if (const auto until = integer_of(mine, "locked_until_ms"); until > now_ms)
        return fail(problems::tours_pin_locked, {{"minutes", (until - now_ms) / 60'000 + 1}});
    auto tries = integer_of(mine, "tries") + 1;
    std::int64_t locked_until = 0;
    if (tries >= sign_in_tries_max) {
        locked_until = now_ms + lock_minutes * 60'000;
        tries = 0;
    }
    all[user_id] = json::object{{"tries", tries}, {"locked_until_ms", locked_until}};
    system::write_file(path_, json::serialize(all), true);
    return {};
}

void PinTries::clear(const std::string& user_id) {
    auto all = read_json(path_);
    all.erase(user_id);
    system::write_file(path_, json::serialize(all), true);
}

void PinTries::give_back(const std::string& user_id) {
    auto all = read_json(path_);
    const auto tries = integer_of(object_of(all, user_id), "tries");
    // The last try locks, and begins to count anew.
    all[user_id] =
        json::object{{"tries", (tries == 0 ? sign_in_tries_max : tries) - 1}, {"locked_until_ms", 0}};
    system::write_file(path_, json::serialize(all), true);
}

Problem PinTries::wrong_pin(const std::string& user_id) const {
    const auto tries = integer_of(object_of(read_json(path_), user_id), "tries");
    if (tries == 0) return Problem(problems::tours_pin_locked, {{"minutes", lock_minutes}});
    return Problem(problems::sign_in_failed, {{"tries_left", sign_in_tries_max - tries}});
}

}  // namespace wa::node

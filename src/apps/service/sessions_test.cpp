#include "apps/service/sessions.hpp"

#include <gtest/gtest.h>

namespace wa::service {
namespace {

Principal clerk() {
    Principal principal;
    principal.actor.user_id = "U1";
    return principal;
}

TEST(Sessions, LocksAfterTwoIdleMinutesAndKeepsTheSession) {
    Sessions sessions;
    const auto token = sessions.begin(clerk(), 0);
    EXPECT_FALSE(sessions.find(token, lock_after_ms, true)->locked);
    EXPECT_TRUE(sessions.find(token, 2 * lock_after_ms + 1, true)->locked);
    sessions.unlock(token, 2 * lock_after_ms + 2);
    EXPECT_FALSE(sessions.find(token, 2 * lock_after_ms + 3, true)->locked);
}

TEST(Sessions, LookingDoesNotKeepItOpen) {
    Sessions sessions;
    const auto token = sessions.begin(clerk(), 0);
    for (int i = 1; i <= 4; ++i) sessions.find(token, i * lock_after_ms / 2, false);
    EXPECT_TRUE(sessions.find(token, 2 * lock_after_ms, false)->locked);
}

TEST(Sessions, EndsAfterItsLongestTimeAndWhenTold) {
    Sessions sessions;
    const auto token = sessions.begin(clerk(), 0);
    EXPECT_FALSE(sessions.find(token, session_max_ms + 1, true));
    const auto second = sessions.begin(clerk(), 0), third = sessions.begin(clerk(), 0);
    EXPECT_NE(second, third);
    sessions.end(second);
    EXPECT_FALSE(sessions.find(second, 1, true));
    sessions.end_user("U1");
    EXPECT_FALSE(sessions.find(third, 1, true));
    EXPECT_FALSE(sessions.find("", 1, true));
    EXPECT_FALSE(sessions.find("made up", 1, true));
}

}  // namespace
}  // namespace wa::service

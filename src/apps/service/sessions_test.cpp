#include "apps/service/sessions.hpp"

#include <gtest/gtest.h>

#include "kernel/identity.hpp"

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
    EXPECT_TRUE(sessions.find(third, 1, true));
    sessions.end_all();
    EXPECT_FALSE(sessions.find(third, 1, true));
    EXPECT_FALSE(sessions.find("", 1, true));
    EXPECT_FALSE(sessions.find("made up", 1, true));
}

/// An account as the store gives it.
Row account(const char* state, const char* roles) {
    auto names =
        std::make_shared<std::vector<std::string>>(std::vector<std::string>{"id", "name", "state", "roles"});
    return Row(std::move(names),
               {std::string("U1"), std::string("Erika Amt"), std::string(state), std::string(roles)});
}

TEST(Sessions, WhoHasLeftOrHasOtherRolesIsSignedOut) {
    auto principal = clerk();
    principal.actor.permissions = permissions_of({"clerk"});
    EXPECT_TRUE(still_holds(principal, account("active", R"(["clerk"])")));
    EXPECT_FALSE(still_holds(principal, account("left", R"(["clerk"])")));
    EXPECT_FALSE(still_holds(principal, account("active", R"(["reception"])")));
    EXPECT_FALSE(still_holds(principal, account("active", R"(["clerk", "admin"])")));
}

/// With these secrets, changed last by this command.
AccountNow account_with(const char* secret, const char* version) {
    auto names = std::make_shared<std::vector<std::string>>(
        std::vector<std::string>{"id", "version", "name", "state", "roles"});
    return {Row(std::move(names), {std::string("U1"), std::string(version), std::string("Erika Amt"),
                                   std::string("active"), std::string("[]")}),
            sha256(secret)};
}

TEST(Sessions, AnotherSecretEndsAllButTheSessionThatHasSetIt) {
    Sessions sessions;
    auto principal = clerk();
    principal.secrets = sha256("a");
    const auto first = sessions.begin(principal, 0), second = sessions.begin(principal, 0);
    const auto now_is = [&](const char* secret, const char* version) {
        sessions.recheck("", [&](const std::string&) { return account_with(secret, version); });
    };
    now_is("a", "C1");
    EXPECT_TRUE(sessions.find(first, 1, true) && sessions.find(second, 1, true));
    sessions.changing(first, "C2");
    now_is("b", "C2");
    EXPECT_TRUE(sessions.find(first, 1, true));
    EXPECT_FALSE(sessions.find(second, 1, true));
    sessions.changing(first, "");
    now_is("b", "C3");
    EXPECT_TRUE(sessions.find(first, 1, true)) << "something else of the account";
    // It is about to set one as well, but this one is somebody else's.
    sessions.changing(first, "C4");
    now_is("c", "C5");
    EXPECT_FALSE(sessions.find(first, 1, true));
}

TEST(Sessions, WhatIsOverIsNotKept) {
    Sessions sessions;
    for (int i = 0; i < 3; ++i) sessions.begin(clerk(), 0);
    sessions.begin(clerk(), session_max_ms + 1);
    EXPECT_EQ(sessions.size(), 1u);
}

TEST(Sessions, OnlyTheTenantsOwnSessionsAreLookedAt) {
    Sessions sessions;
    auto here = clerk(), there = clerk();
    here.tenant_id = "9-00001";
    there.tenant_id = "9-00002";
    const auto ours = sessions.begin(here, 0), theirs = sessions.begin(there, 0);
    sessions.recheck("9-00001", [](const std::string&) { return std::nullopt; });
    EXPECT_FALSE(sessions.find(ours, 1, true));
    EXPECT_TRUE(sessions.find(theirs, 1, true));
}

}  // namespace
}  // namespace wa::service

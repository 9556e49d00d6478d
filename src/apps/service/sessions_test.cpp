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
    EXPECT_FALSE(still_holds(principal, std::nullopt));
}

/// The same with a password and a PIN.
Row account_with(const char* password, const char* sign_key) {
    auto names = std::make_shared<std::vector<std::string>>(
        std::vector<std::string>{"id", "name", "state", "roles", "password_hash", "sign_key"});
    return Row(std::move(names), {std::string("U1"), std::string("Erika Amt"), std::string("active"),
                                  std::string("[]"), std::string(password), to_bytes(sign_key)});
}

TEST(Sessions, AnotherSecretEndsAllButTheSessionThatHasSetIt) {
    Sessions sessions;
    auto principal = clerk();
    principal.secrets = secrets_of(account_with("a", "k"));
    const auto first = sessions.begin(principal, 0), second = sessions.begin(principal, 0);
    const auto now_is = [&](const char* password, const char* key) {
        sessions.recheck("", [&](const std::string&) { return account_with(password, key); });
    };
    now_is("a", "k");
    EXPECT_TRUE(sessions.find(first, 1, true) && sessions.find(second, 1, true));
    sessions.changing(first, true);
    now_is("b", "k");
    EXPECT_TRUE(sessions.find(first, 1, true));
    EXPECT_FALSE(sessions.find(second, 1, true));
    sessions.changing(first, false);
    now_is("b", "k");
    EXPECT_TRUE(sessions.find(first, 1, true));
    now_is("b", "another");
    EXPECT_FALSE(sessions.find(first, 1, true)) << "a PIN is a secret like the password";
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

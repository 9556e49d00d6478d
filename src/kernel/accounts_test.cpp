// Accounts, roles, passkeys and devices: what may be given and taken, and what is refused.
#include "kernel/data.hpp"
#include "kernel/kernel_test.hpp"

namespace wa {
namespace {

using testing::KernelWorld;

class Accounts : public ::testing::Test {
  protected:
    std::string create(const char* login, const char* role) {
        return text_of(world_.must("user.create",
                                   {{"login", login},
                                    {"name", login},
                                    {"roles", json::array{role}},
                                    {"password_hash", "hash of " + std::string(login)}},
                                   system_actor()),
                       "user_id");
    }
    Actor actor(const std::string& id) { return actor_of(*world_.row("user_account", id)); }
    std::string add_passkey(const std::string& user, const char* name) {
        world_.at.ms += 1000;  // ids sort by their time
        world_.must("user.add_passkey",
                    {{"credential", to_base64url(as_span(std::string_view(name)))},
                     {"public_key", "AAAA"},
                     {"sign_count", 0},
                     {"name", name}},
                    actor(user));
        const auto keys = passkeys({{"user_id", user}}, admin_actor());
        return text_of(keys.back().as_object(), "id");
    }
    json::array passkeys(json::object params, const Actor& who) {
        const auto answer = world_.ask("user.passkeys", std::move(params), who);
        return answer ? array_of(*answer, "passkeys") : json::array{answer.error().code};
    }
    Actor admin_actor() { return actor(admin_); }

    KernelWorld world_;
    std::string admin_ = create("amt.admin", "admin"), clerk_ = create("amt.clerk", "clerk");
};

TEST_F(Accounts, RolesAreGivenAndTaken) {
    world_.must("user.set_roles", {{"user_id", clerk_}, {"roles", json::array{"clerk", "team_lead"}}},
                admin_actor());
    EXPECT_TRUE(actor(clerk_).may("register.release"));
    world_.must("user.set_roles", {{"user_id", clerk_}, {"roles", json::array{"reception"}}}, admin_actor());
    EXPECT_FALSE(actor(clerk_).may("case.write"));
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Accounts, RolesThatAreRefused) {
    const auto set = [&](json::array roles, const Actor& who) {
        return world_.refusal("user.set_roles", {{"user_id", clerk_}, {"roles", std::move(roles)}}, who);
    };
    EXPECT_EQ(set({"kaiser"}, admin_actor()), "user_no_role");
    EXPECT_EQ(set({"clerk", 3}, admin_actor()), "user_no_role");
    EXPECT_EQ(set({"system"}, admin_actor()), "user_no_role");  // the program's own
    EXPECT_EQ(set({"auditor", "reception"}, admin_actor()), "user_no_role");
    EXPECT_EQ(set({"team_lead", "admin"}, admin_actor()), "user_no_role");
    EXPECT_EQ(set({"clerk", "reception"}, admin_actor()), "");
    EXPECT_EQ(set({}, admin_actor()), "payload_invalid");
    EXPECT_EQ(set({"clerk"}, actor(clerk_)), "permission_denied");
    EXPECT_EQ(world_.refusal("user.set_roles",
                             {{"user_id", world_.next_id()}, {"roles", json::array{"clerk"}}}, admin_actor()),
              "user_not_found");
    EXPECT_EQ(
        world_.refusal("user.create", {{"login", "x.y"}, {"name", "X"}, {"roles", json::array{"system"}}},
                       admin_actor()),
        "user_no_role");
    EXPECT_EQ(world_.refusal("user.create",
                             {{"login", "x.y"}, {"name", "X"}, {"roles", json::array{"clerk", "auditor"}}},
                             admin_actor()),
              "user_no_role");
    world_.scope().side = Side::node;
    EXPECT_EQ(set({"clerk"}, admin_actor()), "needs_hub");
}

TEST_F(Accounts, NobodyChangesTheirOwnRoles) {
    const auto mine = [&](const char* role) {
        return world_.refusal("user.set_roles", {{"user_id", admin_}, {"roles", json::array{role}}},
                              admin_actor());
    };
    EXPECT_EQ(mine("clerk"), "user_own_account");
    EXPECT_EQ(mine("reception"), "user_own_account");
    EXPECT_EQ(world_.refusal("user.set_state", {{"user_id", admin_}, {"state", "left"}}, admin_actor()),
              "user_own_account");
    EXPECT_EQ(mine("admin"), "user_own_account");
    // Another one may.
    const auto second = create("amt.second", "admin");
    EXPECT_EQ(world_.refusal("user.set_roles", {{"user_id", admin_}, {"roles", json::array{"clerk"}}},
                             actor(second)),
              "");
    EXPECT_FALSE(admin_actor().may("user.manage"));
}

TEST_F(Accounts, WhoHasLeftKeepsNothingThatOpens) {
    const std::string key(64, 'a');
    world_.must("user.set_pin", {{"sign_key", key}, {"seal_key", key}, {"wrapped_seed", "abcd"}},
                actor(clerk_));
    add_passkey(clerk_, "Schluessel");
    world_.must("user.set_state", {{"user_id", clerk_}, {"state", "left"}}, admin_actor());
    const auto row = *world_.row("user_account", clerk_);
    EXPECT_EQ(row.text("state"), "left");
    for (const auto* column : {"password_hash", "seal_key", "wrapped_seed"})
        EXPECT_TRUE(row.is_null(column)) << column;
    EXPECT_FALSE(row.is_null("sign_key"));  // proves what was signed before
    EXPECT_TRUE(passkeys({{"user_id", clerk_}}, admin_actor()).empty());
    EXPECT_TRUE(world_.verify().faults.empty());
    world_.must("user.set_state", {{"user_id", clerk_}, {"state", "active"}}, admin_actor());
    EXPECT_TRUE(world_.row("user_account", clerk_)->is_null("password_hash"));  // a new one must be set
}

TEST_F(Accounts, TheKeysOfFormerPinsAreKeptUnlessSomebodyElseHasOne) {
    const auto set = [&](char key, bool compromised) {
        const std::string hex(64, key);
        world_.at.ms += 1000;
        world_.must(
            "user.set_pin",
            {{"sign_key", hex}, {"seal_key", hex}, {"wrapped_seed", "abcd"}, {"compromised", compromised}},
            actor(clerk_));
    };
    using Keys = std::vector<std::tuple<std::string, std::int64_t, std::int64_t>>;
    const auto former = [&] {
        Keys keys;
        for (const auto& row : world_.tx().query(sql::kernel::former_sign_keys, {{"user_id", clerk_}}))
            keys.emplace_back(to_hex(row.bytes("sign_key")).substr(0, 1), row.integer("from_ms"),
                              row.integer("until_ms"));
        return keys;
    };
    set('a', false);
    EXPECT_TRUE(former().empty());
    set('b', false);
    const auto second = world_.at.ms;
    set('c', false);
    const auto third = world_.at.ms;
    EXPECT_EQ(former(), (Keys{{"b", second, third}, {"a", 0, second}}));
    set('d', true);
    EXPECT_TRUE(former().empty()) << "whoever has one of them may have those before it";
    set('e', false);
    EXPECT_EQ(former(), (Keys{{"d", 0, world_.at.ms}}));
    EXPECT_TRUE(world_.verify().faults.empty());
}

/// Counted in the same step that judges them.
TEST_F(Accounts, WrongPinsOfAKofferAreCountedAndLock) {
    const auto tried = [&](char proof) {
        return world_.must("user.try_pin", {{"user_id", clerk_}, {"pin_auth", std::string(64, proof)}},
                           system_actor());
    };
    EXPECT_EQ(text_of(tried('a'), "judged"), "wrong") << "no PIN is no right one";
    world_.must("user.set_pin",
                {{"sign_key", std::string(64, '1')},
                 {"seal_key", std::string(64, '2')},
                 {"wrapped_seed", "abcd"},
                 {"pin_auth", std::string(64, 'a')}},
                actor(clerk_));
    for (int left = sign_in_tries_max - 1; left > 0; --left)
        EXPECT_EQ(integer_of(tried('b'), "tries_left"), left);
    EXPECT_EQ(text_of(tried('a'), "judged"), "good");
    for (int left = sign_in_tries_max - 1; left >= 0; --left)
        EXPECT_EQ(integer_of(tried('b'), "tries_left"), left);
    EXPECT_EQ(text_of(tried('a'), "judged"), "locked");
    EXPECT_EQ(world_.row("user_account", clerk_)->integer("failed_tries"), 0)
        << "the sign-in has its own count";
    world_.at.ms += lock_minutes * 60'000;
    EXPECT_EQ(text_of(tried('a'), "judged"), "good");
    for (int i = 0; i < sign_in_tries_max; ++i) tried('b');
    world_.must("user.unlock", {{"user_id", clerk_}}, admin_actor());
    EXPECT_EQ(text_of(tried('a'), "judged"), "good");
    EXPECT_EQ(world_.refusal("user.try_pin", {{"user_id", clerk_}, {"pin_auth", std::string(64, 'a')}},
                             admin_actor()),
              "permission_denied");
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Accounts, StatesThatAreRefused) {
    EXPECT_EQ(world_.refusal("user.set_state", {{"user_id", clerk_}, {"state", "asleep"}}, admin_actor()),
              "payload_invalid");
    EXPECT_EQ(
        world_.refusal("user.set_state", {{"user_id", world_.next_id()}, {"state", "left"}}, admin_actor()),
        "user_not_found");
    EXPECT_EQ(world_.refusal("user.set_state", {{"user_id", admin_}, {"state", "left"}}, actor(clerk_)),
              "permission_denied");
}

TEST_F(Accounts, PasskeysAreListedWithoutTheirKeysAndRemoved) {
    const auto first = add_passkey(clerk_, "Rechner"), second = add_passkey(clerk_, "Telefon");
    world_.must("user.note_passkey", {{"passkey_id", first}, {"sign_count", 1}}, system_actor());
    const auto mine = passkeys({}, actor(clerk_));
    ASSERT_EQ(mine.size(), 2u);
    const auto& one = mine[0].as_object();
    EXPECT_EQ(text_of(one, "name"), "Rechner");
    EXPECT_EQ(integer_of(one, "added_at_ms"), world_.at.ms - 1000);
    EXPECT_EQ(integer_of(one, "used_at_ms"), world_.at.ms);
    EXPECT_FALSE(one.contains("credential") || one.contains("public_key"));
    world_.must("user.remove_passkey", {{"passkey_id", first}}, actor(clerk_));
    ASSERT_EQ(passkeys({}, actor(clerk_)).size(), 1u);
    // A lost one is removed by who manages accounts.
    world_.must("user.remove_passkey", {{"passkey_id", second}}, admin_actor());
    EXPECT_TRUE(passkeys({}, actor(clerk_)).empty());
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Accounts, PasskeysOfOthersAreNobodysBusiness) {
    const auto key = add_passkey(clerk_, "Rechner");
    const auto colleague = create("amt.other", "clerk");
    EXPECT_EQ(passkeys({{"user_id", clerk_}}, actor(colleague)), json::array{"permission_denied"});
    EXPECT_EQ(world_.refusal("user.remove_passkey", {{"passkey_id", key}}, actor(colleague)),
              "permission_denied");
    EXPECT_EQ(world_.refusal("user.remove_passkey", {{"passkey_id", world_.next_id()}}, actor(clerk_)),
              "not_found");
}

TEST_F(Accounts, TheLastWayToSignInIsNotRemoved) {
    const auto only = text_of(
        world_.must("user.create", {{"login", "nur.passkey"}, {"name", "N"}, {"roles", json::array{"clerk"}}},
                    system_actor()),
        "user_id");
    const auto key = add_passkey(only, "Rechner");
    EXPECT_EQ(world_.refusal("user.remove_passkey", {{"passkey_id", key}}, actor(only)), "passkey_last");
    add_passkey(only, "Telefon");
    EXPECT_EQ(world_.refusal("user.remove_passkey", {{"passkey_id", key}}, actor(only)), "");
}

TEST_F(Accounts, RolesHaveGermanNames) {
    const auto answer = world_.ask("role.list", {}, actor(clerk_));
    ASSERT_TRUE(answer);
    std::set<std::string> ids;
    for (const auto& entry : array_of(*answer, "roles")) {
        const auto& role = entry.as_object();
        ids.insert(text_of(role, "id"));
        EXPECT_FALSE(text_of(object_of(role, "title"), "de").empty());
        EXPECT_FALSE(array_of(role, "permissions").empty());
    }
    EXPECT_EQ(ids,
              (std::set<std::string>{"reception", "clerk", "koffer_clerk", "team_lead", "admin", "auditor"}));
}

TEST_F(Accounts, AKofferNeverHoldsAPassword) {
    world_.must("user.set_pin",
                {{"sign_key", std::string(64, '1')},
                 {"seal_key", std::string(64, '2')},
                 {"wrapped_seed", "abcd"},
                 {"pin_auth", std::string(64, 'a')}},
                actor(clerk_));
    const auto here = *world_.row("user_account", clerk_);
    const auto there = testing::kernel_registry().travelling("user_account", here);
    EXPECT_FALSE(here.is_null("password_hash"));
    for (const auto* column : {"password_hash", "pin_auth", "wrapped_seed"})
        EXPECT_TRUE(there.is_null(column)) << column;
    EXPECT_FALSE(there.is_null("seal_key"));
    EXPECT_EQ(there.text("login"), here.text("login"));
    EXPECT_EQ(there.names(), here.names());
}

TEST_F(Accounts, DevicesNameTheLastDayOfTheirCertificate) {
    const auto device = text_of(world_.must("device.prepare",
                                            {{"name", "Koffer 1"},
                                             {"code_hash", std::string(64, 'a')},
                                             {"code_expires", "2026-11-05T08:30:00Z"}},
                                            admin_actor()),
                                "device_id");
    const auto listed = [&] {
        return array_of(*world_.ask("device.list", {}, actor(clerk_)), "devices")[0].as_object();
    };
    EXPECT_TRUE(listed().at("certificate_until").is_null());
    const json::object enrol{{"device_id", device},
                             {"certificate", "AAAA"},
                             {"certificate_until", "2027-11-05T23:30:00Z"},
                             {"fingerprint", std::string(64, 'b')},
                             {"sign_key", std::string(64, 'c')}};
    auto without = enrol;
    without.erase("certificate_until");
    EXPECT_EQ(world_.refusal("device.enrol", without, system_actor()), "payload_invalid");
    EXPECT_EQ(world_.refusal("device.enrol", enrol, admin_actor()), "permission_denied");
    world_.must("device.enrol", enrol, system_actor());
    EXPECT_EQ(text_of(listed(), "certificate_until"), "2027-11-06");  // the day in Berlin
    EXPECT_FALSE(listed().contains("certificate"));
}

}  // namespace
}  // namespace wa

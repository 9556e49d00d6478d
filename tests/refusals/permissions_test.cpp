// Every way in × every role × signed in, not signed in, expired, locked: against permissions.json, the table
// a person has decided on. A new command or a changed role shows there as a difference.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "world.hpp"

namespace wa::refusals {
namespace {

const json::object& table() {
    static const json::object all = [] {
        const auto text = system::read_file(WA_SOURCE_DIR "/tests/refusals/permissions.json");
        return parse_json(text.value())->as_object();
    }();
    return all;
}

/// A way in, its name in the journal and who is granted it.
struct Way {
    service::Route route;
    std::string name;
    std::string section, key;  ///< in the table
};

std::vector<Way> ways() {
    std::vector<Way> all;
    for (const auto& route : world().api.routes()) {
        if (route.gate == service::Gate::anyone) continue;
        Way way{route, route.method + " " + route.path, "routes", route.method + " " + route.path};
        for (const auto& [section, prefix] : {std::pair{"commands", "/api/commands/"},
                                              {"queries", "/api/queries/"},
                                              {"letters", "/api/letters/"}})
            if (route.path.starts_with(prefix)) {
                way.section = section;
                way.key = route.path.substr(std::string_view(prefix).size());
                way.name = (way.section == "letters" ? "letter." : "") + way.key;
            }
        all.push_back(std::move(way));
    }
    return all;
}

bool is_granted(const Way& way, const std::string& role) {
    for (const auto& one : array_of(object_of(table(), way.section), way.key))
        if (one.as_string() == role) return true;
    return false;
}

Answer knock(const Way& way, const std::string& token) {
    auto path = way.route.path;
    if (way.route.below) path += std::string(64, 'a') + "?case=" + world().testhausen.objects.at("case");
    const json::object body{{"id", system::new_id()}, {"payload", json::object()}};
    const bool bare = way.section == "queries" || way.section == "letters" || way.section == "routes";
    return world().call(way.route.method, path, bare ? "{}" : json::serialize(body), token);
}

void expect_words(const Answer& answer, const std::string& what) {
    const auto& words = object_of(answer.body, "words");
    EXPECT_FALSE(text_of(words, "de").empty() || text_of(words, "do").empty())
        << what << " " << answer.raw.substr(0, 200);
}

TEST(Permissions, TheTableNamesEveryWayInAndNothingElse) {
    std::set<std::string> declared, decided;
    for (const auto& way : ways()) declared.insert(way.section + " " + way.key);
    for (const auto& section : table())
        for (const auto& entry : section.value().as_object())
            decided.insert(std::string(section.key()) + " " + std::string(entry.key()));
    EXPECT_EQ(declared, decided) << "decide in tests/refusals/permissions.json which roles may do it";
}

TEST(Permissions, WhatNoRoleGrantsIsRefusedAndJournalled) {
    auto& w = world();
    for (const auto& [role, principal] : w.testhausen.staff)
        for (const auto& way : ways()) {
            const auto what = role + " " + way.name;
            const auto before = w.journal_length(w.testhausen);
            const auto token = w.sign_in(w.testhausen, role);
            const auto answer = knock(way, token);
            if (is_granted(way, role)) {
                EXPECT_NE(answer.code(), "permission_denied") << what;
                continue;
            }
            EXPECT_EQ(answer.status, 403) << what << answer.raw;
            EXPECT_EQ(answer.code(), "permission_denied") << what;
            expect_words(answer, what);
            const auto entry = w.journal_end(w.testhausen);
            EXPECT_GT(w.journal_length(w.testhausen), before) << what;
            EXPECT_EQ(entry.text("actor"), principal.actor.user_id) << what;
            EXPECT_EQ(entry.text("outcome"), "refused:permission_denied") << what;
            EXPECT_EQ(entry.text("name"), way.section == "routes" ? entry.text("name") : way.name) << what;
        }
}

TEST(Permissions, WithoutASignInNothingIsAnsweredAndTheSecurityLogKnows) {
    auto& w = world();
    const auto long_ago = system::now().ms - service::session_max_ms - 1000;
    const auto expired = w.sign_in(w.testhausen, "team_lead", long_ago);
    for (const auto& token : {std::string(), expired, std::string("made up")})
        for (const auto& way : ways()) {
            w.take_security_log();
            const auto answer = knock(way, token);
            EXPECT_EQ(answer.status, 401) << way.name;
            EXPECT_EQ(answer.code(), "not_signed_in") << way.name;
            expect_words(answer, way.name);
            const auto logged = w.take_security_log();
            ASSERT_EQ(logged.size(), 1u) << way.name;
            EXPECT_EQ(logged[0].code, "not_signed_in");
            EXPECT_EQ(logged[0].route, way.name);
            EXPECT_EQ(logged[0].remote, "192.0.2.7");
        }
}

TEST(Permissions, ALockedScreenAnswersNothingButItsUnlocking) {
    auto& w = world();
    for (const auto& way : ways()) {
        if (way.route.gate == service::Gate::session) continue;
        const auto token = w.sign_in(w.testhausen, "team_lead");
        w.api.sessions().lock(token);
        const auto before = w.journal_length(w.testhausen);
        const auto answer = knock(way, token);
        EXPECT_EQ(answer.code(), "session_locked") << way.name;
        EXPECT_EQ(w.journal_length(w.testhausen), before + 1) << way.name;
        EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:session_locked");
        EXPECT_EQ(w.journal_end(w.testhausen).text("name"), way.name);
    }
}

/// The county has no register of residents: no role of its own people makes it one.
TEST(Permissions, AFunctionTheAuthorityLacksIsRefusedToEveryRole) {
    auto& w = world();
    const auto& registry = w.runner(w.county).engine().registry();
    int refused = 0;
    for (const auto& [role, principal] : w.county.staff)
        for (const auto& way : ways()) {
            const auto* command = registry.command(way.key);
            const auto* query = registry.query(way.key);
            const auto function = command ? command->function : query ? query->function : std::string();
            if (function.empty() || !is_granted(way, role)) continue;
            const auto before = w.journal_length(w.county);
            EXPECT_EQ(knock(way, w.sign_in(w.county, role)).code(), "function_missing") << way.name;
            EXPECT_EQ(w.journal_length(w.county), before + 1) << way.name;
            ++refused;
        }
    EXPECT_GT(refused, 10);
}

/// Permissions that no command names, but handlers ask for.
TEST(Permissions, WhatAHandlerAsksForIsRefusedToo) {
    auto& w = world();
    const auto before = w.digest(w.testhausen);
    const auto clerk = w.sign_in(w.testhausen, "clerk");
    EXPECT_EQ(
        w.command("user.set_password",
                  {{"user_id", w.testhausen.staff["admin"].actor.user_id}, {"password_hash", "x"}}, clerk)
            .code(),
        "permission_denied");
    EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:permission_denied");
    const auto admin = w.sign_in(w.testhausen, "admin");
    for (const auto* role : {"system", "root", ""})
        EXPECT_EQ(
            w.command("user.create", {{"login", "x"}, {"name", "X"}, {"roles", json::array{role}}}, admin)
                .code(),
            "user_no_role")
            << role;
    EXPECT_EQ(w.digest(w.testhausen), before);
}

/// The answer of a command done before is for who may run it, and for the same command.
TEST(Permissions, AUsedIdOpensNothing) {
    auto& w = world();
    const auto& used = w.testhausen.objects["case"];
    const auto before = w.digest(w.testhausen);
    EXPECT_EQ(w.command("case.open", {}, w.sign_in(w.testhausen, "reception"), used).code(),
              "permission_denied");
    EXPECT_EQ(w.command("case.withdraw", {{"case_id", used}, {"reason", "x"}},
                        w.sign_in(w.testhausen, "clerk"), used)
                  .code(),
              "command_bad_id");
    EXPECT_TRUE(flag_of(w.command("case.open", {}, w.sign_in(w.testhausen, "clerk"), used).body, "repeated"));
    EXPECT_EQ(w.digest(w.testhausen), before);
}

TEST(Permissions, UnknownNamesAreRefusedAndNotWrittenDown) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "team_lead");
    for (const auto* kind : {"commands", "queries", "letters"}) {
        const auto answer = w.call("POST", std::string("/api/") + kind + "/Erna Muster", "{}", token);
        EXPECT_EQ(answer.status, 404);
        expect_words(answer, kind);
        EXPECT_EQ(w.journal_end(w.testhausen).text("name"), "unknown") << kind;
    }
}

}  // namespace
}  // namespace wa::refusals

// Every way in × every role × own tenant, another's, no sign-in, expired, locked: against permissions.json,
// the table a person has decided on. A new command or a changed role shows there as a difference.
#include "ways.hpp"

namespace wa::refusals {
namespace {

Answer knock(const Way& way, const std::string& token, const json::object& payload = {},
             const std::string& below = std::string(64, 'a')) {
    auto path = way.route.path;
    if (way.route.below)
        path += below + "?case=" + text_of(payload, "case_id", world().testhausen.objects.at("case"));
    return world().call(way.route.method, path, body_of(way, payload), token);
}

void expect_words(const Answer& answer, const std::string& what) {
    const auto& words = object_of(answer.body, "words");
    EXPECT_FALSE(text_of(words, "de").empty() || text_of(words, "do").empty())
        << what << " " << answer.raw.substr(0, 200);
}

/// The journal's last entry says who was refused what, and it is new.
void expect_journalled(const Authority& authority, std::int64_t before, const std::string& actor,
                       const std::string& name, const std::string& code, const std::string& what) {
    EXPECT_EQ(world().journal_length(authority), before + 1) << what;
    const auto entry = world().journal_end(authority);
    EXPECT_EQ(entry.text("actor"), actor) << what;
    EXPECT_EQ(entry.text("name"), name) << what;
    EXPECT_EQ(entry.text("outcome"), "refused:" + code) << what;
}

/// Calls `each` with every role of Testhausen, its account and every way in.
template <typename Each>
void with_every_role(Each each) {
    const auto all = ways(world().api);
    for (const auto& [role, principal] : world().testhausen.staff)
        for (const auto& way : all) each(role, principal.actor.user_id, way, role + " " + way.key);
}

TEST(Permissions, WhatNoRoleGrantsIsRefusedAndJournalled) {
    auto& w = world();
    with_every_role(
        [&](const std::string& role, const std::string& actor, const Way& way, const std::string& what) {
            const auto before = w.journal_length(w.testhausen);
            const auto answer = knock(way, w.sign_in(w.testhausen, role));
            if (way.granted_to.count(role) > 0) {
                EXPECT_NE(answer.code(), "permission_denied") << what;
                return;
            }
            EXPECT_EQ(answer.status, 403) << what << answer.raw;
            EXPECT_EQ(answer.code(), "permission_denied") << what;
            expect_words(answer, what);
            expect_journalled(w.testhausen, before, actor, way.runs, "permission_denied", what);
        });
}

/// What a way in asks for, with the objects of Musterstedt; none where it names no object.
std::optional<json::object> foreign(const Way& way) {
    const auto& theirs = world().musterstedt.objects;
    const auto& registry = world().runner(world().testhausen).engine().registry();
    if (way.section == "routes") {
        if (way.route.path == "/api/session/set_password")
            return json::object{{"user_id", theirs.at("user")}, {"password", password_of("stolen")}};
        if (way.runs == "case.get" || way.runs == "koffer.loss" || way.runs == "residence.disclosure")
            return json::object{{"case_id", theirs.at("case")}};
        return std::nullopt;
    }
    if (way.section == "letters") return json::object{{"case_id", theirs.at("case")}};
    const auto* command = registry.command(way.key);
    const auto fields =
        command ? command->payload.declaration() : registry.query(way.key)->params.declaration();
    if (!names_an_id(fields)) return std::nullopt;
    auto payload = payload_of(way.key, fields, theirs.at("case"));
    for (const auto& field : fields)
        if (const auto name = text_of(field.as_object(), "name"); text_of(field.as_object(), "type") == "id")
            payload[name] = json::string(object_for(world().musterstedt, name));
    return payload;
}

TEST(Permissions, AnotherAuthoritysObjectsAreNobodysHere) {
    auto& w = world();
    const auto theirs = w.ids(w.musterstedt, 3);
    const auto their_digest = w.digest(w.musterstedt), our_digest = w.digest(w.testhausen);
    const auto their_journal = w.journal_length(w.musterstedt);
    std::set<std::string> tried;
    with_every_role([&](const std::string& role, const std::string& actor, const Way& way,
                        const std::string& what) {
        const auto payload = foreign(way);
        if (!payload) return;
        tried.insert(way.section);
        const auto before = w.journal_length(w.testhausen);
        const auto below = way.runs == "case.get" ? w.musterstedt.objects["hash"] : theirs.front() + ".pdf";
        const auto answer = knock(way, w.sign_in(w.testhausen, role), *payload, below);
        for (const auto& id : theirs) EXPECT_EQ(answer.raw.find(id), std::string::npos) << what << answer.raw;
        EXPECT_LT(answer.status, 500) << what << answer.raw;
        const bool own_secret = way.route.path == "/api/session/set_password";
        if (way.granted_to.count(role) == 0)
            return expect_journalled(w.testhausen, before, actor, way.runs, "permission_denied", what);
        if (way.section == "queries") return;
        EXPECT_NE(answer.status, 200) << what << answer.raw;
        const auto* command = w.runner(w.testhausen).engine().registry().command(way.key);
        if (answer.code() == "payload_invalid" || (command && command->local)) return;
        expect_journalled(w.testhausen, before, actor, own_secret ? "user.set_password" : way.runs,
                          answer.code(), what);
    });
    EXPECT_EQ(tried, (std::set<std::string>{"commands", "queries", "letters", "routes"}));
    EXPECT_EQ(w.digest(w.musterstedt), their_digest);
    EXPECT_EQ(w.digest(w.testhausen), our_digest);
    EXPECT_EQ(w.journal_length(w.musterstedt), their_journal);
}

TEST(Permissions, WithoutASignInNothingIsAnsweredAndTheSecurityLogKnows) {
    auto& w = world();
    const auto refused = [&](const Way& way, const std::string& token, const std::string& what) {
        w.take_security_log();
        const auto answer = knock(way, token);
        EXPECT_EQ(answer.status, 401) << what;
        EXPECT_EQ(answer.code(), "not_signed_in") << what;
        expect_words(answer, what);
        const auto logged = w.take_security_log();
        ASSERT_EQ(logged.size(), 1u) << what;
        EXPECT_EQ(logged[0].code, "not_signed_in") << what;
        EXPECT_EQ(logged[0].route, way.name) << what;
        EXPECT_EQ(logged[0].remote, "192.0.2.7") << what;
    };
    for (const auto& way : ways(w.api))
        for (const auto* token : {"", "made up"}) refused(way, token, "nobody " + way.key);
    const auto long_ago = system::now().ms - service::session_max_ms - 1000;
    with_every_role(
        [&](const std::string& role, const std::string&, const Way& way, const std::string& what) {
            refused(way, w.sign_in(w.testhausen, role, long_ago), "expired " + what);
        });
}

TEST(Permissions, ALockedScreenAnswersNothingButItsUnlocking) {
    auto& w = world();
    with_every_role(
        [&](const std::string& role, const std::string& actor, const Way& way, const std::string& what) {
            if (way.route.gate == service::Gate::session) return;
            const auto token = w.sign_in(w.testhausen, role);
            w.api.sessions().lock(token);
            const auto before = w.journal_length(w.testhausen);
            const auto answer = knock(way, token);
            EXPECT_EQ(answer.status, 401) << what;
            EXPECT_EQ(answer.code(), "session_locked") << what;
            expect_journalled(w.testhausen, before, actor, way.name, "session_locked", what);
        });
}

/// The county has no register of residents: no role of its own people makes it one.
TEST(Permissions, AFunctionTheAuthorityLacksIsRefusedToEveryRole) {
    auto& w = world();
    const auto& registry = w.runner(w.county).engine().registry();
    int refused = 0;
    for (const auto& [role, principal] : w.county.staff)
        for (const auto& way : ways(w.api)) {
            const auto* command = registry.command(way.key);
            const auto* query = registry.query(way.key);
            const auto function = command ? command->function : query ? query->function : std::string();
            if (function.empty() || way.granted_to.count(role) == 0) continue;
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
    const auto post = [&](const char* path, json::object body, const std::string& token) {
        body["password"] = password_of("anything");
        return w.call("POST", path, json::serialize(body), token).code();
    };
    EXPECT_EQ(
        post("/api/session/set_password", {{"user_id", w.testhausen.staff["admin"].actor.user_id}}, clerk),
        "permission_denied");
    EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:permission_denied");
    const auto admin = w.sign_in(w.testhausen, "admin");
    for (const auto* role : {"system", "root", ""})
        EXPECT_EQ(post("/api/users", {{"login", "x"}, {"name", "X"}, {"roles", json::array{role}}}, admin),
                  "user_no_role")
            << role;
    EXPECT_EQ(w.digest(w.testhausen), before);
}

/// A hash or a key that somebody made for themselves is none of ours, whoever it is: what makes them is
/// behind the program's own routes.
TEST(Permissions, WhatTheProgramDoesInSomebodysNameIsNotAskedFor) {
    auto& w = world();
    const auto before = w.digest(w.testhausen);
    int closed = 0;
    for (const auto& [name, spec] : w.runner(w.testhausen).engine().registry().commands())
        for (const auto& [role, principal] : w.testhausen.staff) {
            if (spec.http) continue;
            ++closed;
            const auto payload = payload_of(name, spec.payload.declaration(), principal.actor.user_id);
            EXPECT_EQ(w.command(name, payload, w.sign_in(w.testhausen, role)).code(), "permission_denied")
                << name << " " << role;
            const auto entry = w.journal_end(w.testhausen);
            EXPECT_EQ(entry.text("name"), name);
            EXPECT_EQ(entry.text("actor"), principal.actor.user_id);
            EXPECT_EQ(entry.text("outcome"), "refused:permission_denied");
        }
    EXPECT_EQ(closed, 7 * 6);
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

/// No reason is weighed: who reads somebody they have nothing to do with is found by who reads the journal.
TEST(Permissions, WhomARoleAllowsIsReadWithAnyReason) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto token = w.sign_in(a, "clerk");
    const auto persons =
        w.ask(a, "SELECT id FROM person WHERE blocks = '[]' AND status = 'resident' ORDER BY id LIMIT 20");
    ASSERT_EQ(persons.size(), 20u);
    for (const auto& person : persons) {
        const json::object asked{{"params", json::object{{"person_id", person.text("id")}}},
                                 {"reason", "frei erfunden"}};
        const auto answer = w.call("POST", "/api/queries/person.get", json::serialize(asked), token);
        ASSERT_EQ(answer.status, 200) << answer.raw;
        const auto entry = w.journal_end(a);
        EXPECT_EQ(entry.text("kind"), "read");
        EXPECT_EQ(entry.text("reason"), "frei erfunden");
        EXPECT_EQ(entry.text("actor"), a.staff["clerk"].actor.user_id);
        EXPECT_EQ(w.ask(a, "SELECT subject_id FROM journal_subject WHERE seq = $seq AND subject_id = $id",
                        {{"seq", entry.integer("seq")}, {"id", person.text("id")}})
                      .size(),
                  1u);
    }
}

}  // namespace
}  // namespace wa::refusals

// Signing in, and what comes in and goes out beside it: sessions, foreign pages, files.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "kernel/documents.hpp"
#include "world.hpp"

namespace wa::refusals {
namespace {

Answer sign_in(const std::string& role, const std::string& password, const std::string& old_token = "",
               const std::string& tenant = world().testhausen.id) {
    const json::object body{{"tenant", tenant}, {"user", role}, {"password", password}};
    return world().call("POST", "/api/session/password", json::serialize(body), old_token);
}

std::string token_of(const Answer& answer) {
    const auto cookie = answer.header("Set-Cookie");
    const auto begin = cookie.find('=') + 1;
    return cookie.substr(begin, cookie.find(';') - begin);
}

bool is_signed_in(const std::string& token) {
    return flag_of(world().call("GET", "/api/session", "", token).body, "signed_in");
}

TEST(Session, TheCookieIsBoundToThisHostAndHiddenFromScripts) {
    const auto answer = sign_in("auditor", password_of("auditor"));
    ASSERT_EQ(answer.status, 200) << answer.raw;
    const auto cookie = answer.header("Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-wanderamt_hub=")) << cookie;
    for (const auto* part : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"})
        EXPECT_NE(cookie.find(part), std::string::npos) << part;
    EXPECT_EQ(cookie.find("Domain"), std::string::npos);
    EXPECT_EQ(answer.raw.find(token_of(answer)), std::string::npos);
}

TEST(Session, NoTokenFromBeforeOutlivesASignIn) {
    const std::string planted = "planted-by-somebody-else";
    const auto first = token_of(sign_in("auditor", password_of("auditor"), planted));
    EXPECT_NE(first, planted);
    EXPECT_FALSE(is_signed_in(planted));
    const auto second = token_of(sign_in("auditor", password_of("auditor"), first));
    EXPECT_NE(second, first);
    EXPECT_FALSE(is_signed_in(first));
    EXPECT_TRUE(is_signed_in(second));
    world().call("DELETE", "/api/session", "", second);
    EXPECT_FALSE(is_signed_in(second));
}

TEST(Session, WrongSecretsAreCountedJournalledAndLockTheAccount) {
    auto& w = world();
    sign_in("reception", password_of("reception"));  // forgets what was tried before
    for (int tries = 1; tries <= sign_in_tries_max; ++tries) {
        const auto before = w.journal_length(w.testhausen);
        const auto answer = sign_in("reception", "falsch");
        EXPECT_EQ(answer.code(), "sign_in_failed");
        EXPECT_EQ(integer_of(object_of(answer.body, "details"), "tries_left"), sign_in_tries_max - tries);
        EXPECT_EQ(w.journal_length(w.testhausen), before + 2) << "the try and the refusal";
        EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:sign_in_failed");
    }
    for (const auto& password : {password_of("reception"), std::string("falsch")}) {
        const auto answer = sign_in("reception", password);
        EXPECT_EQ(answer.code(), "account_locked");
        EXPECT_GT(integer_of(object_of(answer.body, "details"), "minutes"), 0);
        EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:account_locked");
    }
    w.must(w.testhausen, "user.unlock", {{"user_id", w.testhausen.staff["reception"].actor.user_id}},
           w.testhausen.staff["admin"].actor);
    EXPECT_EQ(sign_in("reception", password_of("reception")).status, 200);
}

/// The page Protokoll says whose sign-in it was, and whose was tried.
TEST(Session, ASignInNamesWhoseItIs) {
    auto& w = world();
    const auto newest = [&] {
        const auto answer = w.query("journal.list", {{"limit", 1}}, w.sign_in(w.testhausen, "auditor"));
        return array_of(object_of(answer.body, "answer"), "entries").front().as_object();
    };
    const auto expect = [&](const char* name, const char* whose, const char* outcome) {
        const auto entry = newest();
        EXPECT_EQ(text_of(entry, "name"), name);
        EXPECT_EQ(text_of(entry, "actor_name"), whose);
        EXPECT_EQ(text_of(entry, "outcome"), outcome);
    };
    const auto token = token_of(sign_in("admin", password_of("admin")));
    expect("POST /api/session/password", "Ute admin", "done");
    w.call("POST", "/api/session/lock", "{}", token);
    const json::object own{{"password", password_of("admin")}};
    EXPECT_EQ(w.call("POST", "/api/session/unlock", json::serialize(own), token).status, 200);
    expect("POST /api/session/unlock", "Ute admin", "done");
    sign_in("admin", "falsch");
    expect("POST /api/session/password", "Ute admin", "refused:sign_in_failed");
    sign_in("Erna Muster", "falsch");
    expect("POST /api/session/password", "", "refused:sign_in_failed");
    sign_in("admin", password_of("admin"));  // forgets the wrong try
}

/// An administrator of one authority ends nobody's session at another.
TEST(Session, AForeignIdEndsNobodysSession) {
    auto& w = world();
    const auto theirs = w.sign_in(w.musterstedt, "clerk"), admin = w.sign_in(w.testhausen, "admin");
    const json::object body{{"user_id", w.musterstedt.staff["clerk"].actor.user_id},
                            {"password", password_of("stolen")}};
    EXPECT_EQ(w.call("POST", "/api/session/set_password", json::serialize(body), admin).code(),
              "user_not_found");
    EXPECT_TRUE(is_signed_in(theirs));
}

/// Whoever sits in a session begun with a password that was lost or found out is signed out with it.
TEST(Session, AnotherPasswordEndsTheSessionsOfTheOldOne) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto mine = password_of("reception"), other = password_of("another");
    const auto set = [&](const json::object& body, const std::string& token) {
        return w.call("POST", "/api/session/set_password", json::serialize(body), token).status;
    };
    const auto first = token_of(sign_in("reception", mine)), second = token_of(sign_in("reception", mine));
    const auto admin = token_of(sign_in("admin", password_of("admin")));
    EXPECT_EQ(set({{"user_id", a.staff["reception"].actor.user_id}, {"password", other}}, admin), 200);
    EXPECT_FALSE(is_signed_in(first) || is_signed_in(second));
    EXPECT_TRUE(is_signed_in(admin));
    // One's own: the session that has set it goes on.
    const auto here = token_of(sign_in("reception", other)), there = token_of(sign_in("reception", other));
    EXPECT_EQ(set({{"password", mine}}, here), 200);
    EXPECT_TRUE(is_signed_in(here));
    EXPECT_FALSE(is_signed_in(there));
    const auto pin_of_somebody = json::serialize(json::object{{"pin", "583920"}});
    const auto elsewhere = token_of(sign_in("reception", mine));
    EXPECT_EQ(w.call("POST", "/api/session/set_pin", pin_of_somebody, here).status, 200);
    EXPECT_TRUE(is_signed_in(here));
    EXPECT_FALSE(is_signed_in(elsewhere));
    // A tool beside the hub has changed it: nobody is told, so it is looked at now and then.
    const auto row = w.ask(a, "SELECT * FROM user_account WHERE login = 'reception'").front();
    w.runner(a).read([&](Transaction& tx) { a.staff["reception"].secrets = secrets_of(tx, row); });
    const auto last = w.sign_in(a, "reception");
    w.api.recheck(a.id);
    EXPECT_TRUE(is_signed_in(last));
}

/// A password that was reset because somebody else knows it: what they asked for a moment before sets no
/// other one, and does not keep them signed in.
TEST(Session, AResetIsNotUndoneByARequestOnItsWay) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& actor = a.staff.at("auditor").actor;
    const auto token = w.sign_in(a, "auditor");
    auto answered = std::async(std::launch::async, [&] {
        const auto body = json::serialize(json::object{{"password", password_of("stranger")}});
        return w.call("POST", "/api/session/set_password", body, token);
    });
    const auto reset = hash_password(password_of("reset"), HashCost::test, {});
    w.must(a, "user.set_password", {{"user_id", actor.user_id}, {"password_hash", reset}},
           a.staff.at("admin").actor);
    EXPECT_EQ(answered.get().code(), "not_signed_in");
    EXPECT_FALSE(is_signed_in(token));
    EXPECT_EQ(w.ask(a, "SELECT password_hash FROM user_account WHERE id = $id", {{"id", actor.user_id}})
                  .front()
                  .text("password_hash"),
              reset);
    // The same by the command itself, whenever it arrives.
    CommandRequest late;
    late.id = system::new_id();
    late.name = "user.set_password";
    late.payload = {{"user_id", actor.user_id},
                    {"password_hash", "x"},
                    {"secrets", to_hex(a.staff.at("auditor").secrets)}};
    late.actor = actor;
    late.origin = a.staff.at("auditor").origin;
    late.at = system::now();
    std::promise<std::string> refused;
    w.runner(a).run(late, [&](CommandResult result) { refused.set_value(result.problem.code); });
    EXPECT_EQ(refused.get_future().get(), "not_signed_in");
    w.must(a, "user.set_password",
           {{"user_id", actor.user_id},
            {"password_hash", hash_password(password_of("auditor"), HashCost::test, {})}});
    const auto row = w.ask(a, "SELECT * FROM user_account WHERE id = $id", {{"id", actor.user_id}}).front();
    w.runner(a).read([&](Transaction& tx) { a.staff["auditor"].secrets = secrets_of(tx, row); });
}

/// A passkey is a secret like the password: who gets one, or loses one, is signed out elsewhere.
TEST(Session, AnotherPasskeyEndsTheOtherSessions) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& actor = a.staff.at("team_lead").actor;
    const auto here = w.sign_in(a, "team_lead"), there = w.sign_in(a, "team_lead");
    const auto passkey =
        w.ask(a, "SELECT id FROM passkey WHERE user_id = $id", {{"id", actor.user_id}}).front().text("id");
    EXPECT_EQ(w.command("user.remove_passkey", {{"passkey_id", passkey}}, here).status, 200);
    EXPECT_TRUE(is_signed_in(here));
    EXPECT_FALSE(is_signed_in(there));
    w.must(a, "user.add_passkey",
           {{"credential", to_base64url(to_bytes(a.id + "team_lead"))},
            {"public_key", "AAAA"},
            {"sign_count", 0},
            {"name", "Test"}},
           actor);
    EXPECT_FALSE(is_signed_in(here));
}

TEST(Session, NobodyLearnsWhichNamesExist) {
    auto& w = world();
    sign_in("admin", password_of("admin"));  // forgets what was tried before
    // Also when it is tried again, until both are locked.
    for (int tries = 1; tries <= sign_in_tries_max + 1; ++tries) {
        const auto unknown = sign_in("niemand", "falsch"), known = sign_in("admin", "falsch");
        EXPECT_EQ(unknown.status, known.status);
        EXPECT_EQ(unknown.raw, known.raw) << tries;
    }
    w.must(w.testhausen, "user.unlock", {{"user_id", w.testhausen.staff["admin"].actor.user_id}},
           w.testhausen.staff["admin"].actor);
    // One account's password is none at another authority, and an authority that does not exist has none.
    EXPECT_EQ(sign_in("auditor", "falsch", "", w.musterstedt.id).code(), "sign_in_failed");
    w.take_security_log();
    EXPECT_EQ(sign_in("auditor", password_of("auditor"), "", "99999999").code(), "sign_in_failed");
    EXPECT_EQ(w.take_security_log().size(), 1u);
}

/// Nor by how long the answer takes: as much is written to the disk before it.
TEST(Session, AnUnknownNameCostsAsManyCommitsAsAKnownOne) {
    auto& w = world();
    std::atomic<int> commits = 0;
    w.settle(w.testhausen);
    w.runner(w.testhausen).on_committed([&] { ++commits; });
    const auto cost = [&](const char* name) {
        const auto before = commits.load();
        EXPECT_EQ(sign_in(name, "falsch").code(), "sign_in_failed");
        return commits.load() - before;
    };
    EXPECT_EQ(cost("gibt es nicht"), cost("admin"));
    w.settle(w.testhausen);
    w.runner(w.testhausen).on_committed({});
    sign_in("admin", password_of("admin"));  // forgets the wrong try
}

TEST(Session, ALockedScreenOpensToItsOwnPersonOnly) {
    auto& w = world();
    const auto token = token_of(sign_in("clerk", password_of("clerk")));
    w.call("POST", "/api/session/lock", "{}", token);
    // The body cannot say whose screen it is.
    const json::object foreign{
        {"user", "admin"}, {"tenant", w.testhausen.id}, {"password", password_of("admin")}};
    EXPECT_EQ(w.call("POST", "/api/session/unlock", json::serialize(foreign), token).code(),
              "sign_in_failed");
    EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:sign_in_failed");
    EXPECT_EQ(w.query("case.list", {}, token).code(), "session_locked");
    const json::object own{{"password", password_of("clerk")}};
    EXPECT_EQ(w.call("POST", "/api/session/unlock", json::serialize(own), token).status, 200);
    EXPECT_EQ(w.query("case.list", {}, token).status, 200);
}

TEST(Session, ANewPasswordFromSomebodyElseEndsEverySession) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "auditor"), admin = w.sign_in(w.testhausen, "admin");
    const json::object body{{"user_id", w.testhausen.staff["auditor"].actor.user_id},
                            {"password", password_of("auditor")}};
    EXPECT_EQ(w.call("POST", "/api/session/set_password", json::serialize(body), admin).status, 200);
    EXPECT_FALSE(is_signed_in(token));
    EXPECT_TRUE(is_signed_in(admin));
}

TEST(Session, AForeignPageChangesNothing) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "team_lead");
    const auto before = w.digest(w.testhausen);
    const json::object body{
        {"id", system::new_id()},
        {"payload",
         json::object{{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "X"}}}};
    for (const auto& headers :
         std::vector<std::map<std::string, std::string>>{{{"X-Wanderamt", ""}},
                                                         {{"X-Wanderamt", "0"}},
                                                         {{"Sec-Fetch-Site", "cross-site"}},
                                                         {{"Sec-Fetch-Site", "same-site"}}})
        for (const auto& route : w.api.routes()) {
            if (route.method == "GET") continue;
            const auto text = route.path == "/api/commands/case.open" ? json::serialize(body) : "{}";
            const auto answer = w.call(route.method, route.path, text, token, headers);
            EXPECT_EQ(answer.code(), "request_foreign") << route.path;
            EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:request_foreign");
        }
    EXPECT_EQ(w.digest(w.testhausen), before);
    EXPECT_TRUE(is_signed_in(token));
}

/// What a page hears of others' work ends with its session.
TEST(Session, LiveNewsEndWithTheSession) {
    struct Page : http::Socket {
        int texts = 0;
        bool closed = false;
        void send_text(std::string) override { ++texts; }
        void send_binary(Bytes) override {}
        void ping() override {}
        void close() override { closed = true; }
        void abort() override { closed = true; }
        std::size_t queued_bytes() const override { return 0; }
    };
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "clerk");
    http::Request request;
    EXPECT_FALSE(w.api.events_handler()(request, std::make_shared<Page>()));
    request.cookies[w.api.cookie_name()] = token;
    const auto page = std::make_shared<Page>();
    auto callbacks = w.api.events_handler()(request, page);
    ASSERT_TRUE(callbacks);
    w.api.events().changed(w.musterstedt.id, {{"case", "X"}});
    EXPECT_EQ(page->texts, 1) << "the greeting only: another authority's news are not ours";
    w.api.events().changed(w.testhausen.id, {{"case", "X"}});
    EXPECT_EQ(page->texts, 2);
    w.api.sessions().end(token);
    w.api.events().changed(w.testhausen.id, {{"case", "X"}});
    EXPECT_EQ(page->texts, 2);
    EXPECT_TRUE(page->closed);
    callbacks->on_close({});
}

std::string png(char width_high) {
    const std::string size = {width_high, 0, 2, 0};
    const auto number = [](std::size_t n) { return std::string{0, 0, 0, char(n)}; };
    const auto chunk = [&](const std::string& kind, const std::string& data) {
        return number(data.size()) + kind + data + "crc?";
    };
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", size + size + std::string("\x08\0\0\0\0", 5)) +
           chunk("IEND", "");
}

TEST(Files, AreJudgedByTheirBytes) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "clerk");
    const auto before = w.digest(w.testhausen);
    const std::map<std::string, std::string> rows = {
        {"<html><script>alert(1)</script>", "document_type"},
        {"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "document_type"},
        {"%PDF-1.7 << /S /JavaScript /JS (x) >> %%EOF", "document_active"},
        {"%PDF-1.7 << /S /Launch /F (x) >> %%EOF", "document_active"},
        {"%PDF-1.7 << /Encrypt 1 0 R >> %%EOF", "document_unreadable"},
        {png(0x7f), "document_picture"},
    };
    for (const auto& [bytes, code] : rows) {
        const auto answer = w.call("PUT", "/api/documents", bytes, token, {{"Content-Type", "image/png"}});
        EXPECT_EQ(answer.code(), code) << bytes.substr(0, 40);
        EXPECT_FALSE(text_of(object_of(answer.body, "words"), "do").empty());
    }
    EXPECT_EQ(w.digest(w.testhausen), before);
}

/// What reached the store by another way (a Koffer's line) and is not what it should be is never shown.
TEST(Files, GoOutWithoutTheRightsOfOurPages) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "clerk");
    struct Row {
        std::string bytes, type, disposition, policy, kind = "letter.receipt";
    };
    const Row rows[] = {
        {png(0), "image/png", "inline", "sandbox; default-src 'none'", "id_card"},
        {"%PDF-1.7 ours %%EOF", "application/pdf", "inline", "default-src 'none'"},
        {"%PDF-1.7 brought %%EOF", "application/pdf", "attachment", "default-src 'none'", "contract"},
        {"%PDF-1.7 << /S /JavaScript >> %%EOF", "application/octet-stream", "attachment",
         "sandbox; default-src 'none'"},
        {"<html><script>alert(1)</script>", "application/octet-stream", "attachment",
         "sandbox; default-src 'none'"},
    };
    for (const auto& row : rows) {
        const auto hash = w.put(w.testhausen, row.bytes);
        const auto& the_case = w.testhausen.objects["case"];
        w.must(w.testhausen, "case.attach",
               {{"case_id", the_case},
                {"kind", row.kind},
                {"hash", hash},
                {"title", "x"},
                {"media_type", "application/pdf"},
                {"size", row.bytes.size()}},
               w.testhausen.staff["clerk"].actor);
        const auto answer = w.call("GET", "/api/documents/" + hash + "?case=" + the_case, "", token);
        EXPECT_EQ(answer.raw, row.bytes);
        EXPECT_EQ(answer.header("Content-Type"), row.type);
        EXPECT_TRUE(answer.header("Content-Disposition").starts_with(row.disposition))
            << answer.header("Content-Disposition");
        EXPECT_TRUE(answer.header("Content-Security-Policy").starts_with(row.policy))
            << answer.header("Content-Security-Policy");
    }
}

/// Half a second of hashing would hold up everybody whose connection has the same thread.
TEST(Session, ASecretIsHashedAsideOfTheConnections) {
    auto& w = world();
    std::promise<void> go;
    w.slow.post([wait = go.get_future().share()] { wait.wait(); });
    http::Request request;
    request.method = "POST";
    request.path = "/api/session/set_password";
    request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost:8080"}};
    request.cookies[w.api.cookie_name()] = w.sign_in(w.testhausen, "clerk");
    request.body = json::serialize(json::object{{"password", password_of("clerk")}});
    const auto said = std::make_shared<std::promise<int>>();
    auto status = said->get_future();
    w.api.handler()(std::move(request),
                    [said](http::Response response) { said->set_value(response.status); });
    EXPECT_EQ(status.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    go.set_value();
    EXPECT_EQ(status.get(), 200);
}

/// Nobody changes their own roles; who makes accounts makes one with other roles, and the journal says who
/// did.
TEST(Session, AnAdministratorGivesThemselvesAnotherAccount) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto admin = token_of(sign_in("admin", password_of("admin")));
    const json::object account{{"login", "ute.zwei"},
                               {"name", "Ute admin"},
                               {"roles", json::array{"clerk"}},
                               {"password", password_of("zwei")}};
    const auto made = w.call("POST", "/api/users", json::serialize(account), admin);
    ASSERT_EQ(made.status, 200) << made.raw;
    const auto entry = w.journal_end(a);
    EXPECT_EQ(entry.text("name"), "user.create");
    EXPECT_EQ(entry.text("actor"), a.staff["admin"].actor.user_id);
    const json::object whom{{"person_id", a.objects["person"]}};
    const auto token = token_of(sign_in("ute.zwei", password_of("zwei")));
    EXPECT_EQ(w.query("person.get", whom, token).status, 200);
    EXPECT_EQ(w.query("person.get", whom, admin).code(), "permission_denied");
}

TEST(Session, NobodyIsRefusedForAskingOften) {
    auto& w = world();
    const auto theirs = w.sign_in(w.musterstedt, "clerk"), ours = w.sign_in(w.testhausen, "clerk");
    for (int i = 0; i < 500; ++i) {
        const auto answer = w.query("task.list", {{"limit", 1}}, theirs);
        ASSERT_EQ(answer.status, 200) << i << answer.raw;
    }
    EXPECT_EQ(w.query("task.list", {{"limit", 1}}, ours).status, 200) << "late, and answered";
}

}  // namespace
}  // namespace wa::refusals

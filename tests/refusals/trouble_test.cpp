// What goes wrong around the program: false clocks, expired tours, unreadable stores, wrong PINs,
// revoked devices, two people at once. Each time plain words and a way on, and nothing typed is lost.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "koffer.hpp"
#include "line.hpp"

namespace wa::refusals {
namespace {

TEST(Trouble, TwoClerksAtOnePersonAreBothHeard) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& person = a.objects["person"];
    const auto before = w.ask(a, "SELECT birth_place FROM person WHERE id = $id", {{"id", person}})
                            .front()
                            .text("birth_place");
    const auto correct = [&](const std::string& value, const std::string& role) {
        return w.command("person.correct",
                         {{"person_id", person},
                          {"field", "birth_place"},
                          {"old_value", before},
                          {"new_value", value},
                          {"mode", "correction"},
                          {"source", "Geburtsurkunde"}},
                         w.sign_in(a, role));
    };
    EXPECT_EQ(correct("Jever", "clerk").status, 200);
    // At the counter the second is told at once, with the way on: look again.
    const auto second = correct("Varel", "team_lead");
    EXPECT_EQ(second.code(), "residence.value_changed") << second.raw;
    const auto& words = object_of(second.body, "words");
    EXPECT_FALSE(text_of(words, "de").empty() || text_of(words, "do").empty()) << second.raw;
    const auto now_there = [&] {
        return w.ask(a, "SELECT birth_place FROM person WHERE id = $id", {{"id", person}})
            .front()
            .text("birth_place");
    };
    EXPECT_EQ(now_there(), "Jever");
    // From a tour it comes too late to ask: both values are kept for a decision.
    w.must(a, "person.correct",
           {{"person_id", person},
            {"field", "birth_place"},
            {"old_value", before},
            {"new_value", "Varel"},
            {"mode", "correction"},
            {"source", "Geburtsurkunde"}},
           a.staff["koffer_clerk"].actor, true);
    EXPECT_EQ(now_there(), "Jever");
    const auto list = w.query("conflict.list", {{"state", "open"}}, w.sign_in(a, "clerk"));
    EXPECT_NE(list.raw.find("Varel"), std::string::npos);
    EXPECT_NE(list.raw.find("Jever"), std::string::npos);
}

// ---- the Koffer ----

TEST(Trouble, AClockThatIsOffIsSaidToBeTheClock) {
    const auto& a = world().testhausen;
    const auto now = system::now().ms;
    constexpr std::int64_t hour = 3'600'000;
    EXPECT_EQ(text_of(check_out(a, now + 5 * hour, a.clerk_keys), "tour_id"), a.objects.at("tour_out"));
    for (const auto at : {now + 30 * hour, now - 30 * hour, std::int64_t(0), INT64_MIN, INT64_MAX})
        EXPECT_EQ(text_of(check_out(a, at, a.clerk_keys), "problem"), "device_clock");
    EXPECT_EQ(text_of(check_out(a, now, SignKeys::from_seed(Key32(sha256("stranger")))), "problem"),
              "envelope_clerk");
}

TEST(Trouble, MalformedQuestionsOfADeviceAreNamedJournalledAndEndTheLine) {
    auto& a = world().testhausen;
    const auto before = world().digest(a);
    for (const std::string question :
         {"", "{", "[]", "{\"op\":1}", "{\"op\":\"burn\"}", "{\"op\":\"tours\",\"op\":\"wiped\"}"}) {
        http::Request request;
        const auto print = sha256("device" + a.id);
        request.peer_fingerprint.assign(print.begin(), print.end());
        const auto socket = std::make_shared<Listening>();
        world().koffer.device_handler()(request, socket)->on_message(question, false);
        const auto said = socket->take_texts();
        ASSERT_EQ(said.size(), 1u) << question;
        EXPECT_NE(said[0].find("request_malformed"), std::string::npos) << said[0];
        EXPECT_TRUE(socket->closed()) << question;
        world().settle(a);
        EXPECT_EQ(world().journal_end(a).text("outcome"), "refused:request_malformed") << question;
    }
    // The tour of another device is not its to wipe.
    ask_hub(a, {{"op", "wiped"}, {"tour_id", a.objects.at("tour_other")}});
    EXPECT_EQ(world().journal_end(a).text("outcome"), "refused:tours.other_device");
    EXPECT_EQ(world().digest(a), before);
    EXPECT_FALSE(world().koffer.device_handler()(http::Request{}, std::make_shared<Listening>()));
}

TEST(Trouble, AWrongPinIsCountedAndLocks) {
    Koffer koffer("wrong-pin");
    for (int tries = 1; tries < sign_in_tries_max; ++tries) {
        const auto refused = koffer.sign_in("111111");
        EXPECT_EQ(code_of(refused), "sign_in_failed");
        const auto body = parse_json(refused.body)->as_object();
        EXPECT_EQ(integer_of(object_of(body, "details"), "tries_left"), sign_in_tries_max - tries);
    }
    EXPECT_EQ(code_of(koffer.sign_in("111111")), "tours.pin_locked");
    const auto locked = koffer.sign_in(pin);
    EXPECT_EQ(code_of(locked), "tours.pin_locked") << "also with the right one, until the time is over";
    EXPECT_NE(locked.body.find("Warten Sie"), std::string::npos) << locked.body;
    EXPECT_EQ(locked.body.find("Fachadministration"), std::string::npos)
        << "nobody can unlock it: " << locked.body;
}

TEST(Trouble, TheRightPinOpensAndOneCookieIsNotTheOthers) {
    Koffer koffer("right-pin");
    const auto opened = koffer.sign_in(pin);
    ASSERT_EQ(opened.status, 200) << opened.body;
    std::string cookie;
    for (const auto& [name, value] : opened.headers)
        if (name == "Set-Cookie") cookie = value;
    EXPECT_TRUE(cookie.starts_with("__Host-wanderamt_koffer=")) << cookie;
    EXPECT_NE(koffer.api->cookie_name(), world().api.cookie_name());
    const auto token = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
    EXPECT_FALSE(world().api.sessions().find(token, system::now().ms, false))
        << "a session of the Koffer is none of the hub";
    // A person who is not in the working set is unknown here, not absent, and nobody's data.
    const auto& b = world().musterstedt;
    const auto answer = koffer.call("POST", "/api/queries/person.get",
                                    {{"params", json::object{{"person_id", b.objects.at("person")}}}}, token);
    EXPECT_GE(answer.status, 400);
    EXPECT_FALSE(code_of(answer).empty());
}

TEST(Trouble, AnExpiredTourOpensToNobodyAndSaysWhy) {
    Koffer koffer("expired", [](json::object& package) { package["expires_ms"] = system::now().ms - 1000; });
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tour_expired");
    EXPECT_EQ(code_of(koffer.call("POST", "/api/queries/desk.today", {})), "not_signed_in");
}

TEST(Trouble, AnUnreadableStoreIsSaidAndNothingElseBreaks) {
    Koffer koffer("damaged");
    std::ofstream(koffer.folder + "/tour/store.db", std::ios::binary | std::ios::trunc)
        << std::string(8192, 'x');
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "store_damaged");
    EXPECT_EQ(code_of(koffer.sign_in("111111")), "sign_in_failed") << "the program goes on";
}

TEST(Trouble, ADeviceThatCannotReachItsHubSaysSo) {
    Koffer koffer("no-line");
    EXPECT_EQ(code_of(koffer.call("GET", "/api/koffer/tours", {})), "line_down");
}

/// A hub of two authorities in this folder.
std::string make_hub(const char* name) {
    const auto folder = world().folder + name;
    hub::Tenants made(folder, service::full_registry());
    for (const auto* id : {"99001001", "99001002"}) {
        Tenant tenant;
        tenant.id = tenant.ags = id;
        tenant.land = "NI";
        made.create(tenant);
    }
    return folder;
}

void execute(service::TenantRunner& runner, std::string_view sql) {
    std::promise<bool> done;
    runner.write(
        [&](Transaction& tx) {
            tx.execute(Statement{"test", sql});
        },
        [&](bool good) { done.set_value(good); });
    ASSERT_TRUE(done.get_future().get()) << sql;
}

/// One authority's broken store does not close the others.
TEST(Trouble, ABrokenStoreAtTheHubClosesItsOwnAuthorityOnly) {
    const auto folder = make_hub("/second-hub");
    std::ofstream(folder + "/tenants/99001002/store.db", std::ios::binary | std::ios::trunc)
        << std::string(8192, 'x');
    hub::Tenants again(folder, service::full_registry());
    EXPECT_TRUE(again.runner("99001001"));
    EXPECT_FALSE(again.runner("99001002"));
    EXPECT_TRUE(again.is_damaged("99001002"));
    hub::Enrolment enrolment(again, folder, "127.0.0.1", 1, 2);
    hub::HubBackend backend(again, enrolment);
    std::string code;
    backend.sign_in("password", {{"tenant", "99001002"}, {"user", "x"}, {"password", "y"}},
                    [&](Result<service::Principal> principal, const std::string&) {
                        code = principal ? "" : principal.error().code;
                    });
    EXPECT_EQ(code, "store_damaged");
}

/// Nor does one that breaks while the hub runs keep the others' Koffer out.
TEST(Trouble, AStoreThatFailsKeepsNoOtherAuthoritysKofferOut) {
    const hub::Tenants tenants(make_hub("/third-hub"), service::full_registry());
    const auto print = sha256("device");
    const Bytes fingerprint(print.begin(), print.end());
    execute(*tenants.runner("99001002"),
            "INSERT INTO device (id, version, name, kind, state, fingerprint) VALUES "
            "('01ARZ3NDEKTSV4RRFFQ69G5FAV', '', 'Koffer', 'koffer', 'active', x'" +
                to_hex(fingerprint) + "')");
    EXPECT_FALSE(tenants.device_by_fingerprint(Bytes(32, 7)));
    execute(*tenants.runner("99001001"), "DROP TABLE device");
    const auto found = tenants.device_by_fingerprint(fingerprint);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->runner->scope().tenant.id, "99001002");
    // Perhaps it is one of theirs: it is not told that nobody knows it.
    EXPECT_THROW(tenants.device_by_fingerprint(Bytes(32, 7)), StoreError);
}

/// Who cannot be counted in the store is counted all the same.
TEST(Trouble, AStoreThatCannotBeWrittenLetsNobodyTryPasswordsForEver) {
    const auto folder = make_hub("/fourth-hub");
    hub::Tenants tenants(folder, service::full_registry());
    hub::Enrolment enrolment(tenants, folder, "127.0.0.1", 1, 2);
    hub::HubBackend backend(tenants, enrolment);
    const auto runner = tenants.runner("99001001");
    CommandRequest create;
    create.id = system::new_id();
    create.name = "user.create";
    create.payload = {{"login", "ute"},
                      {"name", "Ute"},
                      {"roles", json::array{"clerk"}},
                      {"password_hash", hash_password("das richtige Wort", HashCost::interactive,
                                                      std::array<std::uint8_t, 16>{})}};
    create.actor = system_actor();
    create.origin = {"system", "hub", "", ""};
    create.at = system::now();
    const auto user = text_of(runner->run_and_wait(create).answer, "user_id");
    const auto sign_in = [&](const std::string& password) {
        std::promise<std::string> answered;
        backend.sign_in("password", {{"tenant", "99001001"}, {"user", "ute"}, {"password", password}},
                        [&](Result<service::Principal> principal, const std::string&) {
                            answered.set_value(principal ? "" : principal.error().code);
                        });
        return answered.get_future().get();
    };
    execute(*runner,
            "CREATE TRIGGER full BEFORE UPDATE ON user_account BEGIN SELECT RAISE(ABORT, 'full'); END");
    EXPECT_EQ(sign_in("falsch"), "sign_in_failed");
    EXPECT_EQ(sign_in("das richtige Wort"), "") << "who has to make room is let in";
    for (int tries = 1; tries <= sign_in_tries_max; ++tries) EXPECT_EQ(sign_in("falsch"), "sign_in_failed");
    EXPECT_EQ(sign_in("das richtige Wort"), "account_locked");
    backend.account_changed("99001001", user);
    EXPECT_EQ(sign_in("das richtige Wort"), "") << "unlocked";
}

/// Revoked by a tool beside the hub, of whose commits the hub is not told: the line ends with its next look.
TEST(Trouble, ALineOfADeviceThatWasRevokedBesideTheHubEnds) {
    auto& w = world();
    const auto& a = w.testhausen;
    const auto runner = w.tenants.runner(a.id);
    const auto id = a.objects.at("device");
    const auto socket = std::make_shared<Listening>();
    const auto line = std::make_shared<hub::SyncConnection>(
        hub::Tenants::DeviceOf{runner, w.ask(a, "SELECT * FROM device WHERE id = $id", {{"id", id}}).front()},
        socket, w.api.events(), std::make_shared<hub::Looks>(w.timers), w.timers, w.folder + "/unused");
    execute(*runner, "UPDATE device SET state = 'revoked' WHERE id = '" + id + "'");
    sync::Hello hello;
    hello.device_id = id;
    hello.tour_id = a.objects.at("tour_out");
    line->received(as_view(sync::write_message(hello, 0)));
    for (int i = 0; i < 500 && !socket->closed(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(socket->closed());
    line->closed();
    execute(*runner, "UPDATE device SET state = 'active' WHERE id = '" + id + "'");
}

TEST(Trouble, ARevokedDeviceHearsThatItIsRevoked) {
    auto& w = world();
    const auto& device = w.testhausen.objects["device"];
    w.must(w.testhausen, "device.revoke", {{"device_id", device}, {"reason", "verloren"}},
           w.testhausen.staff["admin"].actor);
    EXPECT_EQ(text_of(ask_hub(w.testhausen, {{"op", "tours"}}), "problem"), "device_revoked");
    EXPECT_EQ(text_of(check_out(w.testhausen, system::now().ms, w.testhausen.clerk_keys), "problem"),
              "device_revoked");
    // The other tests have it as it was.
    execute(w.runner(w.testhausen), "UPDATE device SET state = 'active' WHERE id = '" + device + "'");
}

}  // namespace
}  // namespace wa::refusals

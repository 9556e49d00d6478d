// What goes wrong around the program: full disks, false clocks, expired tours, unreadable stores, wrong PINs,
// revoked devices, two people at once. Each time plain words and a way on, and nothing typed is lost.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/sqlite/sim_vfs.hpp"
#include "koffer.hpp"
#include "line.hpp"
#include "small_hub.hpp"

namespace wa::refusals {
namespace {

json::object open_case() {
    return {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Muster"}};
}

json::object lease() {
    return {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 1000}};
}

std::int64_t rows_of(SmallHub& hub, const std::string& table) {
    std::int64_t rows = 0;
    hub.runner("99001001")->read([&](Transaction& tx) {
        const auto sql = "SELECT count(*) AS n FROM " + table;
        rows = tx.query(Statement{"test", sql}).front().integer("n");
    });
    return rows;
}

/// Not more than so many bytes besides what is there.
void leave_room(SimDisk& disk, std::uint64_t bytes) {
    for (const auto& file : disk.files()) bytes += disk.read(file)->size();
    disk.set_capacity(bytes);
}

/// Types until nothing fits any more; then makes room and goes on where it stopped.
void type_on_a_full_disk(SmallHub& hub, const std::function<void()>& fill,
                         const std::function<void()>& make_room) {
    ASSERT_EQ(hub.command("numbers.lease", lease()).status, 200);
    const auto opened = hub.command("case.open", open_case());
    ASSERT_EQ(opened.status, 200) << opened.body;
    const auto the_case = text_of(object_of(parse_json(opened.body)->as_object(), "answer"), "case_id");
    const json::object typed{
        {"case_id", the_case},
        {"form", json::object{{"moved_in", "2026-11-01"}, {"note", std::string(50'000, 'x')}}}};
    ASSERT_EQ(hub.command("draft.save", typed).status, 200);
    fill();
    const auto id = system::new_id();
    http::Response refused;
    for (int tries = 0; tries < 500; ++tries) {
        refused = hub.command("case.open", open_case(), id + "");
        if (refused.status != 200) break;
        // There was room still: a larger thing, and another try.
        auto more = typed;
        more["form"].as_object()["note"] = std::string(500'000, char('a' + tries % 26));
        refused = hub.command("draft.save", more);
        if (refused.status != 200) break;
    }
    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(code_of(refused), "store_full");
    const auto cases = rows_of(hub, "case_file"), entries = rows_of(hub, "journal");
    const auto next = system::new_id();
    auto larger = open_case();
    for (int tries = 0; tries < 50 && hub.command("case.open", larger, system::new_id()).status == 200;
         ++tries) {
    }
    const auto full_cases = rows_of(hub, "case_file"), full_entries = rows_of(hub, "journal");
    EXPECT_GE(full_cases, cases);
    EXPECT_GE(full_entries, entries);
    EXPECT_EQ(code_of(hub.command("case.open", open_case(), next)), "store_full");
    EXPECT_EQ(rows_of(hub, "case_file"), full_cases) << "nothing half done";
    EXPECT_EQ(rows_of(hub, "journal"), full_entries);
    EXPECT_EQ(rows_of(hub, "draft"), 1) << "what was typed is there";
    make_room();
    const auto again = hub.command("case.open", open_case(), next);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(rows_of(hub, "case_file"), full_cases + 1);
    EXPECT_EQ(hub.command("draft.save", typed).status, 200);
    EXPECT_TRUE(hub.store->check().empty());
}

/// Opens a case and asks for its letter; the answer to that.
http::Response letter_of_a_new_case(SmallHub& hub) {
    EXPECT_EQ(hub.command("numbers.lease", lease()).status, 200);
    const auto opened = hub.command("case.open", open_case());
    EXPECT_EQ(opened.status, 200) << opened.body;
    const auto id = text_of(object_of(parse_json(opened.body)->as_object(), "answer"), "case_id");
    return hub.call("POST", "/api/letters/privacy_notice", json::serialize(json::object{{"case_id", id}}));
}

TEST(Trouble, WhileALetterIsDrawnOthersWrite) {
    SmallHub hub(open_sqlite_store({":memory:"}));
    auto written = std::make_shared<std::promise<int>>();
    auto done = written->get_future();
    hub.while_drawing = [&] {
        std::thread([&hub, written] {
            written->set_value(hub.command("case.open", open_case()).status);
        }).detach();
        EXPECT_EQ(done.wait_for(std::chrono::seconds(20)), std::future_status::ready);
    };
    const auto answer = letter_of_a_new_case(hub);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(done.get(), 200);
    EXPECT_EQ(rows_of(hub, "case_document"), 1);
}

TEST(Trouble, ALetterThatCannotBeDrawnLeavesNothing) {
    SmallHub hub(open_sqlite_store({":memory:"}));
    hub.while_drawing = [] { throw std::runtime_error("no font"); };
    const auto answer = letter_of_a_new_case(hub);
    EXPECT_EQ(code_of(answer), "internal");
    EXPECT_EQ(rows_of(hub, "document"), 0);
    EXPECT_EQ(rows_of(hub, "case_document"), 0);
}

TEST(Trouble, ALetterForWhichThereIsNoRoomIsRefusedAsThat) {
    const auto disk = std::make_shared<SimDisk>();
    SqliteOptions options;
    options.path = "hub.db";
    options.disk = disk;
    SmallHub hub(open_sqlite_store(std::move(options)));
    hub.while_drawing = [&] { leave_room(*disk, 0); };
    EXPECT_EQ(code_of(letter_of_a_new_case(hub)), "store_full");
    disk->set_capacity(std::nullopt);
    EXPECT_EQ(rows_of(hub, "document"), 0);
    EXPECT_EQ(rows_of(hub, "case_document"), 0);
}

TEST(Trouble, AFullDiskRefusesWholeAndGoesOn) {
    const auto disk = std::make_shared<SimDisk>();
    SqliteOptions options;
    options.path = "hub.db";
    options.disk = disk;
    SmallHub hub(open_sqlite_store(std::move(options)));
    type_on_a_full_disk(
        hub, [&] { leave_room(*disk, 4096); }, [&] { disk->set_capacity(std::nullopt); });
}

/// The same on a file system of the machine, where the kernel says no.
TEST(Trouble, AFullFileSystemRefusesWholeAndGoesOn) {
    const auto folder = world().folder + "/small";
    std::filesystem::create_directories(folder);
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=8m") != 0)
        GTEST_SKIP() << "not allowed to mount here";
    {
        SqliteOptions options;
        options.path = folder + "/hub.db";
        SmallHub hub(open_sqlite_store(std::move(options)));
        type_on_a_full_disk(
            hub,
            [&] {
                std::ofstream ballast(folder + "/ballast");
                const std::string block(4096, 'x');
                while (ballast.write(block.data(), std::streamsize(block.size())).flush()) {
                }
            },
            [&] { std::filesystem::remove(folder + "/ballast"); });
        EXPECT_THROW(
            {
                std::ofstream ballast(folder + "/ballast");
                while (ballast.write("xxxxxxxxxxxxxxxx", 16).flush()) {
                }
                system::write_file(folder + "/tries.json", std::string(100'000, 'x'));
            },
            std::system_error);
    }
    umount2(folder.c_str(), MNT_DETACH);
}

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

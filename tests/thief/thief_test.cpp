// Useless to a thief: what somebody can do with a Koffer, its disk, or both, and what not. With a TPM (swtpm,
// a real one in software) and without. The same with real processes, and every byte ever written:
// forensic.mjs.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/tpm/software_tpm.hpp"
#include "apps/hub/sealed_work.hpp"
#include "apps/node/queue_file.hpp"
#include "base/pin_key.hpp"
#include "kernel/arrivals.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "modules/tours/module.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

/// What TPMs ask for is in the package of a hub where PINs were set; here it follows from the test's PIN.
void with_pin_auth(json::object& package) {
    for (auto& entry : package["keys"].as_array()) {
        auto& key = entry.as_object();
        const auto wrapped = from_hex(text_of(key, "wrapped_seed")).value();
        key["pin_auth"] = to_hex(pin_auth(key_from_pin(pin, wrapped).value()));
    }
}

struct Chip {
    std::string folder = world().folder + "/chip-" + system::new_id();
    tpm::SoftwareTpm chip{folder};
    Chip() { EXPECT_TRUE(chip.runs()) << "swtpm does not start; it is one of the packages in ./dev"; }
};

/// Everything in a folder, one after the other.
std::string all_bytes(const std::string& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) all += system::read_file(entry.path()).value_or("");
    return all;
}

std::string token_of(const http::Response& response) {
    for (const auto& [name, value] : response.headers)
        if (name == "Set-Cookie")
            return value.substr(value.find('=') + 1, value.find(';') - value.find('=') - 1);
    return "";
}

json::object command(Koffer& koffer, const std::string& token, const std::string& name,
                     json::object payload) {
    const auto answer = koffer.call("POST", "/api/commands/" + name,
                                    {{"id", system::new_id()}, {"payload", std::move(payload)}}, token);
    EXPECT_EQ(answer.status, 200) << name << answer.body;
    return object_of(parse_json(answer.body)->as_object(), "answer");
}

template <class Done>
bool within(int seconds, Done done) {
    for (int i = 0; i < seconds * 20; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

TEST(Thief, TheDiskAloneOpensNothingWhereThereIsATpm) {
    Chip right, stranger;
    Koffer koffer("tpm-disk", with_pin_auth, right.chip.tcti());
    ASSERT_EQ(koffer.sign_in(pin).status, 200);
    koffer.restart();
    const auto tour = node::TourVault(koffer.folder, koffer.device).info().value();
    EXPECT_FALSE(std::filesystem::exists(koffer.folder + "/tour/outer.key"));
    // The whole disk at another machine, with the right PIN: there is nothing to try a PIN on.
    koffer.device.tpm = stranger.chip.tcti();
    koffer.restart();
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_empty");
    const auto seed = Key32(sha256("clerk " + world().testhausen.id));
    const auto wrapped = wrap_with_secret(pin, seed.bytes, HashCost::test, {}, {});
    const auto all = all_bytes(koffer.folder);
    EXPECT_EQ(all.find(as_view(wrapped)), std::string::npos);
    EXPECT_EQ(all.find(to_hex(wrapped)), std::string::npos) << "the seed lies under the PIN alone";
    for (const auto& member : tour.staff) EXPECT_EQ(member.pin_recipe.size(), pin_recipe_bytes);
    koffer.device.tpm = right.chip.tcti();
    koffer.restart();
    EXPECT_EQ(koffer.sign_in(pin).status, 200) << "and at its own machine it opens";
}

TEST(Thief, WrongPinsAreCountedByTheTpmWhateverTheDiskSays) {
    Chip chip;
    ASSERT_TRUE(tpm::Tpm(chip.chip.tcti()).set_lockout(3, 15));
    Koffer koffer("tpm-tries", with_pin_auth, chip.chip.tcti());
    std::string last;
    for (int tries = 0; tries < 4; ++tries) {
        // A thief puts back the disk before each try.
        std::filesystem::remove(koffer.folder + "/tries.json");
        last = code_of(koffer.sign_in("111111"));
        if (tries < 3) {
            EXPECT_EQ(last, "sign_in_failed");
        }
    }
    EXPECT_EQ(last, "tours.chip_locked");
    std::filesystem::remove(koffer.folder + "/tries.json");
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_locked") << "also the right one";
    chip.chip.power_off();
    chip.chip.power_on();
    koffer.device.tpm = chip.chip.tcti();
    koffer.restart();
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.chip_locked") << "nor does switching off help";
}

TEST(Thief, TheTpmsClockEndsATourWhateverTheWallClockSays) {
    Chip chip;
    Koffer koffer("tpm-clock", with_pin_auth, chip.chip.tcti());
    const auto copy = koffer.folder + "-copy";
    std::filesystem::copy(koffer.folder, copy, std::filesystem::copy_options::recursive);
    const auto tour = node::TourVault(koffer.folder, koffer.device).info().value();
    ASSERT_TRUE(tpm::Tpm(chip.chip.tcti()).advance_clock(integer_of(tour.kept, "end_ms")));
    // A copy of the disk of before, the same machine, the wall clock still at noon of the tour.
    node::TourVault vault(copy, koffer.device);
    const auto& clerk = world().testhausen.staff.at("koffer_clerk").actor.user_id;
    const auto opened = vault.open(tour, clerk, pin, system::now().ms);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "tour_expired");
}

TEST(Thief, WhatIsDestroyedDoesNotComeBackWithACopyOfTheDisk) {
    Chip chip;
    Koffer koffer("tpm-copy", with_pin_auth, chip.chip.tcti());
    const auto copy = koffer.folder + "-copy";
    std::filesystem::copy(koffer.folder, copy, std::filesystem::copy_options::recursive);
    node::TourVault vault(koffer.folder, koffer.device), copied(copy, koffer.device);
    ASSERT_TRUE(vault.expire());
    const auto opened =
        copied.open(copied.info().value(), world().testhausen.staff.at("koffer_clerk").actor.user_id, pin,
                    system::now().ms);
    EXPECT_FALSE(opened) << "the TPM has let go of the key";
}

TEST(Thief, AClockTurnedBackDoesNotMakeATourYoungAgain) {
    Koffer koffer("clock-back");
    node::TourVault vault(koffer.folder, koffer.device);
    const auto tour = vault.info().value();
    const auto& clerk = world().testhausen.staff.at("koffer_clerk").actor.user_id;
    EXPECT_TRUE(vault.open(tour, clerk, pin, system::now().ms));
    vault.time(tour.expires_ms + hour_ms);
    node::TourVault later(koffer.folder, koffer.device);
    const auto opened = later.open(later.info().value(), clerk, pin, system::now().ms);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "tour_expired");
}

/// A case with something typed, left on a Koffer whose tour then expires; what a stick brings home.
std::string expired_work(Koffer& koffer, std::string& case_id, const std::string& title) {
    const auto token = token_of(koffer.sign_in(pin));
    const auto opened = command(koffer, token, "case.open",
                                {{"procedure", "residence.registration"},
                                 {"channel", "koffer"},
                                 {"title", title},
                                 {"tour_id", world().testhausen.objects["tour_out"]}});
    case_id = text_of(opened, "case_id");
    command(koffer, token, "draft.save",
            {{"case_id", case_id}, {"form", json::object{{"moved_in", "2026-11-02"}}}});
    koffer.restart();
    const auto store = koffer.folder + "/tour/store.db";
    EXPECT_TRUE(std::filesystem::exists(store));
    EXPECT_TRUE(within(15, [&] { return !std::filesystem::exists(store); }))
        << "nobody signed in, nobody had to";
    const auto file = koffer.call("GET", "/api/koffer/queue", {});
    EXPECT_EQ(file.status, 200);
    return file.body;
}

void expires_soon(json::object& package) {
    package["expires_ms"] = system::now().ms + 4000;
}

/// Without a TPM, without a PIN, without a line: the extract is gone, the work is not.
TEST(Thief, AnExpiredClosedTourIsDestroyedAndItsWorkComesHomeOnce) {
    auto& w = world();
    auto& a = w.testhausen;
    Koffer koffer("expires", expires_soon);
    std::string case_id;
    const auto file = expired_work(koffer, case_id, "Wilhelmine Testfrau");
    EXPECT_FALSE(std::filesystem::exists(koffer.folder + "/tour/outer.key"));
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tour_expired");
    EXPECT_EQ(all_bytes(koffer.folder).find("Wilhelmine"), std::string::npos);

    EXPECT_EQ(file.find("Wilhelmine"), std::string::npos);
    EXPECT_EQ(hub::tenant_of_queue(as_span(file)), a.id);
    const auto before = w.ask(a, "SELECT count(*) AS n FROM case_file").front().integer("n");
    const auto first = hub::import_queue(w.runner(a), as_span(file), system::now());
    ASSERT_TRUE(first);
    EXPECT_EQ(first->waiting, 0);
    EXPECT_GE(first->done, 1);
    EXPECT_EQ(first->drafts, 1);
    const auto held = w.ask(a, "SELECT title FROM case_file WHERE id = $id", {{"id", case_id}});
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held.front().text("title"), "Wilhelmine Testfrau");
    EXPECT_NE(w.ask(a, "SELECT form FROM draft WHERE case_id = $id", {{"id", case_id}})
                  .front()
                  .text("form")
                  .find("2026-11-02"),
              std::string::npos);
    const auto second = hub::import_queue(w.runner(a), as_span(file), system::now());
    ASSERT_TRUE(second);
    EXPECT_EQ(second->done + second->waiting, 0);
    EXPECT_EQ(second->again, first->done);
    EXPECT_EQ(w.ask(a, "SELECT count(*) AS n FROM case_file").front().integer("n"), before + 1);
    // Nobody else's hub takes it.
    const auto foreign = hub::import_queue(w.runner(w.musterstedt), as_span(file), system::now());
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, "device_not_found");
    auto cut = file;
    cut.resize(cut.size() - 10);
    EXPECT_FALSE(hub::import_queue(w.runner(a), as_span(cut), system::now()));
}

/// Told as stored, and killed before the command that names it: the page repeats that command after the next
/// sign-in, so the scan is still there.
TEST(Thief, AScanOutlivesARestartBeforeACaseNamesIt) {
    Koffer koffer("loose");
    http::Request request;
    request.method = "PUT";
    request.path = "/api/documents";
    request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost"}};
    request.cookies[koffer.api->cookie_name()] = token_of(koffer.sign_in(pin));
    request.body = "%PDF-1.7 nobody's %%EOF";
    EXPECT_EQ(koffer.call(std::move(request)).status, 200);
    koffer.restart();
    koffer.sign_in(pin);
    std::promise<std::int64_t> count;  // in the row of what was asked of the store before
    koffer.backend->runner(world().testhausen.id)
        ->write(
            [&](Transaction& tx) {
                const Statement all{"test", "SELECT count(*) AS n FROM document"};
                count.set_value(tx.query(all).front().integer("n"));
            },
            [](bool) {});
    EXPECT_EQ(count.get_future().get(), 1);
}

/// What a Koffer destroyed because the time was over is not out any more; what it destroyed because its clock
/// was ahead can be fetched again.
TEST(Thief, ATourWipedAfterItsTimeIsOverAtTheHub) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto& staff = a.staff.at("koffer_clerk").actor;
    const auto today = local_date(system::now());
    for (const auto& [day, state] :
         {std::pair{add_days(today, -3), "in"}, std::pair{add_days(today, 30), "out"}}) {
        const auto tour =
            text_of(w.must(a, "tour.plan",
                           {{"site_id", a.objects["site"]},
                            {"day", to_iso(day)},
                            {"from", "07:00"},
                            {"until", "07:30"},
                            {"staff", json::array{json::string(staff.user_id),
                                                  json::string(a.staff.at("team_lead").actor.user_id)}},
                            {"device_id", a.objects["other_device"]}}),
                    "tour_id");
        w.must(a, "tour.check_out", {{"tour_id", tour}, {"device_id", a.objects["other_device"]}}, staff);
        w.must(a, "tour.note_wiped", {{"tour_id", tour}, {"device_id", a.objects["other_device"]}});
        const auto row = w.ask(a, "SELECT state, wiped_ms FROM tour WHERE id = $id", {{"id", tour}}).front();
        EXPECT_EQ(row.text("state"), state);
        EXPECT_GT(row.integer("wiped_ms"), 0);
        if (row.text("state") == "in") continue;
        // Wiped early: fetched again it is on the Koffer, and counts as that when the Koffer is lost.
        const auto on_koffer = [&] {
            return !w.ask(a, "SELECT id FROM tour WHERE id = $id AND wiped_ms IS NULL", {{"id", tour}})
                        .empty();
        };
        EXPECT_FALSE(on_koffer());
        w.must(a, "tour.check_out", {{"tour_id", tour}, {"device_id", a.objects["other_device"]}}, staff);
        EXPECT_TRUE(on_koffer());
        // Wiped again, the visit does not take place: who may carry it ends it at the office.
        w.must(a, "tour.note_wiped", {{"tour_id", tour}, {"device_id", a.objects["other_device"]}});
        const auto ended = w.command("tour.check_in", {{"tour_id", tour}}, w.sign_in(a, "team_lead"));
        EXPECT_EQ(ended.status, 200) << ended.raw;
        EXPECT_EQ(w.ask(a, "SELECT state FROM tour WHERE id = $id", {{"id", tour}}).front().text("state"),
                  "in");
    }
}

/// A tour that has gone over to another Koffer: whom the office takes out of it meanwhile, the first Koffer
/// may still mark. That must not send the person's extract out with the second one.
TEST(Thief, WhoIsTakenOutOfATourIsNotBroughtBackByAMark) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto tour =
        text_of(w.must(a, "tour.plan",
                       {{"site_id", a.objects["site"]},
                        {"day", to_iso(add_days(local_date(system::now()), 31))},
                        {"from", "07:00"},
                        {"until", "07:30"},
                        {"staff", json::array{json::string(a.staff.at("koffer_clerk").actor.user_id),
                                              json::string(a.staff.at("team_lead").actor.user_id)}},
                        {"device_id", a.objects["other_device"]}}),
                "tour_id");
    const json::object whom{{"tour_id", tour},
                            {"at", "07:00"},
                            {"minutes", 30},
                            {"procedure", "residence.registration"},
                            {"person_id", a.objects["person"]},
                            {"name", "Erna Muster"},
                            {"consent", true}};
    const auto appointment = text_of(w.must(a, "appointment.add", whom), "appointment_id");
    const auto leaves = [&] {
        bool found = false;
        w.runner(a).read([&](Transaction& tx) {
            for (const auto& [table, row] : working_set(tx, w.runner(a).engine().registry(), tour))
                found = found || row.text("id") == a.objects["person"];
        });
        return found;
    };
    EXPECT_TRUE(leaves());
    w.must(a, "appointment.remove", {{"appointment_id", appointment}, {"reason", "abgesagt"}});
    EXPECT_FALSE(leaves());
    w.must(a, "appointment.mark", {{"appointment_id", appointment}, {"state", "done"}});
    EXPECT_FALSE(leaves());
}

/// A Koffer whose disk was put back to an earlier day: its work is not part of the chain, and is kept as
/// well.
TEST(Thief, ADraftOfACaseInQuarantineWaitsWithIt) {
    auto& w = world();
    auto& a = w.testhausen;
    std::string case_id;
    for (const auto* name : {"before", "put-back"}) {
        Koffer koffer(name, expires_soon);
        const auto file = expired_work(koffer, case_id, name);
        const auto taken = hub::import_queue(w.runner(a), as_span(file), system::now());
        ASSERT_TRUE(taken);
        EXPECT_EQ(taken->drafts, 1) << name;
        EXPECT_GE(taken->waiting, std::string_view(name) == "put-back" ? 1 : 0);
    }
    const auto drafts = [&] {
        return w.ask(a, "SELECT count(*) AS n FROM draft WHERE case_id = $id", {{"id", case_id}})
            .front()
            .integer("n");
    };
    EXPECT_TRUE(w.ask(a, "SELECT id FROM case_file WHERE id = $id", {{"id", case_id}}).empty());
    EXPECT_EQ(drafts(), 1);
    // Set aside, all of it: what was typed goes too.
    for (const auto& entry : w.ask(a, "SELECT command_id FROM quarantine WHERE state = 'open'")) {
        std::promise<void> done;
        w.runner(a).write(
            [&](Transaction& tx) {
                EXPECT_EQ(drafts(), 1);
                EXPECT_TRUE(settle_quarantine(tx, w.runner(a).engine(), w.runner(a).scope(),
                                              hub::clerk_lookup(), entry.text("command_id"),
                                              Settlement::set_aside, system_actor(), "Platte",
                                              system::now()));
            },
            [&](bool good) {
                EXPECT_TRUE(good);
                done.set_value();
            });
        done.get_future().get();
    }
    EXPECT_EQ(drafts(), 0);
}

TEST(Thief, WithoutContactNoNewCaseIsBegun) {
    Koffer koffer("no-contact",
                  [](json::object& package) { package["expires_ms"] = system::now().ms + 240 * hour_ms; });
    const auto token = token_of(koffer.sign_in(pin));
    const json::object payload{
        {"procedure", "residence.registration"}, {"channel", "koffer"}, {"title", "A"}};
    EXPECT_FALSE(text_of(command(koffer, token, "case.open", payload), "case_id").empty());
    std::ofstream(koffer.folder + "/tour/seen") << R"({"ms":)" << system::now().ms + 100 * hour_ms << "}";
    koffer.restart();
    const auto later = token_of(koffer.sign_in(pin));
    const auto refused = koffer.call("POST", "/api/commands/case.open",
                                     {{"id", system::new_id()}, {"payload", payload}}, later);
    EXPECT_EQ(code_of(refused), "tours.contact_overdue");
    EXPECT_NE(refused.body.find("seit 4 Tagen"), std::string::npos) << refused.body;
}

TEST(Thief, APinWithoutWhatATpmAsksForIsSaidToBeSetAnew) {
    Chip chip;
    Koffer koffer("pin-anew", {}, chip.chip.tcti());
    EXPECT_EQ(code_of(koffer.sign_in(pin)), "tours.pin_anew");
}

/// Last: it takes a Koffer of Musterstedt out of use.
TEST(Thief, ZAReportOfLossRevokesListsAndIsObeyed) {
    auto& w = world();
    auto& b = w.musterstedt;
    const auto report = [&](const std::string& role) {
        return w.command("koffer.report_loss",
                         {{"device_id", b.objects["device"]},
                          {"kind", "stolen"},
                          {"noticed_on", "2026-11-05"},
                          {"place", "Parkplatz"},
                          {"circumstances", "Scheibe eingeschlagen"}},
                         w.sign_in(b, role));
    };
    EXPECT_EQ(report("clerk").code(), "permission_denied");
    const auto made = report("team_lead");
    ASSERT_EQ(made.status, 200) << made.raw;
    EXPECT_EQ(report("admin").code(), "tours.already_lost");
    EXPECT_EQ(w.ask(b, "SELECT state FROM device WHERE id = $id", {{"id", b.objects["device"]}})
                  .front()
                  .text("state"),
              "revoked");
    const auto loss_id = text_of(object_of(made.body, "answer"), "loss_id");
    const auto answer = w.query("koffer.loss", {{"loss_id", loss_id}}, w.sign_in(b, "team_lead"));
    const auto loss = object_of(object_of(answer.body, "answer"), "loss");
    const auto& tours = array_of(object_of(loss, "inventory"), "tours");
    ASSERT_EQ(tours.size(), 1u) << "the one that is out";
    EXPECT_GE(array_of(tours.front().as_object(), "persons").size(), 1u);
    const auto letter = loss_letter(loss, w.runner(b).scope().tenant, *parse_date("2026-11-06"));
    bool own_page = false, named_before = false, named_after = false;
    const auto name = text_of(array_of(tours.front().as_object(), "persons").front().as_object(), "name");
    for (const auto& block : letter.body) {
        own_page = own_page || std::holds_alternative<letter::PageBreak>(block);
        if (const auto* list = std::get_if<letter::BulletList>(&block))
            for (const auto& item : list->items)
                (own_page ? named_after : named_before) |= item.find(name) != std::string::npos;
    }
    EXPECT_TRUE(named_after);
    EXPECT_FALSE(named_before) << "police and insurance learn how many, not who";
    EXPECT_EQ(w.call("GET", "/api/losses/" + loss_id + ".pdf", "", w.sign_in(b, "admin")).status, 200);
    EXPECT_EQ(text_of(ask_hub(b, {{"op", "tours"}}), "problem"), "tours.device_lost");
    Line line(b);
    line.hello(b.objects["tour_out"]);
    EXPECT_EQ(line.error(), "tours.device_lost") << "nothing is taken or given before its keys are gone";
    EXPECT_TRUE(ask_hub(b, {{"op", "destroyed"}}).empty());
    w.settle(b);
    EXPECT_FALSE(w.ask(b, "SELECT destroyed_at_ms FROM loss").front().is_null("destroyed_at_ms"));
    Line again(b);
    again.hello(b.objects["tour_out"]);
    EXPECT_EQ(again.error(), "") << "then its sealed work is kept, like that of any revoked one";
}

}  // namespace
}  // namespace wa::refusals

// Useless to a thief, without a TPM, without a PIN, without a line: a tour whose time is over is destroyed,
// and what only the Koffer held comes home, once.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "apps/hub/sealed_work.hpp"
#include "kernel/arrivals.hpp"
#include "sync/sealed_queue.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

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
    EXPECT_EQ(koffer.all_bytes().find("Wilhelmine"), std::string::npos);

    EXPECT_EQ(file.find("Wilhelmine"), std::string::npos);
    EXPECT_EQ(hub::tenant_of_queue(as_span(file)), a.id);
    // Without any key: whose it is and how many steps it holds, and not which.
    auto found = sync::QueueReader::open(as_span(file)).value();
    EXPECT_EQ(found.head().device_id, a.objects.at("device"));
    EXPECT_EQ(found.head().tour_id, a.objects.at("tour_out"));
    std::map<sync::QueueItem::Kind, int> items;
    while (const auto item = found.next()) ++items[item->kind];
    EXPECT_GE(items[sync::QueueItem::Kind::envelope], 1);
    EXPECT_EQ(items[sync::QueueItem::Kind::draft], 1);
    for (const auto* inside : {"case.open", "moved_in", case_id.c_str()})
        EXPECT_EQ(file.find(inside), std::string::npos) << inside;
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

}  // namespace
}  // namespace wa::refusals

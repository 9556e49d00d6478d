// Plans change: a tour that has not left moves, is called off, or goes on with another Koffer; visits go
// along.
#include <thread>

#include "apps/testland/testland.hpp"
#include "modules/tours/module.hpp"
#include "ways.hpp"

namespace wa::refusals {
namespace {

class Tours : public testing::Test {
  protected:
    World& w = world();
    Authority& a = w.testhausen;
    const Actor& clerk = a.staff.at("clerk").actor;
    // Of their own: the other tests lose and revoke theirs.
    const std::string device = enrolled("Koffer der Tour"), other_device = enrolled("der andere Koffer");

    std::string enrolled(const std::string& name) {
        static int count = 0;
        const auto id = text_of(w.must(a, "device.prepare",
                                       {{"name", name},
                                        {"code_hash", std::string(64, 'a')},
                                        {"code_expires", to_rfc3339(system::now())}}),
                                "device_id");
        w.must(a, "device.enrol",
               {{"device_id", id},
                {"certificate", "AAAA"},
                {"certificate_until", to_rfc3339({system::now().ms + 86'400'000'000})},
                {"fingerprint", to_hex(sha256(name + std::to_string(++count)))},
                {"sign_key", to_hex(a.device_keys.public_key)}});
        return id;
    }

    /// A day on which nothing else of the tests is planned.
    static std::string far_day(int days) { return to_iso(add_days(local_date(system::now()), 200 + days)); }

    json::object plan(const std::string& day, const char* from, const char* until) {
        return {{"site_id", a.objects["site"]},
                {"day", day},
                {"from", from},
                {"until", until},
                {"staff", json::array{json::string(a.staff.at("koffer_clerk").actor.user_id),
                                      json::string(a.staff.at("team_lead").actor.user_id)}}};
    }
    std::string planned(const std::string& day, const char* from = "09:00", const char* until = "12:00") {
        auto payload = plan(day, from, until);
        payload["device_id"] = device;
        return text_of(w.must(a, "tour.plan", payload, clerk), "tour_id");
    }
    std::string visit(const std::string& tour, const char* at) {
        return text_of(w.must(a, "appointment.add",
                              {{"tour_id", tour},
                               {"at", at},
                               {"minutes", 30},
                               {"procedure", "residence.registration"},
                               {"person_id", a.objects["person"]},
                               {"name", "Erna Muster"},
                               {"consent", true}},
                              clerk),
                       "appointment_id");
    }
    std::string code(const std::string& name, json::object payload) {
        const auto answer = w.command(name, std::move(payload), w.sign_in(a, "clerk"));
        return answer.status == 200 ? "" : answer.code();
    }
    std::string change(const std::string& tour, json::object payload) {
        payload["tour_id"] = tour;
        return code("tour.change", std::move(payload));
    }
    std::string move(const std::string& appointment, const std::string& tour, const char* at) {
        return code("appointment.move", {{"appointment_id", appointment}, {"tour_id", tour}, {"at", at}});
    }
    Row row(const std::string& table, const std::string& id) {
        return w.ask(a, "SELECT * FROM " + table + " WHERE id = $id", {{"id", id}}).front();
    }
    void fetch(const std::string& tour) {
        w.must(a, "tour.check_out", {{"tour_id", tour}, {"device_id", device}},
               a.staff.at("koffer_clerk").actor);
    }
};

TEST_F(Tours, AChangedTourTakesItsVisitsAlong) {
    const auto tour = planned(far_day(0));
    const auto early = visit(tour, "09:00"), late = visit(tour, "10:30");
    ASSERT_EQ(change(tour, plan(far_day(1), "13:30", "16:00")), "");
    EXPECT_EQ(row("tour", tour).text("day"), far_day(1));
    EXPECT_EQ(row("appointment", early).text("at_time"), "13:30");
    EXPECT_EQ(row("appointment", late).text("at_time"), "15:00");
    EXPECT_EQ(w.journal_end(a).text("name"), "tour.change");
    EXPECT_EQ(change(tour, plan(far_day(1), "13:30", "15:00")), "tours.visits_outside");
    EXPECT_EQ(row("tour", tour).text("until_time"), "16:00") << "a refused change changes nothing";
    EXPECT_EQ(change(tour, plan(far_day(1), "15:00", "13:00")), "tours.times_wrong");
}

TEST_F(Tours, AChangedTourIsInNobodysWayAndNotInItsOwn) {
    const auto tour = planned(far_day(2)), other = planned(far_day(3));
    EXPECT_EQ(change(tour, plan(far_day(2), "09:30", "12:30")), "") << "it overlaps with itself only";
    EXPECT_EQ(change(tour, plan(far_day(3), "11:00", "13:00")), "tours.device_busy");
    ASSERT_EQ(code("tour.cancel", {{"tour_id", other}, {"reason", "Glatteis"}}), "");
    EXPECT_EQ(change(tour, plan(far_day(3), "11:00", "13:00")), "") << "a cancelled tour needs no Koffer";
    auto alone = plan(far_day(3), "11:00", "13:00");
    alone["staff"].as_array().pop_back();
    EXPECT_EQ(change(tour, alone), "tours.staff_missing");
}

TEST_F(Tours, ACancelledTourDoesNotLeaveAndItsVisitsCanStillGoWithAnother) {
    const auto tour = planned(far_day(4)), other = planned(far_day(5));
    const auto whom = visit(tour, "10:00");
    ASSERT_EQ(code("tour.cancel", {{"tour_id", tour}, {"reason", "Das Heim ist in Quarantäne"}}), "");
    EXPECT_EQ(row("tour", tour).text("state"), "cancelled");
    EXPECT_EQ(row("tour", tour).text("exception"), "Das Heim ist in Quarantäne");
    const auto koffer_clerk = w.sign_in(a, "koffer_clerk");
    for (const auto& [name, payload] : std::vector<std::pair<std::string, json::object>>{
             {"tour.check_out", {{"tour_id", tour}, {"device_id", device}}},
             {"tour.cancel", {{"tour_id", tour}, {"reason", "noch einmal"}}},
             {"tour.reassign", {{"tour_id", tour}, {"device_id", other_device}, {"reason", "kaputt"}}}})
        EXPECT_EQ(w.command(name, payload, koffer_clerk).code(), "tours.not_planned") << name;
    EXPECT_EQ(w.command("tour.check_in", {{"tour_id", tour}}, koffer_clerk).code(), "tours.not_out");
    EXPECT_EQ(change(tour, plan(far_day(6), "09:00", "12:00")), "tours.not_planned");

    EXPECT_EQ(move(whom, other, "08:00"), "tours.times_wrong");
    EXPECT_EQ(move(whom, tour, "10:00"), "tours.not_planned") << "not back to where nobody goes";
    ASSERT_EQ(move(whom, other, "11:30"), "");
    EXPECT_EQ(row("appointment", whom).text("tour_id"), other);
    EXPECT_EQ(row("appointment", whom).text("at_time"), "11:30");
    EXPECT_EQ(row("appointment", whom).integer("consent"), 1);

    const auto on_the_start_page = w.query("desk.today", {}, koffer_clerk).raw;
    EXPECT_EQ(on_the_start_page.find(tour), std::string::npos);
    EXPECT_NE(on_the_start_page.find(other), std::string::npos);
}

TEST_F(Tours, WhoWasKnownTwiceIsVisitedAsWhoTheyAre) {
    const json::object twin{
        {"family_name", "Zwilling"}, {"given_names", "Zoe"}, {"birth_date", "1950-01-02"}};
    w.must(a, "residence.import", {{"persons", json::array{twin, twin}}});
    const auto both = w.ask(a, "SELECT id FROM person WHERE family_name = 'Zwilling' ORDER BY id", {});
    const auto kept = both.at(0).text("id"), other = both.at(1).text("id");
    const auto tour = planned(far_day(20));
    const auto appointment = text_of(w.must(a, "appointment.add",
                                            {{"tour_id", tour},
                                             {"at", "10:00"},
                                             {"minutes", 30},
                                             {"procedure", "residence.registration"},
                                             {"person_id", other},
                                             {"name", "Zoe Zwilling"},
                                             {"consent", true}},
                                            clerk),
                                     "appointment_id");
    const auto task =
        text_of(w.must(a, "person.propose_merge",
                       {{"person_id", kept}, {"other_id", other}, {"source", "Urkunde"}}, clerk),
                "task_id");
    w.must(a, "person.merge", {{"task_id", task}, {"source", "Urkunde"}}, a.staff.at("team_lead").actor);
    EXPECT_EQ(row("appointment", appointment).text("person_id"), kept);
}

TEST_F(Tours, WhatAKofferHasFetchedIsNotChangedBehindItsBack) {
    const auto tour = planned(far_day(7)), other = planned(far_day(8));
    const auto whom = visit(tour, "10:00"), elsewhere = visit(other, "10:00");
    fetch(tour);
    const auto all_refused = [&] {
        EXPECT_EQ(change(tour, plan(far_day(9), "09:00", "12:00")), "tours.not_planned");
        EXPECT_EQ(code("tour.cancel", {{"tour_id", tour}, {"reason", "zu spät"}}), "tours.not_planned");
        EXPECT_EQ(move(whom, other, "11:00"), "tours.not_planned");
    };
    all_refused();
    EXPECT_EQ(move(elsewhere, tour, "11:00"), "tours.not_planned");
    // The Koffer is broken, another one takes over: the first may still bring what was done.
    ASSERT_EQ(
        code("tour.reassign",
             {{"tour_id", tour}, {"device_id", other_device}, {"reason", "Der Bildschirm bleibt schwarz"}}),
        "");
    EXPECT_EQ(row("tour", tour).text("state"), "planned");
    all_refused();
    ASSERT_EQ(move(elsewhere, tour, "11:00"), "") << "it can be fetched again, so people can be added";
    w.must(a, "appointment.mark", {{"appointment_id", elsewhere}, {"state", "done"}});
    EXPECT_EQ(move(elsewhere, other, "11:00"), "tours.not_planned");
}

TEST_F(Tours, NobodyEndsATourThatNoKofferHasFetched) {
    const auto tour = planned(far_day(10));
    const auto token = w.sign_in(a, "koffer_clerk");
    EXPECT_EQ(w.command("tour.check_in", {{"tour_id", tour}}, token).code(), "tours.not_out");
    EXPECT_EQ(row("tour", tour).text("state"), "planned");
    fetch(tour);
    EXPECT_EQ(w.command("tour.check_in", {{"tour_id", tour}}, token).status, 200);
    EXPECT_EQ(w.command("tour.check_in", {{"tour_id", tour}}, token).code(), "tours.not_out");
}

TEST_F(Tours, ACaseBegunForAVisitGoesWithIt) {
    const auto tour = planned(far_day(11)), other = planned(far_day(12));
    const auto whom = visit(tour, "10:00");
    const auto begun = [&] {
        return text_of(w.must(a, "case.open",
                              {{"procedure", "residence.registration"},
                               {"channel", "koffer"},
                               {"title", "Erna Muster"},
                               {"appointment_id", whom},
                               {"tour_id", tour}},
                              clerk),
                       "case_id");
    };
    const auto open = begun(), over = begun();
    w.must(a, "case.withdraw", {{"case_id", over}, {"reason", "Test"}}, clerk);
    ASSERT_EQ(move(whom, other, "10:00"), "");
    EXPECT_EQ(row("case_file", open).text("tour_id"), other);
    EXPECT_EQ(row("case_file", over).text("tour_id"), tour);
}

TEST_F(Tours, TheStartPageShowsCasesToWhoMayReadThem) {
    const auto of = [&](const char* role) {
        return object_of(w.query("desk.today", {}, w.sign_in(a, role)).body, "answer");
    };
    w.must(a, "case.open",
           {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Erna Muster"}},
           a.staff.at("clerk").actor);
    EXPECT_FALSE(array_of(of("clerk"), "cases").empty());
    for (const auto* role : {"reception", "admin", "auditor"})
        for (const auto* list : {"due", "returned", "cases"}) {
            const auto answer = of(role);
            ASSERT_TRUE(answer.contains(list)) << role << list;
            EXPECT_TRUE(array_of(answer, list).empty()) << role << list;
        }
}

/// Persons with a block under BMG § 51, on tours whose staff are one who may see them and one who may not.
class ToursOfBlocked : public Tours {
  protected:
    const std::string person = testland::named_person("blocked").id;
    const Actor& lead = a.staff.at("team_lead").actor;

    std::string begun(const std::string& tour, const std::string& about = "") {
        return begun_by(lead, tour, about);
    }
    std::string begun_by(const Actor& actor, const std::string& tour, const std::string& about = "") {
        json::object payload{{"procedure", "residence.registration"},
                             {"channel", "koffer"},
                             {"title", "x"},
                             {"tour_id", tour}};
        if (!about.empty()) payload["person_id"] = about;
        return text_of(w.must(a, "case.open", payload, actor), "case_id");
    }
    /// Its form has been submitted, and means them.
    void means_them(const std::string& case_id) {
        auto tx = w.runner(a).store().begin_write();
        tx->execute({"test", "UPDATE case_file SET meant_id = $person WHERE id = $id"},
                    {{"person", person}, {"id", case_id}});
        tx->commit();
    }
    std::set<std::string> cases_in(const std::string& tour) {
        std::set<std::string> ids;
        const auto tx = w.runner(a).store().begin_read();
        for (const auto& [table, row] : working_set(*tx, w.runner(a).engine().registry(), tour))
            if (table == "case_file") ids.insert(row.text("id"));
        return ids;
    }
    std::string visit_of(const std::string& tour) {
        return text_of(w.must(a, "appointment.add",
                              {{"tour_id", tour},
                               {"at", "11:00"},
                               {"minutes", 30},
                               {"procedure", "residence.registration"},
                               {"person_id", person},
                               {"name", "x"},
                               {"consent", true},
                               {"reason", "Hausbesuch"}},
                              lead),
                       "appointment_id");
    }
};

TEST_F(ToursOfBlocked, ATourTakesThemAlongOnlyWhereItVisitsThem) {
    const auto tour = planned(far_day(13));
    const auto ordinary = begun(tour), theirs = begun(tour, person), among = begun(tour), over = begun(tour);
    {
        auto tx = w.runner(a).store().begin_write();
        tx->execute(
            Statement{"test",
                      "INSERT INTO task (id, version, kind, subject, title, case_id, person_id, state, "
                      "created_at_ms, created_by) VALUES ($id, 'v', 'x', '', 'x', $case_id, $person_id, "
                      "'open', 1, 'x')"},
            {{"id", system::new_id()}, {"case_id", among}, {"person_id", person}});
        tx->commit();
    }
    w.must(a, "case.withdraw", {{"case_id", over}, {"reason", "Test"}}, lead);
    fetch(tour);
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{ordinary}));
    // What is decided while the Koffer is away it hears of.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    w.must(a, "case.withdraw", {{"case_id", ordinary}, {"reason", "Test"}}, lead);
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{ordinary}));

    // What was booked before and is taken back only now has not travelled, and does not come without its
    // papers.
    {
        auto tx = w.runner(a).store().begin_write();
        tx->execute({"test",
                     "UPDATE case_file SET first_decided_at_ms = decided_at_ms, decided_at_ms = $now, "
                     "decision = 'revoked' WHERE id = $id"},
                    {{"now", system::now().ms}, {"id", over}});
        tx->commit();
    }
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{ordinary}));

    const auto visiting = planned(far_day(14));
    const auto with_them = begun(visiting, person);
    visit_of(visiting);
    EXPECT_EQ(cases_in(visiting), (std::set<std::string>{with_them}))
        << "their row goes along, so the Koffer's own desk hides them";
}

/// What a clerk takes at the counter from somebody who is in the register with a block names nobody until it
/// is booked: it does not go along with staff who would be refused it here, wherever the visit is moved.
TEST_F(ToursOfBlocked, ACaseWhoseFormMeansThemGoesWithWhoTookTheirDeclaration) {
    const auto& koffer_clerk = a.staff.at("koffer_clerk").actor;
    auto payload = plan(far_day(17), "09:00", "12:00");
    payload["staff"] = json::array{json::string(koffer_clerk.user_id)};
    payload["exception"] = "Test";
    payload["device_id"] = device;
    const auto tour = text_of(w.must(a, "tour.plan", payload, clerk), "tour_id");
    const auto own = begun_by(koffer_clerk, tour), of_others = begun_by(clerk, tour);
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{own, of_others}));
    means_them(own);
    means_them(of_others);
    EXPECT_EQ(w.query("case.get", {{"case_id", of_others}}, w.sign_in(a, "koffer_clerk")).code(),
              "residence.person_blocked")
        << "as at the hub";
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{own}));
    fetch(tour);
    EXPECT_EQ(cases_in(tour), (std::set<std::string>{own})) << "nor do its rows follow later";

    const auto together = planned(far_day(18));
    const auto visited = begun_by(clerk, together), unvisited = begun_by(koffer_clerk, together);
    means_them(unvisited);
    EXPECT_EQ(cases_in(together), (std::set<std::string>{visited, unvisited}))
        << "one took it, the other may see them";
    means_them(visited);
    EXPECT_EQ(cases_in(together), (std::set<std::string>{unvisited}));
    visit_of(together);
    EXPECT_EQ(cases_in(together), (std::set<std::string>{visited, unvisited}));
}

TEST_F(ToursOfBlocked, WhoHasLeftIsNobodyWhoMaySeeThem) {
    const auto made = w.must(a, "user.create",
                             {{"login", "leitung." + system::new_id()},
                              {"name", "Lena Leitung"},
                              {"roles", json::array{"team_lead"}}});
    const Actor lena{text_of(made, "user_id"), "Lena Leitung", permissions_of({"team_lead"})};
    const auto key = std::string(64, 'b');
    w.must(a, "user.set_pin", {{"sign_key", key}, {"seal_key", key}, {"wrapped_seed", "00"}}, lena);
    auto payload = plan(far_day(15), "09:00", "12:00");
    payload["device_id"] = device;
    payload["staff"] =
        json::array{json::string(lena.user_id), json::string(a.staff.at("koffer_clerk").actor.user_id)};
    const auto tour = text_of(w.must(a, "tour.plan", payload, clerk), "tour_id");
    const auto whom = visit_of(tour);
    w.must(a, "user.set_state", {{"user_id", lena.user_id}, {"state", "left"}}, a.staff.at("admin").actor);
    const auto out =
        w.command("tour.check_out", {{"tour_id", tour}, {"device_id", device}}, w.sign_in(a, "koffer_clerk"));
    EXPECT_EQ(out.code(), "tours.staff_may_not_see") << out.raw;
    w.must(a, "appointment.remove", {{"appointment_id", whom}, {"reason", "Test"}}, clerk);

    // Alone on a tour: with nobody left who may see them, their case does not go along either.
    w.must(a, "user.set_state", {{"user_id", lena.user_id}, {"state", "active"}}, a.staff.at("admin").actor);
    w.must(a, "user.set_pin", {{"sign_key", key}, {"seal_key", key}, {"wrapped_seed", "00"}}, lena);
    payload["day"] = far_day(16);
    payload["staff"] = json::array{json::string(lena.user_id)};
    payload["exception"] = "Test";
    const auto alone = text_of(w.must(a, "tour.plan", payload, clerk), "tour_id");
    const auto ordinary = begun(alone), theirs = begun(alone, person);
    EXPECT_EQ(cases_in(alone), (std::set<std::string>{ordinary, theirs}));
    w.must(a, "user.set_state", {{"user_id", lena.user_id}, {"state", "left"}}, a.staff.at("admin").actor);
    EXPECT_EQ(cases_in(alone), (std::set<std::string>{ordinary}));
}

}  // namespace
}  // namespace wa::refusals

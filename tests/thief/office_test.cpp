// What the office does about a Koffer it cannot see: a tour that was wiped, one that has gone over to another
// Koffer, a loss.
#include <gtest/gtest.h>

#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "modules/tours/module.hpp"
#include "tests/refusals/koffer.hpp"

namespace wa::refusals {
namespace {

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

/// Koffer of their own, each with a tour that was fetched, and what a report of their loss says.
struct Lost {
    World& w = world();
    Authority& a = w.testhausen;
    const Actor& staff = a.staff.at("koffer_clerk").actor;

    std::string enrolled(const std::string& name) {
        const auto id = text_of(w.must(a, "device.prepare",
                                       {{"name", name},
                                        {"code_hash", std::string(64, 'a')},
                                        {"code_expires", to_rfc3339(system::now())}}),
                                "device_id");
        w.must(a, "device.enrol",
               {{"device_id", id},
                {"certificate", "AAAA"},
                {"certificate_until", to_rfc3339({system::now().ms + 86'400'000'000})},
                {"fingerprint", to_hex(sha256(name))},
                {"sign_key", to_hex(a.device_keys.public_key)}});
        return id;
    }
    std::string planned(const std::string& device, int day) {
        return text_of(w.must(a, "tour.plan",
                              {{"site_id", a.objects["site"]},
                               {"day", to_iso(add_days(local_date(system::now()), day))},
                               {"from", "07:00"},
                               {"until", "08:30"},
                               {"staff", json::array{json::string(staff.user_id)}},
                               {"exception", "Test"},
                               {"device_id", device}}),
                       "tour_id");
    }
    std::string visit(const std::string& tour, const char* name, const std::string& person = "") {
        json::object whom{{"tour_id", tour}, {"at", "07:00"},
                          {"minutes", 30},   {"procedure", "residence.registration"},
                          {"name", name},    {"consent", true}};
        if (!person.empty()) whom["person_id"] = person;
        return text_of(w.must(a, "appointment.add", whom), "appointment_id");
    }
    void fetch(const std::string& tour, const std::string& device) {
        w.must(a, "tour.check_out", {{"tour_id", tour}, {"device_id", device}}, staff);
    }
    /// As it comes home from the Koffer, signed by both.
    void bring_back(const std::string& tour, const std::string& device) {
        CommandRequest request;
        request.id = system::new_id();
        request.name = "tour.check_in";
        request.payload = {{"tour_id", tour}};
        request.actor = staff;
        request.origin = {"koffer", device, "Koffer", tour};
        request.replayed = true;
        request.at = system::now();
        EXPECT_EQ(w.runner(a).run_and_wait(std::move(request)).outcome, Outcome::done);
    }
    json::object reported(const std::string& device) {
        const auto made = w.must(a, "koffer.report_loss",
                                 {{"device_id", device},
                                  {"kind", "stolen"},
                                  {"noticed_on", to_iso(local_date(system::now()))},
                                  {"place", "Parkplatz"},
                                  {"circumstances", "x"}},
                                 a.staff.at("team_lead").actor);
        const auto answer =
            w.query("koffer.loss", {{"loss_id", text_of(made, "loss_id")}}, w.sign_in(a, "team_lead"));
        return object_of(object_of(answer.body, "answer"), "loss");
    }
    std::string paper(const json::object& loss) {
        std::string text;
        for (const auto& block :
             loss_letter(loss, w.runner(a).scope().tenant, local_date(system::now())).body) {
            if (const auto* paragraph = std::get_if<letter::Paragraph>(&block))
                text += paragraph->text + "\n";
            if (const auto* list = std::get_if<letter::BulletList>(&block))
                for (const auto& item : list->items) text += item + "\n";
        }
        return text;
    }
};

/// That a tour is wiped whoever has the certificate can say, without a PIN, before anybody reports the loss.
TEST(Thief, AWipeThatTheDeviceAloneHasClaimedIsListedAsAClaim) {
    Lost lost;
    const auto claims = lost.enrolled("behauptet"), returns = lost.enrolled("kehrt zurück");
    for (const auto& device : {claims, returns}) {
        const auto tour = lost.planned(device, 50);
        lost.visit(tour, "Erna Muster", lost.a.objects["person"]);
        lost.fetch(tour, device);
        if (device == returns) lost.bring_back(tour, device);
        lost.w.must(lost.a, "tour.note_wiped", {{"tour_id", tour}, {"device_id", device}});
    }
    const auto claimed = lost.reported(claims), returned = lost.reported(returns);
    ASSERT_EQ(array_of(object_of(claimed, "inventory"), "tours").size(), 1u);
    const auto text = lost.paper(claimed);
    EXPECT_NE(text.find("(Angabe des Geräts)"), std::string::npos) << text;
    EXPECT_NE(text.find("Auszug aus dem Melderegister"), std::string::npos) << text;
    EXPECT_TRUE(array_of(object_of(returned, "inventory"), "tours").empty());
}

/// The tour goes on with another Koffer, without somebody whom the first one took along.
TEST(Thief, AReportOfALossNamesWhomTheTourWasFetchedWith) {
    Lost lost;
    const auto first = lost.enrolled("der erste"), second = lost.enrolled("der zweite");
    const auto tour = lost.planned(first, 51);
    const auto known = lost.visit(tour, "Erna Muster", lost.a.objects["person"]),
               unknown = lost.visit(tour, "Nur Name");
    lost.fetch(tour, first);
    lost.w.must(lost.a, "tour.reassign", {{"tour_id", tour}, {"device_id", second}, {"reason", "Test"}});
    for (const auto& appointment : {known, unknown})
        lost.w.must(lost.a, "appointment.remove", {{"appointment_id", appointment}, {"reason", "Test"}});
    const auto text = lost.paper(lost.reported(first));
    EXPECT_NE(text.find("Auszug aus dem Melderegister"), std::string::npos) << text;
    EXPECT_NE(text.find("Nur Name: nur der Termin"), std::string::npos) << text;
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

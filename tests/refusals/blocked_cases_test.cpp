// Somebody with a block under BMG § 51 in the cases and on the tours of the office: whose they are when the
// case only means them, names them among others, or the block comes later.
#include "blocked.hpp"

namespace wa::refusals {
namespace {

/// A clerk may not open a case for them, but takes their declaration: it means them before it is booked.
TEST_F(BlockedPerson, ACaseThatMeansThemIsNamedInNoList) {
    const auto opened = w.must(
        a, "case.open",
        {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Gerda Geheimnis"}},
        a.staff["koffer_clerk"].actor);
    const auto id = text_of(opened, "case_id"), task = system::new_id();
    {
        auto tx = w.runner(a).store().begin_write();
        tx->execute({"test", "UPDATE case_file SET meant_id = $person_id, status = 'signed' WHERE id = $id"},
                    {{"person_id", about["person"]}, {"id", id}});
        tx->execute({"test",
                     "INSERT INTO task (id, version, kind, subject, title, case_id, state, created_at_ms, "
                     "created_by) VALUES ($id, 'v', 'x', '', 'x', $case_id, 'open', 1, 'x')"},
                    {{"id", task}, {"case_id", id}});
        tx->commit();
    }
    const std::string words = "Auskunftssperre – nur Leitung";
    const auto row = [&](const char* role, const char* query, const char* list, const std::string& of) {
        return row_of(w.query(query, {}, w.sign_in(a, role)), list, of);
    };
    EXPECT_EQ(text_of(row("clerk", "desk.today", "returned", id), "title"), words);
    EXPECT_EQ(text_of(row("clerk", "case.list", "cases", id), "title"), words);
    EXPECT_EQ(text_of(row("clerk", "task.list", "tasks", task), "person_name"), words);
    EXPECT_EQ(text_of(row("koffer_clerk", "case.list", "cases", id), "title"), "Gerda Geheimnis");
    expect_refused(w.query("case.get", {{"case_id", id}}, w.sign_in(a, "clerk")),
                   a.staff["clerk"].actor.user_id, "case.get", "meant");
    expect_refused(w.command("task.close", {{"task_id", task}, {"result", "x"}}, w.sign_in(a, "clerk")),
                   a.staff["clerk"].actor.user_id, "task.close", "meant");
    EXPECT_EQ(w.query("case.get", {{"case_id", id}}, w.sign_in(a, "koffer_clerk")).status, 200);
    w.must(a, "case.withdraw", {{"case_id", id}, {"reason", "Test"}}, a.staff["koffer_clerk"].actor);
    EXPECT_EQ(text_of(row("koffer_clerk", "case.list", "cases", id), "title"), words);
}

/// What was typed stays with a case that is given up before anybody has declared anything.
TEST_F(BlockedPerson, ADraftOfTheirsIsTheLeadsOnceItIsGivenUp) {
    const auto clerk = w.sign_in(a, "clerk");
    const auto opened = w.command(
        "case.open",
        {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}, clerk);
    const auto id = text_of(object_of(opened.body, "answer"), "case_id");
    const auto row = w.ask(a, "SELECT family_name, given_names, birth_date FROM person WHERE id = $id",
                           {{"id", about["person"]}})
                         .front();
    json::object person{{"family_name", row.text("family_name")},
                        {"given_names", row.text("given_names")},
                        {"birth_date", row.text("birth_date")}};
    json::object form{{"persons", json::array{json::object{{"person", std::move(person)}}}}};
    EXPECT_EQ(w.command("draft.save", {{"case_id", id}, {"form", std::move(form)}}, clerk).status, 200);
    EXPECT_EQ(w.command("case.withdraw", {{"case_id", id}, {"reason", "Test"}}, clerk).status, 200);
    for (const auto& role : clerks)
        expect_refused(w.query("case.get", {{"case_id", id}}, w.sign_in(a, role)),
                       a.staff[role].actor.user_id, "case.get", role);
    EXPECT_EQ(w.query("case.get", {{"case_id", id}}, w.sign_in(a, "team_lead")).status, 200);

    // What is typed may be anything.
    const auto odd = text_of(
        w.must(a, "case.open",
               {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}},
               a.staff["clerk"].actor),
        "case_id");
    form = {{"persons", json::array{1, json::object{{"person", "x"}}}}};
    EXPECT_EQ(w.command("draft.save", {{"case_id", odd}, {"form", std::move(form)}}, clerk).status, 200);
    EXPECT_EQ(w.command("case.withdraw", {{"case_id", odd}, {"reason", "Test"}}, clerk).status, 200);
}

/// The one case of a couple shows her, though it was opened for him.
TEST_F(BlockedPerson, ACaseWithThemAmongOthersIsTheLeadsOnceItIsDecided) {
    const auto& lead = a.staff["team_lead"].actor;
    const auto id = text_of(w.must(a, "case.open",
                                   {{"procedure", "residence.registration"},
                                    {"channel", "counter"},
                                    {"title", "Muster"},
                                    {"person_id", a.objects.at("person")}},
                                   lead),
                            "case_id");
    {
        auto tx = w.runner(a).store().begin_write();
        tx->execute(
            Statement{"test",
                      "INSERT INTO task (id, version, kind, subject, title, case_id, person_id, state, "
                      "created_at_ms, created_by) VALUES ($id, 'v', 'x', '', 'x', $case_id, $person_id, "
                      "'done', 1, 'x')"},
            {{"id", system::new_id()}, {"case_id", id}, {"person_id", about["person"]}});
        tx->commit();
    }
    const auto clerk = w.sign_in(a, "clerk");
    EXPECT_EQ(w.query("case.get", {{"case_id", id}}, clerk).status, 200);
    w.must(a, "case.withdraw", {{"case_id", id}, {"reason", "Test"}}, lead);
    expect_refused(w.query("case.get", {{"case_id", id}}, clerk), a.staff["clerk"].actor.user_id, "case.get",
                   "couple");
    const json::object scan{
        {"case_id", id}, {"kind", "lessor_confirmation"},  {"hash", about["hash"]}, {"title", "x"},
        {"size", 1},     {"media_type", "application/pdf"}};
    expect_refused(w.command("case.attach", scan, clerk), a.staff["clerk"].actor.user_id, "case.attach",
                   "couple");
    EXPECT_EQ(w.command("case.attach", scan, w.sign_in(a, "team_lead")).status, 200);
    EXPECT_EQ(w.query("case.get", {{"case_id", id}}, w.sign_in(a, "team_lead")).status, 200);
}

/// The block comes while a clerk works on the case: the row stays theirs, the lead goes on.
TEST_F(BlockedPerson, ABlockThatComesLaterLeavesTheCaseToTheLead) {
    const auto& other = testland::named_person("long_name").id;
    const auto clerk = w.sign_in(a, "clerk");
    const auto opened = w.command("case.open",
                                  {{"procedure", "residence.registration"},
                                   {"channel", "counter"},
                                   {"title", "Anna-Elisabeth"},
                                   {"person_id", other}},
                                  clerk);
    const auto id = text_of(object_of(opened.body, "answer"), "case_id");
    const json::object draft{{"case_id", id}, {"form", json::object{{"moved_in", "2026-11-01"}}}};
    EXPECT_EQ(w.command("draft.save", draft, clerk).status, 200);
    set_blocks(other, blocked);
    expect_refused(w.command("draft.save", draft, clerk), a.staff["clerk"].actor.user_id, "draft.save",
                   "later");
    const auto today = w.query("desk.today", {}, clerk);
    EXPECT_EQ(text_of(row_of(today, "cases", id), "title"), "Auskunftssperre – nur Leitung");
    EXPECT_EQ(today.raw.find("Anna-Elisabeth"), std::string::npos);
    EXPECT_EQ(w.command("draft.save", draft, w.sign_in(a, "team_lead")).status, 200);
    set_blocks(other, "[]");
}

TEST_F(BlockedPerson, OnlyWithTheRightAReasonAndAClerkWhoMaySeeThemDoTheyGoAlong) {
    const auto lead = w.sign_in(a, "team_lead");
    const auto tour = a.objects.at("tour");
    auto silent = appointment(tour);
    silent.erase("reason");
    EXPECT_EQ(w.command("appointment.add", silent, lead).code(), "residence.reason_needed");
    const auto added = w.command("appointment.add", appointment(tour), lead);
    EXPECT_EQ(added.status, 200) << added.raw;
    EXPECT_EQ(w.journal_end(a).text("reason"), "Hausbesuch");

    const auto site = w.ask(a, "SELECT site_id, day FROM tour WHERE id = $id", {{"id", tour}}).front();
    // Others' tests revoke Koffer.
    const auto device = w.ask(a, "SELECT id FROM device WHERE state = 'active'").front().text("id");
    const auto alone =
        text_of(w.must(a, "tour.plan",
                       {{"site_id", site.text("site_id")},
                        {"day", to_iso(add_days(local_date(system::now()), 9))},
                        {"from", "09:00"},
                        {"until", "12:00"},
                        {"staff", json::array{json::string(a.staff["koffer_clerk"].actor.user_id)}},
                        {"exception", "Urlaub"},
                        {"device_id", device}}),
                "tour_id");
    EXPECT_EQ(w.command("appointment.add", appointment(alone), lead).code(), "tours.staff_may_not_see");

    // A block that comes after the planning: the tour does not leave with her.
    const auto& other = testland::named_person("long_name").id;
    auto open = appointment(alone);
    open["person_id"] = other;
    const auto id = text_of(w.must(a, "appointment.add", open), "appointment_id");
    set_blocks(other, blocked);
    const json::object leave{{"tour_id", alone}, {"device_id", device}};
    const auto token = w.sign_in(a, "koffer_clerk");
    EXPECT_EQ(w.command("tour.check_out", leave, token).code(), "tours.staff_may_not_see");
    EXPECT_EQ(w.command("appointment.remove", {{"appointment_id", id}, {"reason", "Sperre"}}, token).status,
              200);
    EXPECT_EQ(w.command("tour.check_out", leave, token).status, 200);
    set_blocks(other, "[]");
}

}  // namespace
}  // namespace wa::refusals

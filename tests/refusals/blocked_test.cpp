// Somebody with a block under BMG § 51, asked for by every way in and by every role: who lacks
// register.blocked learns the fact and a number, and the journal learns who asked (handbook P07).
#include "blocked.hpp"

namespace wa::refusals {
namespace {

TEST_F(BlockedPerson, NoWayInDoesOrTellsAnythingWithoutTheRight) {
    const auto before = w.digest(a);
    std::set<std::string> tried;
    for (const auto& role : without_right)
        for (const auto& way : ways(w.api)) {
            const auto payload = asked_for(way);
            if (!payload) continue;
            const auto what = role + " " + way.key;
            const auto answer = ask(way, role, *payload);
            expect_no_secret(answer, what);
            if (way.granted_to.count(role) == 0) {
                EXPECT_EQ(answer.code(), "permission_denied") << what;
                continue;
            }
            // A list of a case or message names her by the fact alone: below.
            if (way.section == "queries" && answer.status == 200) continue;
            // Among two records nobody tells which one is hers, or that she is anybody.
            const char* code = way.key == "person.propose_merge" ? "not_found" : "residence.person_blocked";
            expect_refused(answer, a.staff[role].actor.user_id, way.runs, what, code);
            tried.insert(way.key);
        }
    EXPECT_EQ(w.digest(a), before);
    EXPECT_EQ(tried, (std::set<std::string>{"appointment.add",
                                            "case.attach",
                                            "case.detach",
                                            "case.end_not_competent",
                                            "case.get",
                                            "case.hand_over",
                                            "case.issue_receipt",
                                            "case.list",
                                            "case.open",
                                            "case.precheck",
                                            "case.reopen",
                                            "case.sign",
                                            "case.submit",
                                            "case.wait",
                                            "case.withdraw",
                                            "confirmation",
                                            "conflict.decide",
                                            "declaration",
                                            "draft.save",
                                            "hearing",
                                            "inbox.get",
                                            "inbox.settle",
                                            "lessor_request",
                                            "message.cancel",
                                            "message.release",
                                            "message.repair",
                                            "not_competent",
                                            "not_needed",
                                            "outbox.get",
                                            "person.correct",
                                            "person.get",
                                            "person.propose_merge",
                                            "privacy_notice",
                                            "receipt",
                                            "refusal",
                                            "residence.book",
                                            "residence.end_not_needed",
                                            "residence.findings",
                                            "residence.received_form",
                                            "residence.request_form",
                                            "task.close",
                                            "task.list",
                                            "task.schedule"}));
}

TEST_F(BlockedPerson, AScanIsNotShownAndTheJournalSaysWhoAsked) {
    for (const auto& role : clerks) {
        const auto answer = w.call("GET", "/api/documents/" + about["hash"] + "?case=" + about["case"], "",
                                   w.sign_in(a, role));
        expect_no_secret(answer, role);
        expect_refused(answer, a.staff[role].actor.user_id, "case.get", role);
    }
}

TEST_F(BlockedPerson, ListsHaveTheRowWithTheFactInsteadOfTheName) {
    const std::string words = "Auskunftssperre – nur Leitung";
    for (const auto& role : clerks) {
        const auto token = w.sign_in(a, role);
        const auto list = [&](const char* name, json::object params = {}) {
            auto answer = w.query(name, std::move(params), token);
            expect_no_secret(answer, role + " " + name);
            return answer;
        };
        const auto number = w.ask(a, "SELECT number FROM case_file WHERE id = $id", {{"id", about["case"]}})
                                .front()
                                .text("number");
        for (auto params : {json::object{}, json::object{{"number", number}}}) {
            const auto row = row_of(list("case.list", std::move(params)), "cases", about["case"]);
            EXPECT_EQ(text_of(row, "title"), words);
            EXPECT_EQ(text_of(row, "number"), number);
            EXPECT_EQ(text_of(row, "person_id"), "");
        }
        for (const auto& [query, rows, id] : {std::tuple{"task.list", "tasks", "task"},
                                              {"outbox.list", "messages", "message"},
                                              {"inbox.list", "messages", "inbox"}}) {
            const auto row = row_of(list(query), rows, about[id]);
            EXPECT_EQ(text_of(row, "person_name"), words) << query;
            EXPECT_TRUE(flag_of(row, "hidden")) << query;
            // Where a message goes tells where somebody lives.
            for (const auto* kept_home :
                 {"person_id", "recipient", "sender", "note", "reason", "title", "message_type", "law"})
                EXPECT_EQ(text_of(row, kept_home), "") << query << kept_home;
        }
        EXPECT_EQ(text_of(row_of(list("conflict.list"), "conflicts", about["conflict"]), "title"), words);
        list("desk.today");
    }
    for (const auto& role : without_right) {
        if (role == "auditor") continue;
        const auto answer = w.query("tour.get", {{"tour_id", a.objects.at("tour")}}, w.sign_in(a, role));
        expect_no_secret(answer, role);
        EXPECT_EQ(text_of(row_of(answer, "appointments", about["appointment"]), "name"), words);
    }
}

TEST_F(BlockedPerson, AMessageThatMayMeanThemIsTheLeadsToo) {
    for (const auto& role : clerks) {
        const auto token = w.sign_in(a, role);
        const auto& actor = a.staff[role].actor.user_id;
        const auto answer = w.query("inbox.get", {{"inbox_id", about["candidate"]}}, token);
        expect_no_secret(answer, role);
        expect_refused(answer, actor, "inbox.get", role);
        expect_refused(
            w.command("inbox.settle", {{"inbox_id", about["candidate"]}, {"choice", "close"}, {"note", "x"}},
                      token),
            actor, "inbox.settle", role);
    }
}

TEST_F(BlockedPerson, TheirVisitIsMarkedByWhoMaySeeThem) {
    const json::object mark{{"appointment_id", about["appointment"]}, {"state", "not_met"}};
    for (const auto& role : clerks)
        expect_refused(w.command("appointment.mark", mark, w.sign_in(a, role)), a.staff[role].actor.user_id,
                       "appointment.mark", role);
}

/// Whoever reports a Koffer lost reads what was on it: of them the fact, and of papers the kind. The title of
/// a signature is a name; reports of before have it.
TEST_F(BlockedPerson, AReportOfALossNamesNeitherThemNorWhoSigned) {
    const json::object lost{{"id", about["person"]},
                            {"name", "Gerda Geheimnis"},
                            {"birth_date", "1984-08-08"},
                            {"what", "extract"}};
    const json::object signature{{"kind", "signature"}, {"title", "Gerda Geheimnis"}, {"case", "K-1"}};
    const json::object tour{{"site", "Haus"},
                            {"day", "2026-11-22"},
                            {"staff", json::array{}},
                            {"persons", json::array{lost}},
                            {"documents", json::array{signature}}};
    const auto id = system::new_id();
    {
        auto tx = w.runner(a).store().begin_write();
        tx->execute(
            Statement{"test",
                      "INSERT INTO loss (id, version, device_id, kind, noticed_on, place, circumstances, "
                      "police_office, police_number, inventory, reported_at_ms, reported_by) VALUES "
                      "($id, 'v', 'x', 'lost', '2026-11-22', 'x', 'x', '', '', $inventory, 1, 'x')"},
            {{"id", id}, {"inventory", json::serialize(json::object{{"tours", json::array{tour}}})}});
        tx->commit();
    }
    const auto by_admin = w.query("koffer.loss", {{"loss_id", id}}, w.sign_in(a, "admin"));
    EXPECT_EQ(by_admin.status, 200) << by_admin.raw;
    expect_no_secret(by_admin, "koffer.loss");
    EXPECT_NE(by_admin.raw.find("Unterschrift"), std::string::npos);
    const auto by_lead = w.query("koffer.loss", {{"loss_id", id}}, w.sign_in(a, "team_lead"));
    EXPECT_NE(by_lead.raw.find("Gerda Geheimnis"), std::string::npos);
    EXPECT_NE(by_lead.raw.find("\"title\":\"Unterschrift\""), std::string::npos);
}

TEST_F(BlockedPerson, TheLeadGoesOnButSaysWhy) {
    const auto token = w.sign_in(a, "team_lead");
    const auto& actor = a.staff["team_lead"].actor.user_id;
    for (const auto& [query, field, id] : {std::tuple{"case.get", "case_id", "case"},
                                           {"outbox.get", "message_id", "message"},
                                           {"inbox.get", "inbox_id", "inbox"},
                                           {"case.list", "person_id", "person"},
                                           {"task.list", "person_id", "person"}}) {
        const json::object params{{field, about[id]}};
        const auto silent = w.call("POST", std::string("/api/queries/") + query,
                                   json::serialize(json::object{{"params", params}}), token);
        expect_no_secret(silent, query);
        expect_refused(silent, actor, query, query, "residence.reason_needed");
        const auto told = w.query(query, params, token);
        EXPECT_EQ(told.status, 200) << query << told.raw;
        EXPECT_NE(told.raw.find("Geheim"), std::string::npos) << query;
    }
    EXPECT_EQ(
        w.command("draft.save",
                  {{"case_id", about["case"]}, {"form", json::object{{"moved_in", "Geheimwort"}}}}, token)
            .status,
        200);
    EXPECT_EQ(text_of(row_of(w.query("task.list", {}, token), "tasks", about["task"]), "person_name"),
              "Gerda Geheimnis");
}

}  // namespace
}  // namespace wa::refusals

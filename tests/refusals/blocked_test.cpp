// Somebody with a block under BMG § 51, asked for by every way in and by every role: who lacks
// register.blocked learns the fact and a number, and the journal learns who asked (handbook P07).
#include "apps/testland/testland.hpp"
#include "kernel/kernel.hpp"
#include "ways.hpp"

namespace wa::refusals {
namespace {

/// What nobody without the right may be told: the register's, and what stands in case, task and messages.
const std::vector<std::string> secrets{"Gerda", "Geheimnis", "1984-08-08", "Geheimgasse", "Geheimwort"};
const std::vector<std::string> without_right{"reception", "clerk", "koffer_clerk", "admin", "auditor"};
const std::vector<std::string> clerks{"clerk", "koffer_clerk"};

struct BlockedPerson : testing::Test {
    World& w = world();
    Authority& a = w.testhausen;
    /// What is known of Gerda: her case, a task, messages, a conflict, a scan, an appointment.
    static inline Objects about;

    static void SetUpTestSuite() {
        auto& w = world();
        auto& a = w.testhausen;
        const auto& lead = a.staff["team_lead"].actor;
        about["person"] = testland::named_person("blocked").id;
        about["case"] = text_of(w.must(a, "case.open",
                                       {{"procedure", "residence.registration"},
                                        {"channel", "counter"},
                                        {"title", "Gerda Geheimnis"},
                                        {"person_id", about["person"]}},
                                       lead),
                                "case_id");
        w.must(a, "draft.save",
               {{"case_id", about["case"]}, {"form", json::object{{"moved_in", "Geheimwort"}}}}, lead);
        about["hash"] = w.put(a, "%PDF-1.7 Geheimwort\n%%EOF\n");
        w.must(a, "case.attach",
               {{"case_id", about["case"]},
                {"kind", "lessor_confirmation"},
                {"hash", about["hash"]},
                {"title", "Geheimwort"},
                {"media_type", "application/pdf"},
                {"size", 26}},
               lead);
        about["appointment"] =
            text_of(w.must(a, "appointment.add", appointment(a.objects.at("tour")), lead), "appointment_id");
        // A Koffer left before the block was there: what was done on it is not refused afterwards.
        w.must(a, "person.correct",
               {{"person_id", about["person"]},
                {"field", "birth_place"},
                {"old_value", "Nirgendwo"},
                {"new_value", "Geheimwort"},
                {"mode", "correction"},
                {"source", "Test"}},
               a.staff["koffer_clerk"].actor, true);
        about["conflict"] =
            w.ask(a, "SELECT id FROM conflict WHERE subject_id = $id", {{"id", about["person"]}})
                .front()
                .text("id");
        add_rows(w, a);
    }

    static json::object appointment(const std::string& tour) {
        return {{"tour_id", tour},
                {"at", "10:30"},
                {"minutes", 30},
                {"procedure", "residence.registration"},
                {"person_id", about["person"]},
                {"name", "Gerda Geheimnis"},
                {"birth_date", "1984-08-08"},
                {"note", "Geheimgasse 1"},
                {"consent", true},
                {"reason", "Hausbesuch"}};
    }

    /// What a booking would have put: a task, a message that came back, one that arrived.
    static void add_rows(World& w, const Authority& a) {
        auto tx = w.runner(a).store().begin_write();
        const auto add = [&](const char* what, const std::string& sql) {
            about[what] = system::new_id();
            tx->execute(Statement{"test", sql},
                        {{"id", about[what]}, {"case_id", about["case"]}, {"person_id", about["person"]}});
        };
        add("task",
            "INSERT INTO task (id, version, kind, subject, title, case_id, person_id, state, note, "
            "created_at_ms, created_by) VALUES ($id, 'v', 'id_card_sticker', '', 'Antwort anmahnen: "
            "Geheimwort', "
            "$case_id, $person_id, 'open', 'Geheimgasse 1', 1, 'x')");
        add("message",
            "INSERT INTO outbox (id, version, recipient, message_type, case_id, person_id, law, due_on, "
            "created_at_ms, state, state_at_ms, reason, payload) VALUES ($id, 'v', 'Meldebehörde 99001002', "
            "'rueckmeldung', $case_id, $person_id, 'BMG § 33', '2026-01-01', 1, 'rejected', 1, 'Geheimwort', "
            "'{\"family_name\":\"Geheimnis\"}')");
        add("inbox",
            "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, "
            "sent_at, received_at_ms, case_id, person_id, state, note, payload) VALUES ($id, 'v', 'M9' || "
            "$case_id, "
            "'rueckmeldung', 1, 'Meldebehörde 99001002', '', '', 1, '', $person_id, 'open', 'Geheimwort', "
            "'{\"family_name\":\"Geheimnis\"}')");
        // Nobody knows yet whom it means: perhaps her.
        add("candidate",
            "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, "
            "sent_at, received_at_ms, state, candidates, payload) VALUES ($id, 'v', 'M' || $case_id, "
            "'rueckmeldung', 1, 'Meldebehörde 99001002', '', '', 1, 'open', '[\"' || $person_id || '\"]', "
            "'{\"family_name\":\"Geheimnis\"}')");
        tx->commit();
    }

    /// What a way in asks for, with her objects; none where it names no such object.
    static std::optional<json::object> asked_for(const Way& way) {
        if (way.section == "letters") return json::object{{"case_id", about.at("case")}};
        const auto& registry = world().runner(world().testhausen).engine().registry();
        const auto* command = registry.command(way.key);
        const auto* query = registry.query(way.key);
        if (!command && !query) return std::nullopt;
        const auto fields = command ? command->payload.declaration() : query->params.declaration();
        auto payload = payload_of(way.key, fields, world().testhausen.objects.at("case"));
        bool hers = false;
        for (const auto& field : fields) {
            const auto name = text_of(field.as_object(), "name");
            if (text_of(field.as_object(), "type") != "id") continue;
            const auto known = about.find(name.substr(0, name.rfind("_id")));
            hers |= known != about.end() && known->first != "appointment";
            payload[name] =
                json::string(known == about.end() ? object_for(world().testhausen, name) : known->second);
        }
        return hers ? std::optional(payload) : std::nullopt;
    }

    static constexpr const char* blocked = R"([{"paragraph": "51", "text": "Auskunftssperre"}])";
    void set_blocks(const std::string& person, const std::string& blocks) {
        auto tx = w.runner(a).store().begin_write();
        tx->execute(Statement{"test", "UPDATE person SET blocks = $blocks WHERE id = $id"},
                    {{"blocks", blocks}, {"id", person}});
        tx->commit();
    }

    void expect_no_secret(const Answer& answer, const std::string& what) {
        EXPECT_LT(answer.status, 500) << what;
        for (const auto& secret : secrets)
            EXPECT_EQ(answer.raw.find(secret), std::string::npos) << what << " " << answer.raw;
    }
    void expect_refused(const Answer& answer, const std::string& actor, const std::string& name,
                        const std::string& what, const char* code = "residence.person_blocked") {
        EXPECT_EQ(answer.code(), code) << what << " " << answer.raw;
        const auto entry = w.journal_end(a);
        EXPECT_EQ(entry.text("actor"), actor) << what;
        EXPECT_EQ(entry.text("name"), name) << what;
        EXPECT_EQ(entry.text("outcome"), std::string("refused:") + code) << what;
    }
    Answer ask(const Way& way, const std::string& role, const json::object& payload) {
        return w.call(way.route.method, way.route.path, body_of(way, payload), w.sign_in(a, role));
    }
    /// The row of a list with this id.
    json::object row_of(const Answer& answer, const char* list, const std::string& id) {
        for (const auto& row : array_of(object_of(answer.body, "answer"), list))
            if (text_of(row.as_object(), "id") == id) return row.as_object();
        ADD_FAILURE() << list << " lost " << id << " " << answer.raw;
        return {};
    }
};

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

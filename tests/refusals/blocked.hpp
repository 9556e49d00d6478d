// Somebody with a block under BMG § 51, of whom a case, a task, messages, a scan and a visit are known.
#pragma once

#include "apps/testland/testland.hpp"
#include "kernel/kernel.hpp"
#include "ways.hpp"

namespace wa::refusals {

/// What nobody without the right may be told: the register's, and what stands in case, task and messages.
inline const std::vector<std::string> secrets{"Gerda", "Geheimnis", "1984-08-08", "Geheimgasse",
                                              "Geheimwort"};
inline const std::vector<std::string> without_right{"reception", "clerk", "koffer_clerk", "admin", "auditor"};
inline const std::vector<std::string> clerks{"clerk", "koffer_clerk"};

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

}  // namespace wa::refusals

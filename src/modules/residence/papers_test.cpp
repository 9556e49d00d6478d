// When the papers of a registration are destroyed, and what keeps them.
#include <fmt/format.h>

#include "kernel/documents.hpp"
#include "kernel/journal.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Papers : testing::Test {
    ExchangeWorld world;
    std::string id = booked(test_form());

    /// On 5 November 2026, with a scan and its preview, and nothing left to do.
    std::string booked(json::object form) {
        const auto made = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", made}});
        world.must("case.hand_over", {{"case_id", made}, {"what", "confirmation"}, {"way", "paper"}});
        world.change([&](Transaction& tx) {
            for (const auto& bytes : {Bytes{1, 2, 3}, Bytes{4, 5, 6}}) {
                const auto hash = *put_document(tx, bytes);
                tx.execute(
                    {"test",
                     "INSERT INTO case_document (id, version, case_id, kind, hash, title, media_type, size, "
                     "added_at_ms, added_by, preview) VALUES ($id, 'V', $case, 'lessor_confirmation', $hash, "
                     "'Wohnungsgeber Müller', 'image/png', 3, 0, '', $hash)"},
                    {{"id", made + hash.substr(0, 3)}, {"case", made}, {"hash", hash}});
            }
        });
        for (const auto& row : world.rows("SELECT id FROM task WHERE state = 'open'"))
            world.must("task.close", {{"task_id", row.text("id")}, {"result", "erledigt von Müller"}});
        world.change("UPDATE outbox SET state = 'acknowledged', answered_by = 'A1'", {});
        world.must("residence.close_cases", {}, system_actor());
        return made;
    }
    std::int64_t night(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        return integer_of(world.must("residence.forget_papers", {}, system_actor()), "papers");
    }
    /// Everything of the case outside the register and the journal.
    std::string all_of_it() {
        std::string text;
        for (const auto* table : {"case_file", "case_document", "case_finding", "task", "outbox", "inbox",
                                  "draft", "received_form", "conflict", "quarantine"})
            for (const auto& row : world.rows("SELECT * FROM " + std::string(table)))
                text += json::serialize(row_to_json(row));
        return text;
    }
    std::string documents() {
        return world.value(
            "SELECT (SELECT COUNT(*) FROM case_document) || ' ' || (SELECT COUNT(*) FROM document) "
            "|| ' ' || (SELECT COUNT(*) FROM document_chunk)");
    }
};

TEST_F(Papers, AreDestroyedAfterTheirTimeWithTheBytesOfScans) {
    ASSERT_NE(all_of_it().find("Müller"), std::string::npos);
    ASSERT_NE(documents(), "0 0 0");
    EXPECT_EQ(night("2031-11-05"), 0);
    EXPECT_EQ(night("2031-11-06"), 1);
    EXPECT_EQ(all_of_it().find("Müller"), std::string::npos) << all_of_it();
    EXPECT_EQ(documents(), "0 0 0");
    EXPECT_EQ(world.value("SELECT status || form || title FROM case_file"), "closed{}Unterlagen vernichtet");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE payload <> '{}'"), 0);
    EXPECT_NE(world.count("SELECT COUNT(*) FROM outbox"), 0);
    EXPECT_NE(world.count("SELECT COUNT(*) FROM dwelling WHERE current = 1"), 0);
    EXPECT_EQ(night("2031-11-07"), 0);
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(Papers, WhatIsLeftIsShownAndNothingElseDoneWithIt) {
    night("2031-11-06");
    const auto shown = world.ask("case.get", {{"case_id", id}});
    ASSERT_TRUE(shown);
    EXPECT_EQ(text_of(object_of(*shown, "case"), "title"), "Unterlagen vernichtet");
    EXPECT_TRUE(object_of(*shown, "form").empty());
    EXPECT_FALSE(array_of(*shown, "outbox").empty());
    for (const auto* letter : {"receipt", "confirmation", "lessor_request", "not_needed"})
        EXPECT_FALSE(world.letter(letter, id)) << letter;
    for (const auto* letter : {"declaration", "privacy_notice"})
        static_cast<void>(world.letter(letter, id));  // no fault of the program, whatever it says
    EXPECT_TRUE(world.ask("residence.findings", {{"case_id", id}}));
    EXPECT_EQ(
        world.run(world.request("residence.revoke", {{"case_id", id}, {"reason", "falsch"}}, world.lead))
            .problem.code,
        "residence.not_booked");
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).outcome, Outcome::refused);
}

TEST_F(Papers, WhoGotADatumIsStillToldWhenItIsCorrected) {
    night("2031-11-06");
    world.must("person.correct", {{"person_id", world.value("SELECT person_id FROM case_file")},
                                  {"field", "birth_place"},
                                  {"old_value", world.value("SELECT birth_place FROM person")},
                                  {"new_value", "Anderstadt"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}});
    EXPECT_NE(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction'"), 0);
}

TEST_F(Papers, AScanOfAnotherCaseStaysForIt) {
    auto form = test_form();
    person_of(form) = {{"family_name", "Fehling"},
                       {"given_names", "Ragna"},
                       {"birth_date", "1991-02-23"},
                       {"birth_place", "Musterstedt"},
                       {"sex", "w"},
                       {"nationalities", json::array{"000"}},
                       {"religion", "ev"},
                       {"marital_status", "LD"}};
    document_of(form)["serial"] = "LZ6311T47";
    const auto second = booked(std::move(form));
    world.change("UPDATE case_file SET decided_at_ms = decided_at_ms + 864000000 WHERE id = $id",
                 {{"id", second}});
    EXPECT_EQ(night("2031-11-06"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM document_chunk"),
              world.count("SELECT COUNT(*) FROM document"));
    EXPECT_NE(world.count("SELECT COUNT(*) FROM document"), 0);
    EXPECT_EQ(night("2032-01-01"), 1);
    EXPECT_EQ(documents(), "0 0 0");
}

TEST_F(Papers, StayWhileSomethingIsOpenOrHeld) {
    const auto kept_by = [&](std::string_view sql, std::string_view over) {
        world.change(sql, {{"id", id}});
        EXPECT_EQ(night("2031-11-06"), 0) << sql;
        world.change(over, {});
    };
    const auto task = [](const char* kind, const char* column, const char* of) {
        return fmt::format(
            "INSERT INTO task (id, version, kind, subject, title, {}, state, created_at_ms, created_by) "
            "SELECT 'T', 'V', '{}', '', '', {}, 'open', 0, '' FROM case_file WHERE id = $id",
            column, kind, of);
    };
    kept_by(task("second_home_tax", "case_id", "id"), "DELETE FROM task WHERE id = 'T'");
    kept_by(task("legal_hold", "case_id", "id"), "DELETE FROM task WHERE id = 'T'");
    kept_by(task("legal_hold", "person_id", "person_id"), "DELETE FROM task WHERE id = 'T'");
    kept_by(
        "INSERT INTO zone_datum (id, version, person_id, zone, purpose, field, sheet, value, recorded_at_ms, "
        "source) SELECT 'Z', 'V', person_id, 1, 'whereabouts', 'f', '', 'true', 0, '' FROM case_file "
        "WHERE id = $id",
        "DELETE FROM zone_datum WHERE id = 'Z'");
    kept_by(
        "INSERT INTO conflict (id, version, command_id, stream, subject_table, subject_id, field, title, "
        "here_value, here_at_ms, here_by, here_origin, there_value, there_at_ms, there_by, there_origin, "
        "state) VALUES ('K', 'V', 'V', $id, 'case_file', $id, 'f', '', '', 0, '', '', '', 0, '', '', 'open')",
        "UPDATE conflict SET state = 'decided'");
    kept_by("UPDATE outbox SET state = 'handed_over' WHERE case_id = $id",
            "UPDATE outbox SET state = 'acknowledged'");
    kept_by("UPDATE case_file SET status = 'signed' WHERE id = $id",
            "UPDATE case_file SET status = 'closed'");
    world.change("DELETE FROM task WHERE kind = 'registration_rests'", {});  // it had rested
    EXPECT_EQ(night("2031-11-06"), 1);
}

/// Whose dwelling of it is gone is found by what was sent about them.
TEST_F(Papers, OfATakenBackRegistrationStayWithAHoldAtWhomItRegistered) {
    world.change("UPDATE case_file SET status = 'withdrawn', decision = 'revoked' WHERE id = $id",
                 {{"id", id}});
    world.change("UPDATE dwelling SET source_case = ''", {});
    const auto person = world.value("SELECT person_id FROM case_file");
    world.change("UPDATE case_file SET person_id = ''", {});
    world.must("residence.hold", {{"person_id", person}, {"reason", "Rechtsstreit"}}, world.lead);
    EXPECT_EQ(night("2031-11-06"), 0);
    world.change("UPDATE task SET state = 'done'", {});
    EXPECT_EQ(night("2031-11-06"), 1);
    EXPECT_EQ(world.value("SELECT decision FROM case_file"), "revoked");
}

TEST_F(Papers, TheJournalNamesTheCase) {
    night("2031-11-06");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal j JOIN journal_subject s ON s.seq = j.seq "
                          "WHERE j.name = 'residence.forget_papers' AND s.subject_id = $id",
                          {{"id", id}}),
              "1");
}

TEST_F(Papers, AreListedBeforehand) {
    const auto listed = [&](const char* on) {
        const auto answer = world.ask("residence.erasures", {{"on", on}}, world.lead);
        EXPECT_TRUE(answer);
        for (const auto& rule : array_of(*answer, "rules"))
            if (text_of(rule.as_object(), "rule") == "papers") return array_of(rule.as_object(), "cases");
        return json::array{};
    };
    EXPECT_TRUE(listed("2031-11-05").empty());
    const auto cases = listed("2031-11-06");
    ASSERT_EQ(cases.size(), 1u);
    EXPECT_EQ(text_of(cases[0].as_object(), "case_id"), id);
}

TEST_F(Papers, AreFoundByAnIndex) {
    std::string plan;
    for (const auto& row : world.rows("EXPLAIN QUERY PLAN " + std::string(sql::residence::papers_past.text),
                                      {{"before", std::int64_t(1)}, {"limit", std::int64_t(1)}}))
        plan += row.text("detail") + "\n";
    EXPECT_NE(plan.find("case_file_papers (procedure=? AND decided_at_ms<?)"), std::string::npos) << plan;
    for (const auto* whole : {"SCAN c", "SCAN d", "SCAN t", "SCAN o", "SCAN i", "SCAN q", "SCAN k"})
        EXPECT_EQ(plan.find(whole), std::string::npos) << plan;
}

}  // namespace
}  // namespace wa

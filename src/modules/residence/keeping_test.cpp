// What is erased of those who have left or died, and when; who is left out.
#include "kernel/journal.hpp"
#include "modules/residence/testing_keeping.hpp"

namespace wa::keeping {
namespace {

TEST_F(Keeping, ReligionStaysUntilTheEndOfTheFollowingYear) {
    const auto left = departed("2025-01-01"), dead = deceased("2025-12-31");
    night("2026-12-31");
    EXPECT_EQ(religion(left), "ev");
    EXPECT_EQ(religion(dead), "ev");
    EXPECT_EQ(integer_of(night("2027-01-01"), "religions"), 2);
    EXPECT_EQ(religion(left), "");
    EXPECT_EQ(religion(dead), "");
    EXPECT_EQ(integer_of(night("2027-01-02"), "religions"), 0);
}

TEST_F(Keeping, FormerReligionsGoWithIt) {
    const auto id = departed("2024-06-30");
    world.must("person.correct", {{"person_id", id},
                                  {"field", "religion"},
                                  {"old_value", "ev"},
                                  {"new_value", "rk"},
                                  {"mode", "change"},
                                  {"source", "Kirchenbuch"}});
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person_history"), 1);
    night("2026-11-06");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person_history"), 0);
}

TEST_F(Keeping, WhoLivesHereKeepsTheirData) {
    const auto id = person("resident", dwelling_until(""));
    night("2030-01-01");
    EXPECT_EQ(religion(id), "ev");
    EXPECT_NE(lessor(id), "{}");
}

TEST_F(Keeping, AnIncompleteDayCountsAsTheLastItCanMean) {
    const auto year = deceased("2026-00-00"), unknown = deceased("0000-00-00"), none = deceased("");
    night("2027-01-30");
    EXPECT_NE(lessor(year), "{}");
    night("2027-01-31");
    EXPECT_EQ(lessor(year), "{}");
    EXPECT_EQ(religion(year), "ev");
    night("2028-01-01");
    EXPECT_EQ(religion(year), "");
    EXPECT_EQ(religion(unknown), "ev");
    EXPECT_NE(lessor(none), "{}");
}

TEST_F(Keeping, LessorsAndSinglePurposesGoThirtyDaysAfterDepartureAndEvaluation) {
    const auto id = departed("2026-09-01", "2026-10-06");
    zone(id, "weapons");
    zone(id, "eid_block", 5);
    night("2026-11-05");
    EXPECT_NE(lessor(id), "{}");
    EXPECT_EQ(integer_of(night("2026-11-06"), "other"), 1);
    EXPECT_EQ(lessor(id), "{}");
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(purpose) FROM zone_datum"), "eid_block");
    EXPECT_EQ(world.value("SELECT value || new_value FROM dwelling_history WHERE field = 'lessor'"), "");
    EXPECT_EQ(integer_of(night("2026-11-07"), "other"), 0);
    EXPECT_EQ(religion(id), "ev");
}

TEST_F(Keeping, TheJournalStandsAndNamesThePersons) {
    const auto id = departed("2024-06-30");
    night("2026-11-06");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal j JOIN journal_subject s ON s.seq = j.seq "
                          "WHERE j.name = 'residence.forget_departed' AND s.subject_id = $id",
                          {{"id", id}}),
              "1");
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(Keeping, TheBlockingPasswordGoesWithTheLastDocument) {
    const auto paper = [](const char* serial, const char* until) {
        return json::object{{"doc_type", "PA"}, {"serial", serial}, {"valid_until", until}};
    };
    const auto id =
        person("resident", dwelling_until(""),
               {{"documents", json::array{paper("L1", "2021-11-04"), paper("L2", "2021-12-04")}}});
    zone(id, "eid_block", 5);
    world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 1);
    world.at = *parse_timestamp("2026-12-05T08:00:00Z");
    world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
}

TEST_F(Keeping, SecretsOfWhoHasNoDocumentGoTheNextNight) {
    const auto child = person("resident", dwelling_until(""));
    zone(child, "eid_block", 5);
    zone(child, "weapons", 3);
    EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "secrets"), 1);
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(purpose) FROM zone_datum"), "weapons");
}

/// Who leaves, comes back and leaves again has a lessor again.
TEST_F(Keeping, ASecondDepartureIsNotTakenForTheFirst) {
    const auto id = departed("2025-06-30");
    EXPECT_EQ(integer_of(night("2026-11-06"), "other"), 1);
    world.change("UPDATE person SET status = 'deceased', death_date = '2026-01-01' WHERE id = $id",
                 {{"id", id}});
    world.must("person.correct",
               {{"person_id", id},
                {"field", "status"},
                {"old_value", "deceased"},
                {"new_value", "departed"},
                {"mode", "correction"},
                {"source", "Geburtsurkunde"}},
               world.lead);
    world.change("UPDATE dwelling SET lessor = '{\"lessor_name\":\"B\"}' WHERE person_id = $id",
                 {{"id", id}});
    EXPECT_EQ(integer_of(night("2026-11-07"), "other"), 1);
    EXPECT_EQ(lessor(id), "{}");
}

/// Whoever has left before the register was taken over, and has nothing to erase, is not looked at.
TEST_F(Keeping, NothingToEraseIsNotListed) {
    auto dwelling = dwelling_until("2010-01-01");
    dwelling.erase("lessor");
    person("departed", std::move(dwelling));
    EXPECT_EQ(integer_of(night("2026-11-06"), "other"), 0);
}

/// What is looked for in every night finds its rows by an index, and does not read all who ever left.
TEST_F(Keeping, WhatTheNightLooksForIsFoundByIndexes) {
    const auto plan = [&](const Statement& statement, const Params& params) {
        std::string all;
        for (const auto& row : world.rows("EXPLAIN QUERY PLAN " + std::string(statement.text), params))
            all += row.text("detail") + "\n";
        return all;
    };
    const Params past{{"before", std::string("2026-01-01")}, {"limit", std::int64_t(1)}};
    const Params minors{{"year", std::string("2008")}, past[0], past[1]};
    const std::pair<std::string, const char*> used[]{
        {plan(sql::residence::religion_past, past), "person_left_religion"},
        {plan(sql::residence::religion_past, past), "dwelling_source_case"},
        {plan(sql::residence::religion_past, past), "zone_datum_purpose"},
        {plan(sql::residence::other_past, past), "person_left_whole"},
        {plan(sql::residence::withdrawn_past, past), "person_withdrawn_whole"},
        {plan(sql::residence::secrets_without_document, {past[1]}), "zone_datum_secrets"},
        {plan(sql::residence::custodies_of_age, past),
         "relation_wards (kind=? AND ward_born>? AND ward_born<?)"},
        {plan(sql::residence::custodies_of_age_from_before, past), "relation_wards_before"},
        {plan(sql::residence::representatives_of_minors, minors), "relation_wards (kind=? AND ward_born>?)"},
        {plan(sql::residence::representatives_of_minors_from_before, minors), "relation_wards_before"},
        {plan(sql::residence::children_of_age, past), "relation_children"}};
    for (const auto& [text, index] : used) {
        EXPECT_NE(text.find(index), std::string::npos) << index << "\n" << text;
        EXPECT_EQ(text.find("SCAN p\n"), std::string::npos) << text;
        EXPECT_EQ(text.find("SCAN d\n"), std::string::npos) << text;
    }
}

// --- who is left out

TEST_F(Keeping, ALegalHoldKeepsEverythingUntilItIsOver) {
    const auto id = departed("2024-06-30");
    hold("person_id", id);
    night("2026-11-06");
    EXPECT_EQ(religion(id), "ev");
    EXPECT_NE(lessor(id), "{}");
    world.change("UPDATE task SET state = 'done'", {});
    night("2026-11-07");
    EXPECT_EQ(religion(id), "");
    EXPECT_EQ(lessor(id), "{}");
}

TEST_F(Keeping, AHoldKeepsDocumentsAndInquiriesToo) {
    const auto id = person(
        "resident", dwelling_until(""),
        {{"documents",
          json::array{json::object{{"doc_type", "PA"}, {"serial", "L1"}, {"valid_until", "2021-01-01"}}}}});
    zone(id, "whereabouts");
    hold("person_id", id);
    const auto kept = world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(integer_of(kept, "documents"), 0);
    EXPECT_EQ(integer_of(kept, "inquiries"), 0);
    world.change("UPDATE task SET state = 'dropped'", {});
    const auto erased = world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(integer_of(erased, "documents"), 1);
    EXPECT_EQ(integer_of(erased, "inquiries"), 1);
}

TEST_F(Keeping, AHoldAtACaseIsOneForWhomItRegistered) {
    const auto id = departed("2024-06-30");
    world.change("UPDATE dwelling SET source_case = 'C1'", {});
    hold("case_id", "C1");
    night("2026-11-06");
    EXPECT_EQ(religion(id), "ev");
}

TEST_F(Keeping, WhoIsLookedForOrMeantByAnOpenMessageIsLeftOut) {
    const auto sought = departed("2024-06-30"), meant = departed("2024-06-30");
    zone(sought, "whereabouts");
    world.change(
        "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, sent_at, "
        "received_at_ms, person_id, state, payload) VALUES ('I', 'V', 'M', 'revocation', 1, '', '', '', 0, "
        "$id, 'open', '{}')",
        {{"id", meant}});
    night("2026-11-06");
    EXPECT_EQ(religion(sought), "ev");
    EXPECT_EQ(religion(meant), "ev");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 1);
}

TEST_F(Keeping, TheLeadPutsAHoldAndItEndsWithTheTask) {
    const auto id = departed("2024-06-30");
    const json::object wish{{"person_id", id}, {"reason", "Rechtsstreit"}};
    EXPECT_EQ(world.run("residence.hold", wish).problem.code, "permission_denied");
    const auto task = text_of(world.must("residence.hold", wish, world.lead), "task_id");
    EXPECT_EQ(integer_of(night("2026-11-06"), "religions"), 0);
    world.must("task.close", {{"task_id", task}, {"result", "beendet"}}, world.lead);
    // A second one is another task.
    const auto again = text_of(world.must("residence.hold", wish, world.lead), "task_id");
    EXPECT_NE(again, task);
    EXPECT_EQ(integer_of(night("2026-11-07"), "religions"), 0);
    world.must("task.close", {{"task_id", again}, {"result", "beendet"}}, world.lead);
    EXPECT_EQ(integer_of(night("2026-11-08"), "religions"), 1);
}

TEST_F(Keeping, AHoldNeedsAPersonOrACase) {
    const auto code = [&](json::object wish) {
        wish["reason"] = "Rechtsstreit";
        return world.run(world.request("residence.hold", std::move(wish), world.lead)).problem.code;
    };
    EXPECT_EQ(code({}), "residence.person_not_found");
    EXPECT_EQ(code({{"case_id", world.next_id()}}), "case_not_found");
    const auto id = prepared_case(world, test_form());
    EXPECT_EQ(code({{"case_id", id}}), "");
    EXPECT_EQ(code({{"case_id", id}, {"person_id", world.next_id()}}), "residence.person_not_found");
}

// --- the list beforehand

TEST_F(Keeping, TheListSaysWhatANightWouldErase) {
    const auto id = departed("2025-06-30");
    const auto listed = [&](const char* on) {
        const auto answer = world.ask("residence.erasures", {{"on", on}}, world.lead);
        EXPECT_TRUE(answer);
        std::string out;
        for (const auto& rule : array_of(*answer, "rules"))
            for (const auto& person : array_of(rule.as_object(), "persons")) {
                EXPECT_EQ(text_of(person.as_object(), "person_id"), id);
                EXPECT_EQ(text_of(person.as_object(), "person_name"), "Ragna Fehling");
                out += text_of(rule.as_object(), "rule") + " ";
            }
        return out;
    };
    EXPECT_EQ(listed("2026-12-31"), "other ");
    EXPECT_EQ(listed("2027-01-01"), "religions other ");
    EXPECT_EQ(listed("2080-12-31"), "religions other ");
    EXPECT_EQ(listed("2081-01-01"), "religions other archive ");
    EXPECT_EQ(religion(id), "ev");
    EXPECT_FALSE(world.ask("residence.erasures", {}));
    night("2027-01-01");
    EXPECT_EQ(listed("2027-01-02"), "");
}

}  // namespace
}  // namespace wa::keeping

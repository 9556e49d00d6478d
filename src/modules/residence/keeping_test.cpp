// What is erased of those who have left or died, and when.
#include "kernel/journal.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Keeping : testing::Test {
    ExchangeWorld world;

    static json::object dwelling_until(const char* moved_out, const char* deregistered = "") {
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2018-09-01";
        dwelling["moved_out"] = moved_out;
        dwelling["deregistered_on"] = deregistered[0] ? deregistered : moved_out;
        dwelling["lessor"] = json::object{{"lessor_name", "Wilhelm Vermieter"}};
        return dwelling;
    }
    std::string person(const char* status, json::object dwelling, json::object more = {}) {
        json::object record{{"family_name", "Fehling"},   {"given_names", "Ragna"},
                            {"birth_date", "1991-02-23"}, {"religion", "ev"},
                            {"status", status},           {"dwellings", json::array{std::move(dwelling)}}};
        for (auto& [name, value] : more) record[name] = value;
        return world.import_person(std::move(record));
    }
    std::string departed(const char* on, const char* deregistered = "") {
        return person("departed", dwelling_until(on, deregistered));
    }
    std::string deceased(const char* on) {
        return person("deceased", dwelling_until("2010-01-01"), {{"death_date", on}});
    }
    json::object night(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        return world.must("residence.forget_departed", {}, system_actor());
    }
    std::string religion(const std::string& id) {
        return world.value("SELECT religion FROM person WHERE id = $id", {{"id", id}});
    }
    std::string lessor(const std::string& id) {
        return world.value("SELECT lessor FROM dwelling WHERE person_id = $id AND ags = '99001001'",
                           {{"id", id}});
    }
    void zone(const std::string& person_id, const char* purpose, int number = 3) {
        world.change(
            "INSERT INTO zone_datum (id, version, person_id, zone, purpose, field, sheet, value, "
            "recorded_at_ms, source) VALUES ($id, 'V', $person, $zone, $purpose, 'f', '', 'true', 0, '')",
            {{"id", person_id + purpose},
             {"person", person_id},
             {"zone", std::int64_t(number)},
             {"purpose", std::string(purpose)}});
    }
    void hold(const char* column, const std::string& id, const char* state = "open") {
        world.change(std::string("INSERT INTO task (id, version, kind, subject, title, ") + column +
                         ", state, created_at_ms, created_by) VALUES "
                         "($task, 'V', 'legal_hold', '', 'Löschsperre', $id, $state, 0, '')",
                     {{"task", id + "h"}, {"id", id}, {"state", std::string(state)}});
    }
};

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

// --- many at once: two persons release it

struct Many : Keeping {
    Actor other{"00000000000000000000000C2K", "Udo Amt", permissions_of({"clerk"})};

    /// Without a lessor, so that one rule concerns them.
    void leave(int number, const char* on) {
        json::array persons;
        for (int i = 0; i < number; ++i) {
            auto dwelling = dwelling_until(on);
            dwelling.erase("lessor");
            persons.push_back(json::object{{"id", world.next_id()},
                                           {"family_name", "Fehling"},
                                           {"given_names", "Ragna"},
                                           {"birth_date", "1991-02-23"},
                                           {"religion", "ev"},
                                           {"status", "departed"},
                                           {"dwellings", json::array{std::move(dwelling)}}});
        }
        world.must("residence.import", {{"persons", std::move(persons)}}, system_actor());
    }
    std::int64_t religions(const char* day) { return integer_of(night(day), "religions"); }
    /// The code of the refusal; empty: closed.
    std::string close(std::string_view kind, const Actor& by, const char* outcome = "done") {
        const auto task = world.value("SELECT id FROM task WHERE state = 'open' AND kind = $kind",
                                      {{"kind", std::string(kind)}});
        return world
            .run(world.request("task.close", {{"task_id", task}, {"outcome", outcome}, {"result", "geprüft"}},
                               by))
            .problem.code;
    }
    void release() {
        EXPECT_EQ(close(mass_erasure, world.lead), "");
        EXPECT_EQ(close(mass_erasure_second, world.clerk), "");
    }
    int asked() {
        return world.count("SELECT COUNT(*) FROM task WHERE state = 'open' AND kind LIKE 'mass_erasure%'");
    }
};

TEST_F(Many, GoWhenTheLeadAndASecondPersonHaveReleasedThem) {
    leave(101, "2024-06-30");
    EXPECT_EQ(religions("2026-11-06"), 0);
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    EXPECT_NE(world.value("SELECT title FROM task").find("101"), std::string::npos);
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(religions("2026-11-08"), 0);
    EXPECT_EQ(close(mass_erasure_second, world.clerk), "");
    EXPECT_EQ(religions("2026-11-09"), 101);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(world.value("SELECT COUNT(DISTINCT actor) FROM journal WHERE name = 'task.close'"), "2");
    EXPECT_EQ(world.value("SELECT j.actor || ' ' || s.subject_id FROM journal j JOIN journal_subject s ON "
                          "s.seq = j.seq WHERE j.name = 'task.close' AND s.subject_type = 'second_person'"),
              world.clerk.user_id + " " + world.lead.user_id)
        << "handbook § 1.5: the four-eyes partner of a step";
}

TEST_F(Many, AHundredNeedNobody) {
    leave(100, "2024-06-30");
    EXPECT_EQ(religions("2026-11-06"), 100);
    EXPECT_EQ(asked(), 0);
}

TEST_F(Many, OnePersonIsNotTwoAndAClerkNotTheLead) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.clerk), "permission_denied");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(close(mass_erasure_second, world.lead), "message.needs_second_person");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(close(mass_erasure_second, other), "");
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// In whichever order they come.
TEST_F(Many, WhoWasTheSecondPersonIsNotTheLeadToo) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure_second, world.lead), "");
    EXPECT_EQ(close(mass_erasure, world.lead), "message.needs_second_person");
}

/// What falls due between the list and its release is not on the list.
TEST_F(Many, OnlyWhatWasListedIsReleased) {
    leave(101, "2024-06-30");
    leave(101, "2025-06-30");
    EXPECT_EQ(religions("2026-12-31"), 0);
    release();
    EXPECT_EQ(religions("2027-01-01"), 101);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(religions("2027-01-02"), 0);
    EXPECT_EQ(asked(), 2);
}

/// A register that is taken over brings what was due long ago.
TEST_F(Many, AListThatHasGrownIsAskedForAgain) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    leave(1, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    EXPECT_NE(world.value("SELECT title FROM task WHERE state = 'open'").find("102"), std::string::npos);
}

/// As many as before, and yet others than those the two have looked at.
TEST_F(Many, AListWithOthersIsAskedForAgain) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    world.change("UPDATE person SET religion = '' WHERE id = (SELECT MIN(id) FROM person)", {});
    leave(1, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// Nobody releases a list that is not right any more.
TEST_F(Many, AListThatChangesWhileItWaitsIsAskedForAgain) {
    leave(102, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    hold("person_id", world.value("SELECT id FROM person"));
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-08"), 101);
}

/// A hold is never harmful: what is held stays, and so few others need nobody.
TEST_F(Many, WhoIsHeldBeforehandIsOnNoList) {
    leave(101, "2024-06-30");
    const auto held = world.value("SELECT id FROM person");
    hold("person_id", held);
    EXPECT_EQ(religions("2026-11-06"), 100);
    EXPECT_EQ(asked(), 0);
    EXPECT_EQ(religion(held), "ev");
}

TEST_F(Many, AReleaseIsForOneListOnly) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    release();
    EXPECT_EQ(religions("2026-11-07"), 101);
    leave(101, "2024-06-30");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
}

/// Else the lead alone refuses a list, holds one of it and has the others erased.
TEST_F(Many, WhatIsNotReleasedIsAskedAgainAlsoWhenItIsFew) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead, "dropped"), "");
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 2);
    hold("person_id", world.value("SELECT id FROM person"));
    EXPECT_EQ(religions("2026-11-08"), 0) << "nobody has released it yet";
    for (const auto kind : {mass_erasure, mass_erasure_second})
        EXPECT_EQ(close(kind, world.lead, "dropped"), "");
    EXPECT_EQ(religions("2026-11-09"), 0) << "it was refused";
    EXPECT_EQ(asked(), 2);
    release();
    EXPECT_EQ(religions("2026-11-10"), 100);
    EXPECT_EQ(asked(), 0);
    leave(100, "2024-06-30");
    EXPECT_EQ(religions("2026-11-11"), 100) << "that list is over";
}

/// What nobody has to decide any more is asked of nobody.
TEST_F(Many, AListOfWhichNothingIsLeftIsOver) {
    leave(101, "2024-06-30");
    religions("2026-11-06");
    world.change("UPDATE person SET religion = ''", {});
    EXPECT_EQ(religions("2026-11-07"), 0);
    EXPECT_EQ(asked(), 0);
}

TEST_F(Many, TheListSaysWhoseReleaseIsMissing) {
    world.change(
        "INSERT INTO user_account (id, version, login, name, roles, state) VALUES ($id, 'V', 'l', $name, "
        "'[]', 'active')",
        {{"id", world.lead.user_id}, {"name", world.lead.name}});
    leave(101, "2024-06-30");
    const auto listed = [&] {
        const auto answer = world.ask("residence.erasures", {{"on", "2026-11-07"}}, world.lead);
        return answer ? array_of(*answer, "rules").at(0).as_object() : json::object{};
    };
    EXPECT_TRUE(flag_of(listed(), "needs_release"));
    EXPECT_TRUE(array_of(listed(), "releases").empty());
    religions("2026-11-06");
    EXPECT_EQ(close(mass_erasure, world.lead), "");
    EXPECT_EQ(json::serialize(array_of(listed(), "releases")),
              "[{\"by\":\"lead\",\"since\":\"2026-11-06\",\"count\":101,\"released_by\":\"Lotte Leitung\"},"
              "{\"by\":\"second\",\"since\":\"2026-11-06\",\"count\":101,\"released_by\":\"\"}]");
}

TEST_F(Many, MoreThanANightTakesAtATimeIsSaid) {
    leave(501, "2024-06-30");
    religions("2026-11-05");
    release();
    const auto first = night("2026-11-06"), second = night("2026-11-06");
    EXPECT_EQ(integer_of(first, "religions"), 500);
    EXPECT_TRUE(flag_of(first, "more"));
    EXPECT_EQ(integer_of(second, "religions"), 1);
    EXPECT_FALSE(flag_of(second, "more"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person WHERE religion <> ''"), 0);
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

struct Withdrawn : Keeping {
    std::string id =
        person("resident", dwelling_until(""),
               {{"nationalities", json::array{"000"}},
                {"marital_status", "VH"},
                {"tax_id", "02476291358"},
                {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L1"}}}},
                {"relations", json::array{json::object{{"kind", "spouse"}, {"family_name", "Fehling"}}}}});
    void SetUp() override {
        world.change("UPDATE person SET status = 'withdrawn'", {});
        world.change("DELETE FROM dwelling", {});
        history("status", "resident", "withdrawn");
        history("religion", "rk", "ev");
    }
    void history(const char* field, const char* value, const char* now) {
        world.change(
            "INSERT INTO person_history (id, version, person_id, field, value, new_value, valid_from, "
            "valid_to, "
            "recorded_at_ms, recorded_by, kind, source, sheet) VALUES ($field, 'V', $id, $field, $value, "
            "$now, "
            "'', '', $at, 'V', 'correction', '', '')",
            {{"field", std::string(field)},
             {"id", id},
             {"value", std::string(value)},
             {"now", std::string(now)},
             {"at", parse_timestamp("2026-11-05T08:00:00Z")->ms}});
    }
    std::string left() {
        return world.value(
            "SELECT family_name || ' ' || birth_date || religion || nationalities || "
            "marital_status || tax_id FROM person");
    }
};

TEST_F(Withdrawn, ARegistrationThatWasTakenBackIsForgottenAfterAYear) {
    EXPECT_EQ(integer_of(night("2027-11-05"), "withdrawn"), 0);
    EXPECT_EQ(left(), "Fehling 1991-02-23ev[\"000\"]VH02476291358");
    EXPECT_EQ(integer_of(night("2027-11-06"), "withdrawn"), 1);
    EXPECT_EQ(left(), "Fehling 1991-02-23[]");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person_document"), 0);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM relation"), 0);
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(field) FROM person_history"), "status");
    EXPECT_EQ(integer_of(night("2027-11-07"), "withdrawn"), 0);
}

TEST_F(Withdrawn, AHoldKeepsItToo) {
    hold("person_id", id);
    EXPECT_EQ(integer_of(night("2028-01-01"), "withdrawn"), 0);
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

// --- five years later

struct Secured : Keeping {
    std::string id = person(
        "departed", dwelling_until("2020-06-30"),
        {{"doctorate", "Dr."},
         {"marital_status", "VH"},
         {"nationalities", json::array{"000"}},
         {"tax_id", "02476291358"},
         {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L1"}}}},
         {"relations", json::array{json::object{
                           {"kind", "spouse"}, {"family_name", "Fehling"}, {"birth_date", "1990-01-01"}}}}});
    json::object page(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        const auto answer = world.ask("person.get", {{"person_id", id}}, world.lead);
        return answer ? *answer : json::object{{"refused", answer.error().code}};
    }
    json::object hit() {
        const auto answer = world.ask("person.search", {{"name", "Fehling"}, {"birth_date", "1991-02-23"}});
        return answer && !array_of(*answer, "hits").empty() ? array_of(*answer, "hits")[0].as_object()
                                                            : json::object{};
    }
};

TEST_F(Secured, ThePageShowsEverythingUntilTheEndOfTheFifthYear) {
    const auto shown = page("2025-12-31");
    EXPECT_EQ(text_of(object_of(shown, "person"), "full_name"), "Dr. Ragna Fehling");
    EXPECT_EQ(array_of(shown, "documents").size(), 1u);
    EXPECT_EQ(text_of(hit(), "status_text"), "weggezogen");
}

TEST_F(Secured, ThenNothingButWhatTheLawNames) {
    const auto shown = page("2026-01-01");
    const auto& person = object_of(shown, "person");
    EXPECT_EQ(text_of(person, "full_name"), "Ragna Fehling");
    EXPECT_EQ(text_of(person, "birth_date"), "1991-02-23");
    EXPECT_EQ(text_of(person, "tax_id"), "02476291358");
    EXPECT_EQ(text_of(person, "status_text"), "weggezogen, Daten gesichert");
    for (const auto* gone :
         {"doctorate", "marital_status", "marital_status_text", "religion", "religion_text"})
        EXPECT_EQ(text_of(person, gone), "") << gone;
    EXPECT_TRUE(array_of(person, "nationalities").empty());
    for (const auto* part : {"documents", "relations", "history", "cases"})
        EXPECT_TRUE(array_of(shown, part).empty()) << part;
    const auto& dwelling = array_of(shown, "dwellings").at(0).as_object();
    EXPECT_EQ(text_of(dwelling, "moved_out"), "2020-06-30");
    EXPECT_FALSE(text_of(dwelling, "address").empty());
    EXPECT_EQ(text_of(dwelling, "moved_in"), "");
    EXPECT_TRUE(object_of(dwelling, "lessor").empty());
}

TEST_F(Secured, IsFoundByTheNameAlone) {
    page("2026-01-01");
    EXPECT_EQ(text_of(hit(), "name"), "Fehling, Ragna");
    EXPECT_EQ(text_of(hit(), "doctorate"), "");
    EXPECT_EQ(text_of(hit(), "status_text"), "weggezogen, Daten gesichert");
}

TEST_F(Secured, IsCorrectedInNothingElseAndNotToldToOtherOffices) {
    page("2026-01-01");
    const auto refused = world.run("person.correct", {{"person_id", id},
                                                      {"field", "marital_status"},
                                                      {"old_value", "VH"},
                                                      {"new_value", "LD"},
                                                      {"mode", "correction"},
                                                      {"source", "Urkunde"}});
    EXPECT_EQ(refused.problem.code, "residence.person_secured");
    world.must("person.correct", {{"person_id", id},
                                  {"field", "birth_name"},
                                  {"old_value", ""},
                                  {"new_value", "Heimisch"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}});
    world.receive(
        "vms_request",
        {{"person",
          json::object{{"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}},
         {"address", test_dwelling("", "Marktplatz", 7)}});
    EXPECT_EQ(text_of(world.payload("vms_response"), "result"), "not_found");
}

TEST_F(Secured, WhoComesBackIsAResidentLikeAnyOther) {
    world.change("UPDATE person SET status = 'resident'", {});
    EXPECT_EQ(array_of(page("2026-01-01"), "documents").size(), 1u);
}

}  // namespace
}  // namespace wa

// What belongs to no registration says nothing any more after its time; what nobody decides is asked about.
#include "kernel/journal.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

/// On 5 November 2026.
struct LooseMessages : testing::Test {
    ExchangeWorld world;
    std::string id = resident();

    std::string resident() {
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2016-07-01";
        return world.import_person({{"family_name", "Fehling"},
                                    {"given_names", "Ragna"},
                                    {"birth_date", "1991-02-23"},
                                    {"sex", "w"},
                                    {"nationalities", json::array{"000"}},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    /// Another office asks for the prefilled form, and has taken the answer.
    void asked_for_a_form() {
        world.receive("vms_request", {{"person", json::object{{"family_name", "Fehling"},
                                                              {"given_names", "Ragna"},
                                                              {"birth_date", "1991-02-23"}}},
                                      {"address", test_dwelling("00102", "Marktplatz", 7)}});
        world.change("UPDATE outbox SET state = 'acknowledged'", {});
    }
    json::object night(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        return world.must("residence.forget_papers", {}, system_actor());
    }
    std::int64_t erased(const char* rule, const char* day) { return integer_of(night(day), rule); }
};

TEST_F(LooseMessages, GoAfterTheirTimeAndThatTheyWereSentStays) {
    asked_for_a_form();
    ASSERT_NE(world.value("SELECT payload FROM outbox").find("Fehling"), std::string::npos);
    const auto early = night("2027-11-05"), due = night("2027-11-06");
    for (const auto* rule : {"sent", "received"}) {
        EXPECT_EQ(integer_of(early, rule), 0) << rule;
        EXPECT_EQ(integer_of(due, rule), 1) << rule;
    }
    EXPECT_EQ(world.value("SELECT payload || recipient || state FROM outbox"),
              "{}Meldebehörde 99001002acknowledged");
    EXPECT_EQ(world.value("SELECT payload || sender || state FROM inbox"), "{}Meldebehörde 99001002done");
    EXPECT_EQ(erased("sent", "2027-11-07"), 0);
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(LooseMessages, StayWhileSomebodyWaitsOrTheyAreHeld) {
    asked_for_a_form();
    world.change("UPDATE outbox SET state = 'handed_over'", {});
    EXPECT_EQ(erased("sent", "2027-11-06"), 0);
    world.change("UPDATE outbox SET state = 'acknowledged'", {});
    world.must("residence.hold", {{"person_id", id}, {"reason", "Rechtsstreit"}}, world.lead);
    EXPECT_EQ(erased("sent", "2027-11-06"), 0);
    world.change("UPDATE task SET state = 'done'", {});
    EXPECT_EQ(erased("sent", "2027-11-06"), 1);
}

TEST_F(LooseMessages, AreListedBeforehandWithEachPersonOnce) {
    asked_for_a_form();
    asked_for_a_form();
    const auto answer = world.ask("residence.erasures", {{"on", "2027-11-06"}}, world.lead);
    ASSERT_TRUE(answer);
    for (const auto& entry : array_of(*answer, "rules")) {
        const auto& rule = entry.as_object();
        if (text_of(rule, "rule") != "sent") continue;
        EXPECT_EQ(integer_of(rule, "count"), 2);
        EXPECT_EQ(array_of(rule, "persons").size(), 1u);
        EXPECT_EQ(text_of(rule, "left_before"), "2026-11-06");
    }
}

/// With a registration or without one.
TEST_F(LooseMessages, WhatTheTaxOfficeWasToldGoesAfterTwoYears) {
    const auto registered = prepared_case(world, test_form());
    world.must("residence.book", {{"case_id", registered}});
    world.change("UPDATE outbox SET state = 'acknowledged', answered_by = 'A1'", {});
    const auto told = world.count("SELECT COUNT(*) FROM outbox WHERE recipient = 'BZSt'");
    ASSERT_GT(told, 0);
    EXPECT_EQ(erased("tax_office_sent", "2028-11-05"), 0);
    world.must("residence.hold", {{"case_id", registered}, {"reason", "Rechtsstreit"}}, world.lead);
    EXPECT_EQ(erased("tax_office_sent", "2028-11-06"), 0);
    world.change("UPDATE task SET state = 'done'", {});
    EXPECT_EQ(erased("tax_office_sent", "2028-11-06"), told);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE payload = '{}' AND recipient <> 'BZSt'"), 0);
}

TEST_F(LooseMessages, ClosedTasksGoAndOpenOnesStay) {
    for (const auto* reason : {"erster", "zweiter"})
        world.must("residence.hold", {{"person_id", id}, {"reason", reason}}, world.lead);
    for (const auto& row : world.rows("SELECT id FROM task LIMIT 1"))
        world.must("task.close", {{"task_id", row.text("id")}, {"result", "vorbei"}}, world.lead);
    EXPECT_EQ(erased("tasks", "2027-11-06"), 0);  // of somebody who is held
    world.change("DELETE FROM task WHERE state = 'open'", {});
    EXPECT_EQ(erased("tasks", "2027-11-06"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task"), 0);
}

TEST_F(LooseMessages, DecidedContradictionsAndWorkPutAsideSayNothingAnyMore) {
    const Params at{{"id", id}, {"at", test_now().ms}};
    world.change(
        "INSERT INTO conflict (id, version, command_id, stream, subject_table, subject_id, field, title, "
        "here_value, here_at_ms, here_by, here_origin, there_value, there_at_ms, there_by, there_origin, "
        "state, decided_at_ms) VALUES ('K', 'V', 'V', $id, 'person', $id, 'f', 'Ragna Fehling', 'a', 0, '', "
        "'', 'b', 0, '', '', 'decided', $at)",
        at);
    world.change(
        "INSERT INTO quarantine (command_id, device_id, tour_id, device_seq, name, stream, envelope, code, "
        "details, arrived_at_ms, state, settled_by, settled_at_ms, reason) VALUES ('Q', '', '', 1, '', $id, "
        "x'01', '', '{\"name\":1}', 0, 'set_aside', '', $at, 'r')",
        at);
    const auto early = night("2027-11-05"), due = night("2027-11-06"), after = night("2027-11-07");
    for (const auto* rule : {"conflicts", "put_aside"}) {
        EXPECT_EQ(integer_of(early, rule), 0) << rule;
        EXPECT_EQ(integer_of(due, rule), 1) << rule;
        EXPECT_EQ(integer_of(after, rule), 0) << rule;
    }
    EXPECT_EQ(world.value("SELECT title || here_value || there_value || state FROM conflict"),
              "Unterlagen vernichtetdecided");
    EXPECT_EQ(world.value("SELECT length(envelope) || details || state FROM quarantine"), "0{}set_aside");
}

TEST_F(LooseMessages, ARegistrationNobodyDecidesIsAskedAboutOnceAYear) {
    const auto waiting = prepared_case(world, test_form());
    const auto asked = [&](const char* day) {
        night(day);
        return world.count("SELECT COUNT(*) FROM task WHERE kind = 'registration_rests'");
    };
    EXPECT_EQ(asked("2027-11-05"), 0);
    EXPECT_EQ(asked("2027-11-06"), 1);
    EXPECT_EQ(asked("2028-12-01"), 1);
    world.change("UPDATE task SET state = 'done'", {});
    EXPECT_EQ(asked("2028-12-02"), 2);
    EXPECT_EQ(asked("2028-12-03"), 2);
    EXPECT_NE(world.value("SELECT form FROM case_file"), "{}");
    world.must("case.withdraw", {{"case_id", waiting}, {"reason", "nie unterschrieben"}});
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE state = 'open'"), 0);
    EXPECT_EQ(asked("2030-01-01"), 2);
}

/// Those that nobody answers are no reason to ask about no others.
TEST_F(LooseMessages, EachOneIsAskedAboutHoweverManyRest) {
    prepared_case(world, test_form());
    world.change(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 510) INSERT INTO case_file "
        "(id, version, number, procedure, procedure_version, status, channel, title, opened_at_ms, "
        "opened_by, "
        "form) SELECT '01ARZ3NDEKTSV4RRFFQ6900' || (100 + i), 'V', i, 'residence.registration', 1, 'draft', "
        "'counter', '', i, '', '{}' FROM n",
        {});
    night("2027-11-06");
    night("2027-11-07");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'registration_rests'"), 511);
}

TEST_F(LooseMessages, AreFoundByIndexes) {
    const std::pair<const Statement*, const char*> used[]{
        {&sql::residence::sent_past, "outbox_loose"},
        {&sql::residence::received_past, "inbox_loose"},
        {&sql::residence::tax_office_sent_past, "outbox_tax_office"},
        {&sql::residence::tax_office_received_past, "inbox_tax_office"},
        {&sql::residence::tasks_past, "task_loose"},
        {&sql::residence::conflicts_past, "conflict_decided"},
        {&sql::residence::put_aside_past, "quarantine_state"},
        {&sql::residence::resting_past, "case_file_status"}};
    for (const auto& [statement, index] : used) {
        std::string plan;
        for (const auto& row : world.rows("EXPLAIN QUERY PLAN " + std::string(statement->text),
                                          {{"before", std::int64_t(1)}, {"limit", std::int64_t(1)}}))
            plan += row.text("detail") + "\n";
        EXPECT_NE(plan.find(index), std::string::npos) << index << "\n" << plan;
    }
}

}  // namespace
}  // namespace wa

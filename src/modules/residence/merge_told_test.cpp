// Two records that are joined: who may know of it, who is told of it, what comes for the other one later.
#include "modules/residence/testing_merge.hpp"

namespace wa::merging {
namespace {

/// BMG § 3 Abs. 2 Nr. 2: without a number there was nothing to tell of who lives here.
TEST_F(Merge, ATaxNumberOfTheOtherRecordIsToldWithWhatTheTaxGoesBy) {
    const auto kept = imported(lives("E", "2010-02-01")),
               other = imported({{"tax_id", "02476291358"}, {"status", "departed"}});
    joined(kept, other);
    EXPECT_EQ(world.value("SELECT person_id FROM outbox WHERE message_type = 'bzst_tax_data'"), kept);
}

TEST_F(Merge, EveryBlockHoldsAndHidesTheTask) {
    const auto kept = imported();
    const auto hidden = imported({{"blocks", block_51}});
    // A clerk who may not see one of them learns nothing but that there is no such person.
    EXPECT_EQ(propose(kept, hidden, world.clerk).problem.code, "not_found");
    EXPECT_EQ(propose(kept, world.next_id(), world.clerk).problem.code, "not_found");
    const auto task = text_of(propose(kept, hidden, world.lead).answer, "task_id");
    const auto tasks = json::serialize(*world.ask("task.list", {}));
    EXPECT_EQ(tasks.find(kept), std::string::npos) << tasks;
    EXPECT_EQ(merge(task, second_lead).outcome, Outcome::done);
    EXPECT_NE(world.value("SELECT blocks FROM person WHERE id = $id", {{"id", kept}}), "[]");
    for (const auto& id : {kept, hidden})
        EXPECT_EQ(world.ask("person.get", {{"person_id", id}}, world.clerk).error().code,
                  "residence.person_blocked");
}

/// Neither protection is lost: the longer one and the one whose end nobody knows stand side by side.
TEST_F(Merge, TwoDifferentBlocksBothHold) {
    const json::array until{json::object{{"paragraph", "51"}, {"until", "2027-01-01"}}};
    const auto kept = imported({{"blocks", until}}), other = imported({{"blocks", block_51}});
    joined(kept, other);
    auto both = until;
    both.push_back(block_51[0]);
    EXPECT_EQ(world.value("SELECT blocks FROM person WHERE id = $id", {{"id", kept}}), json::serialize(both));
}

/// Whoever could read the proposal when it was made cannot read it once somebody it names has a block.
TEST_F(Merge, ABlockThatComesLaterHidesTheTask) {
    const auto task_is_shown = [&](const std::string& id) {
        return json::serialize(*world.ask("task.list", {})).find(id) != std::string::npos;
    };
    booked();
    const auto other = world.value("SELECT id FROM person");
    const auto kept = imported();
    ASSERT_EQ(propose(kept, other, world.clerk).outcome, Outcome::done);
    EXPECT_TRUE(task_is_shown(kept));
    auto form = test_form();
    form["new_dwelling"].as_object()["house_no"] = 9;
    mover_of(form)["block_request"] = true;
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book",
               {{"case_id", id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", other}}}}});
    EXPECT_FALSE(task_is_shown(kept));
    EXPECT_EQ(world.value("SELECT person_id FROM task WHERE kind = 'merge_persons'"), other);
}

TEST_F(Merge, OnlyWhoseDataChangeAreTold) {
    booked();
    world.hand_over_all();
    const auto kept = world.value("SELECT id FROM person");
    joined(kept, imported({{"status", "departed"}}));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction'"), 0);
    joined(kept, imported({{"status", "departed"}, {"doctorate", "Dr."}}));
    EXPECT_NE(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction'"), 0);
    EXPECT_EQ(text_of(object_of(world.payload("correction"), "person"), "doctorate"), "Dr.");
}

TEST_F(Merge, WhoWasToldByTheOtherRecordLearnsWhatIsNewToThem) {
    booked();
    world.hand_over_all();
    const auto other = world.value("SELECT id FROM person");
    joined(imported({{"status", "departed"}, {"doctorate", "Dr."}}), other);
    EXPECT_NE(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction'"), 0);
    EXPECT_EQ(
        world.count(
            "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%birth_place%' AND message_type = 'correction'"),
        0);
}

TEST_F(Merge, WhatComesForTheOtherOneIsTheKeptOnes) {
    const auto kept = imported(), other = imported();
    joined(kept, other);
    auto late = world.request("person.correct",
                              {{"person_id", other},
                               {"field", "birth_name"},
                               {"old_value", ""},
                               {"new_value", "Kuhn"},
                               {"mode", "correction"},
                               {"source", "Geburtsurkunde"}},
                              world.clerk);
    late.replayed = true;
    late.origin = {"koffer", "koffer-1", "Koffer 1", ""};
    EXPECT_EQ(world.run(std::move(late)).outcome, Outcome::done);
    EXPECT_EQ(world.value("SELECT birth_name FROM person WHERE id = $id", {{"id", kept}}), "Kuhn");
    EXPECT_EQ(world.value("SELECT birth_name FROM person WHERE id = $id", {{"id", other}}), "");
    // A Koffer that visits the other one gets the kept one with everything.
    std::vector<std::pair<std::string, Row>> rows;
    auto tx = world.store().begin_read();
    test_registry().extractors().at("person")(*tx, other, rows);
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& one) { return one.first == "person"; }),
              2);
}

/// The journal names somebody by the id of then for ever: who asks is shown the whole, and a hold keeps it.
TEST_F(Merge, TheJournalOfEitherRecordIsThePersons) {
    const Actor auditor{"00000000000000000000000RVX", "Rita Revision", permissions_of({"auditor"})};
    const auto kept = imported(), other = imported(), third = imported({{"status", "departed"}});
    const auto read = [&](const std::string& id) {
        ASSERT_TRUE(world.ask("person.get", {{"person_id", id}}, world.lead));
    };
    const auto listed = [&](const std::string& id) {
        const auto answer = world.ask("journal.list", {{"person_id", id}}, auditor);
        std::string names;
        for (const auto& entry : array_of(*answer, "entries"))
            if (const auto name = text_of(entry.as_object(), "name"); name != "journal.list")
                names += name + " ";
        return names;
    };
    read(other);
    read(kept);
    EXPECT_EQ(listed(kept), "person.get residence.import ");
    joined(kept, other);
    const std::string all =
        "person.merge person.propose_merge person.get person.get residence.import "
        "residence.import ";
    EXPECT_EQ(listed(kept), all);
    EXPECT_EQ(listed(other), all);
    joined(third, kept);
    EXPECT_EQ(listed(other), listed(third));
    EXPECT_NE(listed(other).find(all), std::string::npos);
    world.must("residence.hold", {{"person_id", third}, {"reason", "Klage"}}, world.lead);
    world.at = *parse_timestamp("2029-01-01T08:00:00Z");
    world.must("journal.end_reads", {}, system_actor());
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM journal WHERE name = 'person.get'"), 2);
    world.must("task.close",
               {{"task_id", world.value("SELECT id FROM task WHERE kind = 'legal_hold'")},
                {"result", "Klage abgewiesen"}},
               world.lead);
    world.must("journal.end_reads", {}, system_actor());
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM journal WHERE name = 'person.get'"), 0);
    EXPECT_TRUE(proved());
}

/// Staff are no recipients: a person is told where something comes from, not who in the office found out.
TEST_F(Merge, ADisclosureDoesNotSayWhoProposedIt) {
    world.change(
        "INSERT INTO user_account (id, version, login, name, roles, state) VALUES ($id, 'V', 'l', $name, "
        "'[]', 'active')",
        {{"id", world.lead.user_id}, {"name", world.lead.name}});
    const auto kept = imported(), other = imported({{"tax_id", "02476291358"}});
    joined(kept, other);
    EXPECT_EQ(world.value("SELECT source FROM person_history WHERE field = 'tax_id'"),
              "Zusammenführung: beide Akten verglichen, vorgeschlagen von " + world.lead.name);
    const auto told =
        world.ask("residence.disclosure", {{"person_id", kept}, {"identity", "I4"}}, world.lead);
    ASSERT_TRUE(told) << told.error().code;
    const auto text = json::serialize(*told);
    EXPECT_NE(text.find("Zusammenführung: beide Akten verglichen\""), std::string::npos) << text;
    EXPECT_EQ(text.find(world.lead.name), std::string::npos);
}

}  // namespace
}  // namespace wa::merging

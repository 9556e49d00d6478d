// A person known twice: who may join the two records, when not, and what the one takes over.
#include "modules/residence/testing_merge.hpp"

namespace wa::merging {
namespace {

TEST_F(Merge, TakesTwoPersonsOfTheOffice) {
    const auto kept = imported(), other = imported();
    const auto proposed = propose(kept, other, world.lead);
    const auto task = text_of(proposed.answer, "task_id");
    EXPECT_EQ(merge(task, world.clerk).problem.code, "permission_denied");
    EXPECT_EQ(merge(task, world.lead).problem.code, "residence.merge_needs_second_person");
    EXPECT_EQ(hits(), 2u);
    // Who says the same again, in either direction, answers the same task.
    EXPECT_EQ(text_of(propose(other, kept, second_lead).answer, "task_id"), task);
    EXPECT_EQ(merge(task, second_lead).outcome, Outcome::done);
    EXPECT_EQ(merge(task, second_lead).problem.code, "task_closed");
    EXPECT_EQ(world.value("SELECT state FROM task"), "done");
    EXPECT_EQ(world.value("SELECT subject_id FROM journal_subject WHERE subject_type = 'second_person'"),
              world.lead.user_id);
}

TEST_F(Merge, WhatWasRefusedIsProposedAnew) {
    const auto kept = imported(), other = imported();
    const auto first = text_of(propose(kept, other, world.lead).answer, "task_id");
    world.must("task.close", {{"task_id", first}, {"outcome", "dropped"}, {"result", "Vater und Sohn"}},
               second_lead);
    EXPECT_EQ(merge(first, second_lead).problem.code, "task_closed");
    // Whoever proposes it then is the one who may not join them.
    const auto again = text_of(propose(kept, other, second_lead).answer, "task_id");
    EXPECT_NE(again, first);
    EXPECT_EQ(merge(again, second_lead).problem.code, "residence.merge_needs_second_person");
}

TEST_F(Merge, IsRefusedWhereTheTwoContradictEachOther) {
    const auto spouse = [](const char* name) {
        return json::object{{"relations", json::array{json::object{{"kind", "spouse"},
                                                                   {"family_name", "Müller"},
                                                                   {"given_names", name},
                                                                   {"birth_date", "1960-02-01"}}}}};
    };
    const struct {
        json::object one, two;
        const char* fields;
    } cases[]{
        {{{"tax_id", "02476291358"}}, {{"tax_id", "86095742719"}}, R"(["tax_id"])"},
        {{{"tax_id", "02476291358"}}, {}, ""},
        {{}, {{"birth_date", "1962-03-04"}}, R"(["birth_date"])"},
        {{}, {{"family_name", "Müller"}, {"birth_place", "Testhausen"}}, R"(["family_name","birth_place"])"},
        {{{"nationalities", json::array{"000"}}},
         {{"nationalities", json::array{"151"}}},
         R"(["nationalities"])"},
        {{{"status", "deceased"}, {"death_date", "2020-01-01"}}, {}, R"(["status"])"},
        {{{"status", "departed"}}, {}, ""},
        {{{"blocks", block_51}}, {{"blocks", json::array{json::object{{"paragraph", "52"}}}}}, ""},
        {lives("E", "2010-02-01"), lives("E", "2015-02-01", "", 7), ""},
        {spouse("Otto"), spouse("Ole"), R"(["relation"])"},
        {spouse("Otto"), spouse("Otto"), ""},
    };
    for (const auto& one : cases) EXPECT_EQ(differing(one.one, one.two), one.fields) << one.fields;
}

TEST_F(Merge, RelativesOfEachOtherAreNotOne) {
    const auto father = imported();
    const auto son =
        imported({{"relations", json::array{json::object{{"kind", "parent"}, {"other_id", father}}}}});
    EXPECT_EQ(propose(father, son, world.lead).problem.code, "residence.records_differ");
    EXPECT_EQ(propose(son, father, world.lead).problem.code, "residence.records_differ");
    EXPECT_EQ(propose(son, son, world.lead).problem.code, "residence.same_record");
}

TEST_F(Merge, ChecksOnceMoreWhenItIsDone) {
    const auto kept = imported(), other = imported();
    const auto task = text_of(propose(kept, other, world.clerk).answer, "task_id");
    world.must("person.correct", {{"person_id", other},
                                  {"field", "birth_place"},
                                  {"old_value", "Musterstedt"},
                                  {"new_value", "Testhausen"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}});
    EXPECT_EQ(merge(task, world.lead).problem.code, "residence.records_differ");
    EXPECT_EQ(hits(), 2u);
}

TEST_F(Merge, OneTakesOverWhatTheOtherSays) {
    const auto kept =
        imported({{"status", "departed"}, {"religion", "ev"}, {"objections", json::array{"party"}}});
    const auto other =
        imported({{"tax_id", "02476291358"},
                  {"objections", json::array{"jubilee"}},
                  {"dwellings", json::array{dwelling_of_anna("E", "2015-02-01")}},
                  {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L01X00T47"}}}}});
    joined(kept, other);
    EXPECT_EQ(
        world.value("SELECT status || ' ' || religion || ' ' || tax_id || ' ' || objections FROM person "
                    "WHERE id = $id",
                    {{"id", kept}}),
        R"(resident ev 02476291358 ["party","jubilee"])");
    EXPECT_EQ(world.value("SELECT person_id FROM dwelling"), kept);
    EXPECT_EQ(world.value("SELECT person_id FROM person_document"), kept);
    // Found once, also where the other one lived, and told from which record and by whom.
    EXPECT_EQ(hits(), 1u);
    EXPECT_EQ(array_of(*world.ask("person.search", {{"text", "Müller Lindenweg 5"}}), "hits").size(), 1u);
    EXPECT_EQ(world.value("SELECT source FROM person_history WHERE field = 'tax_id'"),
              "Zusammenführung: beide Akten verglichen, vorgeschlagen von ");
    EXPECT_EQ(world.value("SELECT new_value FROM person_history WHERE field = 'merged' AND person_id = $id",
                          {{"id", kept}}),
              "Anna Maria Müller-Lüdenscheidt, " + other);
    // What is left of the other says nothing but where it went, and leads there.
    EXPECT_EQ(
        world.value("SELECT status || merged_into || family_name || birth_date || objections FROM person "
                    "WHERE id = $id",
                    {{"id", other}}),
        "merged" + kept + "[]");
    const auto page = world.ask("person.get", {{"person_id", other}});
    EXPECT_EQ(text_of(object_of(*page, "person"), "id"), kept);
    EXPECT_TRUE(proved());
}

TEST_F(Merge, NothingNamesTheOtherRecord) {
    const auto first = booked();
    const auto other = world.value("SELECT id FROM person");
    const auto kept = imported({{"status", "departed"}});
    const auto child =
        imported({{"given_names", "Lena"},
                  {"birth_date", "2019-03-01"},
                  {"relations", json::array{json::object{{"kind", "custodian"}, {"other_id", other}}}}});
    world.hand_over_all();
    world.receive("auswertung", {{"result", "taken"}, {"weapons", true}}, world.message_id("rueckmeldung"));
    world.receive("whereabouts_request", {{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                                  {"given_names", "Anna Maria"},
                                                                  {"birth_date", "1962-04-03"}}},
                                          {"reference", "4 Js 1/26"}});
    world.must("residence.hold", {{"person_id", other}, {"reason", "Klage"}}, world.lead);
    world.must("case.open", {{"procedure", "residence.registration"},
                             {"channel", "counter"},
                             {"title", "Anmeldung"},
                             {"person_id", other}});
    joined(kept, other);
    EXPECT_EQ(names_of(other), "task.subject person.id person_history.new_value ");
    EXPECT_EQ(world.value("SELECT other_id FROM relation WHERE person_id = $id", {{"id", child}}), kept);
    EXPECT_EQ(world.value("SELECT candidates FROM inbox WHERE state = 'open'"), "[\"" + kept + "\"]");
    // The letter of the booking finds person and dwelling; taken back it cannot be any more.
    EXPECT_TRUE(world.letter("confirmation", first));
    EXPECT_EQ(
        world.run(world.request("residence.revoke", {{"case_id", first}, {"reason", "Irrtum"}}, second_lead))
            .problem.code,
        "residence.changed_since");
    // A third record of the same person: who was merged before leads on.
    const auto third = imported({{"status", "departed"}});
    joined(third, kept);
    EXPECT_EQ(world.value("SELECT merged_into FROM person WHERE id = $id", {{"id", other}}), third);
    EXPECT_TRUE(proved());
}

TEST_F(Merge, OneDwellingPaperAndSpouseTwiceIsOne) {
    const auto otto = world.import_person(
        {{"family_name", "Müller"}, {"given_names", "Otto"}, {"birth_date", "1960-02-01"}});
    const auto with = [&](json::object more) {
        more["dwellings"] = json::array{dwelling_of_anna("E", "2010-02-01")};
        more["documents"] = json::array{json::object{{"doc_type", "PA"}, {"serial", "L01X00T47"}}};
        more["relations"] = json::array{json::object{{"kind", "spouse"}, {"other_id", otto}}};
        return more;
    };
    const auto kept = imported(with({})), other = imported(with({}));
    joined(kept, other);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person_document"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM relation"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling_history WHERE field = 'dwelling'"), 1);
    EXPECT_TRUE(proved());
}

}  // namespace
}  // namespace wa::merging

// A person known twice: who may join the two records, when not, and what becomes of everything that names
// them.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

json::object anna(json::object more = {}) {
    json::object person{{"family_name", "Müller-Lüdenscheidt"},
                        {"given_names", "Anna Maria"},
                        {"birth_date", "1962-04-03"},
                        {"birth_place", "Musterstedt"}};
    for (const auto& member : more) person[member.key()] = member.value();
    return person;
}

json::object dwelling_of_anna(const char* status, const char* in, const char* out = "", int number = 5) {
    auto dwelling = test_dwelling("00101", "Lindenweg", number);
    dwelling["status"] = status;
    dwelling["moved_in"] = in;
    dwelling["moved_out"] = out;
    return dwelling;
}

json::object lives(const char* status, const char* in, const char* out = "", int number = 5) {
    return {{"dwellings", json::array{dwelling_of_anna(status, in, out, number)}}};
}

const json::array block_51{json::object{{"paragraph", "51"}, {"text", "Auskunftssperre"}}};

struct Merge : ::testing::Test {
    ExchangeWorld world;
    Actor second_lead{"00000000000000000000000KAE", "Ludwig Leitung", permissions_of({"team_lead"})};

    std::string imported(json::object more = {}) { return world.import_person(anna(std::move(more))); }
    CommandResult propose(const std::string& kept, const std::string& other, const Actor& actor) {
        return world.run(world.request(
            "person.propose_merge",
            {{"person_id", kept}, {"other_id", other}, {"source", "Personalausweis und Geburtsurkunde"}},
            actor));
    }
    CommandResult merge(const std::string& task, const Actor& actor, json::object more = {}) {
        more["task_id"] = task;
        more["source"] = "beide Akten verglichen";
        return world.run(world.request("person.merge", std::move(more), actor));
    }
    void joined(const std::string& kept, const std::string& other) {
        const auto proposed = propose(kept, other, world.lead);
        ASSERT_EQ(proposed.outcome, Outcome::done) << json::serialize(proposed.problem.details);
        const auto done = merge(text_of(proposed.answer, "task_id"), second_lead);
        ASSERT_EQ(done.outcome, Outcome::done) << done.problem.code;
        EXPECT_EQ(text_of(done.answer, "person_id"), kept);
    }
    /// Fields named when the two are proposed; empty: they agree.
    std::string differing(json::object one, json::object two) {
        const auto kept = imported(std::move(one)), other = imported(std::move(two));
        const auto result = propose(kept, other, world.lead);
        if (result.outcome == Outcome::done) return "";
        EXPECT_EQ(result.problem.code, "residence.records_differ");
        return json::serialize(array_of(result.problem.details, "fields"));
    }
    std::string booked(json::object form = test_form()) {
        const auto id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", id}});
        return id;
    }
    /// Where an id still stands in the tables that are no record of what was done.
    std::string names_of(const std::string& id) {
        std::string found;
        for (const auto& table : test_registry().journalled_tables())
            for (const auto& row : world.rows("SELECT * FROM " + table))
                for (std::size_t i = 0; i < row.names().size(); ++i)
                    if (const auto* text = std::get_if<std::string>(&row.values()[i]);
                        text && text->find(id) != std::string::npos)
                        found += table + "." + row.names()[i] + " ";
        return found;
    }
    bool proved() {
        auto tx = world.store().begin_read();
        return verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables())
            .faults.empty();
    }
    std::size_t hits() {
        const auto found =
            world.ask("person.search", {{"text", "Müller-Lüdenscheidt Anna 1962"}}, world.lead);
        return array_of(*found, "hits").size();
    }
};

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

/// BMG § 3 Abs. 2 Nr. 2: without a number there was nothing to tell of who lives here.
TEST_F(Merge, ATaxNumberOfTheOtherRecordIsToldWithWhatTheTaxGoesBy) {
    const auto kept = imported(lives("E", "2010-02-01")),
               other = imported({{"tax_id", "02476291358"}, {"status", "departed"}});
    joined(kept, other);
    EXPECT_EQ(world.value("SELECT person_id FROM outbox WHERE message_type = 'bzst_tax_data'"), kept);
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

json::object dwelling_in_musterstedt() {
    auto there = dwelling_of_anna("E", "2015-02-01", "", 7);
    there["ags"] = "99001002";
    there.erase("street_key");
    there["street"] = "Deichstraße";
    return there;
}

/// Two sole dwellings in two records: nobody but the second person says which holds (BMG §§ 21, 22).
struct TwoMainDwellings : Merge {
    std::string kept, other, task;
    void proposed(json::object one, json::object two) {
        kept = imported(std::move(one));
        other = imported(std::move(two));
        task = text_of(propose(kept, other, world.clerk).answer, "task_id");
    }
    std::string dwelling(int number) {
        return world.value("SELECT id FROM dwelling WHERE house_no = $n", {{"n", std::int64_t(number)}});
    }
    std::string refusal(json::object said) { return merge(task, world.lead, std::move(said)).problem.code; }
    json::object ended(int number, const char* day, const char* main = nullptr) {
        json::object said{{"ended_dwellings",
                           json::array{json::object{{"dwelling_id", dwelling(number)}, {"moved_out", day}}}}};
        said["main_dwelling_id"] = main ? std::string(main) : dwelling(number == 5 ? 7 : 5);
        return said;
    }
    std::string register_says() {
        std::string all;
        for (const auto& row : world.rows("SELECT * FROM dwelling ORDER BY house_no"))
            all += row.text("status") + std::to_string(row.integer("current")) + row.text("moved_out") + " ";
        return all;
    }
};

TEST_F(TwoMainDwellings, OneOfThemIsSecondary) {
    proposed(lives("E", "2010-02-01"), lives("E", "2015-02-01", "", 7));
    EXPECT_EQ(refusal({}), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal({{"main_dwelling_id", kept}}), "residence.merge_main_dwelling");
    EXPECT_EQ(register_says(), "E1 E1 ");
    EXPECT_EQ(merge(task, world.lead, {{"main_dwelling_id", dwelling(7)}}).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "N1 H1 ");
    EXPECT_EQ(world.value("SELECT source FROM dwelling_history WHERE field = 'status'")
                  .find("Zusammenführung: beide Akten verglichen"),
              0u);
    // Those who keep one address of everybody may have been told the other one.
    EXPECT_EQ(integer_of(object_of(world.payload("dsrv_address"), "address"), "house_no"), 7);
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, OneOfThemIsOver) {
    proposed(lives("E", "2010-02-01"), lives("E", "2015-02-01", "", 7));
    EXPECT_EQ(refusal(ended(5, "2010-01-31")), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal(ended(5, "2026-11-06")), "residence.merge_main_dwelling");
    EXPECT_EQ(refusal(ended(7, "2020-01-01", dwelling(7).c_str())), "residence.merge_main_dwelling");
    EXPECT_EQ(merge(task, world.lead, ended(5, "2015-02-01")).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "E02015-02-01 E1 ");
    EXPECT_EQ(world.value("SELECT status FROM person WHERE id = $id", {{"id", kept}}), "resident");
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, TheOfficeOfOneElsewhereIsTold) {
    auto there = dwelling_in_musterstedt();
    proposed(lives("E", "2010-02-01"), {{"dwellings", json::array{there}}});
    EXPECT_EQ(merge(task, world.lead, {{"main_dwelling_id", dwelling(5)}}).outcome, Outcome::done);
    EXPECT_EQ(register_says(), "H1 N1 ");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE message_type = 'dwelling_status_change'"),
              "Meldebehörde 99001002");
    const auto told = world.payload("dwelling_status_change");
    EXPECT_EQ(text_of(told, "our_status") + text_of(told, "your_status"), "HN");
    EXPECT_EQ(world.value("SELECT state FROM outbox WHERE message_type = 'dwelling_status_change'"), "due")
        << world.value("SELECT problem FROM outbox WHERE message_type = 'dwelling_status_change'");
}

TEST_F(TwoMainDwellings, WhoHasNoneHereAnyMoreHasLeft) {
    auto there = dwelling_in_musterstedt();
    proposed(lives("E", "2010-02-01"), {{"dwellings", json::array{there}}});
    EXPECT_EQ(merge(task, world.lead, ended(5, "2015-02-01")).outcome, Outcome::done);
    EXPECT_EQ(world.value("SELECT status FROM person WHERE id = $id", {{"id", kept}}), "departed");
    EXPECT_TRUE(proved());
}

TEST_F(TwoMainDwellings, AreNoneWhereTheyAreOneOrOver) {
    const struct {
        json::object one, two;
    } cases[]{{lives("H", "2010-02-01"), lives("N", "2015-02-01", "", 7)},
              {lives("E", "2010-02-01", "2015-02-01"), lives("E", "2015-02-01", "", 7)},
              {lives("E", "2010-02-01"), lives("E", "2010-02-01")}};
    for (const auto& one : cases) {
        proposed(one.one, one.two);
        EXPECT_EQ(refusal({}), "");
    }
    // A sole one beside a secondary one is a main one, and that it is somebody says.
    proposed(lives("E", "2010-02-01"), lives("N", "2015-02-01", "", 7));
    EXPECT_EQ(refusal({}), "residence.merge_main_dwelling");
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
}  // namespace wa

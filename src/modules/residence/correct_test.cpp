#include <array>
#include <set>

#include "modules/residence/residence.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Correct : ::testing::Test {
    TestWorld world;
    std::string id = world.import_person({{"family_name", "Muller"},
                                          {"given_names", "Anna"},
                                          {"religion", "ev"},
                                          {"nationalities", json::array{"000"}},
                                          {"birth_date", "1962-04-03"}});

    json::object payload(const char* field, const char* from, const char* to,
                         const char* mode = "correction") {
        return {{"person_id", id}, {"field", field}, {"old_value", from},
                {"new_value", to}, {"mode", mode},   {"source", "Geburtsurkunde 12/1962, Musterstedt"}};
    }
    CommandResult replay(json::object body) {
        auto request = world.request("person.correct", std::move(body), world.clerk);
        request.replayed = true;
        request.origin = {"koffer", "koffer-1", "Koffer 1", ""};
        return world.run(std::move(request));
    }
    void link(const std::string& one, const std::string& two) {
        auto tx = world.store().begin_write();
        tx->execute(
            {"test",
             "INSERT INTO relation (id, version, person_id, kind, other_id, family_name, given_names, "
             "birth_date, "
             "note, valid_from, valid_to) "
             "VALUES ($one || 'r', 'v', $one, 'spouse', $two, 'Muller', '', '', '', '1984-05-11', '')"},
            {{"one", one}, {"two", two}});
        tx->commit();
    }
    std::string name() { return world.value("SELECT family_name FROM person"); }
};

TEST_F(Correct, LeavesHistoryAndRenewsTheSearch) {
    world.must("person.correct", payload("family_name", "Muller", "Schröder"));
    EXPECT_EQ(name(), "Schröder");
    const auto history = world.rows("SELECT * FROM person_history");
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].text("value"), "Muller");
    EXPECT_EQ(history[0].text("kind"), "correction");
    EXPECT_EQ(history[0].text("sheet"), "0101");
    EXPECT_EQ(history[0].text("valid_to"), "");
    const auto found = world.ask("person.search", {{"text", "schroeder anna"}});
    ASSERT_TRUE(found);
    EXPECT_EQ(array_of(*found, "hits").size(), 1u);
    EXPECT_TRUE(array_of(*world.ask("person.search", {{"text", "muller anna"}}), "hits").empty());
}

TEST_F(Correct, AChangeEndsTheLifeOfTheOldValue) {
    world.must("person.correct", payload("religion", "ev", "vd", "change"));
    EXPECT_EQ(world.value("SELECT valid_to FROM person_history"), "2026-11-05");
}

TEST_F(Correct, RefusesWhatTheFieldDoesNotAllow) {
    struct Row {
        const char *field, *from, *to;
    };
    const Row table[]{{"family_name", "Muller", ""},
                      {"family_name", "Muller", "Müller3"},
                      {"birth_date", "1962-04-03", "gestern"},
                      {"birth_date", "1962-04-03", "2027-01-01"},
                      {"religion", "ev", "zz"},
                      {"doctorate", "", "Prof."},
                      {"sex", "", "q"},
                      {"birth_country", "", "zzz"},
                      {"artist_name", "", "Anna 7"},
                      {"rufname_index", "0", "2"},
                      {"rufname_index", "0", "Anna"},
                      {"rufname_index", "0", ""},
                      {"given_names", "Anna", ""},
                      {"single_name", "0", "ja"},
                      {"former_names", "[]", R"([{"name":"Meier"}])"},
                      {"former_names", "[]", "Meier"},
                      {"nationalities", R"(["000"])", "[]"},
                      {"nationalities", R"(["000"])", R"(["997","000"])"},
                      {"marital_status_since", "", "2020-01-01"},
                      {"marital_status_since", "", "2027-01-01"},
                      {"tax_id", "", "02476291359"},
                      {"azr_number", "", "123456789012"},
                      {"objections", "[]", R"(["everything"])"}};
    for (const auto& row : table)
        EXPECT_EQ(world.run("person.correct", payload(row.field, row.from, row.to)).problem.code,
                  "residence.value_not_valid")
            << row.to;
    EXPECT_EQ(world.run("person.correct", payload("family_name", "Meier", "Maier")).problem.code,
              "residence.value_changed");
}

TEST_F(Correct, WhatABookingFindsDifferentCanBeCorrected) {
    const std::vector<std::array<const char*, 4>> table{{"sex", "", "w", "0701"},
                                                        {"birth_country", "", "129", "0603"},
                                                        {"rufname_index", "0", "1", "0302"},
                                                        {"religious_name", "", "Schwester Anna", "0501"},
                                                        {"artist_name", "", "Anna Muse", "0502"}};
    for (const auto& [field, from, to, sheet] : table) {
        world.must("person.correct", payload(field, from, to));
        EXPECT_EQ(world.value(std::string("SELECT ") + field + " FROM person"), to);
        EXPECT_EQ(world.value("SELECT sheet FROM person_history WHERE field = $field", {{"field", field}}),
                  sheet);
    }
}

TEST_F(Correct, TakesWhatTheFormTakes) {
    const auto names = R"([{"name":"Meier","type":"family","until":"1984-00-00"}])";
    const std::vector<std::array<const char*, 3>> table{{"former_names", "[]", names},
                                                        {"nationalities", R"([ "000" ])", R"(["163"])"},
                                                        {"azr_number", "", "123456789012"},
                                                        {"tax_id", "", "02476291358"},
                                                        {"objections", "[]", R"(["parties"])"},
                                                        {"marital_status", "", "VH"},
                                                        {"marital_status_since", "", "1984-05-11"},
                                                        {"marital_status_place", "", "Izmir"},
                                                        {"marital_status_country", "", "163"}};
    for (const auto& [field, from, to] : table) {
        world.must("person.correct", payload(field, from, to));
        EXPECT_EQ(world.value(std::string("SELECT ") + field + " FROM person"), to);
    }
}

/// Numbers for tests begin with 0: nobody has one but in an invented municipality (handbook § 8.1).
TEST_F(Correct, ATestNumberIsRefusedWhereRealPeopleLive) {
    world.scope().tenant.ags = "03355022";
    EXPECT_EQ(world.run("person.correct", payload("tax_id", "", "02476291358")).problem.code,
              "residence.value_not_valid");
    world.must("person.correct", payload("tax_id", "", "86095742719"));
}

TEST_F(Correct, WhoHasOneNameOnlyHasNoGivenNames) {
    world.must("person.correct", payload("rufname_index", "0", "1"));
    world.must("person.correct", payload("single_name", "0", "1"));
    EXPECT_EQ(world.value("SELECT single_name || given_names || rufname_index FROM person"), "10");
    EXPECT_EQ(world.value("SELECT value FROM person_history WHERE field = 'given_names'"), "Anna");
    world.must("person.correct", payload("single_name", "1", "0"));
    world.must("person.correct", payload("given_names", "", "Anna"));
}

/// Which name is in use (Rufname) is known by its place among the given names: it goes where the name goes.
TEST_F(Correct, TheMarkOfTheUsualNameGoesWithTheName) {
    const auto corrected = [&](const char* to) {
        world.must("person.correct",
                   payload("given_names", world.value("SELECT given_names FROM person").c_str(), to));
        return world.value("SELECT rufname_index FROM person");
    };
    EXPECT_EQ(corrected("Anna Karla"), "0");
    world.must("person.correct", payload("rufname_index", "0", "2"));
    EXPECT_EQ(corrected("Karla Anna"), "1");
    EXPECT_EQ(corrected("Carla Anna"), "1");
    EXPECT_EQ(corrected("Maria Carla Anna"), "2");
    EXPECT_EQ(corrected("Maria Anna"), "0");
}

/// The link to the spouse goes with the marriage, on both sides; a change also leaves behind when it was.
TEST_F(Correct, AMarriageThatIsOverEndsTheLink) {
    const auto other = world.import_person({{"family_name", "Muller"}, {"given_names", "Uwe"}});
    link(id, other);
    link(other, id);
    world.must("person.correct", payload("marital_status", "", "VH"));
    world.must("person.correct", payload("marital_status_since", "", "1984-05-11"));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation WHERE valid_to = ''"), "2");
    world.must("person.correct", payload("marital_status", "VH", "GS", "change"));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation WHERE valid_to = '2026-11-05'"), "2");
    EXPECT_EQ(world.value("SELECT marital_status_since FROM person WHERE id = $id", {{"id", id}}), "");
    EXPECT_EQ(
        world.value("SELECT value FROM person_history WHERE field = 'marital_status_since' AND value <> ''"),
        "1984-05-11");
}

/// The DSMeld's sheet of each column, from the handbook (§ 5) and the schemas of XMeld; or that it has none.
TEST_F(Correct, EachColumnHasASheetOrIsKnownToHaveNone) {
    // Ours alone, and the former names, which are kept in one column and have a sheet for each kind.
    const std::set<std::string> none{"id",           "version",   "order_mark",  "single_name",
                                     "former_names", "erased_on", "merged_into", "document_id"};
    for (const auto& column : world.rows("SELECT name FROM pragma_table_info('person')")) {
        const auto name = column.text("name");
        if (name == "status") continue;  // that sheet is a dwelling's
        EXPECT_EQ(residence::sheet_of(name).empty(), none.count(name) == 1) << name;
    }
}

TEST_F(Correct, WhoLivesIsBroughtBackByTheLead) {
    const auto dead = world.import_person({{"family_name", "Verwechselt"},
                                           {"given_names", "Alma"},
                                           {"status", "deceased"},
                                           {"death_date", "2024-12-24"}});
    const auto body = [&](const char* to) {
        return json::object{{"person_id", dead}, {"field", "status"},    {"old_value", "deceased"},
                            {"new_value", to},   {"mode", "correction"}, {"source", "Vorsprache, Reisepass"}};
    };
    EXPECT_EQ(world.run("person.correct", body("departed")).problem.code, "permission_denied");
    // Without a dwelling nobody is a resident.
    EXPECT_EQ(world.run(world.request("person.correct", body("resident"), world.lead)).problem.code,
              "residence.value_not_valid");
    world.must("person.correct", body("departed"), world.lead);
    const auto where = Params{{"id", dead}};
    EXPECT_EQ(world.value("SELECT status FROM person WHERE id = $id", where), "departed");
    EXPECT_EQ(world.value("SELECT death_date FROM person WHERE id = $id", where), "");
    EXPECT_EQ(world.value("SELECT value FROM person_history WHERE sheet = '1901'"), "2024-12-24");
    EXPECT_EQ(world.value("SELECT sheet FROM person_history WHERE field = 'status'"), "");
    // The living do not become dead or departed this way.
    auto other = body("departed");
    other["person_id"] = id;
    other["old_value"] = "resident";
    EXPECT_EQ(world.run(world.request("person.correct", other, world.lead)).problem.code,
              "residence.value_not_valid");
}

/// The page of somebody kept as dead for more than five years names what may still be put right there.
TEST_F(Correct, WhoWasKeptAsDeadForYearsIsBroughtBackToo) {
    const auto dead = world.import_person({{"family_name", "Verwechselt"},
                                           {"given_names", "Alma"},
                                           {"status", "deceased"},
                                           {"death_date", "2019-12-24"}});
    const auto readable = [&] {
        const auto page = world.ask("person.get", {{"person_id", dead}});
        std::set<std::string> columns;
        for (const auto& one : array_of(object_of(*page, "person"), "readable"))
            columns.emplace(std::string(one.get_string()));
        return columns;
    };
    EXPECT_EQ(readable().count("status"), 1u);
    EXPECT_EQ(readable().count("religion"), 0u);
    world.must("person.correct",
               {{"person_id", dead},
                {"field", "status"},
                {"old_value", "deceased"},
                {"new_value", "departed"},
                {"mode", "correction"},
                {"source", "Vorsprache, Reisepass"}},
               world.lead);
    EXPECT_TRUE(readable().empty());  // since when they are gone, nobody knows
}

TEST_F(Correct, FromATourItAppliesWhenNothingElseHappened) {
    EXPECT_EQ(replay(payload("family_name", "Muller", "Müller")).outcome, Outcome::done);
    EXPECT_EQ(name(), "Müller");
    // The same again, by another way: nothing to do.
    EXPECT_EQ(replay(payload("family_name", "Muller", "Müller")).outcome, Outcome::done);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_history"), "1");
}

TEST_F(Correct, FromATourItBecomesAConflictWhenTheHubHasAnotherValue) {
    world.must("person.correct", payload("family_name", "Muller", "Moller"));
    const auto result = replay(payload("family_name", "Muller", "Müller"));
    EXPECT_EQ(result.outcome, Outcome::conflict);
    EXPECT_EQ(name(), "Moller");
    const auto conflict = world.rows("SELECT * FROM conflict");
    ASSERT_EQ(conflict.size(), 1u);
    EXPECT_EQ(conflict[0].text("title"), "Familienname von Anna Moller");
    EXPECT_EQ(conflict[0].text("here_value"), "Moller");
    EXPECT_EQ(conflict[0].text("there_value"), "Müller");
    EXPECT_EQ(conflict[0].text("here_origin"), "Schalter");
    EXPECT_EQ(conflict[0].text("there_origin"), "Koffer 1");
    EXPECT_EQ(conflict[0].integer("here_at_ms"), world.at.ms);
    world.must("conflict.decide",
               {{"conflict_id", conflict[0].text("id")}, {"choice", "there"}, {"reason", "Urkunde"}});
    EXPECT_EQ(name(), "Müller");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_history"), "2");
}

TEST_F(Correct, TwoFieldsDoNotDisturbEachOther) {
    world.must("person.correct", payload("religion", "ev", "vd", "change"));
    EXPECT_EQ(replay(payload("family_name", "Muller", "Müller")).outcome, Outcome::done);
}

TEST_F(Correct, WhoIsNotHere) {
    auto body = payload("religion", "ev", "vd");
    body["person_id"] = world.next_id();
    EXPECT_EQ(world.run("person.correct", std::move(body)).problem.code, "residence.person_not_found");
}

}  // namespace
}  // namespace wa

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
                      {"rufname_index", "0", ""}};
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

/// The DSMeld's sheet of each column, from the handbook (§ 5) and the schemas of XMeld; or that it has none.
TEST_F(Correct, EachColumnHasASheetOrIsKnownToHaveNone) {
    // Ours alone, and the former names, which are kept in one column and have a sheet for each kind.
    const std::set<std::string> none{"id", "version", "order_mark", "single_name", "former_names"};
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

// A street gets another name: its residents do not move, and whoever moves in afterwards moves in with them.
#include <fmt/format.h>

#include "kernel/journal.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Renaming : testing::Test {
    TestWorld world;

    std::string resident(const char* family, const char* key, const char* street, int number,
                         json::object more = {}) {
        auto dwelling = test_dwelling(key, street, number);
        dwelling["street"] = street;
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2010-01-01";
        for (auto& member : more) dwelling[member.key()] = std::move(member.value());
        return world.import_person({{"family_name", family},
                                    {"given_names", "Anna Maria"},
                                    {"birth_date", "1962-04-03"},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    std::string street_of(const std::string& person) {
        return world.value("SELECT street || ', ' || address_key FROM dwelling WHERE person_id = $id",
                           {{"id", person}});
    }
    Finding check(const char* name, const json::object& form) {
        auto tx = world.store().begin_read();
        CheckRun run{*tx, Side::hub, *world.scope().reference, {2026, 11, 5}, form, nullptr};
        return (*test_registry().check(name))(run);
    }
    /// Into the renamed street, on a day when it was still called otherwise.
    static json::object moves_in() {
        auto form = test_form();
        form["new_dwelling"] = test_dwelling("00103", "Müllerstraße", 9);
        return form;
    }
};

TEST_F(Renaming, DwellingsTakeTheNewNameWithHistory) {
    const auto person = resident("Köhler", "00103", "Müllerstraße", 9);
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    EXPECT_EQ(street_of(person), "Selma-Stern-Weg, SELMASTERNWEG|9|");
    const auto history = world.rows("SELECT * FROM dwelling_history");
    ASSERT_EQ(history.size(), 1u);
    EXPECT_EQ(history[0].text("value"), "Müllerstraße");
    EXPECT_EQ(history[0].text("new_value"), "Selma-Stern-Weg");
    EXPECT_EQ(history[0].text("valid_from"), "2010-01-01");
    EXPECT_EQ(history[0].text("valid_to"), "2026-10-31");
    EXPECT_EQ(history[0].text("kind"), "change");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_search WHERE key LIKE 'SMULLERSTR|%'"), "0");
    EXPECT_NE(world.value("SELECT COUNT(*) FROM person_search WHERE key LIKE 'SSELMASTERNWEG|%'"), "0");
    // The old name ended the day before, although nobody said so.
    EXPECT_EQ(world.value("SELECT valid_to FROM street WHERE name = 'Müllerstraße'"), "2026-10-31");
    world.must("residence.rename_dwellings", {}, system_actor());
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history"), "1");
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(Renaming, WhoMovedInBeforeItMovesInWithTheOthers) {
    resident("Müller-Lüdenscheidt", "00103", "Müllerstraße", 9);
    const auto hidden = resident("Geheim", "00103", "Müllerstraße", 9);
    {
        auto tx = world.store().begin_write();
        tx->execute(
            {"test",
             R"(UPDATE person SET blocks = '[{"paragraph":"51"},{"paragraph":"52"}]' WHERE id = $id)"},
            {{"id", hidden}});
        tx->commit();
    }
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    const auto form = moves_in();  // on 26 October
    EXPECT_EQ(check("residence.already_registered", form).state, "blocking");
    const auto blocks = check("residence.blocks_in_dwelling", form);
    EXPECT_EQ(blocks.state, "hint");
    EXPECT_EQ(integer_of(blocks.details, "blocked"), 1);
    EXPECT_EQ(integer_of(blocks.details, "conditional"), 1);
    EXPECT_EQ(integer_of(check("residence.persons_in_dwelling", form).details, "persons"), 2);
    EXPECT_EQ(check("residence.street", form).state, "ok");
}

TEST_F(Renaming, TheConfirmationShowsTheNameOfToday) {
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    const auto id = prepared_case(world, moves_in());
    const auto booked = world.must("residence.book", {{"case_id", id}});
    EXPECT_EQ(
        world.value("SELECT street FROM dwelling WHERE id = $id", {{"id", text_of(booked, "dwelling_id")}}),
        "Selma-Stern-Weg");
    const auto letter = world.letter("confirmation", id);
    ASSERT_TRUE(letter);
    const auto& data = std::get<letter::FieldTable>(letter->body.at(1));
    EXPECT_EQ(data.rows.at(6).value, "Selma-Stern-Weg 9, 99101 Testhausen");
}

/// Kept, and told as people go on calling it for years.
TEST_F(Renaming, AKeptDwellingStaysTheSameOneByItsOldName) {
    const auto person = resident("Müller-Lüdenscheidt", "00103", "Müllerstraße", 9);
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    const auto kept = world.value("SELECT id FROM dwelling");
    for (const auto& previous : {test_dwelling("00103", "", 9), test_dwelling("", "Müllerstr.", 9),
                                 test_dwelling("", "Selma-Stern-Weg", 9)})
        EXPECT_EQ(check("residence.previous_dwelling",
                        [&] {
                            auto form = test_form();
                            form["previous_dwelling"] = previous;
                            return form;
                        }())
                      .state,
                  "ok")
            << json::serialize(previous);
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("", "Müllerstraße", 9);
    keep_previous(form, 20, 8);
    world.must("residence.book",
               {{"case_id", prepared_case(world, std::move(form))},
                {"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    const auto rows = world.rows("SELECT * FROM dwelling WHERE street <> 'Lindenweg'");
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].text("id"), kept);
    EXPECT_EQ(rows[0].integer("current"), 1);
    EXPECT_EQ(rows[0].text("status"), "N");
}

TEST_F(Renaming, BeginsOnItsDay) {
    const auto person = resident("Köhler", "00103", "Müllerstraße", 9);
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-06");
    EXPECT_EQ(street_of(person), "Müllerstraße, MULLERSTR|9|");
    world.at.ms += 86'400'000;
    EXPECT_EQ(integer_of(world.must("residence.rename_dwellings", {}, system_actor()), "count"), 1);
    EXPECT_EQ(street_of(person), "Selma-Stern-Weg, SELMASTERNWEG|9|");
}

TEST_F(Renaming, OnlyDwellingsOfToday) {
    const auto left = resident("Fort", "00103", "Müllerstraße", 9, {{"moved_out", "2020-01-01"}});
    const auto elsewhere = resident("Nachbar", "00103", "Müllerstraße", 9, {{"ags", "99001002"}});
    const auto namesake = resident("Doppel", "00777", "Müllerstraße", 9);
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    for (const auto& person : {left, elsewhere, namesake})
        EXPECT_EQ(street_of(person), "Müllerstraße, MULLERSTR|9|");
}

TEST_F(Renaming, AWrongNameIsCorrectedAtOnce) {
    const auto person = resident("Köhler", "00103", "Müllerstraße", 9);
    world.rename_street("00103", "Müllnerstraße", "2000-01-01");  // from the same day: never had another
    EXPECT_EQ(street_of(person), "Müllnerstraße, MULLNERSTR|9|");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM street WHERE key = '00103'"), "1");
    EXPECT_EQ(world.value("SELECT kind || valid_to FROM dwelling_history"), "correction");
}

TEST_F(Renaming, EachNameHasItsOwnDays) {
    resident("Köhler", "00103", "Müllerstraße", 9);
    world.rename_street("00103", "Selma-Stern-Weg", "2026-10-01");
    world.rename_street("00103", "Weg der Einheit", "2026-11-01");
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(value || ' ' || valid_from || ' ' || valid_to) FROM "
                          "(SELECT * FROM dwelling_history ORDER BY valid_from)"),
              "Müllerstraße 2010-01-01 2026-09-30,Selma-Stern-Weg 2026-10-01 2026-10-31");
}

/// A directory that comes with all names of a street at once: none is missing in the dwelling's history.
TEST_F(Renaming, EachNameOfADirectoryThatComesAtOnceHasItsDays) {
    resident("Köhler", "00103", "Müllerstraße", 9);
    auto second = world.street("00103", "Selma-Stern-Weg", 1, 99);
    second["valid_from"] = "2020-01-01";
    auto third = world.street("00103", "Weg der Einheit", 1, 99);
    third["valid_from"] = "2026-11-01";
    world.must("residence.set_streets", {{"streets", json::array{std::move(second), std::move(third)}}},
               system_actor());
    world.read_streets();
    world.must("residence.rename_dwellings", {}, system_actor());
    EXPECT_EQ(world.value("SELECT street FROM dwelling"), "Weg der Einheit");
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(value || ' ' || valid_from || ' ' || valid_to) FROM "
                          "(SELECT * FROM dwelling_history ORDER BY valid_from)"),
              "Müllerstraße 2010-01-01 2019-12-31,Selma-Stern-Weg 2020-01-01 2026-10-31");
    world.must("residence.rename_dwellings", {}, system_actor());
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history"), "2");
}

/// Who moved in when the street had its new name never lived in one of the old name.
TEST_F(Renaming, AfterTheRenamingTheOldNameWasAnError) {
    resident("Köhler", "00103", "Müllerstraße", 9);
    const auto late = resident("Spät", "00103", "Müllerstraße", 9, {{"moved_in", "2026-11-03"}});
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    EXPECT_EQ(world.value("SELECT kind || ' ' || valid_from || ' ' || valid_to FROM dwelling_history "
                          "WHERE person_id = $id",
                          {{"id", late}}),
              "correction 2026-11-03 ");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history WHERE kind = 'change'"), "1");
}

TEST_F(Renaming, AStreetOfThousandsIsOneEntryInTheJournal) {
    constexpr int residents = 1234;
    json::array persons;
    for (int i = 0; i < residents; ++i) {
        auto dwelling = test_dwelling("00103", "Müllerstraße", 1 + i % 99);
        dwelling["status"] = "E";
        dwelling["apartment_no"] = std::to_string(i);
        persons.push_back(json::object{{"family_name", "Viele"},
                                       {"given_names", "Person"},
                                       {"birth_date", "1980-01-01"},
                                       {"dwellings", json::array{std::move(dwelling)}}});
    }
    world.must("residence.import", {{"persons", std::move(persons)}}, system_actor());
    world.rename_street("00103", "Selma-Stern-Weg", "2026-11-01");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling WHERE street = 'Selma-Stern-Weg'"),
              std::to_string(residents));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history"), std::to_string(residents));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal WHERE name = 'residence.rename_dwellings'"), "1");
}

}  // namespace
}  // namespace wa

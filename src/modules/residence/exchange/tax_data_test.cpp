// What the Bundeszentralamt learns for the tax on wages, and when (BMG § 3 Abs. 2 Nr. 2).
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

constexpr const char *number_of_anna = "02476291358", *number_of_otto = "12345678995",
                     *number_of_lena = "86095742719";

struct TaxData : ::testing::Test {
    ExchangeWorld world;

    std::string known(const char* given, const char* born, const char* number, json::object more = {}) {
        more["family_name"] = "Müller-Lüdenscheidt";
        more["given_names"] = given;
        more["birth_date"] = born;
        more["tax_id"] = number;
        if (!more.contains("dwellings")) {
            auto dwelling = test_dwelling("00102", "Marktplatz", 7);
            dwelling["status"] = "E";
            dwelling["moved_in"] = "2010-02-01";
            more["dwellings"] = json::array{std::move(dwelling)};
        }
        return world.import_person(std::move(more));
    }
    static json::object has_second_home() {
        auto second = test_dwelling("00102", "Marktplatz", 7);
        second["status"] = "N";
        second["moved_in"] = "2024-02-01";
        return {{"dwellings", json::array{std::move(second)}}};
    }
    void book(json::object form, const std::vector<std::string>& ids) {
        json::array persons;
        for (std::size_t i = 0; i < ids.size(); ++i)
            persons.push_back(json::object{{"index", std::int64_t(i)}, {"person_id", ids[i]}});
        const auto id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
    }
    void correct(const std::string& person, const char* field, const char* from, const char* to) {
        world.must("person.correct", {{"person_id", person},
                                      {"field", field},
                                      {"old_value", from},
                                      {"new_value", to},
                                      {"mode", "change"},
                                      {"source", "Urkunde"}});
    }
    int told(const std::string& person) {
        return int(
            world
                .rows("SELECT id FROM outbox WHERE message_type = 'bzst_tax_data' AND state = 'due' AND "
                      "person_id = $id",
                      {{"id", person}})
                .size());
    }
    /// What was told last of somebody.
    std::string last(const std::string& person) {
        return world.value(
            "SELECT payload FROM outbox WHERE message_type = 'bzst_tax_data' AND person_id = $id ORDER BY "
            "rowid DESC",
            {{"id", person}});
    }
};

TEST_F(TaxData, AFamilyIsToldWithItsLinks) {
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna);
    const auto otto = known("Otto", "1960-02-01", number_of_otto);
    const auto lena = known("Lena", "2019-03-01", number_of_lena);
    book(test_family(), {anna, otto, lena});
    EXPECT_EQ(told(anna) * 100 + told(otto) * 10 + told(lena), 111);
    EXPECT_EQ(
        *parse_json(last(anna)),
        *parse_json(
            R"({"tax_data":{"tax_id":"02476291358","birth_date":"1962-04-03","religion":"ev","marital_status":"VH",)"
            R"("marital_status_since":"1990-05-12"},"spouse":{"tax_id":"12345678995"},)"
            R"("children":[{"tax_id":"86095742719"}]})"));
    // Neither where they live nor what they are called.
    EXPECT_EQ(last(anna).find("Linden"), std::string::npos);
    EXPECT_EQ(last(lena).find("spouse"), std::string::npos);
}

/// From one house to the next nothing changes that the tax goes by.
TEST_F(TaxData, AMoveInsideTheTownTellsOnlyWhatHasChanged) {
    const auto anna =
        known("Anna Maria", "1962-04-03", number_of_anna, {{"religion", "ev"}, {"marital_status", "LD"}});
    book(test_form(), {anna});
    EXPECT_EQ(told(anna), 0);
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    form["new_dwelling"] = test_dwelling("00101", "Lindenweg", 7);
    form["moved_in"] = "2026-11-02";
    person_of(form)["religion"] = "rk";
    book(std::move(form), {anna});
    EXPECT_EQ(told(anna), 1);
}

TEST_F(TaxData, OnlyWhoHasANumberAndWhoseMainDwellingIsHere) {
    auto form = test_form();
    keep_previous(form, 4, 26);
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"dwellings", json::array{}}});
    book(std::move(form), {anna});
    EXPECT_EQ(told(anna), 0);
    correct(anna, "religion", "ev", "rk");
    EXPECT_EQ(told(anna), 0);
    const auto nobody = known("Ole", "1990-01-01", "");
    correct(nobody, "religion", "", "rk");
    EXPECT_EQ(told(nobody), 0);
}

/// A child counts for the tax where its main dwelling is; that this has come to be here concerns its mother.
TEST_F(TaxData, AChildIsNamedOnceItsMainDwellingIsHere) {
    const auto lena = known("Lena", "2019-03-01", number_of_lena, has_second_home());
    const auto anna =
        known("Anna Maria", "1962-04-03", number_of_anna,
              {{"relations", json::array{json::object{{"kind", "child"}, {"other_id", lena}}}}});
    correct(anna, "religion", "", "rk");
    EXPECT_EQ(told(anna), 1);
    EXPECT_EQ(last(anna).find("children"), std::string::npos) << last(anna);
    const json::object decided{{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                       {"given_names", "Lena"},
                                                       {"birth_date", "2019-03-01"}}},
                               {"our_dwelling", object_of(test_form(), "previous_dwelling")},
                               {"our_status", "N"},
                               {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
                               {"your_status", "H"},
                               {"decided_on", "2026-11-05"}};
    EXPECT_EQ(world.receive("dwelling_status_change", decided), "done") << world.code() << world.details();
    EXPECT_EQ(told(anna) * 10 + told(lena), 21);
    EXPECT_NE(last(anna).find(number_of_lena), std::string::npos) << last(anna);
}

/// Main is what another office says that it is, or what two persons of the lead decide.
TEST_F(TaxData, ADwellingThatBecomesTheMainOneIsTold) {
    const auto otto = known("Otto", "1960-02-01", number_of_otto, has_second_home());
    const json::object moved{{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                     {"given_names", "Otto"},
                                                     {"birth_date", "1960-02-01"}}},
                             {"new_dwelling", object_of(test_form(), "previous_dwelling")},
                             {"dwelling_status", "N"},
                             {"moved_in", "2026-10-20"},
                             {"registered_on", "2026-10-22"},
                             {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
                             {"your_dwelling_kept", true},
                             {"your_dwelling_status", "H"}};
    EXPECT_EQ(world.receive("rueckmeldung", moved), "done") << world.code() << world.details();
    EXPECT_EQ(told(otto), 1);

    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"dwellings", json::array{}}});
    auto form = test_form();
    keep_previous(form, 4, 26);
    book(std::move(form), {anna});
    EXPECT_EQ(told(anna), 0);
    world.hand_over_all();
    world.receive("auswertung",
                  {{"result", "contradiction"},
                   {"our_status", "N"},
                   {"our_dwelling", object_of(test_form(), "previous_dwelling")}},
                  world.message_id("rueckmeldung"));
    world.must("inbox.settle",
               {{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                {"choice", "close"},
                {"note", "mit Musterstedt geklärt"}},
               world.lead);
    EXPECT_EQ(told(anna), 1);
}

/// Whoever names somebody with a block (BMG § 51) as spouse at an address learns from no message that they
/// live there.
TEST_F(TaxData, ABlockedSpouseIsNotNamedByWhoOnlyGuesses) {
    auto there = test_dwelling("00101", "Lindenweg", 5);
    there["status"] = "E";
    there["moved_in"] = "2010-02-01";
    const auto otto = known("Otto", "1960-02-01", number_of_otto,
                            {{"dwellings", json::array{std::move(there)}},
                             {"blocks", json::array{json::object{{"paragraph", "51"}}}}});
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"dwellings", json::array{}}});
    auto form = test_form();
    person_of(form)["marital_status"] = "VH";
    person_of(form)["marital_status_since"] = "1990-05-12";
    person_of(form)["spouse"] = json::object{{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Otto"},
                                             {"birth_date", "1960-02-01"},
                                             {"same_dwelling", true}};
    book(std::move(form), {anna});
    EXPECT_EQ(told(anna) * 10 + told(otto), 10);
    EXPECT_EQ(last(anna).find("spouse"), std::string::npos) << last(anna);
    EXPECT_EQ(world.value("SELECT other_id FROM relation WHERE person_id = $id", {{"id", anna}}), otto);
}

/// Where they live mainly by then tells it.
TEST_F(TaxData, OfWhoHasLeftOrDiedNothingIsTold) {
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"religion", "ev"}});
    const json::object moved{{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                     {"given_names", "Anna Maria"},
                                                     {"birth_date", "1962-04-03"}}},
                             {"new_dwelling", object_of(test_form(), "previous_dwelling")},
                             {"dwelling_status", "E"},
                             {"moved_in", "2026-10-20"},
                             {"registered_on", "2026-10-22"},
                             {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
                             {"your_dwelling_kept", false}};
    EXPECT_EQ(world.receive("rueckmeldung", moved), "done") << world.code() << world.details();
    correct(anna, "religion", "ev", "rk");
    const auto otto = known("Otto", "1960-02-01", number_of_otto, {{"status", "deceased"}});
    correct(otto, "religion", "", "rk");
    EXPECT_EQ(told(anna) * 10 + told(otto), 0);
}

TEST_F(TaxData, WhatChangesIsToldAndNothingElse) {
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"religion", "ev"}});
    correct(anna, "birth_place", "", "Testhausen");
    EXPECT_EQ(told(anna), 0);
    correct(anna, "religion", "ev", "vd");
    EXPECT_EQ(told(anna), 1);
    // Who belongs to none pays for none.
    EXPECT_EQ(last(anna).find("religion"), std::string::npos) << last(anna);
    correct(anna, "religion", "vd", "rk");
    EXPECT_NE(last(anna).find("\"religion\":\"rk\""), std::string::npos) << last(anna);
}

TEST_F(TaxData, TheEndOfAMarriageIsToldOfBoth) {
    const auto otto = known("Otto", "1960-02-01", number_of_otto, {{"marital_status", "VH"}});
    const auto anna =
        known("Anna Maria", "1962-04-03", number_of_anna,
              {{"marital_status", "VH"},
               {"relations", json::array{json::object{{"kind", "spouse"}, {"other_id", otto}}}}});
    world.change(
        "INSERT INTO relation (id, version, person_id, kind, other_id, family_name, given_names, birth_date, "
        "note, valid_from, valid_to) SELECT 'BACK', version, other_id, kind, person_id, '', '', '', '', '', "
        "'' "
        "FROM relation WHERE person_id = $id",
        {{"id", anna}});
    correct(anna, "marital_status", "VH", "GS");
    EXPECT_EQ(told(anna) * 10 + told(otto), 11);
    EXPECT_EQ(last(otto).find("spouse"), std::string::npos) << last(otto);
    EXPECT_NE(last(anna).find("\"GS\""), std::string::npos) << last(anna);
}

/// The number comes later: then the block is told of whoever has it, and the link of whoever is married to
/// them.
TEST_F(TaxData, ANumberThatComesLaterIsToldWithItsLinks) {
    const auto otto = known("Otto", "1960-02-01", number_of_otto);
    auto form = test_form();
    add_mover(form, test_mover("spouse", "Otto", "1960-02-01"));
    for (std::size_t i = 0; i < 2; ++i) {
        person_of(form, i)["marital_status"] = "VH";
        person_of(form, i)["marital_status_since"] = "1990-05-12";
    }
    document_of(form, 1)["serial"] = "LZ6311T47";
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book",
               {{"case_id", id}, {"persons", json::array{json::object{{"index", 1}, {"person_id", otto}}}}});
    const auto anna = world.value("SELECT id FROM person WHERE id <> $id", {{"id", otto}});
    EXPECT_EQ(told(anna) * 10 + told(otto), 1);
    EXPECT_EQ(last(otto).find("spouse"), std::string::npos);
    world.change("UPDATE outbox SET state = 'handed_over' WHERE message_type = $type",
                 {{"type", "bzst_number_request"}});
    EXPECT_EQ(world.receive("bzst_number", {{"tax_id", number_of_anna}},
                            world.message_id("bzst_number_request"), "BZSt"),
              "done")
        << world.code() << world.details();
    EXPECT_EQ(told(anna) * 10 + told(otto), 12);
    EXPECT_NE(last(otto).find(number_of_anna), std::string::npos) << last(otto);
}

TEST_F(TaxData, GoesWithABookingThatIsTakenBack) {
    const auto anna = known("Anna Maria", "1962-04-03", number_of_anna, {{"dwellings", json::array{}}});
    book(test_form(), {anna});
    EXPECT_EQ(told(anna), 1);
    world.must("residence.revoke",
               {{"case_id", world.value("SELECT id FROM case_file")}, {"reason", "falsche Person"}},
               world.lead);
    EXPECT_EQ(told(anna), 0);
}

}  // namespace
}  // namespace wa

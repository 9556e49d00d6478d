// Children in their parents' data, until the day they come of age.
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Childhood : testing::Test {
    TestWorld world;

    /// A parent with one child of that birth date; what the relation's end is after a night's work.
    std::string end_of(const char* born) {
        const auto id = world.import_person({{"family_name", "Muster"},
                                             {"given_names", "Anna"},
                                             {"birth_date", "1980-01-01"},
                                             {"relations", json::array{json::object{{"kind", "child"},
                                                                                    {"other_id", ""},
                                                                                    {"family_name", "Muster"},
                                                                                    {"given_names", "Kind"},
                                                                                    {"birth_date", born}}}}});
        world.must("residence.end_childhood", {}, system_actor());
        return world.value("SELECT valid_to FROM relation WHERE person_id = $id", {{"id", id}});
    }
};

TEST_F(Childhood, EndsOnTheDayOfTheEighteenthBirthday) {  // today is 5 November 2026
    EXPECT_EQ(end_of("2008-11-05"), "2026-11-05");
    EXPECT_EQ(end_of("2008-11-06"), "");
    EXPECT_EQ(end_of("2001-03-31"), "2019-03-31");
}

TEST_F(Childhood, WhoIsBornOnALeapDayIsOfAgeOnTheFirstOfMarch) {
    EXPECT_EQ(end_of("2008-02-29"), "2026-03-01");
}

TEST_F(Childhood, AnIncompleteDateEndsWhenItIsCertain) {
    EXPECT_EQ(end_of("2008-00-00"), "");
    EXPECT_EQ(end_of("2008-10-00"), "2026-10-31");
    EXPECT_EQ(end_of("2007-00-00"), "2025-12-31");
    EXPECT_EQ(end_of("0000-00-00"), "");
}

TEST_F(Childhood, IsEndedOnceAndOtherRelationsStay) {
    end_of("2008-11-05");
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 0);
    const auto id =
        world.import_person({{"family_name", "Muster"},
                             {"given_names", "Otto"},
                             {"birth_date", "1980-01-01"},
                             {"relations", json::array{json::object{{"kind", "spouse"},
                                                                    {"other_id", ""},
                                                                    {"family_name", "Muster"},
                                                                    {"given_names", "Anna"},
                                                                    {"birth_date", "1980-01-01"}}}}});
    world.must("residence.end_childhood", {}, system_actor());
    EXPECT_EQ(world.value("SELECT valid_to FROM relation WHERE person_id = $id", {{"id", id}}), "");
}

/// Custody ends with childhood; a Betreuung is an adult's, and stays.
TEST_F(Childhood, CustodyEndsWithItAndWhoRepresentsAnAdultStays) {
    const auto relation = [](const char* kind) {
        return json::object{{"kind", kind},
                            {"other_id", ""},
                            {"family_name", "Muster"},
                            {"given_names", kind},
                            {"birth_date", "1980-01-01"}};
    };
    const auto person = [&](const char* born) {
        return world.import_person({{"family_name", "Muster"},
                                    {"given_names", "Kind"},
                                    {"birth_date", born},
                                    {"relations", json::array{relation("custodian"), relation("parent"),
                                                              relation("representative")}}});
    };
    const auto open = [&](const std::string& id) {
        return world.value("SELECT GROUP_CONCAT(kind) FROM relation WHERE person_id = $id AND valid_to = ''",
                           {{"id", id}});
    };
    const auto adult = person("2008-11-05"), minor = person("2008-11-06");
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 2);
    EXPECT_EQ(open(adult), "representative");
    EXPECT_EQ(open(minor), "custodian,parent,custodian");
    EXPECT_EQ(world.value("SELECT valid_to FROM relation WHERE person_id = $id AND kind = 'custodian'",
                          {{"id", adult}}),
              "2026-11-05");
}

/// In a register that was taken over a child's guardian may stand like an adult's carer.
TEST_F(Childhood, AMinorsRepresentativeIsACustodianAndEndsWithChildhood) {
    const auto born = [&](const char* day) {
        return world.import_person({{"family_name", "Muster"},
                                    {"given_names", "Kind"},
                                    {"birth_date", day},
                                    {"relations", json::array{json::object{{"kind", "representative"},
                                                                           {"other_id", ""},
                                                                           {"family_name", "Muster"},
                                                                           {"given_names", "Vera"},
                                                                           {"birth_date", "1980-01-01"}}}}});
    };
    const auto minor = born("2008-11-06"), perhaps = born("2008-00-00"), adult = born("2008-11-05");
    const auto before = born("2009-01-01");  // a row of before this column
    {
        auto tx = world.store().begin_write();
        tx->execute({"test", "UPDATE relation SET ward_born = NULL WHERE person_id = $id"}, {{"id", before}});
        tx->commit();
    }
    const auto kind = [&](const std::string& id) {
        return world.value("SELECT kind || valid_to FROM relation WHERE person_id = $id", {{"id", id}});
    };
    world.must("residence.end_childhood", {}, system_actor());
    for (const auto& id : {minor, perhaps, before}) EXPECT_EQ(kind(id), "custodian");
    EXPECT_EQ(kind(adult), "representative");
    world.at.ms += 86'400'000;
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 1);
    EXPECT_EQ(kind(minor), "custodian2026-11-06");
    world.at = *parse_timestamp("2027-01-01T09:00:00Z");
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 2);
}

TEST_F(Childhood, ACorrectedBirthDateMovesItsEnd) {
    const auto id =
        world.import_person({{"family_name", "Muster"},
                             {"given_names", "Kind"},
                             {"birth_date", "2018-11-04"},
                             {"relations", json::array{json::object{{"kind", "custodian"},
                                                                    {"other_id", ""},
                                                                    {"family_name", "Muster"},
                                                                    {"given_names", "Vera"},
                                                                    {"birth_date", "1980-01-01"}}}}});
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 0);
    world.must("person.correct", {{"person_id", id},
                                  {"field", "birth_date"},
                                  {"old_value", "2018-11-04"},
                                  {"new_value", "2008-11-04"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}});
    EXPECT_EQ(integer_of(world.must("residence.end_childhood", {}, system_actor()), "count"), 1);
    EXPECT_EQ(world.value("SELECT valid_to FROM relation"), "2026-11-04");
}

}  // namespace
}  // namespace wa

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
    EXPECT_EQ(open(minor), "custodian,parent,representative");
    EXPECT_EQ(world.value("SELECT valid_to FROM relation WHERE person_id = $id AND kind = 'custodian'",
                          {{"id", adult}}),
              "2026-11-05");
}

}  // namespace
}  // namespace wa

// What our register answers when another office asks for the prefilled form.
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Answer : testing::Test {
    ExchangeWorld world;
    std::string result(const char* family, const char* given, bool family_too = false,
                       const char* birth_name = "") {
        json::object person{{"family_name", family}, {"given_names", given}, {"birth_date", "1984-02-17"}};
        if (*birth_name) person["birth_name"] = birth_name;
        EXPECT_EQ(world.receive("vms_request", {{"person", person},
                                                {"address", test_dwelling("00102", "Marktplatz", 7)},
                                                {"with_family", family_too}}),
                  "done")
            << world.code() << world.details();
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'rejected'"), 0)
            << world.value("SELECT problem FROM outbox WHERE state = 'rejected'");
        return text_of(world.payload("vms_response"), "result");
    }
    std::string person(const char* family, const char* given, const char* born, json::array relations = {},
                       json::array blocks = {}) {
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2016-07-01";
        return world.import_person({{"family_name", family},
                                    {"given_names", given},
                                    {"birth_date", born},
                                    {"sex", "m"},
                                    {"religion", "ev"},
                                    {"nationalities", json::array{"000"}},
                                    {"marital_status", "LD"},
                                    {"relations", std::move(relations)},
                                    {"blocks", std::move(blocks)},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    static json::object relation(const char* kind, const std::string& id) {
        return {{"kind", kind},
                {"other_id", id},
                {"family_name", "x"},
                {"given_names", "x"},
                {"birth_date", "2017-04-05"}};
    }
};

TEST_F(Answer, SaysWhatTheRegisterHas) {
    person("Bergmann", "Tobias", "1984-02-17");
    EXPECT_EQ(result("Bergmann", "Tobias"), "hit");
    const auto form = world.payload("vms_response");
    const auto& head = object_of(array_of(form, "persons").at(0).as_object(), "person");
    EXPECT_EQ(text_of(head, "religion"), "ev");
    EXPECT_FALSE(head.contains("blocks"));
    EXPECT_EQ(text_of(object_of(form, "dwelling"), "street"), "Marktplatz");
    EXPECT_EQ(world.value("SELECT direction FROM retrieval_log"), "in");
    EXPECT_EQ(result("Niemand", "Nele"), "not_found");
}

TEST_F(Answer, ABlockedPersonStandsInNobodysForm) {
    const json::array block{
        json::object{{"paragraph", "51"}, {"law", "BMG § 51"}, {"text", "Auskunftssperre"}}};
    const auto child = person("Bergmann", "Emil", "2017-04-05", {}, block);
    const auto other = person("Bergmann", "Lina", "2013-08-19");
    person("Bergmann", "Tobias", "1984-02-17", {relation("child", child), relation("child", other)});
    EXPECT_EQ(result("Bergmann", "Tobias", true), "hit");
    const auto form = world.payload("vms_response");
    ASSERT_EQ(array_of(form, "persons").size(), 2u);
    EXPECT_EQ(json::serialize(form).find("Emil"), std::string::npos);
    person("Geheim", "Gero", "1984-02-17", {}, block);
    EXPECT_EQ(result("Geheim", "Gero"), "blocked");
    EXPECT_EQ(world.payload("vms_response").size(), 1u);
}

/// Several current dwellings: we are asked for the main one here, whichever began later.
TEST_F(Answer, TheFormNamesTheDwellingHere) {
    const auto student = person("Brockhoff", "Lasse", "1984-02-17");
    const auto also = [&](const char* ags, const char* street) {
        world.change(
            "INSERT INTO dwelling (id, version, person_id, ags, street, house_no, status, current, moved_in) "
            "VALUES ($id, 'v', $person, $ags, $id, 3, 'N', 1, '2024-10-01')",
            {{"id", std::string(street)}, {"person", student}, {"ags", std::string(ags)}});
    };
    also("99001002", "Am Anger");
    also("99001001", "Lindenweg");
    const auto named = [&] {
        EXPECT_EQ(result("Brockhoff", "Lasse"), "hit");
        return text_of(object_of(world.payload("vms_response"), "dwelling"), "street");
    };
    EXPECT_EQ(named(), "Marktplatz");
    EXPECT_EQ(array_of(world.payload("vms_response"), "other_dwellings").size(), 2u);
    // Who has moved the main dwelling elsewhere still has one here.
    world.change("UPDATE dwelling SET current = 0, moved_out = '2026-01-31' WHERE street = 'Marktplatz'", {});
    EXPECT_EQ(named(), "Lindenweg");
    // Who has left lived here last, wherever there is a dwelling now.
    world.change("UPDATE dwelling SET current = 0, moved_out = '2026-01-31' WHERE street = 'Lindenweg'", {});
    EXPECT_EQ(named(), "Marktplatz");
    EXPECT_EQ(text_of(world.payload("vms_response"), "departed_on"), "2026-01-31");
}

/// A commuter's family lives here, in the main dwelling; the flat near the work came later.
TEST_F(Answer, ACommutersFamilyIsThatOfTheMainDwelling) {
    const auto child = person("Ottersberg", "Mia", "2017-04-05");
    const auto commuter = person("Ottersberg", "Reimer", "1984-02-17", {relation("child", child)});
    world.change(
        "INSERT INTO dwelling (id, version, person_id, ags, street, house_no, status, current, moved_in, "
        "address_key) VALUES ('W', 'v', $person, '99001002', 'Am Anger', 3, 'N', 1, '2024-10-01', 'X')",
        {{"person", commuter}});
    EXPECT_EQ(result("Ottersberg", "Reimer", true), "hit");
    const auto form = world.payload("vms_response");
    EXPECT_EQ(array_of(form, "persons").size(), 2u);
    EXPECT_EQ(text_of(object_of(form, "dwelling"), "street"), "Marktplatz");
}

TEST_F(Answer, OfTwoOnlyTheBirthNameTells) {
    person("Doppelt", "Dora", "1984-02-17");
    const auto second = person("Doppelt", "Dora", "1984-02-17");
    world.change("UPDATE person SET birth_name = 'Einzig' WHERE id = $id", {{"id", second}});
    world.change("UPDATE person SET birth_name = 'Anders' WHERE id <> $id", {{"id", second}});
    EXPECT_EQ(result("Doppelt", "Dora"), "not_unique");
    EXPECT_EQ(result("Doppelt", "Dora", false, "Einzig"), "hit");
}

}  // namespace
}  // namespace wa

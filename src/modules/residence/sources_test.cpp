// From which paper a datum of a registration comes, and that its number is kept with the paper alone.
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

/// Where a datum comes from: type and authority of the paper, and its number as long as that is kept.
struct Sources : testing::Test {
    TestWorld world;

    void booked(json::object form) {
        const auto id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", id}});
    }
    json::object page(const std::string& id) { return *world.ask("person.get", {{"person_id", id}}); }
    std::string source_of_person(const std::string& id) {
        return text_of(object_of(page(id), "person"), "source_text");
    }
    /// A person known before, so that the registration leaves history.
    std::string known() {
        const auto id = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"birth_place", "Musterstedt"},
                                             {"sex", "w"},
                                             {"status", "departed"}});
        const auto case_id = prepared_case(world, test_form());
        world.must(
            "residence.book",
            {{"case_id", case_id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", id}}}}});
        return id;
    }
};

TEST_F(Sources, ABookingSaysFromWhichPaperWithItsNumber) {
    booked(test_form());
    const auto id = world.value("SELECT id FROM person");
    EXPECT_EQ(source_of_person(id), "Personalausweis, Stadt Musterstedt, Nr. L01X00T47");
    const auto shown = page(id);
    const auto& dwelling = array_of(shown, "dwellings").front().as_object();
    EXPECT_TRUE(
        text_of(dwelling, "source_text").ends_with("Personalausweis, Stadt Musterstedt, Nr. L01X00T47"))
        << json::serialize(dwelling);
}

TEST_F(Sources, SoDoesTheHistoryOfSomebodyKnownBefore) {
    const auto text = json::serialize(array_of(page(known()), "history"));
    EXPECT_NE(text.find("Personalausweis, Stadt Musterstedt, Nr. L01X00T47"), text.npos) << text;
}

TEST_F(Sources, TheNumberGoesWithThePaper) {
    const auto id = known();
    EXPECT_NE(json::serialize(page(id)).find("L01X00T47"), std::string::npos);
    world.at = *parse_timestamp("2037-05-02T08:00:00Z");
    world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_document"), "0");
    const auto after = json::serialize(page(id));
    EXPECT_EQ(after.find("L01X00T47"), after.npos) << after;
    EXPECT_NE(after.find("Personalausweis, Stadt Musterstedt"), after.npos) << "that a paper was shown stays";
    for (const auto* table : {"person", "dwelling", "person_history", "dwelling_history", "person_search"})
        for (const auto& row : world.rows(std::string("SELECT * FROM ") + table))
            for (const auto& value : row.values()) {
                const auto* words = std::get_if<std::string>(&value);
                EXPECT_TRUE(!words || words->find("L01X00T47") == words->npos) << table;
            }
}

TEST_F(Sources, StayWhenTwoRecordsOfOnePersonAreJoined) {
    booked(test_form());
    const auto other = world.value("SELECT id FROM person");
    const auto kept = world.import_person(
        {{"family_name", "Müller-Lüdenscheidt"},
         {"given_names", "Anna Maria"},
         {"birth_date", "1962-04-03"},
         {"birth_place", "Musterstedt"},
         {"status", "departed"},
         {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L01X00T47"}}}}});
    const Actor second_lead{"00000000000000000000000KAE", "Ludwig Leitung", permissions_of({"team_lead"})};
    const auto proposed =
        world.must("person.propose_merge", {{"person_id", kept}, {"other_id", other}, {"source", "Ausweis"}},
                   world.lead);
    world.must("person.merge", {{"task_id", text_of(proposed, "task_id")}, {"source", "Akten"}}, second_lead);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_document"), "1");
    const auto shown = page(kept);
    const auto& dwelling = array_of(shown, "dwellings").front().as_object();
    EXPECT_TRUE(text_of(dwelling, "source_text").ends_with("Nr. L01X00T47")) << json::serialize(dwelling);
}

TEST_F(Sources, TheNumberIsNoSearchKey) {
    booked(test_form());
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_search WHERE first LIKE '%L01X00T47%' OR second LIKE "
                          "'%L01X00T47%'"),
              "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND (sql LIKE "
                          "'%document_id%' OR sql LIKE '%serial%')"),
              "0");
}

TEST_F(Sources, WhoShowedNoPaperOfTheirOwnHasNoNumber) {
    booked(test_family());
    const auto lena = world.value("SELECT id FROM person WHERE given_names = 'Lena'");
    EXPECT_EQ(source_of_person(lena), "");
    EXPECT_EQ(json::serialize(page(lena)).find("L01X00T47"), std::string::npos)
        << "the number is the mother's";
}

}  // namespace
}  // namespace wa

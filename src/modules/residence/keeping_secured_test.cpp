// What is left after a registration that was taken back, and five years after somebody has left.
#include "modules/residence/testing_keeping.hpp"

namespace wa::keeping {
namespace {

struct Withdrawn : Keeping {
    std::string id =
        person("resident", dwelling_until(""),
               {{"nationalities", json::array{"000"}},
                {"marital_status", "VH"},
                {"tax_id", "02476291358"},
                {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L1"}}}},
                {"relations", json::array{json::object{{"kind", "spouse"}, {"family_name", "Fehling"}}}}});
    void SetUp() override {
        world.change("UPDATE person SET status = 'withdrawn'", {});
        world.change("DELETE FROM dwelling", {});
        history("status", "resident", "withdrawn");
        history("religion", "rk", "ev");
    }
    void history(const char* field, const char* value, const char* now) {
        world.change(
            "INSERT INTO person_history (id, version, person_id, field, value, new_value, valid_from, "
            "valid_to, "
            "recorded_at_ms, recorded_by, kind, source, sheet) VALUES ($field, 'V', $id, $field, $value, "
            "$now, "
            "'', '', $at, 'V', 'correction', '', '')",
            {{"field", std::string(field)},
             {"id", id},
             {"value", std::string(value)},
             {"now", std::string(now)},
             {"at", parse_timestamp("2026-11-05T08:00:00Z")->ms}});
    }
    std::string left() {
        return world.value(
            "SELECT family_name || ' ' || birth_date || religion || nationalities || "
            "marital_status || tax_id FROM person");
    }
};

TEST_F(Withdrawn, ARegistrationThatWasTakenBackIsForgottenAfterAYear) {
    EXPECT_EQ(integer_of(night("2027-11-05"), "withdrawn"), 0);
    EXPECT_EQ(left(), "Fehling 1991-02-23ev[\"000\"]VH02476291358");
    EXPECT_EQ(integer_of(night("2027-11-06"), "withdrawn"), 1);
    EXPECT_EQ(left(), "Fehling 1991-02-23[]");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM person_document"), 0);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM relation"), 0);
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(field) FROM person_history"), "status");
    EXPECT_EQ(integer_of(night("2027-11-07"), "withdrawn"), 0);
}

TEST_F(Withdrawn, AHoldKeepsItToo) {
    hold("person_id", id);
    EXPECT_EQ(integer_of(night("2028-01-01"), "withdrawn"), 0);
}

struct Secured : Keeping {
    std::string id = person(
        "departed", dwelling_until("2020-06-30"),
        {{"doctorate", "Dr."},
         {"marital_status", "VH"},
         {"nationalities", json::array{"000"}},
         {"tax_id", "02476291358"},
         {"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "L1"}}}},
         {"relations", json::array{json::object{
                           {"kind", "spouse"}, {"family_name", "Fehling"}, {"birth_date", "1990-01-01"}}}}});
    json::object page(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        const auto answer = world.ask("person.get", {{"person_id", id}}, world.lead);
        return answer ? *answer : json::object{{"refused", answer.error().code}};
    }
    json::object hit() {
        const auto answer = world.ask("person.search", {{"name", "Fehling"}, {"birth_date", "1991-02-23"}});
        return answer && !array_of(*answer, "hits").empty() ? array_of(*answer, "hits")[0].as_object()
                                                            : json::object{};
    }
};

TEST_F(Secured, ThePageShowsEverythingUntilTheEndOfTheFifthYear) {
    const auto shown = page("2025-12-31");
    EXPECT_EQ(text_of(object_of(shown, "person"), "full_name"), "Dr. Ragna Fehling");
    EXPECT_EQ(array_of(shown, "documents").size(), 1u);
    EXPECT_EQ(text_of(hit(), "status_text"), "weggezogen");
}

TEST_F(Secured, ThenNothingButWhatTheLawNames) {
    const auto shown = page("2026-01-01");
    const auto& person = object_of(shown, "person");
    EXPECT_EQ(text_of(person, "full_name"), "Ragna Fehling");
    EXPECT_EQ(text_of(person, "birth_date"), "1991-02-23");
    EXPECT_EQ(text_of(person, "tax_id"), "02476291358");
    EXPECT_EQ(text_of(person, "status_text"), "weggezogen, Daten gesichert");
    for (const auto* gone :
         {"doctorate", "marital_status", "marital_status_text", "religion", "religion_text"})
        EXPECT_EQ(text_of(person, gone), "") << gone;
    EXPECT_TRUE(array_of(person, "nationalities").empty());
    for (const auto* part : {"documents", "relations", "history", "cases"})
        EXPECT_TRUE(array_of(shown, part).empty()) << part;
    const auto& dwelling = array_of(shown, "dwellings").at(0).as_object();
    EXPECT_EQ(text_of(dwelling, "moved_out"), "2020-06-30");
    EXPECT_FALSE(text_of(dwelling, "address").empty());
    EXPECT_EQ(text_of(dwelling, "moved_in"), "");
    EXPECT_TRUE(object_of(dwelling, "lessor").empty());
}

TEST_F(Secured, IsFoundByTheNameAlone) {
    page("2026-01-01");
    EXPECT_EQ(text_of(hit(), "name"), "Fehling, Ragna");
    EXPECT_EQ(text_of(hit(), "doctorate"), "");
    EXPECT_EQ(text_of(hit(), "status_text"), "weggezogen, Daten gesichert");
}

TEST_F(Secured, IsCorrectedInNothingElseAndNotToldToOtherOffices) {
    page("2026-01-01");
    const auto refused = world.run("person.correct", {{"person_id", id},
                                                      {"field", "marital_status"},
                                                      {"old_value", "VH"},
                                                      {"new_value", "LD"},
                                                      {"mode", "correction"},
                                                      {"source", "Urkunde"}});
    EXPECT_EQ(refused.problem.code, "residence.person_secured");
    world.must("person.correct", {{"person_id", id},
                                  {"field", "birth_name"},
                                  {"old_value", ""},
                                  {"new_value", "Heimisch"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}});
    world.receive(
        "vms_request",
        {{"person",
          json::object{{"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}},
         {"address", test_dwelling("", "Marktplatz", 7)}});
    EXPECT_EQ(text_of(world.payload("vms_response"), "result"), "not_found");
}

TEST_F(Secured, WhoComesBackIsAResidentLikeAnyOther) {
    world.change("UPDATE person SET status = 'resident'", {});
    EXPECT_EQ(array_of(page("2026-01-01"), "documents").size(), 1u);
}

}  // namespace
}  // namespace wa::keeping

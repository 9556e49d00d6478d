// Whoever got a datum learns the new one (BMG § 6 Abs. 1), and other offices tell us so.
#include <set>

#include "modules/residence/exchange/testing_messages.hpp"

namespace wa::messages {
namespace {

/// BMG § 6 Abs. 1: whoever got the datum learns the new one, and only they, and only that.
TEST(ExchangeMessages, ACorrectionIsToldToWhomTheDatumWasTold) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    const auto person = world.value("SELECT person_id FROM outbox WHERE message_type = 'rueckmeldung'");
    const auto correct = [&](const char* field, const char* from, const char* to) {
        world.must("person.correct", {{"person_id", person},
                                      {"field", field},
                                      {"old_value", from},
                                      {"new_value", to},
                                      {"mode", "correction"},
                                      {"source", "Geburtsurkunde"}});
    };
    correct("birth_place", world.value("SELECT birth_place FROM person").c_str(), "Lüneburg");
    std::set<std::string> told;
    for (const auto& row : world.rows("SELECT * FROM outbox WHERE message_type = 'correction'")) {
        told.insert(row.text("recipient"));
        EXPECT_EQ(row.text("state"), "due") << row.text("problem");
        const auto payload = parse_json(row.text("payload"))->as_object();
        EXPECT_EQ(json::serialize(object_of(payload, "person")), R"({"birth_place":"Lüneburg"})");
        EXPECT_EQ(world.value("SELECT message_type FROM outbox WHERE id = $id",
                              {{"id", text_of(payload, "corrects")}}),
                  text_of(payload, "corrected_type"));
    }
    EXPECT_EQ(told, (std::set<std::string>{"Meldebehörde 99001002", "BZSt"}));
    // Who else had the name is told that; of religion nobody learns the new one.
    correct("family_name", "Müller-Lüdenscheidt", "Müller");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction' AND recipient = "
                          "'Wahlamt 99001001'"),
              1);
    correct("religion", "ev", "rk");
    EXPECT_EQ(text_of(world.payload("correction"), "field"), "religion");
    EXPECT_FALSE(world.payload("correction").contains("person"));
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE payload LIKE '%\"religion\"%' AND "
                          "message_type = 'correction'"),
              "Religionsgesellschaft ev");
    correct("nationalities", R"(["000"])", R"(["000","163"])");
    EXPECT_EQ(json::serialize(object_of(world.payload("correction"), "person")),
              R"({"nationalities":["000","163"]})");
}

/// BMG § 6 Abs. 1: also when the new value comes with a registration. Whom this tells anyway is told once.
TEST(ExchangeMessages, WhatARegistrationChangesIsToldToWhomItWasTold) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    world.at.ms += 60'000;
    auto form = test_form();
    form["previous_dwelling"] = form["new_dwelling"];
    form["new_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    person_of(form)["religion"] = "rk";
    person_of(form)["nationalities"] = json::array{"000", "163"};
    const auto again = prepared_case(world, std::move(form));
    world.must("residence.book",
               {{"case_id", again},
                {"persons", json::array{json::object{{"index", 0},
                                                     {"person_id", world.value("SELECT id FROM person")}}}}});
    std::set<std::string> told;
    for (const auto& row : world.rows("SELECT * FROM outbox WHERE message_type = 'correction'")) {
        told.insert(row.text("recipient"));
        EXPECT_EQ(row.text("state"), "due") << row.text("problem");
        EXPECT_EQ(row.text("case_id"), again);
    }
    EXPECT_EQ(told, std::set<std::string>{"Religionsgesellschaft ev"});
    const auto correction = world.payload("correction");
    EXPECT_EQ(text_of(correction, "field") + " " + text_of(correction, "kind"), "religion change");
    EXPECT_FALSE(correction.contains("person"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE recipient = 'Religionsgesellschaft rk'"), 1);
}

TEST(ExchangeMessages, AnotherOfficesCorrectionIsForAClerk) {
    ExchangeWorld world;
    EXPECT_EQ(world.receive("correction", {{"corrects", "M0"},
                                           {"corrected_type", "rueckmeldung"},
                                           {"field", "birth_name"},
                                           {"kind", "correction"},
                                           {"person", json::object{{"birth_name", "Meier"}}},
                                           {"changed_on", "2026-11-05"}}),
              "open")
        << world.details();
    EXPECT_EQ(world.code(), "residence.message_corrected");
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "close"},
                                {"note", "im Register berichtigt"}});
}

}  // namespace
}  // namespace wa::messages

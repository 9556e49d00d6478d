// What the former office answers to our Rückmeldung.
#include "modules/residence/exchange/testing_messages.hpp"

namespace wa::messages {
namespace {

TEST(ExchangeMessages, TheAuswertungClosesWhatWaitedAndKeepsItsZones) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    const auto asked = world.message_id("rueckmeldung");
    EXPECT_EQ(world.receive("auswertung",
                            {{"result", "taken"},
                             {"weapons", true},
                             {"passport_restriction", true},
                             {"block_password", "Sperrwort"}},
                            asked),
              "done")
        << world.code() << world.details();
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "done");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum WHERE zone = 3"), 2);
    EXPECT_EQ(world.value("SELECT purpose FROM zone_datum WHERE field = 'block_password' AND zone = 5"),
              "eid_block");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE message_type = 'weapons_moved'"),
              "Waffenbehörde 99001");
    EXPECT_EQ(world.value("SELECT state FROM outbox WHERE message_type = 'weapons_moved'"), "due")
        << world.value("SELECT problem FROM outbox WHERE message_type = 'weapons_moved'");
    // Nothing of it stands on the person's page.
    const auto page = world.ask(
        "person.get", {{"person_id", world.value("SELECT person_id FROM zone_datum LIMIT 1")}}, world.lead);
    ASSERT_TRUE(page);
    const auto shown = json::serialize(*page);
    for (const auto* never : {"Sperrwort", "weapons", "passport_restriction", "block_password"})
        EXPECT_EQ(shown.find(never), std::string::npos) << never;
    EXPECT_EQ(world.receive("auswertung", {{"result", "taken"}}, asked), "rejected");
    EXPECT_EQ(world.code(), "message.answered_already");
}

TEST(ExchangeMessages, TwoMainDwellingsAreSettledByTwoPersons) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    EXPECT_EQ(world.receive("auswertung", {{"result", "contradiction"}, {"our_status", "E"}},
                            world.message_id("rueckmeldung")),
              "open");
    EXPECT_EQ(world.code(), "residence.message_main_dwelling");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'main_dwelling_conflict'"), 1);
    const json::object settle{{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                              {"choice", "close"},
                              {"note", "mit Musterstedt geklärt"}};
    EXPECT_EQ(world.run("inbox.settle", settle).problem.code, "permission_denied");
    world.must("inbox.settle", settle, world.lead);
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "done");
}

TEST(ExchangeMessages, WhoTookTheCaseDoesNotSettleItsDispute) {
    ExchangeWorld world;
    const auto id = prepared_case(world, test_form(), &world.lead);
    world.must("residence.book", {{"case_id", id}});
    world.hand_over_all();
    world.receive("auswertung", {{"result", "contradiction"}}, world.message_id("rueckmeldung"));
    const json::object settle{{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                              {"choice", "close"},
                              {"note", "geklärt"}};
    EXPECT_EQ(world.run(world.request("inbox.settle", settle, world.lead)).problem.code,
              "message.needs_second_person");
}

TEST(ExchangeMessages, AnUnknownPersonIsATask) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "not_found"}}, world.message_id("rueckmeldung"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'auswertung_not_found'"), 1);
}

}  // namespace
}  // namespace wa::messages

// Other offices tell us who moved to them: before and after, twice, of several dwellings, of the dead.
#include "modules/residence/exchange/testing_incoming.hpp"

namespace wa::incoming {
namespace {

TEST_F(Incoming, TheDwellingEndsOnTheDayOfTheMoveAndTheOtherOfficeIsAnswered) {
    const auto person = resident("Fehling", "Ragna");
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "done")
        << world.code() << world.details();
    EXPECT_EQ(here(person, "moved_out"), "2026-10-20");
    EXPECT_EQ(here(person, "deregistered_on"), "2026-11-05");
    EXPECT_EQ(status(person), "departed");
    EXPECT_EQ(answered(), "taken");
    const auto row = world.rows("SELECT * FROM outbox WHERE message_type = 'auswertung'");
    EXPECT_EQ(row[0].text("recipient"), "Meldebehörde 99001002");
    EXPECT_EQ(row[0].text("answers"), "M1");
    EXPECT_EQ(row[0].text("due_on"), "2026-11-09");
    EXPECT_EQ(row[0].text("state"), "due");
    // Where the person lives now is known (BMG § 3 Abs. 1 Nr. 12).
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling WHERE ags = '99001002' AND current = 0"), 1);
    EXPECT_GE(world.count("SELECT COUNT(*) FROM person_history WHERE field = 'status'"), 1);
}

TEST_F(Incoming, TheSameMoveToldTwiceChangesNothingMore) {
    const auto person = resident("Fehling", "Ragna");
    world.receive("rueckmeldung", moved("Fehling", "Ragna"));
    const auto before =
        world.value("SELECT COUNT(*) FROM dwelling") + world.value("SELECT COUNT(*) FROM dwelling_history");
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "done");
    EXPECT_EQ(
        world.value("SELECT COUNT(*) FROM dwelling") + world.value("SELECT COUNT(*) FROM dwelling_history"),
        before);
    EXPECT_EQ(here(person, "moved_out"), "2026-10-20");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'auswertung'"), 2);
}

TEST_F(Incoming, AKeptDwellingOnlyChangesItsStatus) {
    const auto person = resident("Fehling", "Ragna");
    auto kept = moved("Fehling", "Ragna");
    kept["dwelling_status"] = "H";
    kept["your_dwelling_kept"] = true;
    kept["your_dwelling_status"] = "N";
    EXPECT_EQ(world.receive("rueckmeldung", kept), "done") << world.code() << world.details();
    EXPECT_EQ(here(person, "status"), "N");
    EXPECT_EQ(
        world.value("SELECT valid_from || ' ' || valid_to FROM dwelling_history WHERE field = 'status'"),
        "2018-09-01 2026-10-20");
    EXPECT_EQ(here(person, "moved_out"), "");
    EXPECT_EQ(status(person), "resident");
    EXPECT_EQ(
        world.count("SELECT COUNT(*) FROM dwelling WHERE ags = '99001002' AND current = 1 AND status = 'H'"),
        1);
}

/// Each status has its own days, whatever the day they became known.
TEST_F(Incoming, AStatusHeldFromTheDayOfTheLastChange) {
    const auto person = resident("Fehling", "Ragna");
    auto kept = moved("Fehling", "Ragna", "2024-05-01");
    kept["dwelling_status"] = "H";
    kept["your_dwelling_kept"] = true;
    kept["your_dwelling_status"] = "N";
    world.receive("rueckmeldung", kept);
    kept["moved_in"] = "2026-10-01";
    kept["dwelling_status"] = "N";
    kept["your_dwelling_status"] = "H";
    kept["new_dwelling"].as_object()["house_no"] = 10;
    EXPECT_EQ(world.receive("rueckmeldung", kept), "done") << world.code() << world.details();
    EXPECT_EQ(world.value("SELECT GROUP_CONCAT(new_value || ' ' || valid_from || ' ' || valid_to) FROM "
                          "(SELECT * FROM dwelling_history WHERE field = 'status' ORDER BY valid_to)"),
              "N 2018-09-01 2024-05-01,H 2024-05-01 2026-10-01");
    EXPECT_EQ(here(person, "status"), "H");
}

TEST_F(Incoming, WhoIsBackAlreadyStaysRegistered) {
    const auto person = resident("Fehling", "Torben");
    // Left in spring, back since September; the news of the spring comes now.
    world.change("UPDATE dwelling SET moved_in = '2026-09-01' WHERE person_id = $id", {{"id", person}});
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Torben", "2026-04-01")), "done");
    EXPECT_EQ(here(person, "current"), "1");
    EXPECT_EQ(status(person), "resident");
    EXPECT_EQ(answered(), "taken");
}

/// Two dwellings here: the one message ends the room, the other keeps the flat beside the main dwelling
/// there.
TEST_F(Incoming, EachOfTwoDwellingsHereHasItsOwnMessage) {
    auto flat = test_dwelling("00102", "Marktplatz", 7), room = test_dwelling("00101", "Lindenweg", 5);
    flat["status"] = "H";
    room["status"] = "N";
    flat["moved_in"] = room["moved_in"] = "2018-09-01";
    const auto person = world.import_person({{"family_name", "Fehling"},
                                             {"given_names", "Ragna"},
                                             {"birth_date", "1991-02-23"},
                                             {"sex", "w"},
                                             {"nationalities", json::array{"000"}},
                                             {"dwellings", json::array{flat, room}}});
    auto given_up = moved("Fehling", "Ragna"), kept = given_up;
    given_up["dwelling_status"] = kept["dwelling_status"] = "H";
    given_up["your_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    kept["your_dwelling_kept"] = true;
    kept["your_dwelling_status"] = "N";
    EXPECT_EQ(world.receive("rueckmeldung", given_up), "done") << world.code() << world.details();
    EXPECT_EQ(world.receive("rueckmeldung", kept), "done") << world.code() << world.details();
    EXPECT_EQ(
        world.value("SELECT street || ' ' || status FROM dwelling WHERE ags = '99001001' AND current = 1"),
        "Marktplatz N");
    EXPECT_EQ(world.value("SELECT moved_out FROM dwelling WHERE street = 'Lindenweg'"), "2026-10-20");
    EXPECT_EQ(there(), "H 1 2026-10-20");
    EXPECT_EQ(status(person), "resident");
}

/// What we knew as given up, or as a secondary dwelling, is what the other office says now.
TEST_F(Incoming, AKnownDwellingThereGetsTheStatusThatIsTold) {
    const auto person = resident("Fehling", "Ragna");
    auto kept = moved("Fehling", "Ragna");
    kept["dwelling_status"] = "N";
    kept["your_dwelling_kept"] = true;
    kept["your_dwelling_status"] = "H";
    world.receive("rueckmeldung", kept);
    EXPECT_EQ(here(person, "status") + " " + there(), "H N 1 2026-10-20");
    kept["dwelling_status"] = "H";
    kept["your_dwelling_status"] = "N";
    world.receive("rueckmeldung", kept);
    EXPECT_EQ(here(person, "status") + " " + there(), "N H 1 2026-10-20");
}

/// Who keeps the address of the main dwelling was told nothing while it was a secondary one.
TEST_F(Incoming, ASecondaryDwellingThatBecomesTheMainOneIsToldToTheTaxRegister) {
    const auto person = resident("Fehling", "Ragna", "1991-02-23", "N");
    auto message = moved("Fehling", "Ragna");
    message["dwelling_status"] = "N";
    message["your_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    message["your_dwelling_kept"] = true;
    message["your_dwelling_status"] = "H";
    EXPECT_EQ(world.receive("rueckmeldung", message), "done") << world.code() << world.details();
    EXPECT_EQ(here(person, "status"), "H");
    EXPECT_EQ(text_of(object_of(world.payload("bzst_number_request"), "address"), "street"), "Marktplatz");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'dsrv_address'"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'rejected'"), 0)
        << world.value("SELECT problem FROM outbox WHERE state = 'rejected'");
}

/// Gone to Musterstedt, and back: the register ends the dwelling there that the Rückmeldung had told of.
TEST_F(Incoming, TheDwellingThereEndsWhenThePersonIsBack) {
    const auto person = resident("Fehling", "Ragna");
    world.receive("rueckmeldung", moved("Fehling", "Ragna", "2026-06-01"));
    auto form = test_form();
    person_of(form) = test_mover("head", "Ragna", "1991-02-23", "Fehling")["person"].as_object();
    form["previous_dwelling"] = moved("", "")["new_dwelling"];
    const auto case_id = prepared_case(world, std::move(form));
    world.must(
        "residence.book",
        {{"case_id", case_id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    const auto there =
        "SELECT moved_in || ' ' || moved_out || ' ' || current FROM dwelling WHERE ags = '99001002'";
    EXPECT_EQ(world.value(there), "2026-06-01 2026-10-26 0");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling WHERE ags = '99001002'"), 1);
    // The registration was wrong: the person still lives there.
    world.must("residence.revoke", {{"case_id", case_id}, {"reason", "Irrtum"}}, world.lead);
    EXPECT_EQ(world.value(there), "2026-06-01  0");
    EXPECT_EQ(status(person), "departed");
}

TEST_F(Incoming, TheMoveOfASpouseIsForAClerk) {
    const auto person = resident("Fehling", "Ragna");
    const json::object moved_there{
        {"person",
         json::object{{"family_name", "Fehling"}, {"given_names", "Otto"}, {"birth_date", "1988-06-01"}}},
        {"spouse",
         json::object{{"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}},
        {"new_dwelling", object_of(moved("", ""), "new_dwelling")},
        {"moved_in", "2026-10-20"}};
    EXPECT_EQ(world.receive("spouse_change", moved_there), "open") << world.details();
    EXPECT_EQ(world.code(), "residence.message_spouse_moved");
    EXPECT_EQ(world.value("SELECT person_id FROM inbox"), person);
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "close"},
                                {"note", "die Familie wohnt weiter hier"}});
    EXPECT_EQ(here(person, "status"), "E");
    auto unknown = moved_there;
    unknown["spouse"].as_object()["given_names"] = "Erika";
    EXPECT_EQ(world.receive("spouse_change", unknown), "open");
    EXPECT_EQ(world.code(), "residence.message_person_unknown");
}

TEST_F(Incoming, AnInquiryWaitsForWhoHasLeftForAnUnknownPlace) {
    const auto person = resident("Fehling", "Ragna");
    const auto ask = [&](const char* reference) {
        return world.receive("whereabouts_request",
                             {{"person", json::object{{"family_name", "Fehling"},
                                                      {"given_names", "Ragna"},
                                                      {"birth_date", "1991-02-23"}}},
                              {"reference", reference}},
                             "", "Polizeiinspektion Testland");
    };
    EXPECT_EQ(ask("A 1"), "open");
    EXPECT_EQ(world.code(), "residence.inquiry_known");
    world.change("UPDATE dwelling SET current = 0, moved_out = '2026-01-31' WHERE person_id = $id",
                 {{"id", person}});
    EXPECT_EQ(ask("A 2"), "done") << world.code() << world.details();
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum WHERE purpose = 'whereabouts' AND zone = 3"), 1);
    // Two years, then it is gone.
    world.at = *parse_timestamp("2028-11-05T08:00:00Z");
    EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "inquiries"), 0);
    world.at = *parse_timestamp("2028-11-06T08:00:00Z");
    EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "inquiries"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
}

TEST_F(Incoming, TheDeadDoNotMove) {
    const auto person = resident("Fehling", "Ragna");
    world.change("UPDATE person SET status = 'deceased' WHERE id = $id", {{"id", person}});
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "open");
    EXPECT_EQ(world.code(), "residence.message_deceased");
}

TEST_F(Incoming, ABrokenOneOrAForeignSenderIsSentBack) {
    resident("Fehling", "Ragna");
    auto broken = moved("Fehling", "Ragna");
    broken.erase("moved_in");
    EXPECT_EQ(world.receive("rueckmeldung", broken), "rejected");
    EXPECT_EQ(world.code(), "message.faulty");
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna"), "", "Meldebehörde 01003000"),
              "rejected");
    EXPECT_EQ(world.code(), "message.unknown_sender");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM inbox WHERE state = 'rejected'"), 2);
}

}  // namespace
}  // namespace wa::incoming

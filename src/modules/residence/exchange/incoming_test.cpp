// Other offices tell us who moved to them: before and after, twice, for nobody, with two main dwellings.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Incoming : testing::Test {
    ExchangeWorld world;

    std::string resident(const char* family, const char* given, const char* born = "1991-02-23",
                         const char* status = "E", int house = 7) {
        auto dwelling = test_dwelling("00102", "Marktplatz", house);
        dwelling["status"] = status;
        dwelling["moved_in"] = "2018-09-01";
        return world.import_person({{"family_name", family},
                                    {"given_names", given},
                                    {"birth_date", born},
                                    {"sex", "w"},
                                    {"nationalities", json::array{"000"}},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    static json::object moved(const char* family, const char* given, const char* on = "2026-10-20") {
        return {{"person",
                 json::object{{"family_name", family}, {"given_names", given}, {"birth_date", "1991-02-23"}}},
                {"new_dwelling", json::object{{"ags", "99001002"},
                                              {"postcode", "99102"},
                                              {"city", "Musterstedt"},
                                              {"street", "Alte Gasse"},
                                              {"house_no", 9}}},
                {"moved_in", on},
                {"registered_on", "2026-11-04"},
                {"dwelling_status", "E"},
                {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
                {"your_dwelling_kept", false}};
    }
    std::string here(const std::string& person, const char* column) {
        return world.value(std::string("SELECT ") + column +
                               " FROM dwelling WHERE person_id = $id AND ags = '99001001' ORDER BY moved_in",
                           {{"id", person}});
    }
    /// The dwellings there that the register knows.
    std::string there() {
        std::string all;
        for (const auto& row : world.rows("SELECT * FROM dwelling WHERE ags = '99001002' ORDER BY id"))
            all += (all.empty() ? "" : ", ") + row.text("status") + " " +
                   std::to_string(row.integer("current")) + " " + row.text("moved_in");
        return all;
    }
    std::string status(const std::string& person) {
        return world.value("SELECT status FROM person WHERE id = $id", {{"id", person}});
    }
    std::string answered() { return text_of(world.payload("auswertung"), "result"); }
};

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

TEST_F(Incoming, NobodyOfThatNameWaitsForAClerk) {
    EXPECT_EQ(world.receive("rueckmeldung", moved("Unbekannt", "Uwe")), "open");
    EXPECT_EQ(world.code(), "residence.message_person_unknown");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox"), 0);
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "close"},
                                {"note", "hier nie gemeldet"}});
    EXPECT_EQ(answered(), "not_found");
}

TEST_F(Incoming, AClerkNamesThePersonWhenTheSpellingDiffers) {
    const auto person = resident("Fehlinger", "Ragna");
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "open");
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "apply"},
                                {"person_id", person},
                                {"note", "nach Rückfrage dieselbe"}});
    EXPECT_EQ(status(person), "departed");
    EXPECT_EQ(answered(), "taken");
}

/// Whose registration was taken back never lived here: nothing can be told of them.
TEST_F(Incoming, NobodySettlesForWhoNeverRegisteredHere) {
    const auto person = resident("Fehlinger", "Ragna");
    world.change("UPDATE person SET status = 'withdrawn' WHERE id = $id", {{"id", person}});
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "open");
    for (const auto* choice : {"apply", "close"})
        EXPECT_EQ(world
                      .run("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                            {"choice", choice},
                                            {"person_id", person},
                                            {"note", "dieselbe"}})
                      .problem.code,
                  "residence.person_not_found");
    EXPECT_EQ(status(person), "withdrawn");
}

/// Settling is no way to a person with a block (BMG § 51): neither by naming them, nor where the register has
/// come to know them since. Naming them is refused like naming nobody.
TEST_F(Incoming, NobodySettlesForAPersonTheyMayNotSee) {
    const auto person = resident("Fehlinger", "Ragna");
    const auto block = [&](const char* blocks) {
        world.change("UPDATE person SET blocks = $blocks, family_name = 'Fehling' WHERE id = $id",
                     {{"blocks", blocks}, {"id", person}});
    };
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "open");
    world.change("UPDATE inbox SET candidates = '[]'", {});
    block(R"([{"paragraph":"51"}])");
    const auto inbox = world.value("SELECT id FROM inbox");
    const auto before = world.value("SELECT COUNT(*) FROM dwelling_history") + here(person, "moved_out");
    json::object settle{{"inbox_id", inbox}, {"choice", "apply"}, {"note", "x"}};
    for (const auto* choice : {"apply", "close"}) {
        settle["choice"] = choice;
        EXPECT_EQ(world.run("inbox.settle", settle).problem.code, "residence.person_blocked") << choice;
    }
    auto hidden = settle, unknown = settle;
    hidden["person_id"] = person;
    unknown["person_id"] = world.next_id();
    const auto to_hidden = world.run("inbox.settle", hidden), to_unknown = world.run("inbox.settle", unknown);
    EXPECT_EQ(to_hidden.problem.code, "not_found");
    EXPECT_EQ(to_unknown.problem.code, to_hidden.problem.code);
    EXPECT_EQ(json::serialize(to_unknown.problem.details), json::serialize(to_hidden.problem.details));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history") + here(person, "moved_out"), before);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox"), 0);
    settle["choice"] = "apply";
    world.must("inbox.settle", settle, world.lead);
    EXPECT_EQ(status(person), "departed");
}

TEST_F(Incoming, NeitherAnInquiryNorADecisionIsSettledForThem) {
    const auto person = resident("Fehling", "Ragna");
    world.change("UPDATE person SET blocks = '[{\"paragraph\":\"51\"}]' WHERE id = $id", {{"id", person}});
    const json::object who{
        {"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}};
    const std::pair<const char*, json::object> messages[]{
        {"whereabouts_request", {{"person", who}, {"reference", "7 Js 1/26"}}},
        {"dwelling_status_change",
         {{"person", who},
          {"our_dwelling", object_of(moved("Fehling", "Ragna"), "new_dwelling")},
          {"our_status", "H"},
          {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
          {"your_status", "N"},
          {"decided_on", "2026-11-05"}}}};
    for (const auto& [type, payload] : messages) {
        const auto id = world.next_id();
        world.change(
            "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, "
            "sent_at, received_at_ms, state, candidates, payload) VALUES ($id, 'v', $id, $type, 1, "
            "'Meldebehörde 99001002', '', '', 1, 'open', '[]', $payload)",
            {{"id", id}, {"type", type}, {"payload", json::serialize(payload)}});
        const auto refused =
            world.run("inbox.settle", {{"inbox_id", id}, {"choice", "apply"}, {"note", "x"}}).problem;
        EXPECT_EQ(refused.code, "residence.person_blocked") << type << json::serialize(refused.details);
    }
    EXPECT_EQ(here(person, "status"), "E");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
}

TEST_F(Incoming, TwoOfOneNameAreToldApartByTheirAddressOnly) {
    const auto there = resident("Fehling", "Ragna", "1991-02-23", "E", 7);
    const auto elsewhere = resident("Fehling", "Ragna", "1991-02-23", "E", 9);
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "done");
    EXPECT_EQ(status(there), "departed");
    EXPECT_EQ(status(elsewhere), "resident");
    auto nowhere = moved("Fehling", "Ragna", "2026-10-21");
    nowhere.erase("your_dwelling");
    EXPECT_EQ(world.receive("rueckmeldung", nowhere), "open");
    EXPECT_EQ(world.code(), "residence.message_person_not_unique");
}

TEST_F(Incoming, UmlautsAreOneName) {
    const auto person = resident("Müller", "Jörg");
    EXPECT_EQ(world.receive("rueckmeldung", moved("Mueller", "Joerg")), "done") << world.code();
    EXPECT_EQ(status(person), "departed");
}

TEST_F(Incoming, TwoMainDwellingsAreADisputeForTwo) {
    const auto person = resident("Fehling", "Ragna");
    auto both = moved("Fehling", "Ragna");
    both["your_dwelling_kept"] = true;
    both["your_dwelling_status"] = "H";
    EXPECT_EQ(world.receive("rueckmeldung", both), "open");
    EXPECT_EQ(world.code(), "residence.message_main_dwelling");
    EXPECT_EQ(answered(), "contradiction");
    EXPECT_EQ(here(person, "status"), "E");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'main_dwelling_conflict'"), 1);
    const json::object apply{{"inbox_id", world.value("SELECT id FROM inbox")},
                             {"choice", "apply"},
                             {"note", "dort ist die Hauptwohnung"}};
    EXPECT_EQ(world.run("inbox.settle", apply).problem.code, "permission_denied");
    world.must("inbox.settle", apply, world.lead);
    // One main dwelling, and the other office knows (handbook P04).
    EXPECT_EQ(here(person, "status"), "N");
    EXPECT_EQ(
        world.count("SELECT COUNT(*) FROM task WHERE kind = 'main_dwelling_conflict' AND state = 'done'"), 1);
    const auto told = world.payload("dwelling_status_change");
    EXPECT_EQ(text_of(told, "our_status"), "N");
    EXPECT_EQ(text_of(told, "your_status"), "H") << "no sole one beside ours (BMG § 21)";
    EXPECT_EQ(text_of(object_of(told, "your_dwelling"), "street"), "Alte Gasse");
    EXPECT_EQ(there(), "H 1 2026-10-20");
}

/// Our address leaves with it, and tells of the block as every copy does.
TEST_F(Incoming, AContradictionTellsOfABlock) {
    const auto contradict = [&](const char* family) {
        auto both = moved(family, "Ragna");
        both["your_dwelling_kept"] = true;
        both["your_dwelling_status"] = "H";
        world.receive("rueckmeldung", both);
        EXPECT_EQ(answered(), "contradiction");
        return flag_of(world.payload("auswertung"), "information_block");
    };
    resident("Fehling", "Ragna");
    EXPECT_FALSE(contradict("Fehling"));
    world.change("UPDATE person SET blocks = $blocks WHERE id = $id",
                 {{"blocks", std::string(R"([{"paragraph":"51"}])")}, {"id", resident("Sperling", "Ragna")}});
    EXPECT_TRUE(contradict("Sperling"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'rejected'"), 0)
        << world.value("SELECT problem FROM outbox WHERE state = 'rejected'");
}

TEST_F(Incoming, DecidedForUsTheDwellingThereIsASecondaryOne) {
    const auto person = resident("Fehling", "Ragna");
    auto both = moved("Fehling", "Ragna");
    both["your_dwelling_kept"] = true;
    both["your_dwelling_status"] = "H";
    world.receive("rueckmeldung", both);
    world.must(
        "inbox.settle",
        {{"inbox_id", world.value("SELECT id FROM inbox")}, {"choice", "close"}, {"note", "lebt hier"}},
        world.lead);
    EXPECT_EQ(here(person, "status"), "H");
    EXPECT_EQ(there(), "N 1 2026-10-20");
    const auto told = world.payload("dwelling_status_change");
    EXPECT_EQ(text_of(told, "our_status") + text_of(told, "your_status"), "HN");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'rejected'"), 0)
        << world.value("SELECT problem FROM outbox WHERE state = 'rejected'");
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

TEST_F(Incoming, AnotherOfficesDecisionChangesTheStatusHere) {
    const auto person = resident("Fehling", "Ragna");
    const json::object decided{
        {"person",
         json::object{{"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}},
        {"our_dwelling", object_of(moved("Fehling", "Ragna"), "new_dwelling")},
        {"our_status", "H"},
        {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
        {"your_status", "N"},
        {"decided_on", "2026-11-05"}};
    EXPECT_EQ(world.receive("dwelling_status_change", decided), "done") << world.code() << world.details();
    EXPECT_EQ(here(person, "status"), "N");
    EXPECT_EQ(there(), "H 1 ");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling_history WHERE field = 'status'"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'second_home_tax'"), 1);
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

// --- whose spouse moves

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

// --- who is looked for

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

/// A registration that was taken back leaves a row; nobody lives there.
TEST_F(Incoming, WhoseRegistrationWasTakenBackIsNobodyForOthers) {
    const auto person = resident("Fehling", "Ragna");
    world.change("UPDATE person SET status = 'withdrawn' WHERE id = $id", {{"id", person}});
    EXPECT_EQ(world.receive("rueckmeldung", moved("Fehling", "Ragna")), "open");
    EXPECT_EQ(world.code(), "residence.message_person_unknown");
    EXPECT_EQ(world.value("SELECT person_id || candidates FROM inbox"), "[]");
    EXPECT_EQ(world.receive("vms_request", {{"person", moved("Fehling", "Ragna")["person"]},
                                            {"address", test_dwelling("00102", "Marktplatz", 7)}}),
              "done");
    EXPECT_EQ(text_of(world.payload("vms_response"), "result"), "not_found");
}

/// The other office has the name that the person said, and that was years ago.
TEST_F(Incoming, TheOldNameOfARenamedStreetIsUnderstood) {
    const auto person = resident("Fehling", "Ragna");
    world.rename_street("00102", "Platz der Freiheit", "2026-11-01");
    auto message = moved("Fehling", "Ragna");
    auto named = test_dwelling("", "Marktplatz", 7);
    named["street_key"] = "00815";
    message["your_dwelling"] = std::move(named);
    EXPECT_EQ(world.receive("rueckmeldung", std::move(message)), "done") << world.code() << world.details();
    EXPECT_EQ(here(person, "street"), "Platz der Freiheit");
    EXPECT_EQ(here(person, "moved_out"), "2026-10-20");
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

// --- the other office takes back what it told us

/// The last message is taken back; the id of the revocation in our inbox, which waits for a clerk.
struct TakenBack : Incoming {
    std::string person = resident("Fehling", "Ragna");

    std::string taken_back(json::object told) {
        world.receive("rueckmeldung", std::move(told));
        return revoked();
    }
    std::string revoked() {
        EXPECT_EQ(world.receive(
                      "revocation",
                      {{"revokes", "M1"}, {"revoked_type", "rueckmeldung"}, {"revoked_on", "2026-11-05"}}),
                  "open");
        EXPECT_EQ(world.code(), "residence.message_revoked");
        return world.value("SELECT id FROM inbox WHERE message_type = 'revocation'");
    }
    static json::object choice(const std::string& id, const char* what) {
        return {{"inbox_id", id}, {"choice", what}, {"note", "mit Musterstedt geklärt"}};
    }
};

TEST_F(TakenBack, TheDwellingHoldsAgainWhenAClerkSaysSo) {
    const auto id = taken_back(moved("Fehling", "Ragna"));
    EXPECT_EQ(status(person), "departed");
    world.must("inbox.settle", choice(id, "apply"));
    EXPECT_EQ(status(person), "resident");
    EXPECT_EQ(here(person, "current"), "1");
    EXPECT_EQ(here(person, "moved_out"), "");
    EXPECT_EQ(here(person, "deregistered_on"), "");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM dwelling WHERE ags = '99001002'"), 0);
    EXPECT_EQ(
        world.value("SELECT source FROM dwelling_history WHERE field = 'moved_out' AND kind = 'correction'"),
        "Rücknahme: Meldebehörde 99001002 nimmt ihre Mitteilung zurück");
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

TEST_F(TakenBack, AClerkMayLetItStand) {
    world.must("inbox.settle", choice(taken_back(moved("Fehling", "Ragna")), "close"));
    EXPECT_EQ(status(person), "departed");
    EXPECT_EQ(here(person, "moved_out"), "2026-10-20");
}

TEST_F(TakenBack, AStatusGoesBackAndTheTaxOfficesTaskWithIt) {
    auto kept = moved("Fehling", "Ragna");
    kept["dwelling_status"] = "H";
    kept["your_dwelling_kept"] = true;
    kept["your_dwelling_status"] = "N";
    const auto id = taken_back(std::move(kept));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'second_home_tax' AND state = 'open'"), 1);
    world.must("inbox.settle", choice(id, "apply"));
    EXPECT_EQ(here(person, "status"), "E");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'second_home_tax' AND state = 'open'"), 0);
}

/// Who had learned of the main dwelling here does not go on believing it, whether the message has left or
/// not.
TEST_F(TakenBack, WhatWeToldOfItIsTakenBackToo) {
    world.change("UPDATE dwelling SET status = 'N' WHERE person_id = $id", {{"id", person}});
    auto main_here = moved("Fehling", "Ragna");
    main_here["dwelling_status"] = "N";
    main_here["your_dwelling_kept"] = true;
    main_here["your_dwelling_status"] = "H";
    const auto id = taken_back(std::move(main_here));
    for (const auto* type : {"dsrv_address", "auswertung"})
        world.must("message.note_state",
                   {{"message_id", world.message_id(type)}, {"state", "handed_over"}, {"attempts", 1}},
                   system_actor());
    world.must("inbox.settle", choice(id, "apply"));
    EXPECT_EQ(here(person, "status"), "N");
    EXPECT_EQ(world.value("SELECT state FROM outbox WHERE message_type = 'bzst_number_request'"),
              "cancelled");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE message_type = 'revocation'"), "DSRV");
    EXPECT_EQ(text_of(world.payload("revocation"), "revokes"), world.message_id("dsrv_address"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'revocation'"), 1);
}

TEST_F(TakenBack, WhatAClerkHadToSettleIsUndoneToo) {
    auto misspelt = moved("Fehlink", "Ragna");
    world.receive("rueckmeldung", std::move(misspelt));
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "apply"},
                                {"person_id", person},
                                {"note", "dieselbe"}});
    EXPECT_EQ(status(person), "departed");
    world.must("inbox.settle", choice(revoked(), "apply"));
    EXPECT_EQ(status(person), "resident");
    EXPECT_EQ(here(person, "current"), "1");
}

/// Decided for us, and then they take it back: the dwelling here is the only one again.
TEST_F(TakenBack, ADecisionUponItIsUndoneToo) {
    auto both = moved("Fehling", "Ragna");
    both["your_dwelling_kept"] = true;
    both["your_dwelling_status"] = "H";
    world.receive("rueckmeldung", both);
    world.must("inbox.settle", choice(world.value("SELECT id FROM inbox"), "close"), world.lead);
    EXPECT_EQ(here(person, "status") + " " + there(), "H N 1 2026-10-20");
    world.must("inbox.settle", choice(revoked(), "apply"));
    EXPECT_EQ(here(person, "status") + " " + there(), "E ");
}

/// The night has erased the lessor of who has left: nobody declared anything.
TEST_F(TakenBack, AnErasedLessorIsNoChangeSince) {
    world.change("UPDATE dwelling SET lessor = '{\"lessor_name\":\"Wilhelm Vermieter\"}'", {});
    world.receive("rueckmeldung", moved("Fehling", "Ragna"));
    world.at.ms += std::int64_t(31) * 86'400'000;
    EXPECT_EQ(integer_of(world.must("residence.forget_departed", {}, system_actor()), "other"), 1);
    world.must("inbox.settle", choice(revoked(), "apply"));
    EXPECT_EQ(status(person), "resident");
    EXPECT_EQ(here(person, "lessor"), "{}");
}

/// Which command booked it nobody knows any more.
TEST_F(TakenBack, NothingIsUndoneOfWhatIsForgotten) {
    world.receive("rueckmeldung", moved("Fehling", "Ragna"));
    world.at.ms += std::int64_t(400) * 86'400'000;
    EXPECT_EQ(integer_of(world.must("residence.forget_papers", {}, system_actor()), "received"), 1);
    const auto id = revoked();
    EXPECT_EQ(world.run("inbox.settle", choice(id, "apply")).problem.code, "residence.changed_since");
    world.must("inbox.settle", choice(id, "close"));
    EXPECT_EQ(status(person), "departed");
}

TEST_F(TakenBack, NothingIsUndoneUnderSomethingNewer) {
    const auto id = taken_back(moved("Fehling", "Ragna"));
    // Back here since November, in another house.
    world.change(
        "INSERT INTO dwelling (id, version, person_id, ags, status, current, moved_in) "
        "SELECT 'D9', 'later', person_id, ags, 'E', 1, '2026-11-01' FROM dwelling "
        "WHERE person_id = $id AND ags = '99001001'",
        {{"id", person}});
    EXPECT_EQ(world.run("inbox.settle", choice(id, "apply")).problem.code, "residence.changed_since");
    world.change("DELETE FROM dwelling WHERE id = $id", {{"id", "D9"}});
    world.change("UPDATE person SET status = 'deceased' WHERE id = $id", {{"id", person}});
    EXPECT_EQ(world.run("inbox.settle", choice(id, "apply")).problem.code, "residence.changed_since");
    EXPECT_EQ(here(person, "current"), "0");
}

TEST_F(TakenBack, WhatStillWaitedCanOnlyBePutAway) {
    auto both = moved("Fehling", "Ragna");
    both["your_dwelling_kept"] = true;
    both["your_dwelling_status"] = "H";
    EXPECT_EQ(world.receive("rueckmeldung", both), "open");
    EXPECT_EQ(
        world.receive("revocation",
                      {{"revokes", "M1"}, {"revoked_type", "rueckmeldung"}, {"revoked_on", "2026-11-05"}}),
        "done");
    const auto id = world.value("SELECT id FROM inbox WHERE state = 'open'");
    const auto apply = world.request("inbox.settle", choice(id, "apply"), world.lead);
    EXPECT_EQ(world.run(apply).problem.code, "residence.message_taken_back");
    world.must("inbox.settle", choice(id, "close"), world.lead);
    EXPECT_EQ(here(person, "status"), "E");
    EXPECT_EQ(
        world.count("SELECT COUNT(*) FROM task WHERE kind = 'main_dwelling_conflict' AND state = 'done'"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'dwelling_status_change'"), 0);
}

}  // namespace
}  // namespace wa

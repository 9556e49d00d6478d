// Whom a message of another office means: nobody, one of several, somebody with a block, somebody a clerk
// names.
#include "modules/residence/exchange/testing_incoming.hpp"

namespace wa::incoming {
namespace {

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

}  // namespace
}  // namespace wa::incoming

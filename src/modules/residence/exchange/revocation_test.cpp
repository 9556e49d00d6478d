// A booking is taken back: what it told, and what others answered.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/testing_messages.hpp"

namespace wa::messages {
namespace {

/// The exchange was offered it and has not answered: it may have arrived, so it is cancelled and revoked.
TEST(ExchangeMessages, WhatMayHaveArrivedIsRevoked) {
    ExchangeWorld world;
    const auto id = booked(world);
    const auto offered = world.message_id("rueckmeldung");
    world.must(
        "message.note_state",
        {{"message_id", offered}, {"state", "due"}, {"attempts", 1}, {"code", "message.exchange_down"}},
        system_actor());
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
    EXPECT_EQ(text_of(world.payload("revocation"), "revokes"), offered);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'revocation'"), 1);
    const auto state = [&](const std::string& type) {
        return world.value("SELECT state FROM outbox WHERE message_type = $type", {{"type", type}});
    };
    EXPECT_EQ(state("rueckmeldung"), "cancelled");
    EXPECT_EQ(state("dsrv_address"), "cancelled");
    EXPECT_EQ(state("revocation"), "due");
    EXPECT_EQ(world.value("SELECT answer_due_on FROM outbox WHERE message_type = 'rueckmeldung'"), "");
    // It had arrived indeed: its revocation tells them, and nobody has to.
    EXPECT_EQ(world.receive("exchange.receipt", {{"message_id", offered}, {"outcome", "acknowledged"}}),
              "done");
    EXPECT_EQ(state("rueckmeldung"), "acknowledged");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'message_arrived'"), 0);
}

TEST(ExchangeMessages, TakenBackIsToldToWhomItWasTold) {
    ExchangeWorld world;
    const auto id = booked(world);
    // Two have left, the rest is still here.
    const auto told = world.message_id("rueckmeldung");
    for (const auto& one : {told, world.message_id("dsrv_address")})
        world.must("message.note_state", {{"message_id", one}, {"state", "handed_over"}, {"attempts", 1}},
                   system_actor());
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'revocation'"), 2);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'cancelled'"), 6);
    EXPECT_EQ(
        world.value("SELECT recipient FROM outbox WHERE message_type = 'revocation' AND payload LIKE $told",
                    {{"told", "%" + told + "%"}}),
        "Meldebehörde 99001002");
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "dropped");
    EXPECT_EQ(world.value("SELECT answer_due_on FROM outbox WHERE id = $id", {{"id", told}}), "");
}

TEST(ExchangeMessages, WhatTheyAnsweredGoesWithTheBooking) {
    ExchangeWorld world;
    const auto id = booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "taken"}, {"weapons", true}, {"block_password", "Sperrwort"}},
                  world.message_id("rueckmeldung"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 2);
    revoke(world, id);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

/// Their answer and our revocation crossed on the way: it is kept as answered, and carried out by nobody.
/// What an older registration had brought holds again; once the case is closed, it is forgotten.
TEST(ExchangeMessages, WhatTheirAnswerReplacedComesBackWithTheRevocation) {
    for (const bool taken_back : {true, false}) {
        ExchangeWorld world;
        booked(world);
        world.hand_over_all();
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Altwort"}},
                      world.message_id("rueckmeldung"));
        const auto again = prepared_case(world, test_form());
        world.must("residence.book",
                   {{"case_id", again},
                    {"overrides", json::array{json::object{{"finding", "residence.already_registered"},
                                                           {"reason", "noch einmal zugezogen"}}}},
                    {"persons", json::array{json::object{
                                    {"index", 0}, {"person_id", world.value("SELECT id FROM person")}}}}});
        world.hand_over_all();
        const auto asked = world.value(
            "SELECT id FROM outbox WHERE message_type = 'rueckmeldung' AND case_id = $id", {{"id", again}});
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Neuwort"}}, asked);
        const auto holds = [&] {
            return world.value("SELECT value FROM zone_datum WHERE superseded_in IS NULL");
        };
        EXPECT_EQ(holds(), "\"Neuwort\"");
        if (taken_back) {
            revoke(world, again);
            EXPECT_EQ(holds(), "\"Altwort\"");
        } else {
            world.change("UPDATE case_file SET status = 'closed' WHERE id = $id", {{"id", again}});
            EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "superseded"), 1);
            EXPECT_EQ(holds(), "\"Neuwort\"");
        }
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 1);
    }
}

/// Closed and then taken back: what the older registration had brought is gone, so what the other office said
/// last stays, and the lead asks. Of somebody who never lived here nothing stays.
TEST(ExchangeMessages, OfAClosedCaseTheLastAnswerStaysAndTheLeadAsks) {
    for (const bool known_before : {true, false}) {
        ExchangeWorld world;
        json::array persons;
        if (known_before)
            persons.push_back(json::object{{"index", 0},
                                           {"person_id", world.import_person({{"family_name", "Lüdenscheid"},
                                                                              {"given_names", "Anna"},
                                                                              {"status", "departed"}})}});
        const auto id = prepared_case(world, test_form());
        world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
        world.hand_over_all();
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Neuwort"}},
                      world.message_id("rueckmeldung"));
        world.change("UPDATE case_file SET status = 'closed' WHERE id = $id", {{"id", id}});
        revoke(world, id);
        EXPECT_EQ(world.value("SELECT value FROM zone_datum"), known_before ? "\"Neuwort\"" : "");
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'answer_kept' AND state = 'open'"),
                  known_before);
    }
}

TEST(ExchangeMessages, AnAnswerAfterTheRevocationChangesNothing) {
    for (const auto* result : {"taken", "not_found", "contradiction"}) {
        ExchangeWorld world;
        const auto id = booked(world);
        world.hand_over_all();
        revoke(world, id);
        EXPECT_EQ(world.receive("auswertung",
                                {{"result", result}, {"weapons", true}, {"block_password", "Sperrwort"}},
                                world.message_id("rueckmeldung")),
                  "done")
            << world.code() << world.details();
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'weapons_moved'"), 0);
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE state IN ('open', 'scheduled')"), 0) << result;
        EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
                  "dropped");
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM case_finding WHERE details LIKE '%\"answered_on\"%'"), 1);
    }
}

TEST(ExchangeMessages, ADisputeOfARevokedBookingIsOnlyPutAway) {
    ExchangeWorld world;
    const auto id = booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "contradiction"}, {"our_status", "E"}},
                  world.message_id("rueckmeldung"));
    revoke(world, id);
    auto other = world.lead;
    other.user_id = "00000000000000000000000KAE";
    world.must("inbox.settle",
               {{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                {"choice", "apply"},
                {"note", "hat sich erledigt"}},
               other);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'dwelling_status_change'"), 0);
}

/// Who was looked for has not been found after all.
TEST(ExchangeMessages, AnInquiryWaitsAgainWhenTheRegistrationWasNone) {
    ExchangeWorld world;
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"status", "departed"}});
    EXPECT_EQ(world.receive("whereabouts_request",
                            {{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                     {"given_names", "Anna Maria"},
                                                     {"birth_date", "1962-04-03"}}},
                             {"reference", "A 17"}},
                            "", "Polizeiinspektion Testland"),
              "done")
        << world.code();
    const auto inquiry = [&] {
        return world.value("SELECT source || purpose || zone || field || value FROM zone_datum");
    };
    const auto waiting = inquiry();
    const auto id = prepared_case(world, test_form());
    world.must(
        "residence.book",
        {{"case_id", id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'whereabouts_answer'"), 1);
    EXPECT_EQ(inquiry(), "");
    revoke(world, id);
    EXPECT_EQ(inquiry(), waiting);
}

}  // namespace
}  // namespace wa::messages

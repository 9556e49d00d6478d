// Another office takes back what it told us: what was booked upon it, and what was told because of it.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/testing_incoming.hpp"

namespace wa::incoming {
namespace {

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
}  // namespace wa::incoming

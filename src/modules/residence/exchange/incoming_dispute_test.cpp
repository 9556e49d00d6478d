// Two offices have a main dwelling of one person: who decides, and what both registers say then (BMG § 22).
#include "modules/residence/exchange/testing_incoming.hpp"

namespace wa::incoming {
namespace {

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

}  // namespace
}  // namespace wa::incoming

#include "language.hpp"

#include <gtest/gtest.h>

namespace wa::worlds {
namespace {

std::string error_of(const std::string& lines) {
    const auto parsed = parse_scenario("x.txt", lines);
    EXPECT_EQ(parsed.scenario.has_value(), parsed.error.empty());
    return parsed.error;
}

TEST(Language, EachFormReadsItsOwnExample) {
    for (const auto& sentence : sentences()) {
        const bool detail = sentence.kind == Kind::detail;
        const auto text = "Szenario: Probe\n" + std::string(detail ? "Jutta Petersen bucht\n  " : "") +
                          std::string(sentence.example) + "\n";
        const auto parsed = parse_scenario("x.txt", text);
        ASSERT_TRUE(parsed.scenario) << sentence.words << ": " << parsed.error;
        const auto& last = parsed.scenario->lines.back();
        EXPECT_EQ((detail ? last.details.back() : last).sentence->id, sentence.id) << sentence.example;
    }
}

TEST(Language, SlotsBecomeCodesAndDates) {
    const auto parsed =
        parse_scenario("x.txt",
                       "Szenario: Probe\nNicht in offline: nur am Schalter\n"
                       "Jörg Müller wohnt in Lindenweg 5a, Nebenwohnung, seit 29.02.2024\n"
                       "# ein Kommentar\n\n"
                       "Jutta Petersen bucht\n  trotz residence.late: war im Krankenhaus: sechs Wochen\n");
    ASSERT_TRUE(parsed.scenario) << parsed.error;
    const auto& lives = parsed.scenario->lines[2];
    EXPECT_EQ(lives.at("name"), "Jörg Müller");
    EXPECT_EQ(lives.at("adresse"), "Lindenweg 5a");
    EXPECT_EQ(lives.at("wohnung"), "N");
    EXPECT_EQ(lives.at("tag"), "2024-02-29");
    EXPECT_EQ(lives.number, 3);
    EXPECT_EQ(parsed.scenario->lines[3].details[0].at("grund"), "war im Krankenhaus: sechs Wochen");
    EXPECT_EQ(parsed.scenario->not_in("offline"), "nur am Schalter");
    EXPECT_EQ(parsed.scenario->not_in("sqlite"), "");
}

TEST(Language, SaysWhichLineAndWhy) {
    EXPECT_EQ(error_of("Szenario: x\nJutta Petersen kocht Kaffee\n").substr(0, 42),
              "Zeile 2: Diesen Satz gibt es nicht: »Jutt");
    EXPECT_EQ(error_of("Szenario: x\nHeute ist der 31.02.2026, 9:00 Uhr\n"),
              "Zeile 2: »31.02.2026« ist kein Tag (TT.MM.JJJJ).");
    EXPECT_EQ(error_of("Szenario: x\nHeute ist der 01.02.2026, 25:00 Uhr\n"),
              "Zeile 2: »25:00« ist keine Uhrzeit (9:00).");
    EXPECT_EQ(error_of("Szenario: x\nNach drei Tagen\n"), "Zeile 2: »drei« ist keine Zahl.");
    EXPECT_EQ(error_of("Szenario: x\nNicht in venus: fern\n").substr(0, 38),
              "Zeile 2: »venus« ist keines von »sq");
    EXPECT_EQ(error_of("Szenario: x\n\n  abgelehnt: a.b\n"),
              "Zeile 3: Zum Satz darüber gehört nichts Eingerücktes.");
    EXPECT_EQ(error_of("Szenario: x\nNach 3 Tagen\n  abgelehnt: a.b\n"),
              "Zeile 3: Zum Satz darüber gehört nichts Eingerücktes.");
    EXPECT_EQ(error_of("Szenario: x\nNach 3 Tagen\nGesetz: BMG\n"),
              "Zeile 3: Dieser Satz gehört an den Anfang.");
    EXPECT_EQ(error_of("Nach 3 Tagen\n"), "Es fehlt der Satz »Szenario: …«.");
    EXPECT_EQ(error_of("Szenario: \xff\n"), "Die Datei ist kein UTF-8.");
    EXPECT_EQ(error_of("Szenario: " + std::string(600, 'a')), "Zeile 1: Die Zeile ist zu lang.");
}

TEST(Language, ASentenceWithABlankSlotIsNone) {
    EXPECT_NE(error_of("Szenario: x\n bucht\n"), "");
    EXPECT_NE(error_of("Szenario: x\nAufgabe \n"), "");
    EXPECT_NE(error_of("Szenario: x\nNach  Tagen\n"), "");
}

}  // namespace
}  // namespace wa::worlds

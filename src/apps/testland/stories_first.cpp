// The first chapter: the Koffer's nursing home, and who a register mistakes or hides.
#include "apps/testland/stories.hpp"

namespace wa::testland {

namespace {

json::array card(const char* serial, const char* issued, const char* until) {
    return paper("PA", serial, "Stadt Testhausen", issued, until);
}

json::array care(int flat, const char* since) {
    return json::array{home(0, {muehlbachweg, 12, 0, flat}, since)};
}

}  // namespace

void tell_first(Book& book) {
    book.add("tour_resident", 0, "Schroder", "Erna Luise", "1938-02-11",
             "Wohnt im Seniorenheim; im Register fehlt der Umlaut (richtig: Schröder), der Ausweis ist "
             "abgelaufen.",
             {{"rufname_index", 1},
              {"marital_status", "VW"},
              {"tax_id", "02476291358"},
              {"documents", card("L3CF74K8T", "2011-03-01", "2021-02-28")},
              {"dwellings", care(101, "2021-06-15")}});
    book.add(
        "tour_cared_for", 0, "Petersen", "Wilhelm", "1934-09-30",
        "Seniorenheim, Pflegegrad 5; eine Betreuerin bestimmt den Aufenthalt.",
        {{"sex", "m"},
         {"religion", "ev"},
         {"documents", card("L7GH20M9W", "2014-05-05", "2024-05-04")},
         {"relations", json::array{json::object{{"kind", "representative"},
                                                {"other_id", ""},
                                                {"family_name", "Behrendsen"},
                                                {"given_names", "Silke"},
                                                {"birth_date", "1979-03-03"},
                                                {"note", "rechtliche Betreuung, Aufenthalt und Behörden"},
                                                {"valid_from", "2022-01-10"}}}},
         {"dwellings", care(102, "2022-02-01")}});
    book.add("tour_no_fingerprints", 0, "Łukasik-Wehrstedt", "Zofia", "1941-07-19",
             "Seniorenheim; Fingerabdrücke sind nicht möglich, eine Vollmacht ist nicht beglaubigt.",
             {{"birth_place", "Łódź"}, {"birth_country", "152"}, {"dwellings", care(103, "2023-11-20")}});
    book.add("long_name", 0, "Łőwenstein-Hohenmühlbach von der Große-Sträteraue zu M\u0302ilaẖburg",
             "Anna-Elisabeth Zoë", "1975-05-05",
             "Doppelname mit 62 Zeichen und Buchstaben, die aus zwei Codepunkten bestehen.",
             {{"dwellings", json::array{home(0, {lindenweg, 8, 0, 0}, "2009-04-01")}}});
    book.add("blocked", 0, "Geheimnis", "Gerda", "1984-08-08",
             "Auskunftssperre nach § 51, von einer Sicherheitsbehörde veranlasst.",
             {{"blocks", json::array{json::object{{"paragraph", "51"},
                                                  {"law", "BMG § 51"},
                                                  {"text", "Auskunftssperre (§ 51 BMG)"},
                                                  {"key", "11"},
                                                  {"until", "2028-03-31"}}}},
              {"dwellings", json::array{home(0, {lindenweg, 14, 0, 0}, "2019-10-01")}}});
    book.add("conditional_block", 0, "Schutzmann", "Olga", "1990-01-17",
             "Wohnt in einem Frauenhaus: bedingter Sperrvermerk nach § 52.",
             {{"blocks",
               json::array{json::object{
                   {"paragraph", "52"}, {"law", "BMG § 52"}, {"text", "Bedingter Sperrvermerk (§ 52 BMG)"}}}},
              {"dwellings", json::array{home(0, {marktplatz, 9, 0, 3}, "2026-05-01")}}});
    book.add(
        "single_name", 0, "Suharto-Test", "", "1979-00-00",
        "Führt nur einen Namen, Geburtstag unbekannt, Staatsangehörigkeit ungeklärt, Passersatz.",
        {{"single_name", true},
         {"sex", "m"},
         {"documents", paper("RAK", "B8C04417", "Landkreis Testland", "2024-02-10", "2027-02-09", "000")},
         {"nationalities", json::array{"998"}},
         {"marital_status", "NB"},
         {"dwellings", json::array{home(0, {marktplatz, 4, 0, 0}, "2020-02-02")}}});
    book.add("twin_dead", 0, "Zwillich", "Hannes", "1950-06-06",
             "Verstorben; ein Zwilling gleichen Namens lebt.",
             {{"sex", "m"}, {"status", "deceased"}, {"death_date", "2024-12-24"}});
    book.add("twin_alive", 0, "Zwillich", "Hannes", "1950-06-06",
             "Der lebende Zwilling; das Register verwechselt ihn leicht.",
             {{"sex", "m"}, {"dwellings", json::array{home(0, {lindenweg, 3, 0, 0}, "1995-01-01")}}});
    book.add("departed", 0, "Wegener-Auszug", "Tilda", "1992-02-29",
             "Ist 2023 weggezogen und kommt zurück; geboren am 29. Februar.",
             {{"status", "departed"}, {"religion", "ev"}});
    book.add(
        "mover", 1, "Übelacker", "Jörg Søren", "1988-03-09",
        "Wohnt in Musterstedt und zieht ins Seniorenheim seiner Mutter nach Testhausen: Anmeldung auf der "
        "Tour.",
        {{"sex", "m"},
         {"religion", "rk"},
         {"documents", card("L01X00T47", "2021-04-02", "2031-04-01")},
         {"dwellings", json::array{home(1, {0, 3, 0, 0}, "2014-08-01")}}});
}

}  // namespace wa::testland

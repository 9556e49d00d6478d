// Who arrives: two dwellings, papers of other countries, from abroad, back again (handbook § 18 no. 5, 9,
// 21).
#include "apps/testland/stories.hpp"

namespace wa::testland {

namespace {

void tell_two_dwellings(Book& book) {
    book.add("student", 0, "Brockhoff", "Lasse", "2003-01-25",
             "Studiert: Hauptwohnung in Musterstedt, Nebenwohnung in Testhausen; der Status wechselt.",
             {{"sex", "m"},
              {"documents", paper("PA", "LT44H8F1V", "Stadt Musterstedt", "2024-04-04", "2030-04-03")},
              {"dwellings", json::array{home(1, {am_anger, 19, 0, 0}, "2003-01-25", "H"),
                                        home(0, {lindenweg, 30, 0, 0}, "2024-10-01", "N")}}});
    book.add("second_sole", 0, "Brockhoff", "Merle", "2001-06-18",
             "In Testhausen mit alleiniger Wohnung gemeldet; Musterstedt führt sie ebenfalls mit alleiniger "
             "Wohnung.",
             {{"documents", paper("PA", "LZ1T90C4X", "Stadt Testhausen", "2023-08-08", "2029-08-07")},
              {"dwellings", json::array{home(0, {lindenweg, 32, 0, 0}, "2022-10-01")}}});
    book.add("commuter_spouse", 1, "Ottersberg", "Reimer", "1981-04-29",
             "Verheiratet und nicht getrennt; arbeitet in Testhausen, die Familie wohnt in Musterstedt.",
             {{"sex", "m"},
              {"marital_status", "VH"},
              {"marital_status_since", "2010-05-15"},
              {"documents", paper("PA", "LT45M6W9G", "Stadt Musterstedt", "2021-11-11", "2031-11-10")},
              {"dwellings", json::array{home(1, {deichstrasse, 18, 0, 0}, "2011-01-01")}}});
}

void tell_foreigners(Book& book) {
    book.add("eu_citizen", 1, "Ó Briain", "Aoife", "1994-09-14",
             "Unionsbürgerin aus Irland ohne Personalausweis, mit eID-Karte.",
             {{"birth_place", "Gaillimh"},
              {"birth_country", "135"},
              {"nationalities", json::array{"135"}},
              {"documents", paper("eIDK", "LE70K4P2T", "Stadt Musterstedt", "2025-01-20", "2035-01-19")},
              {"dwellings", json::array{home(1, {alte_gasse, 15, 0, 0}, "2021-03-01")}}});
    book.add("turkish_under_24", 1, "Yıldırım", "Emre Can", "2004-12-01",
             "Türkischer Staatsangehöriger unter 24 Jahren mit Pass und Aufenthaltskarte.",
             {{"sex", "m"},
              {"nationalities", json::array{"163"}},
              {"documents", paper("FPASS", "U21448790", "T.C. Hannover Başkonsolosluğu", "2022-06-06",
                                  "2032-06-05", "163")},
              {"dwellings", json::array{home(1, {alte_gasse, 16, 0, 0}, "2004-12-01")}}});
    book.add(
        "refugee", in_no_register, "Al-Khatib", "Samir", "1990-00-00",
        "Flüchtling aus Syrien mit Reiseausweis; erste Wohnung in Deutschland, Tag der Geburt unbekannt.",
        {{"sex", "m"},
         {"birth_place", "Ḥalab"},
         {"birth_country", "475"},
         {"nationalities", json::array{"475"}},
         {"marital_status", "NB"},
         {"documents", paper("RAK", "C6T1K2L33", "Landkreis Testland", "2026-08-20", "2029-08-19", "000")}});
    book.add("transliterated", 1, "Müller-Żuk", "Björn", "1979-09-09",
             "Im maschinenlesbaren Teil des Passes steht MUELLER-ZUK BJOERN.",
             {{"sex", "m"},
              {"documents", paper("RP", "C01X0006H", "Stadt Musterstedt", "2023-02-02", "2033-02-01")},
              {"dwellings", json::array{home(1, {alte_gasse, 22, 0, 0}, "2008-05-01")}}});
}

void tell_way_back(Book& book) {
    book.add(
        "from_abroad", in_no_register, "Delacroix-Jansen", "Élodie", "1988-05-16",
        "Zieht aus Frankreich zu; die Eheurkunde fehlt, der Familienstand bleibt offen.",
        {{"birth_place", "Nîmes"},
         {"birth_country", "129"},
         {"nationalities", json::array{"129"}},
         {"marital_status", "NB"},
         {"documents", paper("FID", "880516D12", "Préfecture du Gard", "2020-01-15", "2035-01-14", "129")}});
    book.add(
        "emigrated", 0, "Kranich", "Holger", "1969-03-03",
        "2021 nach Norwegen abgemeldet; das Register führt ihn als fortgezogen, jetzt kehrt er heim.",
        {{"sex", "m"},
         {"status", "departed"},
         {"documents", paper("RP", "C2M3N4P5R", "Deutsche Botschaft Oslo", "2021-09-01", "2031-08-31")},
         {"dwellings", json::array{left(home(0, {am_alten_markt, 8, 0, 0}, "2005-05-01"), "2021-08-31")}}});
    book.add("homeless", 0, "Straßner", "Kai", "1972-10-10",
             "Ohne festen Wohnsitz; zieht aus der Notunterkunft in eine eigene Wohnung.",
             {{"sex", "m"},
              {"documents", paper("PA", "LZ2V77N0C", "Stadt Testhausen", "2019-06-01", "2029-05-31")}});
    book.add(
        "left_for_musterstedt", 0, "Fehling", "Ragna", "1991-02-23",
        "Zieht von Testhausen nach Musterstedt; die Rückmeldung kommt, wird abgewiesen oder kommt doppelt.",
        {{"documents", paper("PA", "LZ3X18R6T", "Stadt Testhausen", "2022-02-22", "2032-02-21")},
         {"dwellings", json::array{home(0, {am_alten_markt, 12, 0, 0}, "2018-09-01")}}});
    book.add("back_before_echo", 0, "Fehling", "Torben", "1989-08-08",
             "Geht nach Musterstedt und kommt zurück, bevor dessen Rückmeldung eintrifft.",
             {{"sex", "m"},
              {"documents", paper("PA", "LZ3X19T2W", "Stadt Testhausen", "2022-02-22", "2032-02-21")},
              {"dwellings", json::array{home(0, {am_alten_markt, 12, 0, 0}, "2018-09-01")}}});
}

}  // namespace

void tell_arrivals(Book& book) {
    tell_two_dwellings(book);
    tell_foreigners(book);
    tell_way_back(book);
}

}  // namespace wa::testland

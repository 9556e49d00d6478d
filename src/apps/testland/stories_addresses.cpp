// Lessors, crowded flats, deadlines and streets (handbook § 18 no. 10, 18, 20).
#include "apps/testland/stories.hpp"

namespace wa::testland {

namespace {

json::object from_musterstedt(const char* sex, const char* serial, int house) {
    return {{"sex", sex},
            {"documents", paper("PA", serial, "Stadt Musterstedt", "2023-03-01", "2033-02-28")},
            {"dwellings", json::array{home(1, {am_anger, house, 0, 0}, "2015-05-01")}}};
}

}  // namespace

void tell_addresses(Book& book) {
    book.add("owner_occupier", 1, "Nordmann", "Gesche", "1968-01-31",
             "Zieht in das eigene Haus: die Eigenerklärung tritt an die Stelle der Bestätigung.",
             from_musterstedt("w", "LT50C2K8M", 21));
    book.add("sub_tenant", 1, "Pirol", "Nepomuk", "1999-12-31",
             "Wohnt zur Untermiete: der Hauptmieter bestätigt, der Eigentümer ist ein anderer.",
             from_musterstedt("m", "LT51F4R1P", 22));
    book.add("crowd_newcomer", 1, "Wiesel", "Dorian", "1996-06-06",
             "Will als Fünfzehnter in die Wohnung ziehen, in der schon vierzehn gemeldet sind.",
             from_musterstedt("m", "LT52H6T3R", 23));
    book.add("deadline_mover", 1, "Osterloh", "Frauke", "1978-04-14",
             "Zieht so ein, dass die Frist auf Karfreitag oder den Reformationstag fällt.",
             from_musterstedt("w", "LT53K8V5T", 24));
    book.add("street_renamed", 0, "Umbenannt", "Hedda", "1955-11-09",
             "Wohnt in der Alten Landstraße, die am 1. Juli 2026 einen neuen Namen bekommen hat.",
             {{"documents", paper("PA", "LZ4C20P3V", "Stadt Testhausen", "2018-07-01", "2028-06-30")},
              {"dwellings", json::array{home(0, {4, 6, 0, 0}, "1982-04-01")}}});
    book.add("new_build", 1, "Richtfest", "Arne", "1987-07-27",
             "Zieht in einen Neubau, dessen Hausnummer das Straßenverzeichnis noch nicht kennt.",
             from_musterstedt("m", "LT54M0X7V", 25));
    book.add("border_postcode", 1, "Grenzland", "Solveig", "1990-10-20",
             "Zieht in den Grenzweg: Testhausen, aber mit der Postleitzahl von Musterstedt.",
             from_musterstedt("w", "LT55P2Z9X", 26));
    auto twice = from_musterstedt("w", "LT56R4B1Z", 27);
    twice["birth_name"] = "Einzig";
    book.add("not_unique", 1, "Doppelt", "Dora", "1981-03-03",
             "In Musterstedt gibt es zwei dieses Namens; erst der Geburtsname führt zum Meldeschein.",
             std::move(twice));
}

}  // namespace wa::testland

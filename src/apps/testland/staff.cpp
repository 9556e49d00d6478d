#include "apps/testland/staff.hpp"

namespace wa::testland {

const std::vector<Colleague>& staff(int authority) {
    static const std::vector<Colleague> testhausen{
        {"jutta.petersen", "Jutta Petersen", "clerk", "Deich-Kuchen-26", "", "Sachbearbeitung am Schalter"},
        {"deniz.aydin", "Deniz Aydın", "koffer_clerk", "Moor-Laterne-26", "270481",
         "Sachbearbeitung mit Koffer"},
        {"marta.nowak", "Marta Nowak", "koffer_clerk", "Heide-Regen-26", "816293",
         "Sachbearbeitung mit Koffer"},
        {"olaf.brandt", "Olaf Brandt", "admin", "Geest-Schluessel-26", "", "Fachadministration"},
        {"helga.tietjen", "Helga Tietjen", "team_lead", "Marsch-Glocke-26", "", "Leitung"},
        {"karin.behrens", "Karin Behrens", "auditor", "Watt-Siegel-2026", "", "Revision"},
    };
    static const std::vector<Colleague> musterstedt{
        {"ines.kroeger", "Ines Kröger", "clerk", "Wiesen-Stempel-26", "", "Sachbearbeitung am Schalter"},
    };
    static const std::vector<Colleague> county{
        {"ralf.soltau", "Ralf Soltau", "admin", "Kreis-Leitung-26", "", "Fachadministration des Landkreises"},
    };
    return authority == 0 ? testhausen : authority == 1 ? musterstedt : county;
}

}  // namespace wa::testland

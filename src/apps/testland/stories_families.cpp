// Families, children and who decides for them (handbook § 18 no. 1, 4, 17).
#include "apps/testland/stories.hpp"

namespace wa::testland {

namespace {

json::array from_musterstedt(const char* serial) {
    return paper("PA", serial, "Stadt Musterstedt", "2022-05-02", "2032-05-01");
}

/// The family's flat in Musterstedt.
json::array family_home(const char* since) {
    return json::array{home(1, {alte_gasse, 7, 0, 0}, since)};
}

void tell_custody(Book& book) {
    book.add(
        "other_custodian", 0, "Harms", "Sven", "1983-10-02",
        "Sorgt gemeinsam mit Amara Oyelaran für Lina und wohnt in Testhausen: Sorge über zwei Wohnungen.",
        {{"sex", "m"},
         {"documents", paper("PA", "LH7C41P0K", "Stadt Testhausen", "2023-01-09", "2033-01-08")},
         {"dwellings", json::array{home(0, {lindenweg, 21, 0, 0}, "2019-03-01")}}});
    book.add("family_father", 1, "Bergmann", "Tobias", "1984-02-17",
             "Familie mit vier Personen in Musterstedt: Vater von Emil, verheiratet mit Amara Oyelaran.",
             {{"sex", "m"},
              {"religion", "ev"},
              {"documents", from_musterstedt("LT40V2R8C")},
              {"marital_status", "VH"},
              {"marital_status_since", "2016-06-11"},
              {"dwellings", family_home("2016-07-01")}});
    book.add("family_mother", 1, "Oyelaran", "Amara Folake", "1986-11-30",
             "Mutter der Familie, mit anderem Familiennamen als Mann und Kinder.",
             {{"birth_place", "Ìbàdàn"},
              {"birth_country", "232"},
              {"documents", from_musterstedt("LT40V3M1F")},
              {"marital_status", "VH"},
              {"marital_status_since", "2016-06-11"},
              {"relations", json::array{related("spouse", book.person("family_father"), "2016-06-11")}},
              {"dwellings", family_home("2014-01-15")}});
    book.add("family_child", 1, "Harms", "Lina", "2013-08-19",
             "Kind der Familie; gemeinsame Sorge der Mutter und von Sven Harms in Testhausen.",
             {{"relations", json::array{related("custodian", book.person("family_mother"), "2013-08-19"),
                                        related("custodian", book.person("other_custodian"), "2013-08-19")}},
              {"dwellings", family_home("2014-01-15")}});
    book.add(
        "family_child_blocked", 1, "Bergmann", "Emil", "2017-04-05",
        "Kind der Familie mit Auskunftssperre nach § 51: steht in keinem vorausgefüllten Meldeschein der "
        "anderen.",
        {{"sex", "m"},
         {"religion", "ev"},
         {"blocks", block_51("2027-12-31")},
         {"relations", json::array{related("custodian", book.person("family_father"), "2017-04-05"),
                                   related("custodian", book.person("family_mother"), "2017-04-05")}},
         {"dwellings", family_home("2017-04-05")}});
}

void tell_minors(Book& book) {
    book.add("sixteen_alone", 1, "Quist", "Mattis", "2010-03-21",
             "Sechzehn Jahre alt; meldet sich selbst an, das darf er.",
             {{"sex", "m"},
              {"documents", from_musterstedt("LT41K7N3P")},
              {"dwellings", json::array{home(1, {am_anger, 11, 0, 0}, "2010-03-21")}}});
    book.add("fifteen_mother", 1, "Lorenzen", "Birte", "1985-12-12",
             "Mutter von Jonna; zieht mit ihr um, der Vater ist nicht zu erreichen.",
             {{"documents", from_musterstedt("LT42C9X4R")},
              {"dwellings", json::array{home(1, {deichstrasse, 5, 0, 0}, "2012-02-01")}}});
    book.add("fifteen_one_custodian", 1, "Lorenzen", "Jonna", "2011-05-30",
             "Fünfzehn Jahre alt; gemeinsame Sorge, die Zustimmung des Vaters ist nicht zu erhalten.",
             {{"relations", json::array{related("custodian", book.person("fifteen_mother"), "2011-05-30")}},
              {"dwellings", json::array{home(1, {deichstrasse, 5, 0, 0}, "2012-02-01")}}});
    book.add("leap_day", 1, "Schaltmann", "Yara", "2008-02-29",
             "Geboren am 29. Februar: volljährig wird sie am 1. März 2026.",
             {{"documents", from_musterstedt("LT43P2Z6M")},
              {"relations", json::array{related("custodian", book.person("fifteen_mother"), "2018-01-01",
                                                "Vormundschaft")}},
              {"dwellings", json::array{home(1, {am_anger, 2, 0, 0}, "2008-02-29")}}});
    book.add("divorced_linked", 0, "Sandkamp", "Ilka", "1977-07-07",
             "Geschieden; im Register steht der frühere Ehemann noch als Ehegatte.",
             {{"marital_status", "VH"},
              {"marital_status_since", "2001-09-09"},
              {"relations", json::array{json::object{{"kind", "spouse"},
                                                     {"other_id", ""},
                                                     {"family_name", "Sandkamp"},
                                                     {"given_names", "Uwe"},
                                                     {"birth_date", "1974-01-13"},
                                                     {"note", ""},
                                                     {"valid_from", "2001-09-09"}}}},
              {"documents", paper("PA", "LZ0R52M7H", "Stadt Testhausen", "2020-10-01", "2030-09-30")},
              {"dwellings", json::array{home(0, {am_alten_markt, 4, 0, 0}, "2001-10-01")}}});
}

}  // namespace

void tell_families(Book& book) {
    tell_custody(book);
    tell_minors(book);
}

}  // namespace wa::testland

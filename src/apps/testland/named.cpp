#include "apps/testland/named.hpp"

#include <fmt/format.h>

#include "apps/testland/persons.hpp"
#include "apps/testland/places.hpp"
#include "apps/testland/testland.hpp"
#include "base/assert.hpp"

namespace wa::testland {

namespace {

/// Streets of places.cpp by their number in the list.
constexpr int lindenweg = 0, muehlbachweg = 1, marktplatz = 2;

json::object home(int municipality, Flat flat, const char* moved_in, const char* status = "E") {
    auto dwelling = address_of(municipality, flat);
    dwelling["status"] = status;
    dwelling["moved_in"] = moved_in;
    dwelling["registered_on"] = moved_in;
    return dwelling;
}

json::object card(const char* serial, const char* issued, const char* until) {
    return {{"doc_type", "PA"},
            {"serial", serial},
            {"issuing_authority", "Stadt Testhausen"},
            {"issue_date", issued},
            {"valid_until", until}};
}

struct Story {
    NamedPerson person;
    json::object record;
};

std::vector<Story> make_stories() {
    std::vector<Story> all;
    const auto add = [&](const char* key, int municipality, const char* family, const char* given,
                         const char* born, const char* story, json::object more) {
        const auto id = person_id(municipality, int(all.size()) + 1);
        // Ids of the named are fixed by their place in this list: add new ones at its end only.
        json::object record{{"id", id},
                            {"family_name", family},
                            {"given_names", given},
                            {"birth_date", born},
                            {"birth_place", "Testhausen"},
                            {"sex", "w"},
                            {"nationalities", json::array{"000"}},
                            {"religion", "vd"},
                            {"marital_status", "LD"}};
        for (auto& member : more) record[member.key()] = std::move(member.value());
        all.push_back({{key, id, municipality, family, given, born, story}, std::move(record)});
    };
    const auto care = [](int flat, const char* since) {
        return json::array{home(0, {muehlbachweg, 12, 0, flat}, since)};
    };

    add("tour_resident", 0, "Schroder", "Erna Luise", "1938-02-11",
        "Wohnt im Seniorenheim; im Register fehlt der Umlaut (richtig: Schröder), der Ausweis ist "
        "abgelaufen.",
        {{"rufname_index", 1},
         {"marital_status", "VW"},
         {"tax_id", "02476291358"},
         {"documents", json::array{card("L3CF74K8T", "2011-03-01", "2021-02-28")}},
         {"dwellings", care(101, "2021-06-15")}});
    add("tour_cared_for", 0, "Petersen", "Wilhelm", "1934-09-30",
        "Seniorenheim, Pflegegrad 5; eine Betreuerin bestimmt den Aufenthalt.",
        {{"sex", "m"},
         {"religion", "ev"},
         {"documents", json::array{card("L7GH20M9W", "2014-05-05", "2024-05-04")}},
         {"relations", json::array{json::object{{"kind", "representative"},
                                                {"other_id", ""},
                                                {"family_name", "Behrendsen"},
                                                {"given_names", "Silke"},
                                                {"birth_date", "1979-03-03"},
                                                {"note", "rechtliche Betreuung, Aufenthalt und Behörden"},
                                                {"valid_from", "2022-01-10"}}}},
         {"dwellings", care(102, "2022-02-01")}});
    add("tour_no_fingerprints", 0, "Łukasik-Wehrstedt", "Zofia", "1941-07-19",
        "Seniorenheim; Fingerabdrücke sind nicht möglich, eine Vollmacht ist nicht beglaubigt.",
        {{"birth_place", "Łódź"}, {"birth_country", "152"}, {"dwellings", care(103, "2023-11-20")}});
    add("long_name", 0, "Łőwenstein-Hohenmühlbach von der Große-Sträteraue zu M\u0302ilaẖburg",
        "Anna-Elisabeth Zoë", "1975-05-05",
        "Doppelname mit 62 Zeichen und Buchstaben, die aus zwei Codepunkten bestehen.",
        {{"dwellings", json::array{home(0, {lindenweg, 8, 0, 0}, "2009-04-01")}}});
    add("blocked", 0, "Geheimnis", "Gerda", "1984-08-08",
        "Auskunftssperre nach § 51, von einer Sicherheitsbehörde veranlasst.",
        {{"blocks", json::array{json::object{{"paragraph", "51"},
                                             {"law", "BMG § 51"},
                                             {"text", "Auskunftssperre (§ 51 BMG)"},
                                             {"key", "11"},
                                             {"until", "2028-03-31"}}}},
         {"dwellings", json::array{home(0, {lindenweg, 14, 0, 0}, "2019-10-01")}}});
    add("conditional_block", 0, "Schutzmann", "Olga", "1990-01-17",
        "Wohnt in einem Frauenhaus: bedingter Sperrvermerk nach § 52.",
        {{"blocks",
          json::array{json::object{
              {"paragraph", "52"}, {"law", "BMG § 52"}, {"text", "Bedingter Sperrvermerk (§ 52 BMG)"}}}},
         {"dwellings", json::array{home(0, {marktplatz, 9, 0, 3}, "2026-05-01")}}});
    add("single_name", 0, "Suharto-Test", "", "1979-00-00",
        "Führt nur einen Namen, Geburtstag unbekannt, Staatsangehörigkeit ungeklärt.",
        {{"single_name", true},
         {"sex", "m"},
         {"nationalities", json::array{"998"}},
         {"marital_status", "NB"},
         {"dwellings", json::array{home(0, {marktplatz, 4, 0, 0}, "2020-02-02")}}});
    add("twin_dead", 0, "Zwillich", "Hannes", "1950-06-06", "Verstorben; ein Zwilling gleichen Namens lebt.",
        {{"sex", "m"}, {"status", "deceased"}, {"death_date", "2024-12-24"}});
    add("twin_alive", 0, "Zwillich", "Hannes", "1950-06-06",
        "Der lebende Zwilling; das Register verwechselt ihn leicht.",
        {{"sex", "m"}, {"dwellings", json::array{home(0, {lindenweg, 3, 0, 0}, "1995-01-01")}}});
    add("departed", 0, "Wegener-Auszug", "Tilda", "1992-02-29",
        "Ist 2023 weggezogen und kommt zurück; geboren am 29. Februar.",
        {{"status", "departed"}, {"religion", "ev"}});
    add("mover", 1, "Übelacker", "Jörg Søren", "1988-03-09",
        "Wohnt in Musterstedt und zieht ins Seniorenheim seiner Mutter nach Testhausen: Anmeldung auf der "
        "Tour.",
        {{"sex", "m"},
         {"religion", "rk"},
         {"documents", json::array{card("L01X00T47", "2021-04-02", "2031-04-01")}},
         {"dwellings", json::array{home(1, {0, 3, 0, 0}, "2014-08-01")}}});
    return all;
}

const std::vector<Story>& stories() {
    static const auto all = make_stories();
    return all;
}

/// Fourteen people in one flat: the house of the sham registrations (handbook § 18 no. 10).
void add_crowd(std::vector<json::object>& records) {
    for (int i = 0; i < 14; ++i)
        records.push_back({{"id", person_id(0, 100 + i)},
                           {"family_name", fmt::format("Scheinhaus{}", std::string(1, char('a' + i)))},
                           {"given_names", "Alex"},
                           {"birth_date", fmt::format("19{}-01-{:02}", 70 + i, i + 1)},
                           {"sex", "x"},
                           {"nationalities", json::array{"000"}},
                           {"dwellings", json::array{home(0, {marktplatz, 13, 0, 1}, "2025-01-01")}}});
}

}  // namespace

std::vector<json::object> named_records(int municipality) {
    std::vector<json::object> records;
    for (const auto& story : stories())
        if (story.person.municipality == municipality) records.push_back(story.record);
    if (municipality == 0) add_crowd(records);
    return records;
}

const std::vector<NamedPerson>& named_persons() {
    static const auto all = [] {
        std::vector<NamedPerson> persons;
        for (const auto& story : stories()) persons.push_back(story.person);
        return persons;
    }();
    return all;
}

const NamedPerson& named_person(std::string_view key) {
    for (const auto& person : named_persons())
        if (person.key == key) return person;
    WA_ASSERT(!"a named person has this key");
    return named_persons().front();
}

const Stranger& stranger() {
    static const Stranger unknown{"Wanderfalk", "Jonas Emil", "1957-10-21", "01003000"};
    return unknown;
}

}  // namespace wa::testland

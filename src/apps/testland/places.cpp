#include "apps/testland/places.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/testland/testland.hpp"

namespace wa::testland {

namespace {

/// The street that got another name on 1 July 2026.
constexpr std::string_view renamed_key = "00105", former_name = "Alte Landstraße";

std::vector<Street> make_streets(int municipality) {
    static const std::vector<std::string> beginnings{
        "Linden",  "Eichen",  "Birken",  "Ahorn",   "Kastanien", "Rosen", "Tulpen", "Nelken",
        "Amsel",   "Drossel", "Finken",  "Meisen",  "Lerchen",   "Schul", "Kirch",  "Bahnhof",
        "Mühlen",  "Wald",    "Wiesen",  "Feld",    "Berg",      "Tal",   "Bach",   "Garten",
        "Kloster", "Post",    "Markt",   "Brunnen", "Schloss",   "Hafen", "Weiden", "Erlen",
        "Buchen",  "Tannen",  "Fichten", "Heide",   "Moor",      "Sand",  "Stein",  "Ziegel"};
    static const std::vector<std::string> endings{"weg", "straße", "allee", "gasse", "ring"};
    static const std::vector<std::string> whole[2]{
        {"Lindenweg", "Mühlbachweg", "Marktplatz", "Am Alten Markt", "Straße der Jugend",
         "Unter den Arkaden"},
        {"Alte Gasse", "Rathausplatz", "Am Anger", "Deichstraße", "Große Freiheit am See", "Im Winkel"}};
    static const std::vector<std::string> districts[2]{{"Kernstadt", "Nordheim", "Oberdorf"},
                                                       {"Altstadt", "Neustedt", "Werder"}};
    std::vector<Street> all;
    const auto add = [&](const std::string& name) {
        for (const auto& street : all)
            if (street.name == name) return;
        const auto number = int(all.size()) + 1;
        all.push_back({fmt::format("{:05}", 100 + number), name,
                       districts[municipality][std::size_t(number % 3)],
                       20 + (number * 37 + municipality * 11) % 90});
    };
    for (const auto& name : whole[municipality]) add(name);
    for (std::size_t e = 0; e < endings.size(); ++e)
        for (std::size_t b = 0; b < beginnings.size(); ++b)
            if ((b * 7 + e * 3 + std::size_t(municipality)) % 5 < 3) add(beginnings[b] + endings[e]);
    return all;
}

}  // namespace

const Municipality& municipality(int index) {
    const char* const supervision = "Datenschutzaufsicht Testland, Wächtergasse 5, 99100 Testburg";
    static const Municipality all[2]{{"99001001",
                                      "Testhausen",
                                      "99101",
                                      "NI",
                                      {{"authority", "Stadt Testhausen"},
                                       {"office", "Bürgerbüro"},
                                       {"street", "Marktplatz 1"},
                                       {"place", "99101 Testhausen"},
                                       {"phone", "09900 100-0"},
                                       {"supervision", supervision}}},
                                     {"99001002",
                                      "Musterstedt",
                                      "99102",
                                      "NI",
                                      {{"authority", "Stadt Musterstedt"},
                                       {"office", "Einwohnermeldeamt"},
                                       {"street", "Rathausplatz 3"},
                                       {"place", "99102 Musterstedt"},
                                       {"phone", "09900 200-0"},
                                       {"supervision", supervision}}}};
    return all[index == 0 ? 0 : 1];
}

const std::vector<Street>& street_list(int municipality) {
    static const std::vector<Street> all[2]{make_streets(0), make_streets(1)};
    return all[municipality == 0 ? 0 : 1];
}

std::vector<Flat> flats(int municipality, int households, Chance& chance) {
    std::vector<Flat> all;
    const auto& streets = street_list(municipality);
    // Bigger towns have bigger houses: the list grows until everybody has a door.
    for (int level = 0; int(all.size()) < households; ++level)
        for (int s = 0; s < int(streets.size()); ++s)
            for (int house = 1; house <= streets[std::size_t(s)].houses; ++house) {
                const bool big = (house + s) % 3 == 0;
                if (level == 0 && !big) all.push_back({s, house, char(house % 17 == 0 ? 'a' : 0), 0});
                for (int flat = 1; big && flat <= 4; ++flat) all.push_back({s, house, 0, level * 4 + flat});
            }
    for (auto i = int(all.size()) - 1; i > 0; --i)
        std::swap(all[std::size_t(i)], all[std::size_t(chance.below(i + 1))]);
    return all;
}

json::object address_of(int index, const Flat& flat) {
    const auto& place = municipality(index);
    const auto& street = street_list(index)[std::size_t(flat.street)];
    // The registers are from before the renaming; it reaches them as it would any other.
    const auto name = street.key == renamed_key ? std::string(former_name) : street.name;
    json::object out{{"ags", place.ags},         {"postcode", place.postcode},
                     {"city", place.name},       {"district", street.district},
                     {"street_key", street.key}, {"street", name},
                     {"house_no", flat.house_no}};
    if (flat.letter) out["house_letter"] = std::string(1, flat.letter);
    if (flat.apartment) out["apartment_no"] = std::to_string(flat.apartment);
    return out;
}

json::array streets(int index) {
    const auto& place = municipality(index);
    json::array all;
    const auto add = [&](const Street& street, const std::string& name, const char* from, const char* to) {
        all.push_back(json::object{{"key", street.key},
                                   {"name", name},
                                   {"postcode", place.postcode},
                                   {"city", place.name},
                                   {"district", street.district},
                                   {"ranges", json::array{json::object{{"from", 1}, {"to", street.houses}}}},
                                   {"valid_from", from},
                                   {"valid_to", to}});
    };
    for (const auto& street : street_list(index)) {
        const bool renamed = street.key == renamed_key;
        if (renamed) add(street, std::string(former_name), "1990-01-01", "2026-06-30");
        add(street, street.name, renamed ? "2026-07-01" : "1990-01-01", "");
    }
    if (index == 0) {  // at the border: delivered from Musterstedt
        add({"00999", "Grenzweg", "Nordheim", 12}, "Grenzweg", "1990-01-01", "");
        all.back().as_object()["postcode"] = municipality(1).postcode;
    }
    return all;
}

json::array sites(int index) {
    const auto& place = municipality(index);
    json::array all;
    all.push_back(json::object{{"name", index == 0 ? "Seniorenheim Haus am Mühlbach" : "Pflegeheim Am Anger"},
                               {"street", index == 0 ? "Mühlbachweg 12" : "Am Anger 4"},
                               {"postcode", place.postcode},
                               {"city", place.name},
                               {"contact", "Empfang, Frau Beispiel"},
                               {"line_verdict", "weak"}});
    all.push_back(json::object{{"name", index == 0 ? "Bürgerhaus Nordheim" : "Dorfladen Werder"},
                               {"street", index == 0 ? "Schulstraße 2" : "Deichstraße 9"},
                               {"postcode", place.postcode},
                               {"city", place.name},
                               {"contact", ""},
                               {"line_verdict", "offline_only"}});
    return all;
}

}  // namespace wa::testland

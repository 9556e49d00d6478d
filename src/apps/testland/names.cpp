#include "apps/testland/names.hpp"

#include <array>

namespace wa::testland {

namespace {

using Names = std::vector<std::string>;

const Names& common() {
    static const Names names{
        "Müller",     "Schmidt",       "Schneider", "Fischer",  "Weber",      "Meyer",      "Wagner",
        "Becker",     "Schulz",        "Hoffmann",  "Schäfer",  "Koch",       "Bauer",      "Richter",
        "Klein",      "Wolf",          "Schröder",  "Neumann",  "Schwarz",    "Zimmermann", "Braun",
        "Krüger",     "Hofmann",       "Hartmann",  "Lange",    "Schmitt",    "Werner",     "Schmitz",
        "Krause",     "Meier",         "Lehmann",   "Schmid",   "Schulze",    "Maier",      "Köhler",
        "Herrmann",   "König",         "Walter",    "Mayer",    "Huber",      "Kaiser",     "Fuchs",
        "Peters",     "Lang",          "Scholz",    "Möller",   "Weiß",       "Jung",       "Hahn",
        "Schubert",   "Vogel",         "Friedrich", "Keller",   "Günther",    "Frank",      "Berger",
        "Winkler",    "Roth",          "Beck",      "Lorenz",   "Baumann",    "Franke",     "Albrecht",
        "Schuster",   "Simon",         "Ludwig",    "Böhm",     "Winter",     "Kraus",      "Martin",
        "Schumacher", "Krämer",        "Vogt",      "Stein",    "Jäger",      "Otto",       "Sommer",
        "Groß",       "Seidel",        "Heinrich",  "Brandt",   "Haas",       "Schreiber",  "Graf",
        "Dietrich",   "Ziegler",       "Kuhn",      "Kühn",     "Pohl",       "Engel",      "Horn",
        "Busch",      "Bergmann",      "Thomas",    "Voigt",    "Sauer",      "Arnold",     "Wolff",
        "Pfeiffer",   "von der Heide", "Mueller",   "Großmann", "zur Mühlen", "Ehlers"};
    return names;
}

const Names& beginnings() {
    static const Names parts{"Hagen",   "Linden", "Eichen", "Wald",   "Stein",  "Berg",   "Feld",   "Brunn",
                             "Bach",    "Sand",   "Rosen",  "Erlen",  "Birken", "Moor",   "Heide",  "Wiesen",
                             "Korn",    "Mühl",   "Ober",   "Nieder", "Lang",   "Kurz",   "Alt",    "Neu",
                             "Grün",    "Schön",  "Hohen",  "Tief",   "Kirch",  "Burg",   "Markt",  "Hammer",
                             "Silber",  "Gold",   "Kupfer", "Apfel",  "Buch",   "Tannen", "Winter", "Sommer",
                             "Herbst",  "Vogel",  "Hirsch", "Fuchs",  "Wolfs",  "Bären",  "Adler",  "Falken",
                             "Kranich", "Storch", "Quell",  "See",    "Ufer",   "Insel",  "Hafen",  "Brück"};
    return parts;
}

const Names& endings() {
    static const Names parts{"mann",   "meier",   "hoff",  "bauer", "müller", "schmidt", "berg",   "feld",
                             "hausen", "stein",   "brink", "kamp",  "hövel",  "rath",    "ow",     "inger",
                             "er",     "ke",      "loh",   "thal",  "wald",   "au",      "kötter", "schulte",
                             "reuter", "sträter", "huber", "wirth", "siek",   "horst"};
    return parts;
}

struct Origin {
    std::string_view nationality;
    Names family, male, female;
};

const std::vector<Origin>& origins() {
    static const std::vector<Origin> all{
        {"163",
         {"Yılmaz", "Öztürk", "Demir", "Şahin", "Çelik", "Yıldız", "Aydın", "Arslan", "Doğan", "Kılıç"},
         {"Mehmet", "Mustafa", "Ahmet", "Emre", "Ömer"},
         {"Ayşe", "Fatma", "Zeynep", "Elif", "Gülşen"}},
        {"152",
         {"Kowalski", "Wiśniewska", "Wójcik", "Kamiński", "Zieliński", "Szymański", "Dąbrowski", "Łukasik"},
         {"Łukasz", "Paweł", "Grzegorz", "Michał"},
         {"Małgorzata", "Agnieszka", "Zofia", "Łucja"}},
        {"165",
         {"Nagy", "Kovács", "Tóth", "Szabó", "Horváth", "Erdős"},
         {"László", "Zoltán", "Gergő"},
         {"Zsófia", "Katalin", "Erzsébet"}},
        {"154",
         {"Popescu", "Ionescu", "Șerban", "Țepeș", "Brâncuși"},
         {"Ștefan", "Ionuț", "Mihai"},
         {"Ioana", "Ruxandra", "Ștefania"}},
        {"130",
         {"Horvat", "Kovačević", "Babić", "Đurić", "Šimić"},
         {"Željko", "Ivan", "Đuro"},
         {"Marija", "Željka", "Ana"}},
        {"475",
         {"al-Haddad", "Khoury", "Nasser", "Darwish"},
         {"Yusuf", "Omar", "Khalid"},
         {"Amina", "Layla", "Nour"}},
        {"432", {"Nguyễn", "Trần", "Phạm", "Đặng"}, {"Văn Minh", "Đức", "Quang"}, {"Thị Hương", "Lan", "Mỹ"}},
        {"166",
         {"Kovalenko", "Shevchenko", "Bondarenko", "Tkachenko"},
         {"Oleksandr", "Andriy", "Dmytro"},
         {"Olena", "Oksana", "Iryna"}}};
    return all;
}

const Names& male() {
    static const Names names{
        "Peter",      "Michael",     "Thomas",     "Andreas",   "Wolfgang", "Klaus",     "Jürgen",  "Günter",
        "Stefan",     "Christian",   "Uwe",        "Werner",    "Horst",    "Frank",     "Dieter",  "Manfred",
        "Gerhard",    "Hans",        "Bernd",      "Thorsten",  "Mathias",  "Helmut",    "Walter",  "Heinz",
        "Martin",     "Jörg",        "Rolf",       "Jens",      "Sven",     "Alexander", "Jan",     "Rainer",
        "Holger",     "Karl",        "Dirk",       "Joachim",   "Ralf",     "Carsten",   "Herbert", "Oliver",
        "Markus",     "Kurt",        "Heiko",      "Paul",      "Daniel",   "Felix",     "Leon",    "Lukas",
        "Jonas",      "Finn",        "Noah",       "Elias",     "Ben",      "Emil",      "Anton",   "Jakob",
        "Karl-Heinz", "Hans-Jürgen", "Maximilian", "Friedrich", "Wilhelm",  "Otto",      "René",    "André"};
    return names;
}

const Names& female() {
    static const Names names{
        "Maria",      "Ursula",    "Monika",    "Petra",     "Elisabeth", "Sabine",   "Renate",  "Helga",
        "Karin",      "Brigitte",  "Ingrid",    "Erika",     "Andrea",    "Gisela",   "Claudia", "Susanne",
        "Gabriele",   "Christa",   "Christine", "Hildegard", "Anna",      "Birgit",   "Barbara", "Gertrud",
        "Heike",      "Marianne",  "Martina",   "Elke",      "Irmgard",   "Angelika", "Irene",   "Kerstin",
        "Stefanie",   "Julia",     "Katharina", "Nicole",    "Sandra",    "Anja",     "Tanja",   "Jutta",
        "Emma",       "Mia",       "Hannah",    "Lena",      "Lea",       "Sophie",   "Marie",   "Emilia",
        "Anne",       "Johanna",   "Charlotte", "Frieda",    "Ida",       "Klara",    "Luise",   "Greta",
        "Anne-Marie", "Eva-Maria", "Käthe",     "Zoë",       "Björk",     "Jördis",   "Renée",   "Chloé"};
    return names;
}

}  // namespace

std::pair<std::string, std::string_view> family_name(Chance& chance) {
    const int kind = chance.below(100);
    if (kind < 45) return {common()[std::size_t(chance.skewed(int(common().size())))], "000"};
    if (kind < 84) return {chance.pick(beginnings()) + chance.pick(endings()), "000"};
    if (kind < 88)
        return {chance.pick(common()) + "-" + chance.pick(beginnings()) + chance.pick(endings()), "000"};
    const auto& origin = chance.pick(origins());
    // Every third has been naturalised or was born here.
    return {chance.pick(origin.family), chance.percent(33) ? "000" : origin.nationality};
}

std::string given_names(Chance& chance, char sex, std::string_view nationality) {
    for (const auto& origin : origins())
        if (origin.nationality == nationality) return chance.pick(sex == 'm' ? origin.male : origin.female);
    const auto& names = sex == 'm' ? male() : female();
    auto given = names[std::size_t(chance.skewed(int(names.size())))];
    for (int more = chance.below(100); more < 45; more += 35) {
        const auto& other = chance.pick(names);
        if (given.find(other) == std::string::npos) given += " " + other;
    }
    return given;
}

}  // namespace wa::testland

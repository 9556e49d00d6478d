#include "modules/residence/search_text.hpp"

#include "base/search_form.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

using residence::name_key;
using residence::parse_search_text;

json::object person(const char* family, const char* given, const char* born, json::object dwelling) {
    dwelling["status"] = "E";
    return {{"family_name", family},
            {"given_names", given},
            {"birth_date", born},
            {"dwellings", json::array{std::move(dwelling)}}};
}

struct Register : ::testing::Test {
    TestWorld world;
    std::map<std::string, std::string> ids;

    void add(const char* family, const char* given, const char* born,
             json::object dwelling = test_dwelling("00101", "Lindenweg", 5)) {
        ids[std::string(family) + " " + given] =
            world.import_person(person(family, given, born, std::move(dwelling)));
    }
    json::object search(json::object params) {
        auto answer = world.ask("person.search", std::move(params));
        EXPECT_TRUE(answer) << answer.error().code;
        return answer ? std::move(answer).value() : json::object{};
    }
    std::string names(json::object params) {
        std::string all;
        const auto answer = search(std::move(params));
        for (const auto& hit : array_of(answer, "hits"))
            all += (all.empty() ? "" : " | ") + text_of(hit.as_object(), "name");
        return all;
    }
    std::string match(json::object params) {
        const auto answer = search(std::move(params));
        const auto& hits = array_of(answer, "hits");
        return hits.empty() ? "" : text_of(hits.front().as_object(), "match");
    }
};

TEST(Names, OneKeyForAllSpellings) {
    for (const auto* spelling : {"Müller", "Mueller", "Muller", "MÜLLER", "Müller"})
        EXPECT_EQ(name_key(spelling), "MULLER") << spelling;
    EXPECT_EQ(name_key("Groß"), name_key("Gross"));
    EXPECT_EQ(name_key("Ågård"), name_key("Aagaard"));
    EXPECT_EQ(name_key("O'Brien"), "OBRIEN");
    // The whole name is the first token of the index: by it the same person is found (same_persons).
    for (const auto* name : {"von der Heide", "Maria Eva", "Lüdenscheid-Aaberg", "Abu 'l-Fath", "Anna, Eva"})
        EXPECT_EQ(residence::name_tokens(name).front(), name_key(name)) << name;
    EXPECT_EQ(name_key("M\u0302ilaẖ"), name_key("Milah"));
    EXPECT_EQ(residence::street_form("Lindenstraße"), residence::street_form("Lindenstr."));
}

TEST(SearchText, ReadsTheBoxInAnyOrder) {
    const auto known = [](std::string_view street) {
        return residence::street_form("Am Alten Markt").rfind(residence::street_form(street), 0) == 0 ||
               residence::street_form("Lindenweg").rfind(residence::street_form(street), 0) == 0;
    };
    struct Row {
        const char* text;
        std::vector<std::string> names;
        const char *born, *street;
        int house_no;
    };
    const Row table[]{
        {"müller anna 3.4.1962 lindenweg 5", {"müller", "anna"}, "1962-04-03", "lindenweg", 5},
        {"lindenweg 5 3.4.62 anna müller", {"anna", "müller"}, "1962-04-03", "lindenweg", 5},
        {"Müller, Anna; 1962-04-03", {"Müller", "Anna"}, "1962-04-03", "", 0},
        {"müller 1962", {"müller"}, "1962-00-00", "", 0},
        {"müller 4.1962", {"müller"}, "1962-04-00", "", 0},
        {"anna am alten markt 12a", {"anna"}, "", "am alten markt", 12},
        {"müller lindenweg", {"müller"}, "", "lindenweg", 0},
        {"weg anna", {"weg", "anna"}, "", "", 0},
        {"müller 31.2.1962", {"müller", "31.2.1962"}, "", "", 0},
        {"  ", {}, "", "", 0},
        {"17", {"17"}, "", "", 0},
        {"müller 1.2.03", {"müller"}, "2003-02-01", "", 0},
    };
    for (const auto& row : table) {
        const auto found = parse_search_text(row.text, {2026, 11, 5}, known);
        EXPECT_EQ(found.names, row.names) << row.text;
        EXPECT_EQ(found.birth_date, row.born) << row.text;
        EXPECT_EQ(found.street, row.street) << row.text;
        EXPECT_EQ(found.house_no, row.house_no) << row.text;
    }
}

TEST_F(Register, FindsAllSpellingsExactOnesFirst) {
    add("Müller", "Anna", "1962-04-03");
    add("Mueller", "Anna", "1970-01-01");
    add("Muller", "Anna", "1980-01-01");
    add("Möller", "Anna", "1990-01-01");
    add("Schmidt", "Anna", "1990-01-01");
    EXPECT_EQ(names({{"name", "Müller"}, {"given_names", "Anna"}}),
              "Müller, Anna | Mueller, Anna | Muller, Anna | Möller, Anna");
    EXPECT_EQ(match({{"name", "Müller"}, {"given_names", "Anna"}}), "exact");
    for (const auto* text : {"mueller anna", "anna muller", "MÜLLER ANNA", "mü an", "muel ann"}) {
        const auto found = names({{"text", text}});
        for (const auto* name : {"Müller, Anna", "Mueller, Anna", "Muller, Anna"})
            EXPECT_NE(found.find(name), std::string::npos) << text << ": " << found;
    }
}

TEST_F(Register, SoundsComeLastAndAreMarked) {
    add("Meyer", "Stefan", "1962-04-03");
    add("Maier", "Stephan", "1962-04-03");
    const auto answer = search({{"name", "Meyer"}, {"birth_date", "1962-04-03"}});
    const auto& hits = array_of(answer, "hits");
    ASSERT_EQ(hits.size(), 2u);
    EXPECT_EQ(text_of(hits[0].as_object(), "match"), "exact");
    EXPECT_EQ(text_of(hits[1].as_object(), "match_text"), "klingt ähnlich");
    EXPECT_EQ(names({{"text", "meier stefan"}}), "Maier, Stephan | Meyer, Stefan");
}

TEST_F(Register, SoundsAtAHouseAndInAYear) {
    add("Meyer", "Stefan", "1962-04-03");
    add("Maier", "Stephan", "1962-05-05", test_dwelling("00101", "Lindenweg", 12));
    add("Meier", "Stefan", "1970-01-01", test_dwelling("00105", "Lindenplatz", 5));
    EXPECT_EQ(names({{"text", "stefan maier lindenweg 5"}}), "Meyer, Stefan");
    EXPECT_EQ(match({{"text", "stefan maier lindenweg 5"}}), "sound");
    EXPECT_EQ(names({{"text", "meyer stefan lindenweg 5"}}), "Meyer, Stefan");
    EXPECT_EQ(names({{"text", "mayr stefan 1962"}}), "Maier, Stephan | Meyer, Stefan");
}

TEST_F(Register, PartsOfNamesHyphensAndRareLetters) {
    add("Müller-Lüdenscheidt", "Anna-Maria Berta", "1962-04-03");
    add("von der Heide", "Jan", "1955-00-00");
    add("M\u0302ilaẖ-Őry", "Łucja", "1979-05-06");
    add("O'Brien", "Seán", "1981-02-02");
    for (const auto* text : {"lüdenscheidt anna", "muellerluedenscheidt berta", "müller maria",
                             "anna-maria müller-lüdenscheidt", "annamaria müller", "berta lüd 1962"})
        EXPECT_EQ(names({{"text", text}}), "Müller-Lüdenscheidt, Anna-Maria Berta") << text;
    for (const auto* text : {"von der heide jan", "heide jan", "jan heide 1955", "von der heide 7.7.1955"})
        EXPECT_EQ(names({{"text", text}}), "von der Heide, Jan") << text;
    for (const auto* text : {"milah lucja", "ory lucja", "öry łucja"})
        EXPECT_EQ(names({{"text", text}}), "M\u0302ilaẖ-Őry, Łucja") << text;
    EXPECT_EQ(names({{"text", "obrien sean"}}), "O'Brien, Seán");
}

TEST_F(Register, ByAddress) {
    add("Müller", "Anna", "1962-04-03");
    add("Schulz", "Otto", "1950-02-02", test_dwelling("00103", "Müllerstraße", 12));
    EXPECT_EQ(names({{"text", "lindenweg 5"}}), "Müller, Anna");
    EXPECT_EQ(names({{"street", "Müllerstr."}, {"house_no", 12}}), "Schulz, Otto");
    EXPECT_EQ(names({{"text", "schulz müllerstr 12"}}), "Schulz, Otto");
    EXPECT_EQ(names({{"text", "schulz otto lindenweg 5"}}), "");
    EXPECT_EQ(names({{"street", "Linden"}, {"name", "mü"}}), "Müller, Anna");
}

TEST_F(Register, ASingleLetterOfOneOfTheNames) {
    add("Müller", "Anna", "1962-04-03");
    add("Mahler", "Anna", "1962-04-03");
    add("Möller", "Berta", "1962-04-03");
    add("Ł", "Zoë", "1962-04-03");
    EXPECT_EQ(names({{"name", "Müller"}, {"given_names", "A"}}), "Müller, Anna");
    EXPECT_EQ(names({{"name", "M"}, {"given_names", "Anna"}}), "Mahler, Anna | Müller, Anna");
    EXPECT_EQ(names({{"name", "L"}, {"given_names", "Zoe"}}), "Ł, Zoë");
    EXPECT_EQ(names({{"text", "m berta"}}), "Möller, Berta");
}

TEST_F(Register, NamesWithTheYearOnly) {
    add("Müller", "Anna", "1962-04-03");
    add("Müller", "Anna Maria", "1962-00-00");
    add("Müller", "Annabell", "0000-00-00");
    add("Müller", "Annegret", "1963-01-01");
    EXPECT_EQ(names({{"name", "Müller"}, {"given_names", "An"}, {"birth_date", "1962-00-00"}}),
              "Müller, Anna | Müller, Anna Maria | Müller, Annabell");
    EXPECT_EQ(names({{"name", "Möller"}, {"given_names", "Anna"}, {"birth_date", "1962-00-00"}}),
              "Müller, Anna | Müller, Anna Maria");
}

TEST_F(Register, StreetsByTheirBeginningWithAndWithoutANumber) {
    add("Müller", "Anna", "1962-04-03");
    add("Müller", "Otto", "1950-02-02", test_dwelling("00101", "Lindenweg", 12));
    add("Müller", "Anna Berta", "1950-02-02", test_dwelling("00105", "Lindenplatz", 12));
    EXPECT_EQ(names({{"text", "lindenweg 12"}}), "Müller, Otto");
    EXPECT_EQ(names({{"street", "Linden"}, {"house_no", 12}}), "Müller, Anna Berta | Müller, Otto");
    EXPECT_EQ(names({{"street", "Linden"}, {"name", "Müller"}, {"given_names", "Berta"}}),
              "Müller, Anna Berta");
    EXPECT_EQ(names({{"street", "Lindenweg"}, {"name", "Müller"}}), "Müller, Anna | Müller, Otto");
    EXPECT_EQ(names({{"street", "Lindenweg"}, {"house_no", 1}}), "");
    EXPECT_EQ(names({{"text", "berta lindenplatz 12"}}), "Müller, Anna Berta");
    EXPECT_EQ(names({{"text", "müller 1950 lindenweg 12"}}), "Müller, Otto");
}

TEST_F(Register, ThatThereAreMoreIsSaidAlsoWhenFewFit) {
    for (int i = 0; i < 70; ++i)
        add("Müller",
            ("Anna M" + std::string(1, char('a' + i % 26)) + std::string(1, char('a' + i / 26))).c_str(),
            "1962-04-03");
    const auto answer = search({{"name", "Müller"}, {"given_names", "Anna Zoe"}});
    EXPECT_TRUE(array_of(answer, "hits").empty());
    EXPECT_TRUE(flag_of(answer, "too_many"));
}

TEST_F(Register, TooWideIsRefused) {
    for (const auto* text : {"müller", "m", "lindenweg", "3.4.1962"}) {
        const auto answer = world.ask("person.search", {{"text", text}});
        ASSERT_FALSE(answer) << text;
        EXPECT_EQ(answer.error().code, "residence.search_too_wide") << text;
    }
}

TEST_F(Register, AtMostTwentyAndItSaysSo) {
    for (int i = 0; i < 25; ++i)
        add("Müller", ("Anna" + std::string(1, char('a' + i))).c_str(), "1962-04-03");
    const auto answer = search({{"text", "müller anna"}});
    EXPECT_EQ(array_of(answer, "hits").size(), 20u);
    EXPECT_TRUE(flag_of(answer, "too_many"));
    EXPECT_EQ(text_of(answer, "scope"), "register");
}

struct Blocked : Register {
    void SetUp() override {
        auto one = person("Geheim", "Gerda", "1971-07-07", test_dwelling("00101", "Lindenweg", 5));
        one["blocks"] =
            json::array{json::object{{"paragraph", "51"}, {"law", "BMG § 51"}, {"text", "Auskunftssperre"}}};
        id = world.import_person(std::move(one));
    }
    std::string id;
};

TEST_F(Blocked, IsAFactWithoutAddressForTheClerk) {
    const auto answer = search({{"text", "geheim gerda"}});
    const auto text = json::serialize(answer);
    ASSERT_EQ(array_of(answer, "hits").size(), 1u);
    EXPECT_EQ(text_of(array_of(answer, "hits")[0].as_object(), "name"), "Auskunftssperre – nur Leitung");
    for (const auto* never : {"Lindenweg", "Gerda", "1971"}) EXPECT_EQ(text.find(never), std::string::npos);
    EXPECT_EQ(world.ask("person.get", {{"person_id", id}}).error().code, "residence.person_blocked");
}

TEST_F(Blocked, AnAddressNeitherFindsNorExcludes) {
    EXPECT_EQ(names({{"text", "lindenweg 5"}}), "");
    EXPECT_EQ(names({{"name", "Geheim"}, {"street", "Lindenweg"}, {"house_no", 5}}), "");
    const auto right = json::serialize(search({{"text", "geheim gerda lindenweg 5"}}));
    const auto wrong = json::serialize(search({{"text", "geheim gerda marktplatz 7"}}));
    EXPECT_EQ(right, wrong);
    EXPECT_NE(right.find("nur Leitung"), std::string::npos);
}

TEST_F(Blocked, AnAddressBesideAYearNeitherFindsNorExcludes) {
    const auto right = json::serialize(search({{"text", "geheim 1971 lindenweg 5"}}));
    EXPECT_EQ(right, json::serialize(search({{"text", "geheim 1971 marktplatz 7"}})));
    EXPECT_NE(right.find("nur Leitung"), std::string::npos);
    const auto answer = world.ask("person.search", {{"text", "geheim gerda marktplatz 7"}}, world.lead);
    ASSERT_TRUE(answer);
    EXPECT_TRUE(array_of(*answer, "hits").empty());
}

TEST_F(Blocked, ASoundAtAHouseNeitherFindsNorExcludes) {
    EXPECT_EQ(names({{"text", "gehaim gerda lindenweg 5"}}), "");
    EXPECT_EQ(names({{"text", "gehaim gerda marktplatz 7"}}), "");
}

TEST_F(Blocked, TheLeadSeesAll) {
    const auto answer = world.ask("person.search", {{"text", "lindenweg 5"}}, world.lead);
    ASSERT_TRUE(answer);
    EXPECT_NE(json::serialize(*answer).find("Geheim, Gerda"), std::string::npos);
    EXPECT_TRUE(world.ask("person.get", {{"person_id", id}}, world.lead));
}

TEST_F(Blocked, NobodyReadsWithoutAReason) {
    for (const auto* reason : {"", " ", "\t\n"})
        EXPECT_EQ(world.ask("person.get", {{"person_id", id}}, world.lead, reason).error().code,
                  "residence.reason_needed");
    EXPECT_TRUE(world.ask("person.get", {{"person_id", id}}, world.lead, "Z-000001"));
    EXPECT_EQ(world.value("SELECT reason FROM journal WHERE name = 'person.get' ORDER BY seq DESC"),
              "Z-000001");
    // The permission is asked first: who lacks it learns nothing from a reason.
    EXPECT_EQ(world.ask("person.get", {{"person_id", id}}, world.clerk, "Z-000001").error().code,
              "residence.person_blocked");
    const auto other =
        world.import_person(person("Offen", "Olga", "1971-02-03", test_dwelling("00101", "Lindenweg", 7)));
    EXPECT_TRUE(world.ask("person.get", {{"person_id", other}}, world.clerk, ""));
}

TEST_F(Blocked, ARelativeStaysAtHomeWhenAPersonTravels) {
    auto one = person("Offen", "Olga", "1971-02-03", test_dwelling("00101", "Lindenweg", 7));
    one["relations"] = json::array{
        json::object{
            {"kind", "child"}, {"other_id", id}, {"family_name", "Geheim"}, {"given_names", "Gerda"}},
        json::object{{"kind", "parent"}, {"family_name", "Offen"}, {"given_names", "Otto"}}};
    const auto olga = world.import_person(std::move(one));
    std::vector<std::pair<std::string, Row>> rows;
    const auto tx = world.store().begin_read();
    test_registry().extractors().at("person")(*tx, olga, rows);
    std::string names;
    for (const auto& [table, row] : rows)
        if (table == "relation") names += row.text("given_names");
    EXPECT_EQ(names, "Otto");
    // Who may see them all, sees them at the hub.
    EXPECT_EQ(array_of(*world.ask("person.get", {{"person_id", olga}}, world.lead), "relations").size(), 2u);
}

TEST_F(Blocked, AWitnessUnderProtectionIsHiddenAsARelativeToo) {
    auto one = person("Zeuge", "Zacharias", "1969-02-03", test_dwelling("00101", "Lindenweg", 9));
    one["blocks"] = json::array{json::object{{"paragraph", "53"}, {"text", "x"}}};
    const auto witness = world.import_person(std::move(one));
    auto other = person("Offen", "Olga", "1971-02-03", test_dwelling("00101", "Lindenweg", 7));
    other["relations"] = json::array{json::object{
        {"kind", "spouse"}, {"other_id", witness}, {"family_name", "Zeuge"}, {"given_names", "Zacharias"}}};
    const auto olga = world.import_person(std::move(other));
    const auto page = world.ask("person.get", {{"person_id", olga}});
    ASSERT_TRUE(page);
    EXPECT_EQ(json::serialize(*page).find("Zacharias"), std::string::npos);
}

TEST_F(Blocked, WhatWasCorrectedOnAKofferIsNotRefusedAfterwards) {
    auto request = world.request("person.correct",
                                 {{"person_id", id},
                                  {"field", "birth_place"},
                                  {"old_value", ""},
                                  {"new_value", "Musterstedt"},
                                  {"mode", "correction"},
                                  {"source", "Geburtsurkunde"}},
                                 world.clerk);
    EXPECT_EQ(world.run(request).problem.code, "residence.person_blocked");
    request.id = world.next_id();
    request.replayed = true;
    EXPECT_EQ(world.run(request).outcome, Outcome::done);
}

TEST(SearchAtNode, SearchesTheToursPersonsWithoutAnIndex) {
    TestWorld hub, node(Side::node);
    const auto id =
        hub.import_person(person("Öztürk", "Ayşe", "1948-12-24", test_dwelling("00101", "Lindenweg", 5)));
    std::vector<std::pair<std::string, Row>> rows;
    {
        auto tx = hub.store().begin_read();
        test_registry().extractors().at("person")(*tx, id, rows);
    }
    {
        auto tx = node.store().begin_write();
        for (const auto& [table, row] : rows) write_row_verbatim(*tx, table, row_from_json(row_to_json(row)));
        tx->commit();
    }
    const auto answer = node.ask("person.search", {{"text", "oeztuerk ayse"}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(text_of(*answer, "scope"), "tour");
    ASSERT_EQ(array_of(*answer, "hits").size(), 1u);
    EXPECT_EQ(text_of(array_of(*answer, "hits")[0].as_object(), "address"), "Lindenweg 5, 99101 Testhausen");
}

TEST_F(Register, PersonPageSaysEverythingInWords) {
    auto one = person("Müller", "Anna", "1962-04-03", test_dwelling("00101", "Lindenweg", 5));
    one["nationalities"] = json::array{"000"};
    one["documents"] =
        json::array{json::object{{"doc_type", "PA"}, {"serial", "L01X00T47"}, {"valid_until", "2025-01-01"}}};
    const auto id = world.import_person(std::move(one));
    const auto page = world.ask("person.get", {{"person_id", id}});
    ASSERT_TRUE(page);
    EXPECT_EQ(text_of(object_of(*page, "person"), "full_name"), "Anna Müller");
    EXPECT_EQ(integer_of(object_of(*page, "person"), "age"), 64);
    EXPECT_EQ(array_of(object_of(*page, "person"), "nationalities_text")[0].as_string(), "deutsch");
    EXPECT_EQ(text_of(array_of(*page, "dwellings")[0].as_object(), "status_text"), "alleinige Wohnung");
    EXPECT_TRUE(flag_of(array_of(*page, "documents")[0].as_object(), "expired"));
}

}  // namespace
}  // namespace wa

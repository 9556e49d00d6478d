#include "base/search_form.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/source_file_test.hpp"
#include "base/utf8.hpp"

namespace wa {
namespace {

using Texts = std::vector<std::string>;

TEST(SearchForm, ExpandsAndStrips) {
    struct Example {
        std::string_view text, search, stripped;
    };
    const Example examples[] = {
        {"Müller", "MUELLER", "MULLER"},
        {"Mu\u0308ller", "MUELLER", "MULLER"},  // not normalized
        {"Strauß", "STRAUSS", "STRAUSS"},
        {"Ångström", "AANGSTROEM", "ANGSTROM"},
        {"Øster", "OESTER", "OSTER"},
        {"Ærø Œuvre", "AEROEOEUVRE", "AEROOEUVRE"},
        {"Łukasz Đorđe Ðað", "LUKASZDORDEDAD", "LUKASZDORDEDAD"},
        {"Þór", "THOR", "THOR"},
        {"İı Ĳĳ", "IIIJIJ", "IIIJIJ"},
        {"Ñŋ Ə Ʒ", "NNEZ", "NNEZ"},
        {"M\u0302 \u1E96 K\u035Fh C\u0328\u0306", "MHKHC", "MHKHC"},
        {"\u1EA0\u0308", "AE", "A"},
        {"d’Arc O'Neil-Smith", "DARCONEILSMITH", "DARCONEILSMITH"},
        {"Haus 12/3", "HAUS12/3", "HAUS12/3"},
        {"Иван", "ИВАН", "ИВАН"},
        {"x\u0302\u200B\t", "X", "X"},
        {"a\xFFz", "AZ", "AZ"},
        {"", "", ""},
    };
    for (const auto& example : examples) {
        EXPECT_EQ(search_form(example.text), example.search) << example.text;
        EXPECT_EQ(stripped_form(example.text), example.stripped) << example.text;
    }
}

/// Every line of the standard's mapping list.
TEST(SearchForm, WholeListOfTheStandard) {
    std::ifstream file(source_file("src/base/din91379/latin_list_search_form_1.3.txt"));
    const auto text_of_codes = [](std::string_view codes) {
        std::string text;
        for (std::size_t at = 0; at < codes.size(); at += 5)
            utf8::append(text, char32_t(std::stoul(std::string(codes.substr(at)), nullptr, 16)));
        return text;
    };
    std::string line;
    int count = 0;
    while (std::getline(file, line)) {
        std::vector<std::string> columns;
        for (std::size_t begin = 0; begin < line.size();) {
            const auto end = std::min(line.find("; ", begin), line.size());
            columns.push_back(line.substr(begin, end - begin));
            begin = end + 2;
        }
        ASSERT_GE(columns.size(), 9u);
        const auto text = text_of_codes(columns[2]);
        EXPECT_EQ(search_form(text), columns[6]) << line;
        EXPECT_EQ(stripped_form(text).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), std::string::npos)
            << line;
        ++count;
    }
    EXPECT_EQ(count, 649);
}

TEST(SearchForm, Tokens) {
    EXPECT_EQ(search_tokens("Müller-Lüdenscheidt"),
              (Texts{"MUELLER", "MULLER", "LUEDENSCHEIDT", "LUDENSCHEIDT", "MUELLERLUEDENSCHEIDT",
                     "MULLERLUDENSCHEIDT"}));
    EXPECT_EQ(search_tokens("von der Tann"), (Texts{"VON", "DER", "TANN", "VONDERTANN"}));
    EXPECT_EQ(search_tokens("Anna"), Texts{"ANNA"});
    EXPECT_EQ(search_tokens("Anna-Anna"), (Texts{"ANNA", "ANNAANNA"}));
    EXPECT_EQ(search_tokens(" - "), Texts{});
}

TEST(SearchForm, ColognePhonetics) {
    const std::pair<std::string_view, std::string_view> examples[] = {{"Müller-Lüdenscheidt", "65752682"},
                                                                      {"Wikipedia", "3412"},
                                                                      {"Breschnew", "17863"},
                                                                      {"Meier", "67"},
                                                                      {"Meyer", "67"},
                                                                      {"Mayr", "67"},
                                                                      {"Maier", "67"},
                                                                      {"Schmidt", "862"},
                                                                      {"Schmitt", "862"},
                                                                      {"Philipp", "351"},
                                                                      {"Xaver", "4837"},
                                                                      {"Max", "648"},
                                                                      {"Anna", "06"},
                                                                      {"Otto", "02"},
                                                                      {"Christa", "4782"},
                                                                      {"Cäsar", "487"},
                                                                      {"Celina", "856"},
                                                                      {"Fritz", "378"},
                                                                      {"Franz", "3768"},
                                                                      {"Jakob", "041"},
                                                                      {"Hans", "068"},
                                                                      {"Heinz", "068"},
                                                                      {"Strauß", "8278"},
                                                                      {"Müller", "657"},
                                                                      {"Mueller", "657"},
                                                                      {"Muller", "657"},
                                                                      {"", ""},
                                                                      {"123", ""},
                                                                      {"h", ""}};
    for (const auto& [name, code] : examples) EXPECT_EQ(cologne_phonetics(name), code) << name;
}

TEST(SearchForm, EditDistance) {
    EXPECT_EQ(edit_distance("MEIER", "MEIER", 2), 0u);
    EXPECT_EQ(edit_distance("MEIER", "MAIER", 2), 1u);
    EXPECT_EQ(edit_distance("MEIER", "MEYR", 2), 2u);
    EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3u);
    EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3u);
    EXPECT_EQ(edit_distance("A", "ABCDEFGH", 2), 3u);
    EXPECT_EQ(edit_distance("", "", 0), 0u);
    EXPECT_EQ(edit_distance("", "AB", 2), 2u);
    EXPECT_EQ(edit_distance("AB", "AC", 0), 1u);
    EXPECT_EQ(edit_distance("ИВАН", "ИВАНА", 2), 1u);
}

TEST(SearchForm, SortKeysGiveTheOrderOfNameLists) {
    const Texts names = {"Abel",       "Ådal",       "Göbel",  "Goethe",    "Gold", "Goz",        "Meier",
                         "Meier Anna", "Meier-Berg", "Meiers", "Östermann", "Öz",   "Østergaard", "Ozean"};
    for (std::size_t i = 0; i + 1 < names.size(); ++i)
        EXPECT_LT(sort_key(names[i]), sort_key(names[i + 1])) << names[i] << " before " << names[i + 1];
    EXPECT_EQ(sort_key("Müller"), sort_key("Mueller"));
    EXPECT_EQ(sort_key(" van - der  Berg "), "VAN DER BERG");
    EXPECT_EQ(sort_key("O'Neil"), "ONEIL");
}

}  // namespace
}  // namespace wa

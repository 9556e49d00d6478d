#include "base/text.hpp"
#include "base/source_file_test.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/utf8.hpp"

namespace wa {
namespace {

using Kind = TextFault::Kind;

struct Refused {
    std::string_view text;
    DinType type;
    Kind kind;
    std::size_t position;
    char32_t code_point;
};

TEST(Text, NamesThatAreAccepted) {
    for (const auto* name : {"", "Müller-Lüdenscheidt", "O'Neil", "d’Arc", "Łukasz Őri", "M\u0302", "\u1E96",
                             "H\u0331", "C\u0328\u0306", "K\u035Fh", "\u1EA4n", "Şimşek", "Ðorđe", "\u0149",
                             "Strauß", "ẞ", "Þór", "Dr. h. c."})
        EXPECT_FALSE(check_text(name, DinType::A)) << name;
}

TEST(Text, RefusedTextsSayWhatAndWhere) {
    const Refused examples[] = {
        {"Anna2", DinType::A, Kind::not_allowed, 4, U'2'},
        {"M\u0302x!", DinType::A, Kind::not_allowed, 2, U'!'},
        {"a/b", DinType::A, Kind::not_allowed, 1, U'/'},
        {"a½", DinType::B, Kind::not_allowed, 1, U'\u00BD'},
        {"Иван", DinType::C, Kind::not_allowed, 0, U'\u0418'},
        {"Ωmega", DinType::C, Kind::not_allowed, 0, U'\u03A9'},
        {"a–b", DinType::C, Kind::not_allowed, 1, U'\u2013'},
        {"x😀", DinType::C, Kind::not_allowed, 1, U'\U0001F600'},
        {"x\u0302", DinType::A, Kind::not_allowed, 1, U'\u0302'},        // no such sequence
        {"M\u0302\u0302", DinType::A, Kind::not_allowed, 1, U'\u0302'},  // one mark too many
        {"\u0302", DinType::A, Kind::not_allowed, 0, U'\u0302'},
        {"a\u00A0b", DinType::A, Kind::invisible, 1, U'\u00A0'},
        {"a\u00A0b", DinType::B, Kind::invisible, 1, U'\u00A0'},
        {"a\u200Bb", DinType::C, Kind::invisible, 1, U'\u200B'},
        {"a\u202Eb", DinType::C, Kind::invisible, 1, U'\u202E'},
        {"a\u00ADb", DinType::C, Kind::invisible, 1, U'\u00AD'},
        {"a\uFEFF", DinType::C, Kind::invisible, 1, U'\uFEFF'},
        {"a\u2066", DinType::C, Kind::invisible, 1, U'\u2066'},
        {"a\tb", DinType::A, Kind::invisible, 1, U'\t'},
        {"a\nb", DinType::B, Kind::invisible, 1, U'\n'},
        {"Mu\u0308ller", DinType::A, Kind::not_nfc, 1, U'u'},
        {"\u212Bngstr", DinType::A, Kind::not_nfc, 0, U'\u212B'},
        {"C\u0306\u0328", DinType::A, Kind::not_nfc, 0, U'C'},  // marks in the wrong order
        {"k\u035Fh\u0302", DinType::A, Kind::not_nfc, 0,
         U'k'},  // a mark too many, inside of which "h" would change
        {"ab\xFF", DinType::C, Kind::invalid_utf8, 2, 0},
        {"\xC3", DinType::C, Kind::invalid_utf8, 0, 0},
        {"2\xC0\x80", DinType::A, Kind::invalid_utf8, 1, 0},
        {"\xED\xA0\x80", DinType::C, Kind::invalid_utf8, 0, 0},
    };
    for (const auto& example : examples) {
        const auto fault = check_text(example.text, example.type);
        ASSERT_TRUE(fault) << example.text;
        EXPECT_EQ(int(fault->kind), int(example.kind)) << example.text;
        EXPECT_EQ(fault->position, example.position) << example.text;
        EXPECT_EQ(std::uint32_t(fault->code_point), std::uint32_t(example.code_point)) << example.text;
    }
    EXPECT_EQ(check_text(std::string_view("a\0b", 3), DinType::C)->kind, Kind::invisible);
}

TEST(Text, TypesAreNested) {
    EXPECT_FALSE(check_text("Straße 12 a/b (Nord) & Co. €", DinType::B));
    EXPECT_TRUE(check_text("Straße 12", DinType::A));
    EXPECT_FALSE(check_text("1½ Zimmer\r\n\tund\u00A0mehr", DinType::C));
}

/// Every line of the lists: what the standard allows is accepted, and counts as one.
TEST(Text, WholeListOfTheStandard) {
    std::ifstream file(source_file("src/base/din91379/latin_list_1.3.txt"));
    std::string line;
    int letters = 0;
    int accepted_in_c = 0;
    while (std::getline(file, line)) {
        const auto group = line.substr(0, line.find(';'));
        auto codes = line.substr(line.find(';', line.find(';') + 1) + 1);
        codes.resize(codes.find(';'));
        std::string text;
        for (std::size_t at = 0; at < codes.size(); at += 5)
            utf8::append(text, char32_t(std::stoul(codes.substr(at), nullptr, 16)));
        const bool name = group == "bll" || group == "bnlreq";
        EXPECT_EQ(!check_text(text, DinType::A), name) << line;
        EXPECT_EQ(!check_text(text, DinType::B), name || group == "bnl") << line;
        accepted_in_c += !check_text(text, DinType::C);
        if (group != "dc") {
            EXPECT_EQ(din_length(text), 1u) << line;
        }
        letters += group == "bll";
    }
    EXPECT_EQ(letters, 649);
    EXPECT_EQ(accepted_in_c, 649 + 18 + 60 + 6 + 4);
}

TEST(Text, LengthAndTruncationCountSequencesOnce) {
    EXPECT_EQ(din_length(""), 0u);
    EXPECT_EQ(din_length("Müller"), 6u);
    EXPECT_EQ(din_length("M\u0302u"), 2u);
    EXPECT_EQ(din_length("\u1E96"), 1u);
    EXPECT_EQ(din_length("C\u0328\u0306K\u035Fh"), 2u);
    EXPECT_EQ(din_length("x\u0302"), 2u);
    EXPECT_EQ(din_length("a\xFF"), 2u);
    EXPECT_EQ(truncate("M\u0302u\u00FC", 1), "M\u0302");
    EXPECT_EQ(truncate("aC\u0328\u0306b", 2), "aC\u0328\u0306");
    EXPECT_EQ(truncate("Müller", 2), "Mü");
    EXPECT_EQ(truncate("Müller", 99), "Müller");
    EXPECT_EQ(truncate("Müller", 0), "");
}

TEST(Text, Utf8) {
    EXPECT_TRUE(is_valid_utf8("aü€😀"));
    for (const auto* bad : {"\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                            "\xED\xBF\xBF", "\xE2\x82", "\xF8"})
        EXPECT_FALSE(is_valid_utf8(bad));
}

TEST(Text, NormalizationFormC) {
    EXPECT_EQ(to_nfc("Mu\u0308ller"), "M\u00FCller");
    EXPECT_EQ(to_nfc("M\u0302"), "M\u0302");
    EXPECT_EQ(to_nfc("H\u0331h\u0331"), "H\u0331\u1E96");
    EXPECT_EQ(to_nfc("a\xFFu\u0308"), "a\xFFu\u0308");
    EXPECT_TRUE(is_nfc("Müller M\u0302"));
    EXPECT_FALSE(is_nfc("Mu\u0308ller"));
    EXPECT_FALSE(is_nfc("\xFF"));
}

TEST(Text, CaseMayChangeTheNumberOfCodePoints) {
    EXPECT_EQ(to_upper("\u1E96"), "H\u0331");
    EXPECT_EQ(din_length(to_upper("\u1E96")), 1u);
    EXPECT_EQ(to_upper("straße iı"), "STRASSE II");
    EXPECT_EQ(to_lower("MÜLLER ŁI"), "müller łi");
    EXPECT_EQ(to_lower("H\u0331"), "\u1E96");
    EXPECT_EQ(to_upper("\xFF"), "\xFF");
}

TEST(Text, Spaces) {
    EXPECT_EQ(collapse_spaces("  Anna   Maria "), "Anna Maria");
    EXPECT_EQ(collapse_spaces("   "), "");
    EXPECT_EQ(collapse_spaces("a\u00A0 b"), "a\u00A0 b");
}

TEST(Text, Invisible) {
    for (const auto* text : {"a\u00A0", "\u200B", "\u200E", "\u202E", "\u2069", "\u00AD", "\x07", "\x7F",
                             "\uFE0F", "\u3164", "\U000E0041"})
        EXPECT_TRUE(has_invisible(text));
    EXPECT_FALSE(has_invisible("Müller\tM\u0302\n€"));
}

}  // namespace
}  // namespace wa

#include "base/identifiers.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

TEST(Identifiers, TaxIdsOfTheHandbook) {
    for (const auto* good : {"86095742719", "65929970489", "47036892816", "57549285017", "12345678995"}) {
        EXPECT_TRUE(tax_id_plausible(good, false)) << good;
        std::string wrong = good;
        wrong.back() = char('0' + (wrong.back() - '0' + 1) % 10);
        EXPECT_FALSE(tax_id_plausible(wrong, true)) << wrong;
    }
    EXPECT_FALSE(tax_id_plausible("02476291358", false));
    EXPECT_TRUE(tax_id_plausible("02476291358", true));
}

TEST(Identifiers, TaxIdsThatAreRefusedWhateverTheCheckDigit) {
    for (char digit = '0'; digit <= '9'; ++digit) {
        EXPECT_FALSE(tax_id_plausible(std::string("1111111111") + digit, false));
        EXPECT_FALSE(tax_id_plausible(std::string("1234567890") + digit, false));  // no repetition
        EXPECT_FALSE(tax_id_plausible(std::string("1112345678") + digit, false));  // three in a row
        EXPECT_FALSE(tax_id_plausible(std::string("1122345678") + digit, false));  // two digits repeated
    }
    for (const auto* bad : {"", "8609574271", "860957427199", "8609574271x", "86 095 742 719"})
        EXPECT_FALSE(tax_id_plausible(bad, true)) << bad;
}

TEST(Identifiers, EverySingleDigitErrorIsCaught) {
    const std::string good = "86095742719";
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto text = good;
            text[i] = digit;
            EXPECT_EQ(tax_id_plausible(text, true), text == good) << text;
        }
    }
}

TEST(Identifiers, DocumentSerials) {
    for (const auto* good : {"T22000129", "LZ6311T47", "L01X00T47", "1220001297"})
        EXPECT_TRUE(document_serial_ok("PA", good)) << good;
    for (const auto* bad :
         {"", "LZ6311T4", "LZ6311T475", "AZ6311T47", "CZ6311T47", "LZ6311T4O", "lz6311t47", "1220001290"})
        EXPECT_FALSE(document_serial_ok("PA", bad)) << bad;
    EXPECT_TRUE(document_serial_ok("RP", "C01X00T47"));
    EXPECT_FALSE(document_serial_ok("RP", "L01X00T47"));
    EXPECT_FALSE(document_serial_ok("RP", "C01E00T47"));
    EXPECT_TRUE(document_serial_ok("VPA", "B1234567"));
    EXPECT_FALSE(document_serial_ok("EPA", "12345678"));
    EXPECT_TRUE(document_serial_ok("eAT", "CF0000001"));  // the specimen of handbook 8.2
    for (const auto* bad : {"CF000000", "CF00000010", "cf0000001"})
        EXPECT_FALSE(document_serial_ok("eAT", bad)) << bad;
    EXPECT_TRUE(document_serial_ok("FPASS", "AB1234567"));
    EXPECT_FALSE(document_serial_ok("FPASS", "AB-123"));
    EXPECT_FALSE(document_serial_ok("", ""));
}

TEST(Identifiers, IcaoCheckDigitsOfTheHandbook) {
    EXPECT_EQ(icao_check_digit("T22000129"), 3);
    EXPECT_EQ(icao_check_digit("LZ6311T47"), 5);
    EXPECT_EQ(icao_check_digit("640812"), 5);
    EXPECT_EQ(icao_check_digit("201031"), 5);
    EXPECT_EQ(icao_check_digit("T220001293<<<<<<<<<<<<<<<64081252010315<<<<<<<<<<<"), 4);
    EXPECT_EQ(icao_check_digit(""), 0);
    EXPECT_EQ(icao_check_digit("a"), -1);
    EXPECT_EQ(icao_check_digit("1 2"), -1);
}

TEST(Identifiers, Postcodes) {
    for (const auto* good : {"01067", "21335", "99998"}) EXPECT_TRUE(postcode_ok(good)) << good;
    for (const auto* bad : {"", "2133", "213350", "2133a", "00000", "00999", "D2133"})
        EXPECT_FALSE(postcode_ok(bad)) << bad;
}

TEST(Identifiers, HouseNumbers) {
    struct Example {
        std::string_view text;
        HouseNumber number;
        std::string_view shown;
    };
    const Example examples[] = {
        {"12", {12, "", ""}, "12"},
        {"12a", {12, "a", ""}, "12a"},
        {"12 A", {12, "a", ""}, "12a"},
        {"12a 1/2", {12, "a", "1/2"}, "12a 1/2"},
        {"12 1/2", {12, "", "1/2"}, "12 1/2"},
        {"12/3", {12, "", "/3"}, "12/3"},
        {"12a/3", {12, "a", "/3"}, "12a/3"},
        {" 0012 ", {12, "", ""}, "12"},
        {"9999z", {9999, "z", ""}, "9999z"},
        {"12 a  1/2 ", {12, "a", "1/2"}, "12a 1/2"},
    };
    for (const auto& example : examples) {
        const auto number = parse_house_number(example.text);
        ASSERT_TRUE(number) << example.text;
        EXPECT_EQ(*number, example.number) << example.text;
        EXPECT_EQ(to_text(*number), example.shown);
        EXPECT_EQ(parse_house_number(to_text(*number)), number);
    }
    for (const auto* bad : {"", " ", "0", "a", "12345", "12-14", "12 a-c", "12aa", "12 Hinterhaus",
                            "12 Whg 5", "12ä", "12/", "12 1//2", "12 123456/78", "-12"})
        EXPECT_FALSE(parse_house_number(bad)) << bad;
    EXPECT_LT(*parse_house_number("9b"), *parse_house_number("12a"));
    EXPECT_LT(*parse_house_number("12"), *parse_house_number("12a"));
}

}  // namespace
}  // namespace wa

// Check rules of numbers that people and documents carry. "Plausible" never means "true".
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace wa {

/// Steuer-IdNr (AO § 139b): 11 digits, repetition rule, check digit ISO 7064 mod 11,10. Test numbers (first
/// digit 0) pass only when allowed.
bool tax_id_plausible(std::string_view text, bool allow_test_numbers);

/// Serial number of a document of type PA, RP, eIDK (9 characters; a PA also the old 10 digits), VPA, EPA
/// (letter and 7 digits), eAT (9); any other type: 1 to 20 capital letters and digits. Without check digit.
bool document_serial_ok(std::string_view type, std::string_view serial);

/// Check digit by ICAO Doc 9303-3 § 4.9 (weights 7 3 1) over A–Z, 0–9 and '<'; -1 for another character.
int icao_check_digit(std::string_view text);

/// German postcode: five digits, not below 01000 (so not 00000).
bool postcode_ok(std::string_view text);

/// A house number as registers keep it: "12a 1/2" is 12, "a", "1/2".
struct HouseNumber {
    int number = 0;      ///< 1 to 9999
    std::string letter;  ///< one small letter or empty
    std::string sub;     ///< at most 7 characters; "1/2", or "/3" where people write "12/3"

    friend auto operator<=>(const HouseNumber&, const HouseNumber&) = default;
};

/// "12", "12a", "12 A", "12a 1/2", "12 1/2", "12/3", "12a/3". Empty for ranges ("12-14", "12 a-c": several
/// buildings) and for what belongs into the addition ("Hinterhaus").
std::optional<HouseNumber> parse_house_number(std::string_view text);
/// "12a 1/2"
std::string to_text(const HouseNumber& number);

}  // namespace wa

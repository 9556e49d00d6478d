#include "apps/testland/persons.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "apps/testland/testland.hpp"

namespace wa::testland {

namespace {

/// Check digit of ISO 7064 mod 11,10 over ten digits.
char check_digit(const std::string& ten) {
    int p = 10;
    for (const char digit : ten) {
        int s = (digit - '0' + p) % 10;
        if (s == 0) s = 10;
        p = 2 * s % 11;
    }
    return char('0' + (11 - p) % 10);
}

}  // namespace

std::string test_tax_id(Chance& chance) {
    std::string digits = "123456789";
    for (int i = 8; i > 0; --i) std::swap(digits[std::size_t(i)], digits[std::size_t(chance.below(i + 1))]);
    // Exactly one digit twice: one place takes the value of another.
    const auto from = std::size_t(chance.below(9));
    const auto to = (from + 1 + std::size_t(chance.below(8))) % 9;
    digits[to] = digits[from];
    const auto ten = "0" + digits;
    return ten + check_digit(ten);
}

std::string test_serial(Chance& chance) {
    constexpr std::string_view letters = "CFGHJKLMNPRTVWXYZ0123456789";
    std::string serial = "L";
    for (int i = 0; i < 8; ++i) serial += letters[std::size_t(chance.below(int(letters.size())))];
    return serial;
}

std::string person_id(int municipality, int index) {
    // 1 January 2026, and then by the place in the register: rows are written in the order of their keys.
    constexpr std::int64_t begin = 1767225600000;
    std::array<std::uint8_t, 10> rest{};
    rest[0] = std::uint8_t(0x7E);
    rest[1] = std::uint8_t(municipality);
    for (int i = 0; i < 4; ++i) rest[std::size_t(9 - i)] = std::uint8_t(std::uint32_t(index) >> (8 * i));
    return make_id(begin + index, rest).text();
}

Date birth_day(Chance& chance, int age) {
    return add_days(add_months(reference_day, -12 * age), -chance.below(365));
}

json::object identity_card(Chance& chance, const std::string& authority, int, const Date& born) {
    const bool young = age_on(born, reference_day).value_or(0) < 24;
    const auto issued = add_days(reference_day, -chance.between(30, young ? 2100 : 3600));
    return {{"doc_type", "PA"},
            {"serial", test_serial(chance)},
            {"issuing_authority", authority},
            {"issue_date", to_iso(issued)},
            {"valid_until", to_iso(add_days(add_months(issued, young ? 72 : 120), -1))}};
}

}  // namespace wa::testland

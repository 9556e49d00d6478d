// Money: whole cents of euros, never a fraction.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wa {

/// An amount in euro cents; may be negative. Overflow is a broken invariant.
struct Cents {
    std::int64_t value = 0;

    Cents& operator+=(Cents other);
    Cents& operator-=(Cents other);
    friend Cents operator+(Cents a, Cents b) { return a += b; }
    friend Cents operator-(Cents a, Cents b) { return a -= b; }
    friend Cents operator-(Cents a) { return Cents{} - a; }
    friend Cents operator*(Cents amount, std::int64_t count);
    friend auto operator<=>(const Cents&, const Cents&) = default;
};

/// "13,00 €", "1.234,50 €", "-5,00 €"
std::string to_german(Cents amount);
/// "13", "13,5", "13,00", "1234,50", "1.234,50", with or without " €", "-" before it allowed.
std::optional<Cents> parse_cents(std::string_view text);

}  // namespace wa

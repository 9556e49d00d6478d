#include "base/money.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace wa {
namespace {

/// Euros without or with points at the thousands; -1 when malformed.
std::int64_t read_euros(std::string_view text) {
    constexpr std::size_t longest = 19;  // "999.999.999.999.999": far below 2^63 cents
    if (text.empty() || text.size() > longest) return -1;
    const bool grouped = text.find('.') != std::string_view::npos;
    std::int64_t value = 0;
    int count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (grouped && (text.size() - i) % 4 == 0) {
            if (text[i] != '.' || i == 0) return -1;
            continue;
        }
        if (!is_digit(text[i]) || ++count > 15) return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

}  // namespace

Cents& Cents::operator+=(Cents other) {
    const bool overflow = __builtin_add_overflow(value, other.value, &value);
    WA_ASSERT(!overflow);
    return *this;
}

Cents& Cents::operator-=(Cents other) {
    const bool overflow = __builtin_sub_overflow(value, other.value, &value);
    WA_ASSERT(!overflow);
    return *this;
}

Cents operator*(Cents amount, std::int64_t count) {
    const bool overflow = __builtin_mul_overflow(amount.value, count, &amount.value);
    WA_ASSERT(!overflow);
    return amount;
}

std::string to_german(Cents amount) {
    const bool negative = amount.value < 0;
    const auto cents = negative ? 0 - std::uint64_t(amount.value) : std::uint64_t(amount.value);
    auto euros = fmt::format("{}", cents / 100);
    for (auto at = std::int64_t(euros.size()) - 3; at > 0; at -= 3) euros.insert(std::size_t(at), 1, '.');
    return fmt::format("{}{},{:02} €", negative ? "-" : "", euros, cents % 100);
}

std::optional<Cents> parse_cents(std::string_view text) {
    constexpr std::string_view sign = "€";
    if (text.ends_with(sign)) {
        text.remove_suffix(sign.size());
        if (text.ends_with(' ')) text.remove_suffix(1);
    }
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto comma = text.find(',');
    const auto euros = read_euros(text.substr(0, comma));
    if (euros < 0) return std::nullopt;
    std::int64_t cents = 0;
    if (comma != std::string_view::npos) {
        const auto behind = text.substr(comma + 1);
        if (behind.empty() || behind.size() > 2 || !is_digit(behind[0]) || !is_digit(behind.back()))
            return std::nullopt;
        cents = (behind[0] - '0') * 10 + (behind.size() == 2 ? behind[1] - '0' : 0);
    }
    const auto value = euros * 100 + cents;
    return Cents{negative ? -value : value};
}

}  // namespace wa

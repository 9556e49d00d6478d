#include "base/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"

namespace wa {
namespace {

/// Days since 1970-01-01; after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int64_t days_since_1970(const Date& date) {
    const std::int64_t year = date.year - (date.month <= 2);
    const std::int64_t era = year / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/// The inverse, for days in the years 0 to 9999.
Date date_of(std::int64_t days) {
    days += 719468;
    const std::int64_t era = days / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    const int real_month = int(month < 10 ? month + 3 : month - 9);
    return {int(year_of_era + era * 400) + (real_month <= 2), real_month,
            int(day_of_year - (153 * month + 2) / 5 + 1)};
}

/// Reads `count` decimal digits; -1 when something else stands there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// The inverse: as many digits of a number that has no more.
void put_digits(std::string& text, std::size_t at, std::size_t count, int value) {
    for (; count-- > 0; value /= 10) text[at + count] = char('0' + value % 10);
}

/// "YYYY-MM-DD" of any numbers; false for another form.
bool read_date_form(std::string_view text, int& year, int& month, int& day) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    year = digits(text, 0, 4);
    month = digits(text, 5, 2);
    day = digits(text, 8, 2);
    return year >= 0 && month >= 0 && day >= 0;
}

/// Milliseconds of a fraction ".123…" and its length; false when a point has no digit behind it.
bool read_fraction(std::string_view text, int& ms, std::size_t& size) {
    ms = 0;
    size = 0;
    if (text.empty() || text[0] != '.') return true;
    int weight = 100;
    for (size = 1; size < text.size() && text[size] >= '0' && text[size] <= '9'; ++size, weight /= 10)
        ms += (text[size] - '0') * weight;
    return size > 1;
}

/// "Z" or "+01:00" in minutes.
std::optional<int> read_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const int hours = digits(text, 1, 2);
    const int minutes = digits(text, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

const std::int64_t first_ms = days_since_1970({1, 1, 1}) * ms_per_day;
const std::int64_t last_ms = (days_since_1970({last_year, 12, 31}) + 1) * ms_per_day - 1;

int full_years(const Date& born, const Date& on) {
    const bool birthday_to_come = std::pair(on.month, on.day) < std::pair(born.month, born.day);
    return on.year - born.year - birthday_to_come;
}

}  // namespace

std::string to_rfc3339(Timestamp at) {
    const auto ms = std::clamp(at.ms, first_ms, last_ms);
    const auto of_day = (ms % ms_per_day + ms_per_day) % ms_per_day;
    const auto date = date_of((ms - of_day) / ms_per_day);
    auto text = to_iso(date) + "T00:00:00.000Z";
    put_digits(text, 11, 2, int(of_day / 3'600'000));
    put_digits(text, 14, 2, int(of_day / 60'000 % 60));
    put_digits(text, 17, 2, int(of_day / 1000 % 60));
    put_digits(text, 20, 3, int(of_day % 1000));
    return text;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    int ms = 0;
    std::size_t size = 0;
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
        !read_fraction(text.substr(19), ms, size))
        return std::nullopt;
    const auto offset = read_offset(text.substr(19 + size));
    if (!offset) return std::nullopt;
    const std::int64_t minutes = days_since_1970(*date) * 1440 + hour * 60 + minute - *offset;
    const std::int64_t total = minutes * 60'000 + second * 1000 + ms;
    if (total < first_ms || total > last_ms) return std::nullopt;
    return Timestamp{total};
}

bool is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month) {
    static constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    WA_ASSERT(month >= 1 && month <= 12);
    return lengths[std::size_t(month - 1)] + (month == 2 && is_leap_year(year));
}

bool is_valid(const Date& date) {
    return date.year >= 1 && date.year <= last_year && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

std::optional<Date> parse_date(std::string_view text) {
    Date date;
    if (!read_date_form(text, date.year, date.month, date.day) || !is_valid(date)) return std::nullopt;
    return date;
}

std::string to_iso(const Date& date) {
    std::string text = "0000-00-00";
    put_digits(text, 0, 4, date.year);
    put_digits(text, 5, 2, date.month);
    put_digits(text, 8, 2, date.day);
    return text;
}

std::string to_german(const Date& date) {
    return fmt::format("{}.{}.{}", date.day, date.month, date.year);
}

Date add_days(const Date& date, std::int64_t days) {
    WA_ASSERT(is_valid(date) && days > -4'000'000 && days < 4'000'000);
    const auto sum = days_since_1970(date) + days;
    WA_ASSERT(sum * ms_per_day >= first_ms && sum * ms_per_day <= last_ms);
    return date_of(sum);
}

Date add_months(const Date& date, int months) {
    WA_ASSERT(is_valid(date) && months > -200'000 && months < 200'000);
    const int count = date.year * 12 + date.month - 1 + months;
    Date result{count / 12, count % 12 + 1, 1};
    WA_ASSERT(count > 0 && is_valid(result));
    result.day = std::min(date.day, days_in_month(result.year, result.month));
    return result;
}

Weekday weekday(const Date& date) {
    WA_ASSERT(is_valid(date));
    const auto days = days_since_1970(date) + 3;  // 1970-01-01 was a Thursday
    return Weekday((days % 7 + 7) % 7 + 1);
}

std::int64_t days_between(const Date& from, const Date& to) {
    WA_ASSERT(is_valid(from) && is_valid(to));
    return days_since_1970(to) - days_since_1970(from);
}

bool is_valid(const PartialDate& date) {
    if (date.year == 0) return date.month == 0 && date.day == 0;
    if (date.month == 0) return date.year > 0 && date.year <= last_year && date.day == 0;
    return is_valid(Date{date.year, date.month, date.day == 0 ? 1 : date.day});
}

std::optional<PartialDate> parse_partial_date(std::string_view text) {
    PartialDate date;
    if (!read_date_form(text, date.year, date.month, date.day) || !is_valid(date)) return std::nullopt;
    return date;
}

std::string to_iso(const PartialDate& date) {
    return to_iso(Date{date.year, date.month, date.day});
}

std::string to_german(const PartialDate& date) {
    static constexpr std::array<std::string_view, 12> months = {
        "Januar", "Februar", "März",      "April",   "Mai",      "Juni",
        "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
    if (date.year == 0 || !is_valid(date)) return "unbekannt";
    if (date.month == 0) return fmt::format("{}", date.year);
    if (date.day == 0) return fmt::format("{} {}", months[std::size_t(date.month - 1)], date.year);
    return to_german(Date{date.year, date.month, date.day});
}

std::optional<Date> earliest(const PartialDate& date) {
    if (date.year == 0 || !is_valid(date)) return std::nullopt;
    return Date{date.year, std::max(date.month, 1), std::max(date.day, 1)};
}

std::optional<Date> latest(const PartialDate& date) {
    if (date.year == 0 || !is_valid(date)) return std::nullopt;
    const int month = date.month == 0 ? 12 : date.month;
    return Date{date.year, month, date.day == 0 ? days_in_month(date.year, month) : date.day};
}

std::optional<int> age_on(const PartialDate& born, const Date& on) {
    const auto first = earliest(born);
    if (!first || *first > on) return std::nullopt;
    return std::max(0, full_years(*latest(born), on));
}

std::optional<int> highest_age_on(const PartialDate& born, const Date& on) {
    const auto first = earliest(born);
    if (!first || *first > on) return std::nullopt;
    return full_years(*first, on);
}

}  // namespace wa

// Points in time, days and incomplete days. Nothing here reads a clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wa {

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct Timestamp {
    std::int64_t ms = 0;
    friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

/// RFC 3339 in UTC with milliseconds: "2026-11-05T12:30:00.123Z". What lies
/// outside the years 1 to 9999 is shown as the nearest moment inside.
std::string to_rfc3339(Timestamp at);
/// RFC 3339 with any offset; digits after the millisecond are cut off. No leap second (":60"), years 1 to
/// 9999.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// A day of the Gregorian calendar, year 1 to 9999. May hold nonsense; see is_valid.
struct Date {
    int year = 0;
    int month = 0;
    int day = 0;
    friend auto operator<=>(const Date&, const Date&) = default;
};

/// Monday first, as in ISO 8601.
enum class Weekday { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

bool is_leap_year(int year);
/// 28 to 31; `month` must be 1 to 12.
int days_in_month(int year, int month);
/// A day that exists, in the years 1 to 9999.
bool is_valid(const Date& date);
/// "2026-11-05", exactly 10 characters, a day that exists.
std::optional<Date> parse_date(std::string_view text);
std::string to_iso(const Date& date);
/// "5.11.2026"
std::string to_german(const Date& date);

/// The functions below need valid dates; a result outside the years 1 to 9999 is a broken invariant.
Date add_days(const Date& date, std::int64_t days);
/// The same day of another month; where that month is shorter, its last day (31 Jan + 1 = 28/29 Feb).
Date add_months(const Date& date, int months);
Weekday weekday(const Date& date);
/// Of the calendar: what comes after it is no date.
inline constexpr int last_year = 9999;
/// Of a day without a change of clocks, as UTC has them.
inline constexpr std::int64_t ms_per_day = 86'400'000;
/// Days from `from` to `to`; negative when `to` is earlier.
std::int64_t days_between(const Date& from, const Date& to);

/// A day of which parts may be unknown (0): "1965-00-00", "1965-04-00", wholly unknown "0000-00-00".
/// A day without a month or a month without a year does not exist.
struct PartialDate {
    int year = 0;
    int month = 0;
    int day = 0;

    PartialDate() = default;
    PartialDate(int y, int m, int d) : year(y), month(m), day(d) {}
    PartialDate(const Date& date) : year(date.year), month(date.month), day(date.day) {}
    bool is_complete() const { return day != 0; }
    bool is_unknown() const { return year == 0; }
    friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

bool is_valid(const PartialDate& date);
std::optional<PartialDate> parse_partial_date(std::string_view text);
std::string to_iso(const PartialDate& date);
/// "3.4.1962", "April 1962", "1962" or "unbekannt".
std::string to_german(const PartialDate& date);
/// The first and the last day it can mean; empty when wholly unknown.
std::optional<Date> earliest(const PartialDate& date);
std::optional<Date> latest(const PartialDate& date);

/// Completed years of life on a day (BGB § 187 Abs. 2 Satz 2, § 188 Abs. 2: complete at the start of the
/// birthday; born on 29 February: in other years on 1 March). With unknown parts the lowest age that is
/// possible. Empty when the year is unknown or the birth is later than `on`.
std::optional<int> age_on(const PartialDate& born, const Date& on);
/// The highest age that is possible; equals age_on for a complete date.
std::optional<int> highest_age_on(const PartialDate& born, const Date& on);

// Local time is that of Europe/Berlin by the rule of the European Union (Directive 2000/84/EC: summer time
// from the last Sunday of March to the last Sunday of October, 01:00 UTC). Right from 1996 on; for earlier
// years the same rule is applied although it was not in force. Moments outside the years 1 to 9999 count as
// the nearest moment inside.

/// Minutes that Berlin is ahead of UTC: 60 or 120.
int local_offset_minutes(Timestamp at);
Date local_date(Timestamp at);
/// "13:05"
std::string local_time(Timestamp at);
/// "5.11.2026, 13:05 Uhr"
std::string to_german(Timestamp at);
/// When a local day begins (00:00 in Berlin).
Timestamp start_of_local_day(const Date& date);

}  // namespace wa

#include <fmt/format.h>

#include <algorithm>

#include "base/time.hpp"

namespace wa {
namespace {

constexpr Date epoch{1970, 1, 1};
constexpr std::int64_t ms_per_minute = 60'000;

std::int64_t utc_midnight(const Date& date) {
    return days_between(epoch, date) * ms_per_day;
}

/// The last Sunday of a month, 01:00 UTC.
std::int64_t change_of_clocks(int year, int month) {
    const Date last{year, month, days_in_month(year, month)};
    const int since_sunday = int(weekday(last)) % 7;
    return utc_midnight(last) - since_sunday * ms_per_day + 60 * ms_per_minute;
}

/// Inside the years 1 to 9999, also after the offset was added.
std::int64_t clamped(Timestamp at) {
    static const std::int64_t first = utc_midnight({1, 1, 1});
    static const std::int64_t last = utc_midnight({9999, 12, 31}) + ms_per_day - 120 * ms_per_minute - 1;
    return std::clamp(at.ms, first, last);
}

/// Days since 1970, rounded down.
std::int64_t whole_days(std::int64_t ms) {
    return ms >= 0 ? ms / ms_per_day : -((-ms - 1) / ms_per_day) - 1;
}

std::int64_t local_ms(Timestamp at) {
    return clamped(at) + local_offset_minutes(at) * ms_per_minute;
}

}  // namespace

int local_offset_minutes(Timestamp at) {
    const auto ms = clamped(at);
    const int year = add_days(epoch, whole_days(ms)).year;
    return ms >= change_of_clocks(year, 3) && ms < change_of_clocks(year, 10) ? 120 : 60;
}

Date local_date(Timestamp at) {
    return add_days(epoch, whole_days(local_ms(at)));
}

std::string local_time(Timestamp at) {
    const auto ms = local_ms(at);
    const auto minute = (ms - whole_days(ms) * ms_per_day) / ms_per_minute;
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string to_german(Timestamp at) {
    return fmt::format("{}, {} Uhr", to_german(local_date(at)), local_time(at));
}

Timestamp start_of_local_day(const Date& date) {
    // The clocks change at 01:00 UTC, so the offset of the evening before is that of midnight.
    const auto midnight = utc_midnight(date);
    return {midnight - local_offset_minutes({midnight - 120 * ms_per_minute}) * ms_per_minute};
}

}  // namespace wa

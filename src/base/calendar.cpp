#include "base/calendar.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace wa {
namespace {

constexpr int first_gregorian_year = 1583;

/// "MM-DD" in a year; empty when malformed, and for 29 February in other years.
std::optional<Date> day_in_year(int year, std::string_view month_day) {
    return parse_date(to_iso(Date{year, 1, 1}).substr(0, 5) + std::string(month_day));
}

/// The day that a rule names in a year; empty when the rule cannot be read.
std::optional<Date> day_of_rule(const json::object& rule, int year) {
    if (rule.size() != 1) return std::nullopt;
    if (rule.contains("fixed")) return day_in_year(year, text_of(rule, "fixed"));
    if (const auto* easter = rule.if_contains("easter")) {
        if (!easter->is_int64() || easter->get_int64() < -80 || easter->get_int64() > 200)
            return std::nullopt;
        return add_days(easter_sunday(year), easter->get_int64());
    }
    const auto& before = object_of(rule, "before_weekday");
    const auto wanted = integer_of(before, "weekday");
    const auto limit = day_in_year(year, text_of(before, "before"));
    if (!limit || wanted < 1 || wanted > 7) return std::nullopt;
    const auto back = (int(weekday(*limit)) - wanted + 6) % 7 + 1;  // 1 to 7: strictly before
    return add_days(*limit, -back);
}

/// A limit of validity: empty text means none. False when it is no date.
bool read_limit(const json::object& entry, std::string_view key, std::optional<Date>& limit) {
    const auto text = text_of(entry, key);
    if (text.empty()) return true;
    limit = parse_date(text);
    return limit.has_value();
}

enum class Applies { yes, no, unreadable };

Applies applies_in(const json::object& entry, std::string_view land) {
    const auto* where = entry.if_contains("laender");
    if (where && where->is_string()) return where->get_string() == "all" ? Applies::yes : Applies::unreadable;
    if (!where || !where->is_array()) return Applies::unreadable;
    bool found = false;
    for (const auto& one : where->get_array()) {
        if (!one.is_string()) return Applies::unreadable;
        found = found || std::string_view(one.get_string().data(), one.get_string().size()) == land;
    }
    return found ? Applies::yes : Applies::no;
}

}  // namespace

HolidayCalendar::HolidayCalendar(std::vector<Date> dates) : dates_(std::move(dates)) {
    std::sort(dates_.begin(), dates_.end());
    dates_.erase(std::unique(dates_.begin(), dates_.end()), dates_.end());
}

bool HolidayCalendar::is_holiday(const Date& date) const {
    return std::binary_search(dates_.begin(), dates_.end(), date);
}

bool HolidayCalendar::is_working_day(const Date& date, bool saturday_counts) const {
    const auto day = weekday(date);
    if (day == Weekday::sunday || (day == Weekday::saturday && !saturday_counts)) return false;
    return !is_holiday(date);
}

Date HolidayCalendar::next_working_day(const Date& date) const {
    auto day = date;
    while (!is_working_day(day)) day = add_days(day, 1);
    return day;
}

Date deadline_days(const Date& event, int days, const HolidayCalendar& calendar) {
    WA_ASSERT(days >= 0);
    return calendar.next_working_day(add_days(event, days));
}

Date deadline_weeks(const Date& event, int weeks, const HolidayCalendar& calendar) {
    WA_ASSERT(weeks >= 0);
    return calendar.next_working_day(add_days(event, std::int64_t(weeks) * 7));
}

Date deadline_months(const Date& event, int months, const HolidayCalendar& calendar) {
    WA_ASSERT(months >= 0);
    return calendar.next_working_day(add_months(event, months));
}

Date deadline_working_days(const Date& event, int days, const HolidayCalendar& calendar,
                           bool saturday_counts) {
    WA_ASSERT(days >= 0);
    auto day = event;
    for (int counted = 0; counted < days;) {
        day = add_days(day, 1);
        counted += calendar.is_working_day(day, saturday_counts);
    }
    return calendar.next_working_day(day);
}

Date easter_sunday(int year) {
    WA_ASSERT(year >= first_gregorian_year && year <= last_year);
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, n / 31, n % 31 + 1};
}

std::optional<std::vector<Holiday>> expand_holidays(const json::array& rules, std::string_view land, int year,
                                                    bool with_regional) {
    if (year < first_gregorian_year || year > last_year) return std::nullopt;
    std::vector<Holiday> found;
    for (const auto& value : rules) {
        const auto* entry = value.if_object();
        if (!entry) return std::nullopt;
        const auto applies = applies_in(*entry, land);
        const auto day = day_of_rule(object_of(*entry, "rule"), year);
        std::optional<Date> from, until;
        if (applies == Applies::unreadable || !day || !read_limit(*entry, "from", from) ||
            !read_limit(*entry, "until", until))
            return std::nullopt;
        if (applies == Applies::no || (from && *day < *from) || (until && *day > *until)) continue;
        if (flag_of(*entry, "regional") && !with_regional) continue;
        found.push_back({*day, text_of(*entry, "name")});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
    return found;
}

std::optional<HolidayCalendar> holiday_calendar(const json::array& rules, std::string_view land,
                                                int first_year, int last, bool with_regional) {
    std::vector<Date> dates;
    for (int year = first_year; year <= last; ++year) {
        const auto holidays = expand_holidays(rules, land, year, with_regional);
        if (!holidays) return std::nullopt;
        for (const auto& holiday : *holidays) dates.push_back(holiday.date);
    }
    return HolidayCalendar(std::move(dates));
}

}  // namespace wa

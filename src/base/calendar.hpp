// The arithmetic of deadlines (VwVfG § 31, BGB §§ 187 ff.) and of public holidays. Holidays are data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"

namespace wa {

struct Holiday {
    Date date;
    std::string name;
};

/// The public holidays of one place, for as many years as were put in.
class HolidayCalendar {
  public:
    HolidayCalendar() = default;
    explicit HolidayCalendar(std::vector<Date> dates);

    bool is_holiday(const Date& date) const;
    /// Neither Sunday nor holiday, and no Saturday unless it counts.
    bool is_working_day(const Date& date, bool saturday_counts = false) const;
    /// The day itself when it is a working day (Monday to Friday), otherwise the next one
    /// (VwVfG § 31 Abs. 3 Satz 1, BGB § 193).
    Date next_working_day(const Date& date) const;

  private:
    std::vector<Date> dates_;  // sorted, each once
};

/// The last day of a deadline of so many days, weeks or months after an event. The day of the event is not
/// counted; an end on Saturday, Sunday or a holiday moves to the next working day. Counts are ≥ 0.
Date deadline_days(const Date& event, int days, const HolidayCalendar& calendar);
Date deadline_weeks(const Date& event, int weeks, const HolidayCalendar& calendar);
/// Where the last month has no such day, its last day (BGB § 188 Abs. 3).
Date deadline_months(const Date& event, int months, const HolidayCalendar& calendar);
/// Only working days are counted. With `saturday_counts`, Saturdays are counted on the way, but a deadline
/// that would end on one still moves to the next working day.
Date deadline_working_days(const Date& event, int days, const HolidayCalendar& calendar,
                           bool saturday_counts);

/// Easter Sunday of the Gregorian calendar (Butcher), for the years 1583 to 9999.
Date easter_sunday(int year);

/// The holidays of one Land in one year from the table of rules (kernel/reference/holidays.json, its form is
/// described there under "format"), in the order of the days. `land` is the ISO 3166-2 code without "DE-".
/// Rules marked "regional" hold only in some municipalities of a Land and are left out unless asked for.
/// Empty when a rule cannot be read: a deadline must not be computed from half a table.
std::optional<std::vector<Holiday>> expand_holidays(const json::array& rules, std::string_view land, int year,
                                                    bool with_regional = false);

/// The calendar of a Land for a span of years (both included).
std::optional<HolidayCalendar> holiday_calendar(const json::array& rules, std::string_view land,
                                                int first_year, int last_year, bool with_regional = false);

}  // namespace wa

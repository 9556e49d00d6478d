#include "base/calendar.hpp"
#include "base/source_file_test.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace wa {
namespace {

const json::array& rules() {
    static const auto table = [] {
        std::ifstream file(source_file("src/kernel/reference/holidays.json"));
        std::stringstream text;
        text << file.rdbuf();
        return parse_json(text.str()).value_or(json::object{});
    }();
    return array_of(table.as_object(), "holidays");
}

HolidayCalendar calendar(std::string_view land) {
    const auto result = holiday_calendar(rules(), land, 2015, 2030);
    EXPECT_TRUE(result) << land;
    return result.value_or(HolidayCalendar());
}

std::string iso_holidays(std::string_view land, int year, bool with_regional = false) {
    std::string out;
    const auto holidays = expand_holidays(rules(), land, year, with_regional);
    EXPECT_TRUE(holidays);
    for (const auto& holiday : holidays.value_or(std::vector<Holiday>()))
        out += to_iso(holiday.date).substr(5) + " ";
    return out;
}

TEST(Calendar, EasterSundays) {
    const Date known[] = {{1818, 3, 22}, {1943, 4, 25}, {1961, 4, 2},  {2000, 4, 23},
                          {2008, 3, 23}, {2011, 4, 24}, {2024, 3, 31}, {2025, 4, 20},
                          {2026, 4, 5},  {2027, 3, 28}, {2038, 4, 25}, {2285, 3, 22}};
    for (const auto& day : known) EXPECT_EQ(to_iso(easter_sunday(day.year)), to_iso(day));
}

TEST(Calendar, DeadlinesOfTheHandbook) {
    struct Example {
        Date moved_in, last_day;
    };
    const Example examples[] = {
        {{2026, 2, 3}, {2026, 2, 17}}, {{2026, 4, 10}, {2026, 4, 24}}, {{2025, 12, 11}, {2025, 12, 29}}};
    for (const auto* land : {"NI", "NW", "BY", "SN"}) {
        for (const auto& example : examples)
            EXPECT_EQ(to_iso(deadline_weeks(example.moved_in, 2, calendar(land))), to_iso(example.last_day));
    }
}

TEST(Calendar, DeadlineThatWouldEndOnGoodFriday) {
    // 3 April 2026 is Good Friday: the deadline ends on the Tuesday after Easter.
    EXPECT_EQ(to_iso(deadline_weeks({2026, 3, 20}, 2, calendar("NI"))), "2026-04-07");
    // Moved in on Good Friday itself: two weeks later is an ordinary Friday.
    EXPECT_EQ(to_iso(deadline_weeks({2026, 4, 3}, 2, calendar("NI"))), "2026-04-17");
}

TEST(Calendar, ReformationDayDependsOnTheLand) {
    const Date event{2028, 10, 17};  // two weeks later: Tuesday, 31 October 2028
    EXPECT_EQ(to_iso(deadline_weeks(event, 2, calendar("NI"))), "2028-11-01");
    EXPECT_EQ(to_iso(deadline_weeks(event, 2, calendar("SH"))), "2028-11-01");
    EXPECT_EQ(to_iso(deadline_weeks(event, 2, calendar("NW"))), "2028-10-31");
    // Not yet in 2016 (a Monday); everywhere in 2017.
    EXPECT_FALSE(calendar("NI").is_holiday({2016, 10, 31}));
    EXPECT_TRUE(calendar("NW").is_holiday({2017, 10, 31}));
    EXPECT_TRUE(calendar("SN").is_holiday({2016, 10, 31}));
}

TEST(Calendar, MonthsEndOnTheLastDayOfAShorterMonth) {
    const auto land = calendar("NI");
    EXPECT_EQ(to_iso(deadline_months({2028, 1, 31}, 1, land)), "2028-02-29");
    EXPECT_EQ(to_iso(deadline_months({2026, 1, 31}, 1, land)), "2026-03-02");  // 28 Feb 2026 is a Saturday
    EXPECT_EQ(to_iso(deadline_months({2026, 2, 5}, 1, land)), "2026-03-05");
    EXPECT_EQ(to_iso(deadline_months({2025, 9, 30}, 3, land)), "2025-12-30");
}

TEST(Calendar, WorkingDays) {
    const auto land = calendar("NI");
    EXPECT_EQ(to_iso(deadline_working_days({2026, 4, 2}, 1, land, false)), "2026-04-07");  // over Easter
    EXPECT_EQ(to_iso(deadline_working_days({2026, 2, 5}, 3, land, false)), "2026-02-10");
    EXPECT_EQ(to_iso(deadline_working_days({2026, 2, 5}, 3, land, true)), "2026-02-09");
    EXPECT_EQ(to_iso(deadline_working_days({2026, 2, 5}, 2, land, true)),
              "2026-02-09");  // never ends on Saturday
    EXPECT_EQ(to_iso(deadline_days({2026, 2, 5}, 2, land)), "2026-02-09");
    EXPECT_EQ(to_iso(deadline_days({2026, 2, 5}, 0, land)), "2026-02-05");
}

TEST(Calendar, HolidaysOfTheLaender) {
    EXPECT_EQ(iso_holidays("NI", 2026), "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("NW", 2026), "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("BY", 2026),
              "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("BY", 2026, true),
              "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-08 08-15 10-03 11-01 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("SN", 2026), "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("BE", 2018), "01-01 03-30 04-02 05-01 05-10 05-21 10-03 12-25 12-26 ");
    EXPECT_EQ(iso_holidays("BE", 2025), "01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26 ");
    EXPECT_TRUE(calendar("MV").is_holiday({2023, 3, 8}));
    EXPECT_FALSE(calendar("MV").is_holiday({2022, 3, 8}));
    EXPECT_TRUE(calendar("TH").is_holiday({2019, 9, 20}));
    EXPECT_FALSE(calendar("TH").is_holiday({2018, 9, 20}));
    for (const auto* land :
         {"BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"}) {
        const auto holidays = expand_holidays(rules(), land, 2026);
        ASSERT_TRUE(holidays);
        EXPECT_GE(holidays->size(), 9u) << land;
    }
}

TEST(Calendar, DayOfRepentanceIsTheWednesdayBefore23November) {
    const std::pair<int, int> years[] = {{2015, 18}, {2016, 16}, {2022, 16},
                                         {2023, 22}, {2024, 20}, {2026, 18}};
    for (const auto& [year, day] : years) EXPECT_TRUE(calendar("SN").is_holiday({year, 11, day})) << year;
}

TEST(Calendar, ATableThatCannotBeReadIsNoTable) {
    for (const auto* text :
         {R"([1])", R"([{"name":"x","rule":{"fixed":"13-01"},"laender":"all"}])",
          R"([{"name":"x","rule":{"moon":1},"laender":"all"}])",
          R"([{"name":"x","rule":{"fixed":"05-01"},"laender":"some"}])",
          R"([{"name":"x","rule":{"fixed":"05-01"},"laender":[3]}])",
          R"([{"name":"x","rule":{"fixed":"05-01"},"laender":"all","from":"soon"}])",
          R"([{"name":"x","rule":{"before_weekday":{"before":"11-23","weekday":8}},"laender":"all"}])"})
        EXPECT_FALSE(expand_holidays(parse_json(text)->as_array(), "NI", 2026)) << text;
    EXPECT_FALSE(expand_holidays({}, "NI", 1500));
    EXPECT_TRUE(expand_holidays({}, "NI", 2026));
}

}  // namespace
}  // namespace wa

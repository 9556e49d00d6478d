#include "base/time.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

Timestamp at(std::string_view text) {
    const auto value = parse_timestamp(text);
    EXPECT_TRUE(value) << text;
    return value.value_or(Timestamp{});
}

TEST(Time, Rfc3339BothWays) {
    EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(at("1970-01-01T00:00:00Z").ms, 0);
    EXPECT_EQ(at("2026-11-05T12:30:00.123Z").ms, 1793881800123);
    for (const auto* text :
         {"2026-11-05T12:30:00.123Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z",
          "9999-12-31T23:59:59.999Z", "2000-02-29T00:00:00.001Z"})
        EXPECT_EQ(to_rfc3339(at(text)), text);
    EXPECT_EQ(at("2026-11-05T13:30:00+01:00"), at("2026-11-05T12:30:00Z"));
    EXPECT_EQ(at("2026-11-05t12:30:00.1239999z"), at("2026-11-05T12:30:00.123Z"));
    EXPECT_EQ(to_rfc3339({INT64_MIN}), "0001-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339({INT64_MAX}), "9999-12-31T23:59:59.999Z");
}

TEST(Time, TimestampsThatAreRefused) {
    for (const auto* bad :
         {"", "2026-11-05", "2026-11-05T12:30Z", "2026-11-05T12:30:00", "2026-11-05T24:00:00Z",
          "2026-11-05T12:60:00Z", "2026-11-05T12:30:60Z", "2026-02-29T12:30:00Z", "2026-11-05T12:30:00.Z",
          "2026-11-05T12:30:00+1:00", "2026-11-05T12:30:00+24:00", "2026-11-05 12:30:00Z",
          "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
          "2026-11-05T12:30:00ZZ"})
        EXPECT_FALSE(parse_timestamp(bad)) << bad;
}

TEST(Time, DatesBothWays) {
    EXPECT_EQ(parse_date("2026-11-05"), (Date{2026, 11, 5}));
    EXPECT_EQ(to_iso(Date{962, 4, 3}), "0962-04-03");
    EXPECT_EQ(to_german(Date{1962, 4, 3}), "3.4.1962");
    for (const auto* bad :
         {"", "2026-11-5", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "2025-02-29", "1900-02-29",
          "0000-01-01", "2026/11/05", "2026-11-05 ", "+026-11-05"})
        EXPECT_FALSE(parse_date(bad)) << bad;
    EXPECT_TRUE(parse_date("2000-02-29"));
}

TEST(Time, DaysCountThroughTheWholeCalendar) {
    Date day{1, 1, 1};
    int weekday_number = int(weekday(day));
    EXPECT_EQ(weekday_number, 1);  // proleptic Gregorian: a Monday
    for (int i = 0; i < 800'000; ++i) {
        Date next = day;
        if (++next.day > days_in_month(day.year, day.month)) next = {day.year, day.month + 1, 1};
        if (next.month > 12) next = {day.year + 1, 1, 1};
        weekday_number = weekday_number % 7 + 1;
        ASSERT_EQ(add_days(day, 1), next);
        ASSERT_EQ(add_days(next, -1), day);
        ASSERT_EQ(int(weekday(next)), weekday_number);
        day = next;
    }
    EXPECT_EQ(days_between({1, 1, 1}, day), 800'000);
    EXPECT_EQ(add_days({1, 1, 1}, 800'000), day);
    EXPECT_EQ(weekday({2026, 11, 5}), Weekday::thursday);
    EXPECT_EQ(days_between({2026, 3, 1}, {2026, 2, 1}), -28);
}

TEST(Time, MonthsClampToTheEnd) {
    EXPECT_EQ(to_iso(add_months({2026, 1, 31}, 1)), "2026-02-28");
    EXPECT_EQ(to_iso(add_months({2028, 1, 31}, 1)), "2028-02-29");
    EXPECT_EQ(to_iso(add_months({2026, 3, 31}, -1)), "2026-02-28");
    EXPECT_EQ(to_iso(add_months({2026, 11, 30}, 3)), "2027-02-28");
    EXPECT_EQ(to_iso(add_months({2026, 1, 15}, -13)), "2024-12-15");
    EXPECT_EQ(to_iso(add_months({2024, 2, 29}, 12)), "2025-02-28");
}

TEST(Time, PartialDates) {
    struct Example {
        std::string_view iso, german;
    };
    for (const auto& [iso, german] : {Example{"1962-04-03", "3.4.1962"}, Example{"1962-04-00", "April 1962"},
                                      Example{"1962-00-00", "1962"}, Example{"0000-00-00", "unbekannt"}}) {
        const auto date = parse_partial_date(iso);
        ASSERT_TRUE(date) << iso;
        EXPECT_EQ(to_iso(*date), iso);
        EXPECT_EQ(to_german(*date), german);
    }
    for (const auto* bad : {"1962-00-03", "0000-04-00", "0000-04-03", "0000-00-03", "1962-13-00",
                            "1962-02-30", "1962-02", "1962"})
        EXPECT_FALSE(parse_partial_date(bad)) << bad;
    EXPECT_EQ(latest({1964, 2, 0}), (Date{1964, 2, 29}));
    EXPECT_EQ(earliest({1964, 0, 0}), (Date{1964, 1, 1}));
    EXPECT_FALSE(earliest(PartialDate()));
}

TEST(Time, Ages) {
    EXPECT_EQ(age_on(Date{2008, 11, 6}, {2026, 11, 5}), 17);
    EXPECT_EQ(age_on(Date{2008, 11, 6}, {2026, 11, 6}), 18);
    // Born on 29 February: a year is complete at the end of 28 February (BGB § 188 Abs. 2).
    EXPECT_EQ(age_on(Date{2008, 2, 29}, {2026, 2, 28}), 17);
    EXPECT_EQ(age_on(Date{2008, 2, 29}, {2026, 3, 1}), 18);
    EXPECT_EQ(age_on(Date{2008, 2, 29}, {2028, 2, 29}), 20);
    EXPECT_EQ(age_on(PartialDate(1979, 0, 0), {2026, 11, 5}), 46);
    EXPECT_EQ(highest_age_on(PartialDate(1979, 0, 0), {2026, 11, 5}), 47);
    EXPECT_EQ(age_on(PartialDate(2026, 0, 0), {2026, 5, 1}), 0);
    EXPECT_EQ(age_on(Date{2026, 5, 1}, {2026, 5, 1}), 0);
    EXPECT_FALSE(age_on(Date{2026, 5, 2}, {2026, 5, 1}));
    EXPECT_FALSE(age_on(PartialDate(), {2026, 5, 1}));
}

TEST(Time, BerlinSummerTime) {
    struct Example {
        std::string_view utc, date, time;
    };
    const Example examples[] = {
        {"2026-03-29T00:59:59Z", "2026-03-29", "01:59"}, {"2026-03-29T01:00:00Z", "2026-03-29", "03:00"},
        {"2026-10-25T00:59:59Z", "2026-10-25", "02:59"}, {"2026-10-25T01:00:00Z", "2026-10-25", "02:00"},
        {"2026-11-05T23:30:00Z", "2026-11-06", "00:30"}, {"2026-07-01T22:00:00Z", "2026-07-02", "00:00"},
        {"2026-12-31T22:59:00Z", "2026-12-31", "23:59"}, {"2026-12-31T23:00:00Z", "2027-01-01", "00:00"},
        {"2024-03-31T01:00:00Z", "2024-03-31", "03:00"}, {"1969-12-31T23:30:00Z", "1970-01-01", "00:30"},
    };
    for (const auto& example : examples) {
        EXPECT_EQ(to_iso(local_date(at(example.utc))), example.date) << example.utc;
        EXPECT_EQ(local_time(at(example.utc)), example.time) << example.utc;
    }
    EXPECT_EQ(to_german(at("2026-11-05T12:05:00Z")), "5.11.2026, 13:05 Uhr");
    EXPECT_EQ(to_iso(local_date({INT64_MAX})), "9999-12-31");
    EXPECT_EQ(to_iso(local_date({INT64_MIN})), "0001-01-01");
}

TEST(Time, LocalDaysBeginAtLocalMidnight) {
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 11, 5})), "2026-11-04T23:00:00.000Z");
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 7, 1})), "2026-06-30T22:00:00.000Z");
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 3, 29})), "2026-03-28T23:00:00.000Z");
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 3, 30})), "2026-03-29T22:00:00.000Z");
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 10, 25})), "2026-10-24T22:00:00.000Z");
    EXPECT_EQ(to_rfc3339(start_of_local_day({2026, 10, 26})), "2026-10-25T23:00:00.000Z");
    for (Date day{2026, 1, 1}; day < Date{2028, 1, 1}; day = add_days(day, 1)) {
        const auto start = start_of_local_day(day);
        EXPECT_EQ(local_date(start), day);
        EXPECT_EQ(local_date({start.ms - 1}), add_days(day, -1));
    }
}

}  // namespace
}  // namespace wa

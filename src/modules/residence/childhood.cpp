// residence.end_childhood: minor children stand in their parents' data until they come of age (BMG § 3 Abs. 1
// Nr. 16), and so long somebody has custody of them (Nr. 9; BGB § 1626). Who represents an adult stays.
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// The day a person becomes so old; of an incomplete date the last day it can mean.
Date birthday(const PartialDate& born, int years) {
    const auto day = add_months(*latest(born), 12 * years);
    const auto age = age_on(born, day);
    return age && *age >= years ? day : add_days(day, 1);
}

/// How many there were, at most a part of a day.
std::int64_t end_relations(CommandContext& context, const Statement& past, const Params& params,
                           int majority) {
    std::int64_t count = 0;
    for (const auto& row : context.records.query(past, params)) {
        const auto born = parse_partial_date(row.text("birth_date"));
        if (!born || born->is_unknown()) continue;
        context.records.update("relation", row.text("id"), {{"valid_to", to_iso(birthday(*born, majority))}});
        context.records.about("person", row.text("person_id"));
        ++count;
    }
    return count;
}

/// A register that was taken over names a child's custodian like somebody who represents an adult: it would
/// stay for ever.
std::int64_t name_custodians(CommandContext& context, const Statement& minors, const Params& params) {
    const auto rows = context.records.query(minors, params);
    for (const auto& row : rows) {
        context.records.update("relation", row.text("id"), {{"kind", std::string("custodian")}});
        context.records.about("person", row.text("person_id"));
    }
    return std::ssize(rows);
}

Result<json::object> end_childhood(CommandContext& context, const json::object&) {
    const auto majority = int(context.reference.parameter("person.age_of_majority", context.today));
    // Who was born before this day is of age, if that can be said of the date.
    const auto before = to_iso(add_days(add_months(context.today, -12 * majority), 1));
    const Params born{{"before", before}, {"limit", daily_part}};
    const Params since{{"year", before.substr(0, 4)}, {"before", before}, {"limit", daily_part}};
    std::int64_t count = 0;
    bool more = false;
    for (const auto* minors :
         {&statements::representatives_of_minors, &statements::representatives_of_minors_from_before})
        more |= name_custodians(context, *minors, since) == daily_part;
    for (const auto* past : {&statements::children_of_age, &statements::custodies_of_age,
                             &statements::custodies_of_age_from_before}) {
        const auto ended = end_relations(context, *past, born, majority);
        count += ended;
        more |= ended == daily_part;
    }
    return json::object{{"count", count}, {"more", more}};
}

}  // namespace

void install_childhood(Registry& registry) {
    registry.bind_command("residence.end_childhood", end_childhood);
}

}  // namespace wa::residence

// residence.end_childhood: minor children stand in their parents' data until they come of age (BMG § 3 Abs. 1
// Nr. 16), and so long somebody has custody of them (Nr. 9; BGB § 1626). Who represents an adult stays.
#include "modules/residence/data.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

/// The day a person becomes so old; of an incomplete date the last day it can mean.
Date birthday(const PartialDate& born, int years) {
    const auto day = add_months(*latest(born), 12 * years);
    const auto age = age_on(born, day);
    return age && *age >= years ? day : add_days(day, 1);
}

Result<json::object> end_childhood(CommandContext& context, const json::object&) {
    const auto majority = int(context.reference.parameter("person.age_of_majority", context.today));
    std::int64_t count = 0;
    const Params until{{"until", to_iso(add_months(context.today, -12 * majority))}};
    for (const auto& statement : {sql::residence::children_of_age, sql::residence::custodies_of_age})
        for (const auto& row : context.records.query(statement, until)) {
            const auto born = parse_partial_date(row.text("birth_date"));
            if (!born || born->is_unknown()) continue;
            const auto of_age = birthday(*born, majority);
            if (of_age > context.today) continue;
            context.records.update("relation", row.text("id"), {{"valid_to", to_iso(of_age)}});
            context.records.about("person", row.text("person_id"));
            ++count;
        }
    return json::object{{"count", count}};
}

}  // namespace

void install_childhood(Registry& registry) {
    registry.bind_command("residence.end_childhood", end_childhood);
}

}  // namespace wa::residence

// appointment.forget: who had an appointment, and what was noted about it, ends thirty days after it
// (handbook § 10). What was done there stands in its case.
#include "modules/tours/data.hpp"
#include "modules/tours/tours.hpp"

namespace wa::tours {

namespace {

/// At a time, so that nobody waits long for the writer.
constexpr std::int64_t daily_part = 500;

/// Daily. Those of a tour that is still out stay: were its Koffer lost, somebody must know whom it had
/// visited.
Result<json::object> forget_appointments(CommandContext& context, const json::object&) {
    const auto days = context.reference.parameter("appointment.keep_days", context.today);
    const auto past =
        context.records.query(sql::tours::appointments_past,
                              {{"before", to_iso(add_days(context.today, -days))}, {"limit", daily_part}});
    for (const auto& row : past) {
        context.records.erase("appointment", row.text("id"));
        context.records.about("tour", row.text("tour_id"));
        if (!row.is_null("person_id")) context.records.about("person", row.text("person_id"));
    }
    const auto count = std::int64_t(past.size());
    return json::object{{"count", count}, {"more", count == daily_part}};
}

}  // namespace

void install_keeping(Registry& registry) {
    registry.bind_command("appointment.forget", forget_appointments);
}

}  // namespace wa::tours

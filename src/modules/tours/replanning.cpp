// A tour that has not left changes, or does not take place; a visit goes over to another time or tour.
#include <fmt/format.h>

#include "kernel/data.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/tours.hpp"

namespace wa::tours {

namespace {

std::string clock_of(int minutes) {
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

/// A tour that no Koffer has fetched: one that had it before it was given to another may still work on it.
Result<Row> load_unfetched(CommandContext& context, const std::string& id) {
    WA_TRY(tour, load_tour(context, id));
    if (tour.text("state") != "planned" || !tour.is_null("checked_out_ms"))
        return fail(problems::tours_not_planned);
    return tour;
}

/// Visits keep their distance to the beginning of the tour.
Result<void> move_visits(CommandContext& context, const Row& before, const Row& tour) {
    const int shift = *minutes_of(tour.text("from_time")) - *minutes_of(before.text("from_time"));
    const auto visits = context.records.query(sql::tours::appointments_of, {{"tour_id", tour.text("id")}});
    for (const auto& visit : visits)
        if (!is_within(tour, *minutes_of(visit.text("at_time")) + shift))
            return fail(problems::tours_visits_outside);
    if (shift == 0) return {};
    for (const auto& visit : visits)
        context.records.update("appointment", visit.text("id"),
                               {{"at_time", clock_of(*minutes_of(visit.text("at_time")) + shift)}});
    return {};
}

Result<json::object> change_tour(CommandContext& context, const json::object& payload) {
    WA_TRY(before, load_unfetched(context, text_of(payload, "tour_id")));
    const auto id = before.text("id");
    WA_TRY(columns, plan_of(context, payload, before.text("device_id"), id));
    context.records.update("tour", id, columns);
    WA_TRY(tour, load_tour(context, id));
    WA_CHECK(move_visits(context, before, tour));
    return json::object{};
}

/// The visits stay with it: whoever still wants to be visited is moved to another tour.
Result<json::object> cancel_tour(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_unfetched(context, text_of(payload, "tour_id")));
    context.records.update("tour", tour.text("id"),
                           {{"state", std::string("cancelled")}, {"exception", text_of(payload, "reason")}});
    return json::object{};
}

Result<json::object> move_appointment(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "appointment_id");
    const auto appointment = context.records.find("appointment", id);
    if (!appointment) return fail(problems::not_found);
    WA_TRY(from, load_tour(context, appointment->text("tour_id")));
    const auto state = from.text("state");
    if ((state != "planned" && state != "cancelled") || !from.is_null("checked_out_ms") ||
        appointment->text("state") != "planned")
        return fail(problems::tours_not_planned);
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (tour.text("state") != "planned") return fail(problems::tours_not_planned);
    if (!is_within(tour, minutes_of(text_of(payload, "at")))) return fail(problems::tours_times_wrong);
    if (const auto person = appointment->text("person_id"); !person.empty()) {
        WA_CHECK(may_change(context, person));
        if (!staff_may_see(context.records.tx(), tour, person))
            return fail(problems::tours_staff_may_not_see);
        context.records.about("person", person);
    }
    context.records.update("appointment", id,
                           {{"tour_id", tour.text("id")}, {"at_time", text_of(payload, "at")}});
    // What was begun for the visit is done there.
    for (const auto& begun : context.records.query(sql::tours::cases_begun_for, {{"appointment_id", id}})) {
        context.records.update("case_file", begun.text("id"), {{"tour_id", tour.text("id")}});
        context.records.about("case", begun.text("id"));
    }
    return json::object{};
}

}  // namespace

void install_replanning(Registry& registry) {
    registry.bind_command("tour.change", change_tour);
    registry.bind_command("tour.cancel", cancel_tour);
    registry.bind_command("appointment.move", move_appointment);
}

}  // namespace wa::tours

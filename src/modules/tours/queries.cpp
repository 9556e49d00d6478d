#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/tours.hpp"

namespace wa::tours {

namespace {

json::array list_of(const Rows& rows) {
    json::array out;
    for (const auto& row : rows) out.push_back(row_to_json(row));
    return out;
}

json::array staff_of(Transaction& tx, const Row& tour) {
    json::array staff;
    if (const auto ids = parse_json(tour.text("staff")); ids && ids->is_array())
        for (const auto& id : ids->get_array())
            for (const auto& row : tx.query(sql::tours::users_in, {{"id", std::string(id.as_string())}}))
                staff.push_back(row_to_json(row));
    return staff;
}

Result<json::object> list_sites(QueryContext& context, const json::object&) {
    return json::object{{"sites", list_of(context.tx.query(sql::tours::list_sites))}};
}

enum class Which { all, not_cancelled };

json::array tours_from(QueryContext& context, const std::string& from_day, Which which) {
    json::array out;
    for (const auto& row : context.tx.query(sql::tours::list_tours, {{"from_day", from_day}})) {
        if (which == Which::not_cancelled && row.text("state") == "cancelled") continue;
        auto tour = row_to_json(row);
        tour["staff"] = staff_of(context.tx, row);
        out.push_back(std::move(tour));
    }
    return out;
}

Result<json::object> list_tours(QueryContext& context, const json::object& params) {
    return json::object{{"tours", tours_from(context, text_of(params, "from_day"), Which::all)}};
}

/// An appointment; of somebody the actor may not see, the time alone.
json::object show_appointment(ListedPersons& persons, const Row& row) {
    auto appointment = row_to_json(row);
    persons.name(appointment, {row.text("person_id")}, row.text("name"),
                 {"id", "tour_id", "at_time", "minutes", "procedure", "state", "case_id", "case_status"});
    if (appointment.contains("hidden")) appointment["name"] = appointment["person_name"];
    return appointment;
}

Result<json::object> get_tour(QueryContext& context, const json::object& params) {
    const auto id = text_of(params, "tour_id");
    const auto tour = read_row(context.tx, "tour", id);
    if (!tour) return fail(problems::not_found);
    context.show("tour", id);
    ListedPersons persons(context);
    json::array appointments;
    for (const auto& row : context.tx.query(sql::tours::appointments_of, {{"tour_id", id}})) {
        if (const auto person = row.text("person_id"); !person.empty() && !persons.view(person).hidden())
            context.show("person", person);
        appointments.push_back(show_appointment(persons, row));
    }
    auto head = row_to_json(*tour);
    json::object answer{{"tour", std::move(head)},
                        {"appointments", std::move(appointments)},
                        {"staff", staff_of(context.tx, *tour)}};
    if (const auto site = read_row(context.tx, "site", tour->text("site_id")))
        answer["site"] = row_to_json(*site);
    if (const auto device = read_row(context.tx, "device", tour->text("device_id")))
        answer["device"] = json::object{
            {"id", device->text("id")}, {"name", device->text("name")}, {"state", device->text("state")}};
    return answer;
}

/// Who comes next: on a tour the next open appointment, at the counter nothing is planned yet.
json::value next_of(QueryContext& context) {
    if (context.side != Side::node) return nullptr;
    for (const auto& tour : context.tx.query(sql::tours::list_tours, {{"from_day", std::string()}}))
        for (const auto& row : context.tx.query(sql::tours::appointments_of, {{"tour_id", tour.text("id")}}))
            if (row.text("state") == "planned") {
                ListedPersons persons(context);
                return show_appointment(persons, row);
            }
    return nullptr;
}

json::array due_messages(QueryContext& context) {
    ListedPersons persons(context);
    json::array messages;
    for (const auto& row : context.tx.query(sql::tours::due_messages)) {
        auto message = row_to_json(row);
        for (const auto* inside : {"case_person_id", "case_title"}) message.erase(inside);
        persons.name(message, {row.text("person_id"), row.text("case_person_id")}, row.text("case_title"),
                     {"id", "due_on", "case_id"});
        messages.push_back(std::move(message));
    }
    return messages;
}

Result<json::object> today(QueryContext& context, const json::object&) {
    // Whoever may read no cases is shown none here either.
    const bool reads = context.actor.may("case.read");
    const auto cases = [&](const Statement& statement, const Params& params) {
        return reads ? show_cases(context, context.tx.query(statement, params)) : json::array();
    };
    const auto conflicts = context.tx.query(sql::tours::count_conflicts).front().integer("number");
    const auto quarantined = context.tx.query(sql::tours::count_quarantine).front().integer("number");
    return json::object{{"next", next_of(context)},
                        {"due", reads ? due_messages(context) : json::array()},
                        {"returned", cases(sql::tours::cases_waiting, {})},
                        {"tours", tours_from(context, to_iso(context.today), Which::not_cancelled)},
                        {"cases", cases(sql::tours::cases_of_user, {{"user_id", context.actor.user_id}})},
                        {"counts", json::object{{"conflicts", conflicts}, {"quarantine", quarantined}}}};
}

}  // namespace

void install_queries(Registry& registry) {
    registry.bind_query("site.list", list_sites);
    registry.bind_query("tour.list", list_tours);
    registry.bind_query("tour.get", get_tour);
    registry.bind_query("desk.today", today);
}

}  // namespace wa::tours

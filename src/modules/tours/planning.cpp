#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "modules/tours/tours.hpp"

namespace wa {

namespace {

/// Whether a column with a JSON list of ids names this one.
bool lists(const Row& row, std::string_view column, const std::string& id) {
    const auto list = parse_json(row.text(column));
    if (!list || !list->is_array()) return false;
    for (const auto& member : list->get_array())
        if (member.is_string() && member.get_string() == id) return true;
    return false;
}

}  // namespace

bool is_staff(const Row& tour, const std::string& user_id) {
    return lists(tour, "staff", user_id);
}

std::int64_t planned_ms(const Row& tour) {
    const auto id = parse_id(tour.text("id"));
    return id ? id->at_ms() : 0;
}

bool carries(const Row& tour, const std::string& device_id) {
    return tour.text("device_id") == device_id || lists(tour, "former_devices", device_id);
}

bool may_hear_of(const Row& tour, const std::string& device_id, Timestamp now) {
    const auto state = tour.text("state");
    const bool over =
        !tour.is_null("wiped_ms") || (!tour.is_null("expires_ms") && now.ms > tour.integer("expires_ms"));
    const bool handed_on = tour.text("device_id") != device_id && carries(tour, device_id);
    return (state == "planned" || state == "out") && !over && !handed_on;
}

}  // namespace wa

namespace wa::tours {

std::optional<int> minutes_of(std::string_view time) {
    auto digit = [&](std::size_t i) { return time[i] >= '0' && time[i] <= '9' ? time[i] - '0' : -100; };
    if (time.size() != 5 || time[2] != ':') return std::nullopt;
    const int hours = digit(0) * 10 + digit(1), minutes = digit(3) * 10 + digit(4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return hours * 60 + minutes;
}

bool is_within(const Row& tour, std::optional<int> at) {
    return at && *at >= *minutes_of(tour.text("from_time")) && *at < *minutes_of(tour.text("until_time"));
}

Result<Row> load_tour(CommandContext& context, const std::string& id) {
    auto tour = context.records.find("tour", id);
    if (!tour) return fail(problems::not_found);
    context.records.about("tour", id);
    return std::move(*tour);
}

std::vector<Actor> staff_at_work(Transaction& tx, const Row& tour) {
    std::vector<Actor> actors;
    const auto staff = parse_json(tour.text("staff"));
    if (!staff || !staff->is_array()) return actors;
    for (const auto& member : staff->get_array())
        if (const auto user = read_row(tx, "user_account", std::string(member.as_string()));
            user && user->text("state") == "active")
            actors.push_back(actor_of(*user));
    return actors;
}

bool staff_may_see(Transaction& tx, const Row& tour, const std::string& person) {
    const auto staff = staff_at_work(tx, tour);
    return std::any_of(staff.begin(), staff.end(),
                       [&](const Actor& actor) { return !view_of(tx, actor, "person", person).hidden(); });
}

namespace {

Result<json::object> add_site(CommandContext& context, const json::object& payload) {
    const auto id = context.ids.next();
    context.records.insert("site", id,
                           {{"name", text_of(payload, "name")},
                            {"street", text_of(payload, "street")},
                            {"postcode", text_of(payload, "postcode")},
                            {"city", text_of(payload, "city")},
                            {"contact", text_of(payload, "contact")},
                            {"line_verdict", text_of(payload, "line_verdict", "unknown")}});
    return json::object{{"site_id", id}};
}

/// Two people who may work with the Koffer and have a PIN, or one with a recorded exception.
Result<void> staff_fits(CommandContext& context, const json::array& staff, const std::string& exception) {
    if (staff.empty() || (staff.size() < 2 && exception.empty())) return fail(problems::tours_staff_missing);
    for (const auto& member : staff) {
        if (!member.is_string()) return fail(problems::tours_staff_unfit);
        const auto user = context.records.find("user_account", std::string(member.get_string()));
        if (!user || !actor_of(*user).may("tour.check_out")) return fail(problems::tours_staff_unfit);
        if (user->is_null("wrapped_seed"))
            return fail(problems::tours_staff_no_pin, {{"name", user->text("name")}});
    }
    return {};
}

}  // namespace

Result<Columns> plan_of(CommandContext& context, const json::object& payload, const std::string& device_id,
                        const std::string& tour_id) {
    const auto from = text_of(payload, "from"), until = text_of(payload, "until");
    const auto begin = minutes_of(from), end = minutes_of(until);
    if (!begin || !end || *begin >= *end) return fail(problems::tours_times_wrong);
    const auto site = text_of(payload, "site_id"), day = text_of(payload, "day");
    if (!context.records.find("site", site)) return fail(problems::not_found);
    const auto& staff = array_of(payload, "staff");
    const auto exception = text_of(payload, "exception");
    WA_CHECK(staff_fits(context, staff, exception));
    WA_CHECK(device_free(context, device_id, tour_id, day, from, until));
    return Columns{{"site_id", site},
                   {"day", day},
                   {"from_time", from},
                   {"until_time", until},
                   {"staff", json::serialize(staff)},
                   {"exception", exception}};
}

Result<void> device_free(CommandContext& context, const std::string& device_id, const std::string& tour_id,
                         const std::string& day, const std::string& from, const std::string& until) {
    const auto others = context.records.query(sql::tours::overlapping_tours, {{"device_id", device_id},
                                                                              {"tour_id", tour_id},
                                                                              {"day", day},
                                                                              {"from_time", from},
                                                                              {"until_time", until}});
    if (!others.empty()) return fail(problems::tours_device_busy);
    return {};
}

namespace {

Result<json::object> plan_tour(CommandContext& context, const json::object& payload) {
    const auto device = context.records.find("device", text_of(payload, "device_id"));
    if (!device || device->text("state") != "active") return fail(problems::tours_device_unfit);
    WA_TRY(columns, plan_of(context, payload, device->text("id"), ""));
    const auto id = context.ids.next();
    columns.insert(columns.end(), {{"device_id", device->text("id")}, {"state", std::string("planned")}});
    context.records.insert("tour", id, columns);
    context.records.about("tour", id);
    return json::object{{"tour_id", id}};
}

/// Whose data need a right of their own goes along only where one of the staff has it, and with a reason.
Result<void> may_travel(CommandContext& context, const Row& tour, const std::string& person,
                        const std::string& reason) {
    WA_CHECK(may_change(context, person));
    const auto view = view_of(context.records.tx(), context.actor, "person", person);
    if (!view.needs_reason.code.empty() && reason.empty()) return fail(view.needs_reason);
    if (!staff_may_see(context.records.tx(), tour, person)) return fail(problems::tours_staff_may_not_see);
    return {};
}

Result<json::object> add_appointment(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (tour.text("state") != "planned") return fail(problems::tours_not_planned);
    if (!is_within(tour, minutes_of(text_of(payload, "at")))) return fail(problems::tours_times_wrong);
    const auto person = text_of(payload, "person_id");
    // A register extract leaves the house only with the person's consent (handbook § 16).
    if (!person.empty() && !flag_of(payload, "consent")) return fail(problems::tours_no_consent);
    if (!person.empty() && !context.records.find("person", person)) return fail(problems::not_found);
    if (!person.empty()) WA_CHECK(may_travel(context, tour, person, text_of(payload, "reason")));
    if (!registry().procedure(text_of(payload, "procedure"))) return fail(problems::procedure_unknown);
    const auto id = context.ids.next();
    context.records.insert("appointment", id,
                           {{"tour_id", tour.text("id")},
                            {"at_time", text_of(payload, "at")},
                            {"minutes", integer_of(payload, "minutes")},
                            {"procedure", text_of(payload, "procedure")},
                            {"person_id", person.empty() ? Value() : Value(person)},
                            {"name", text_of(payload, "name")},
                            {"birth_date", text_of(payload, "birth_date")},
                            {"note", text_of(payload, "note")},
                            {"consent", std::int64_t(flag_of(payload, "consent"))},
                            {"state", std::string("planned")}});
    if (!person.empty()) context.records.about("person", person);
    context.records.because(text_of(payload, "reason"));
    return json::object{{"appointment_id", id}};
}

Result<json::object> remove_appointment(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "appointment_id");
    const auto appointment = context.records.find("appointment", id);
    if (!appointment) return fail(problems::not_found);
    WA_TRY(tour, load_tour(context, appointment->text("tour_id")));
    if (tour.text("state") != "planned") return fail(problems::tours_not_planned);
    context.records.update("appointment", id,
                           {{"state", std::string("removed")}, {"note", text_of(payload, "reason")}});
    return json::object{};
}

Result<json::object> mark_appointment(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "appointment_id");
    const auto appointment = context.records.find("appointment", id);
    if (!appointment) return fail(problems::not_found);
    context.records.about("tour", appointment->text("tour_id"));
    WA_CHECK(may_change(context, appointment->text("person_id")));
    // A Koffer marks whom the office has taken out of the tour meanwhile (it has gone over to another one, or
    // the hub was restored): back in the tour, the person's extract would leave the house again. The journal
    // has the mark.
    if (appointment->text("state") == "removed") return json::object{};
    const auto note = text_of(payload, "note");
    context.records.update(
        "appointment", id,
        {{"state", text_of(payload, "state")}, {"note", note.empty() ? appointment->text("note") : note}});
    return json::object{};
}

}  // namespace

void install_planning(Registry& registry) {
    registry.bind_command("site.add", add_site);
    registry.bind_command("tour.plan", plan_tour);
    registry.bind_command("appointment.add", add_appointment);
    registry.bind_command("appointment.remove", remove_appointment);
    registry.bind_command("appointment.mark", mark_appointment);
}

}  // namespace wa::tours

// Check-out and check-in: the working set leaves, comes home, and is gone from the Koffer.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "kernel/data.hpp"
#include "kernel/envelope.hpp"
#include "kernel/numbers.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "modules/tours/tours.hpp"

namespace wa {

Rows tours_of_device(Transaction& tx, const std::string& device_id) {
    return tx.query(sql::tours::tours_of_device, {{"device_id", device_id}});
}

namespace {

using WorkingRows = std::vector<std::pair<std::string, Row>>;

void add_row(Transaction& tx, WorkingRows& rows, const std::string& table, const std::string& id) {
    if (auto row = read_row(tx, table, id)) rows.emplace_back(table, std::move(*row));
}

/// Asked for each of the staff; where nobody is left of them, for anybody.
template <class Question>
bool for_one_of(const std::vector<Actor>& staff, Question question) {
    return staff.empty() ? question(Actor{}) : std::any_of(staff.begin(), staff.end(), question);
}

/// Whether the tour's Koffer has the case: it was decided meanwhile, or there (by a clock that may go wrong).
/// What was booked before and is taken back meanwhile has not travelled.
bool is_away(Transaction& tx, const Row& tour, const Row& the_case) {
    if (tour.is_null("checked_out_ms")) return false;
    const bool again = !the_case.is_null("first_decided_at_ms");
    const auto decided = the_case.integer(again ? "first_decided_at_ms" : "decided_at_ms");
    if (decided > tour.integer("checked_out_ms")) return true;
    return !tx.query(sql::tours::case_worked_on, {{"device_id", tour.text("device_id")},
                                                  {"tour_id", tour.text("id")},
                                                  {"case_id", the_case.text("id")}})
                .empty();
}

/// A decided case stays at home, unless the Koffer has it: then it hears of the decision. A case about
/// somebody with a block goes along where the tour visits them: without the person's row a Koffer could not
/// tell that there is a block (handbook P07). One whose form means them goes with who took their declaration
/// alone: what others of the staff may not see here they would read there.
bool goes_along(Transaction& tx, const Row& tour, const std::vector<Actor>& staff,
                const std::set<std::string>& visited, const Row& the_case) {
    if (!the_case.is_null("decided_at_ms") && !is_away(tx, tour, the_case)) return false;
    const auto stays_hidden = [&](const Actor& actor, const std::string& person) {
        return visited.count(person) == 0 && view_of(tx, actor, "person", person).hidden();
    };
    const auto named = tx.query(sql::kernel::persons_of_case, {{"case_id", the_case.text("id")}});
    return !for_one_of(staff, [&](const Actor& actor) {
        return stays_hidden(actor, the_case.text("person_id")) ||
               stays_hidden(actor, meant_by(tx, actor, the_case)) ||
               std::any_of(named.begin(), named.end(),
                           [&](const Row& row) { return stays_hidden(actor, row.text("person_id")); });
    });
}

void add_cases(Transaction& tx, const Registry& registry, WorkingRows& rows, const Row& tour,
               const std::set<std::string>& visited) {
    const auto more = registry.extractors().find("case");
    const auto staff = tours::staff_at_work(tx, tour);
    for (const auto& found : tx.query(sql::tours::cases_of_tour, {{"tour_id", tour.text("id")}})) {
        const auto id = found.text("id");
        auto the_case = read_row(tx, "case_file", id);
        if (!the_case || !goes_along(tx, tour, staff, visited, *the_case)) continue;
        rows.emplace_back("case_file", registry.travelling("case_file", *the_case));
        for (const auto& document : tx.query(sql::tours::documents_of_case, {{"case_id", id}}))
            add_row(tx, rows, "case_document", document.text("id"));
        for (const auto& finding : tx.query(sql::tours::findings_of_case, {{"case_id", id}}))
            add_row(tx, rows, "case_finding", finding.text("id"));
        for (const auto& task :
             tx.query(sql::tours::tasks_of, {{"case_id", id}, {"person_id", std::string()}}))
            add_row(tx, rows, "task", task.text("id"));
        if (more != registry.extractors().end()) more->second(tx, id, rows);
    }
}

}  // namespace

std::vector<std::pair<std::string, Row>> working_set(Transaction& tx, const Registry& registry,
                                                     const std::string& tour_id) {
    WorkingRows rows;
    const auto tour = read_row(tx, "tour", tour_id);
    if (!tour) return rows;
    const auto device_id = tour->text("device_id");
    add_row(tx, rows, "device", device_id);
    add_row(tx, rows, "site", tour->text("site_id"));
    rows.emplace_back("tour", *tour);
    if (const auto staff = parse_json(tour->text("staff")); staff && staff->is_array())
        for (const auto& member : staff->get_array())
            if (auto account = read_row(tx, "user_account", std::string(member.as_string())))
                rows.emplace_back("user_account", registry.travelling("user_account", *account));
    for (const auto& block : tx.query(sql::tours::blocks_of_device, {{"device_id", device_id}}))
        add_row(tx, rows, "number_block", block.text("id"));
    std::set<std::string> visited;
    for (const auto& appointment : tx.query(sql::tours::appointments_of, {{"tour_id", tour_id}})) {
        add_row(tx, rows, "appointment", appointment.text("id"));
        if (appointment.is_null("person_id")) continue;
        visited.insert(appointment.text("person_id"));
        const auto person = registry.extractors().find("person");
        if (person != registry.extractors().end()) person->second(tx, appointment.text("person_id"), rows);
        for (const auto& task :
             tx.query(sql::tours::tasks_of,
                      {{"case_id", std::string()}, {"person_id", appointment.text("person_id")}}))
            add_row(tx, rows, "task", task.text("id"));
    }
    add_cases(tx, registry, rows, *tour, visited);
    return rows;
}

std::function<bool(Transaction&, const std::string&, const std::string&, const std::string&)> in_working_set(
    const Registry& registry) {
    using Keys = std::set<std::pair<std::string, std::string>>;
    return [&registry, known = std::make_shared<std::optional<Keys>>()](
               Transaction& tx, const std::string& tour, const std::string& table, const std::string& id) {
        if (!*known) {
            known->emplace();
            for (const auto& [row_table, row] : working_set(tx, registry, tour))
                (*known)->emplace(row_table, row.text("id"));
        }
        return (*known)->count({table, id}) > 0;
    };
}

}  // namespace wa

namespace wa::tours {

namespace {

/// Numbers that stand on somebody's paper, though their work waits in quarantine or was set aside: the next
/// tour does not give them again.
void keep_given_numbers(CommandContext& context, const std::string& device_id) {
    for (const auto& row :
         context.records.query(sql::tours::numbered_in_quarantine, {{"device_id", device_id}})) {
        const auto given = parse_signed_envelope(row.bytes("envelope"));
        const auto drawn = given ? parse_json(given->envelope.payload) : std::nullopt;
        if (drawn && drawn->is_object())
            note_number(context, row.text("name") == "case.open" ? "case" : "receipt",
                        text_of(drawn->get_object(), "number"));
    }
}

Result<json::object> check_out(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (tour.text("device_id") != text_of(payload, "device_id")) return fail(problems::tours_other_device);
    if (!is_staff(tour, context.actor.user_id)) return fail(problems::tours_not_staff);
    // Fetching again (the first answer was lost on the line) is no harm: same device, same staff.
    if (tour.text("state") != "planned" && tour.text("state") != "out")
        return fail(problems::tours_not_planned);
    const auto appointments =
        context.records.query(sql::tours::appointments_of, {{"tour_id", tour.text("id")}});
    // Once it is out, a Koffer that lost its answer or its disk fetches it again as it was; there its own
    // desk hides whom its clerks may not see.
    if (tour.text("state") == "planned")
        for (const auto& appointment : appointments)
            if (const auto person = appointment.text("person_id");
                !person.empty() && !staff_may_see(context.records.tx(), tour, person))
                return fail(problems::tours_staff_may_not_see);
    keep_given_numbers(context, text_of(payload, "device_id"));
    const auto day = parse_date(tour.text("day"));
    WA_ASSERT(day);
    const auto hours = context.reference.parameter("working_set.hours_after_tour_end", context.today);
    const Timestamp expires{start_of_local_day(*day).ms +
                            std::int64_t(*minutes_of(tour.text("until_time"))) * 60'000 + hours * 3'600'000};
    context.records.update(
        "tour", tour.text("id"),
        {{"state", std::string("out")},
         {"checked_out_ms", context.at.ms},
         {"expires_ms", expires.ms},
         {"wiped_ms", Value()}});  // fetched again after a wipe: it is on the Koffer once more
    // A report of loss tells by the journal what went along, whatever becomes of the tour meanwhile.
    for (const auto& appointment : appointments) {
        context.records.about("appointment", appointment.text("id"));
        if (const auto person = appointment.text("person_id"); !person.empty())
            context.records.about("person", person);
    }
    return json::object{{"tour_id", tour.text("id")}, {"expires_at", to_rfc3339(expires)}};
}

/// A broken Koffer that comes back after its tour went on with another one ends nothing but its own part.
bool is_former(const Row& tour, const std::string& device_id) {
    return tour.text("device_id") != device_id && carries(tour, device_id);
}

Result<json::object> reassign(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (tour.text("state") != "planned" && tour.text("state") != "out")
        return fail(problems::tours_not_planned);
    const auto device_id = text_of(payload, "device_id"), before = tour.text("device_id");
    const auto device = context.records.find("device", device_id);
    if (!device || device->text("state") != "active" || device_id == before)
        return fail(problems::tours_device_unfit);
    WA_CHECK(device_free(context, device_id, tour.text("id"), tour.text("day"), tour.text("from_time"),
                         tour.text("until_time")));
    context.records.because(text_of(payload, "reason"));
    const auto known = parse_json(tour.text("former_devices"));
    auto former = known && known->is_array() ? known->get_array() : json::array();
    former.emplace_back(before);
    context.records.update("tour", tour.text("id"),
                           {{"device_id", device_id},
                            {"former_devices", json::serialize(former)},
                            {"state", std::string("planned")}});
    context.records.about("device", before);
    context.records.about("device", device_id);
    return json::object{};
}

Result<json::object> check_in(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (is_former(tour, context.origin.device)) return json::object{};
    // What a Koffer says is so, whatever the office has noted meanwhile; at the office nobody ends what
    // nobody has fetched.
    if (tour.text("state") == "cancelled" || (!context.replayed && tour.text("state") != "out"))
        return fail(problems::tours_not_out);
    context.records.update("tour", tour.text("id"),
                           {{"state", std::string("in")}, {"checked_in_ms", context.at.ms}});
    return json::object{};
}

Result<json::object> note_wiped(CommandContext& context, const json::object& payload) {
    WA_TRY(tour, load_tour(context, text_of(payload, "tour_id")));
    if (is_former(tour, text_of(payload, "device_id"))) return json::object{};
    if (tour.text("device_id") != text_of(payload, "device_id")) return fail(problems::tours_other_device);
    Columns changed{{"wiped_ms", context.at.ms}};
    // Wiped by itself because its time was over: nobody hands it back any more. Wiped before (its clock was
    // ahead): it can be fetched again, or is ended at the office.
    if (tour.text("state") == "out" && tour.integer("expires_ms") <= context.at.ms)
        changed.insert(changed.end(), {{"state", std::string("in")}, {"checked_in_ms", context.at.ms}});
    context.records.update("tour", tour.text("id"), changed);
    return json::object{};
}

}  // namespace

void install_travel(Registry& registry) {
    registry.bind_command("tour.check_out", check_out);
    registry.bind_command("tour.reassign", reassign);
    registry.bind_command("tour.check_in", check_in);
    registry.bind_command("tour.note_wiped", note_wiped);
}

}  // namespace wa::tours

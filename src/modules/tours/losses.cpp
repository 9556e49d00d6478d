// A lost Koffer: revoked at once, and written down what was on it.
#include <algorithm>
#include <set>

#include "base/json_text.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "modules/tours/tours.hpp"

namespace wa {

bool is_lost(Transaction& tx, const std::string& device_id) {
    return !tx.query(sql::tours::losses_of_device, {{"device_id", device_id}}).empty();
}

bool is_destroyed(Transaction& tx, const std::string& device_id) {
    const auto losses = tx.query(sql::tours::losses_of_device, {{"device_id", device_id}});
    return std::any_of(losses.begin(), losses.end(),
                       [](const Row& loss) { return !loss.is_null("destroyed_at_ms"); });
}

}  // namespace wa

namespace wa::tours {

namespace {

/// What went along by the journal: whom the tour was fetched with, though they were taken out of it since, as
/// for another Koffer.
void add_fetched(Transaction& tx, const std::string& tour_id,
                 std::vector<std::pair<std::string, Row>>& rows) {
    const auto person = registry().extractors().find("person");
    for (const auto& subject : tx.query(sql::tours::went_along, {{"tour_id", tour_id}})) {
        const auto type = subject.text("subject_type"), id = subject.text("subject_id");
        if (type == "appointment") {
            if (auto row = read_row(tx, type, id)) rows.emplace_back(type, std::move(*row));
        } else if (person != registry().extractors().end()) {
            person->second(tx, id, rows);
        }
    }
}

/// Everybody whose data went along: those with an appointment, and those the register's extract brought.
json::array persons_of(Transaction& tx, const std::string& tour_id) {
    auto rows = working_set(tx, registry(), tour_id);
    add_fetched(tx, tour_id, rows);
    json::array persons;
    std::set<std::string> named;
    for (const auto& [table, row] : rows) {
        const bool extract = table == "person", visit = table == "appointment" && row.is_null("person_id");
        // Of a record that was merged into another one only that is left.
        if (extract && !row.is_null("merged_into")) continue;
        if ((!extract && !visit) || !named.insert(row.text("id")).second) continue;
        persons.push_back(json::object{
            {"id", extract ? row.text("id") : ""},
            {"name", extract ? row.text("given_names") + " " + row.text("family_name") : row.text("name")},
            {"birth_date", row.text("birth_date")},
            {"what", extract ? "extract" : "appointment"}});
    }
    return persons;
}

/// What the device alone has said of a wipe whoever has its certificate can say. Staff know it: those who
/// have brought the tour back with a PIN, and those who have fetched another since, which a Koffer with a
/// tour on it does not take.
bool is_known_wiped(Transaction& tx, const Row& tour, const std::string& device_id) {
    const auto any = [&](const Statement& statement, Params params) {
        params.push_back({"device_id", device_id});
        return !tx.query(statement, params).empty();
    };
    return any(sql::tours::checked_in_by, {{"tour_id", tour.text("id")}}) ||
           any(sql::tours::fetched_since, {{"since", tour.integer("wiped_ms")}});
}

json::object tour_entry(Transaction& tx, const Row& tour, bool said_wiped) {
    json::array staff, documents;
    if (const auto ids = parse_json(tour.text("staff")); ids && ids->is_array())
        for (const auto& id : ids->get_array())
            if (const auto account = read_row(tx, "user_account", std::string(id.as_string())))
                staff.push_back(json::string(account->text("name")));
    for (const auto& row : tx.query(sql::tours::case_documents_of_tour, {{"tour_id", tour.text("id")}}))
        documents.push_back(json::object{{"kind", row.text("kind")}, {"case", row.text("number")}});
    const auto site = read_row(tx, "site", tour.text("site_id"));
    return {{"site", site ? site->text("name") : ""},
            {"day", tour.text("day")},
            {"expires_at", to_rfc3339({tour.integer("expires_ms")})},
            {"said_wiped_ms", said_wiped ? tour.integer("wiped_ms") : 0},
            {"staff", std::move(staff)},
            {"persons", persons_of(tx, tour.text("id"))},
            {"documents", std::move(documents)}};
}

/// Numbers the Koffer could still give: whoever shows a receipt with one of them shows a false one.
json::array numbers_of(Transaction& tx, const std::string& device_id) {
    json::array numbers;
    for (const auto& found : tx.query(sql::tours::blocks_of_device, {{"device_id", device_id}}))
        if (const auto block = read_row(tx, "number_block", found.text("id")))
            numbers.push_back(json::object{{"kind", block->text("kind")},
                                           {"series", block->text("series")},
                                           {"from", block->integer("next_number")},
                                           {"to", block->integer("last_number")}});
    return numbers;
}

json::object inventory_of(Transaction& tx, const Row& device) {
    const auto id = device.text("id");
    json::array tours;
    for (const auto& tour : tx.query(sql::tours::tours_perhaps_on, {{"device_id", id}})) {
        // Of one that had the tour before another Koffer, a wipe is not noted at all.
        const bool said_wiped = tour.text("device_id") == id && !tour.is_null("wiped_ms");
        if (carries(tour, id) && !(said_wiped && is_known_wiped(tx, tour, id)))
            tours.push_back(tour_entry(tx, tour, said_wiped));
    }
    return {{"device", json::object{{"id", id},
                                    {"name", device.text("name")},
                                    {"certificate_until", device.integer("certificate_until_ms")}}},
            {"tours", std::move(tours)},
            {"numbers", numbers_of(tx, id)}};
}

Result<json::object> report_loss(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "device_id");
    const auto device = context.records.find("device", id);
    if (!device) return fail(problems::device_not_found);
    const auto noticed = parse_date(text_of(payload, "noticed_on"));
    if (!noticed || *noticed > context.today)
        return fail(
            problems::payload_invalid,
            {{"fields",
              faults_to_json({{"noticed_on", std::string(problems::field_date_out_of_range.name), {}}})}});
    if (is_lost(context.records.tx(), id)) return fail(problems::tours_already_lost);
    const auto inventory = inventory_of(context.records.tx(), *device);
    if (device->text("state") != "revoked")
        context.records.update("device", id, {{"state", std::string("revoked")}});
    const auto loss = context.ids.next();
    context.records.insert("loss", loss,
                           {{"device_id", id},
                            {"kind", text_of(payload, "kind")},
                            {"noticed_on", text_of(payload, "noticed_on")},
                            {"place", text_of(payload, "place")},
                            {"circumstances", text_of(payload, "circumstances")},
                            {"police_office", text_of(payload, "police_office")},
                            {"police_number", text_of(payload, "police_number")},
                            {"inventory", json::serialize(inventory)},
                            {"reported_at_ms", context.at.ms},
                            {"reported_by", context.actor.user_id}});
    context.records.about("device", id);
    for (const auto& tour : array_of(inventory, "tours"))
        for (const auto& person : array_of(tour.as_object(), "persons"))
            if (const auto who = text_of(person.as_object(), "id"); !who.empty())
                context.records.about("person", who);
    return json::object{{"loss_id", loss}};
}

Result<json::object> note_destroyed(CommandContext& context, const json::object& payload) {
    const auto device = text_of(payload, "device_id");
    context.records.about("device", device);
    for (const auto& loss : context.records.query(sql::tours::losses_of_device, {{"device_id", device}}))
        if (loss.is_null("destroyed_at_ms"))
            context.records.update("loss", loss.text("id"), {{"destroyed_at_ms", context.at.ms}});
    return json::object{};
}

Result<json::object> list_losses(QueryContext& context, const json::object&) {
    json::array losses;
    for (const auto& row : context.tx.query(sql::tours::losses)) losses.push_back(row_to_json(row));
    return json::object{{"losses", std::move(losses)}};
}

/// Whom the reader may see by name; of the others the report says that somebody's data are lost.
void name_persons(QueryContext& context, ListedPersons& persons, json::array& lost) {
    for (auto& entry : lost) {
        auto& person = entry.as_object();
        const auto who = text_of(person, "id");
        if (who.empty()) continue;
        if (const auto& view = persons.view(who); view.hidden()) {
            person["name"] = view.name;
            person["birth_date"] = "";
        } else {
            context.show("person", who);
        }
    }
}

std::string words_for_kind(const std::string& kind) {
    if (kind == "signature") return "Unterschrift";
    if (kind == "signed_sheet") return "unterschriebener Bogen";
    for (const auto& [id, procedure] : registry().procedures())
        for (const auto& evidence : array_of(procedure.description(), "evidence"))
            if (text_of(evidence.as_object(), "id") == kind)
                return text_of(object_of(evidence.as_object(), "title"), "de");
    return "Unterlage";
}

/// By their kind alone: a title may be a name, that of a signature is who signed. Older reports have titles.
void name_documents(json::array& lost) {
    for (auto& entry : lost) {
        auto& document = entry.as_object();
        document["title"] = words_for_kind(text_of(document, "kind"));
    }
}

void name_all(QueryContext& context, json::object& inventory) {
    ListedPersons persons(context);
    auto* tours = inventory.if_contains("tours");
    if (!tours || !tours->is_array()) return;
    for (auto& entry : tours->get_array()) {
        auto& tour = entry.as_object();
        name_persons(context, persons, tour["persons"].as_array());
        if (auto* documents = tour.if_contains("documents")) name_documents(documents->as_array());
    }
}

Result<json::object> get_loss(QueryContext& context, const json::object& params) {
    const auto id = text_of(params, "loss_id");
    for (const auto& row : context.tx.query(sql::tours::losses)) {
        if (row.text("id") != id) continue;
        auto loss = row_to_json(row);
        auto inventory = object_in(read_row(context.tx, "loss", id)->text("inventory"));
        name_all(context, inventory);
        loss["inventory"] = std::move(inventory);
        return json::object{{"loss", std::move(loss)}};
    }
    return fail(problems::not_found);
}

}  // namespace

void install_losses(Registry& registry) {
    registry.bind_command("koffer.report_loss", report_loss);
    registry.bind_command("koffer.note_destroyed", note_destroyed);
    registry.bind_query("koffer.losses", list_losses);
    registry.bind_query("koffer.loss", get_loss);
}

}  // namespace wa::tours

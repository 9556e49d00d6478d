// Steps about messages: what the hub sends and takes, and what other authorities do.
#include <fmt/format.h>

#include "apps/hub/courier_words.hpp"
#include "apps/hub/daily_round.hpp"
#include "story.hpp"

namespace wa::worlds {

bool Story::message_step(const Line& line) {
    if (line.is("carry")) return carry_messages(), true;
    if (line.is("housekeeping")) return keep_house(), true;
    if (line.is("reachable")) return post_.reachable(line.at("erreichbar") == "yes"), true;
    if (line.is("behave")) return change_rule(line), true;
    if (line.slots.contains("absender")) return send_as_other(line), true;
    return false;
}

CommandResult Story::courier(Act act) {
    const auto result = world_.run(act);
    world_.after(act, result);
    if (result.outcome != Outcome::done)
        throw Broken(fmt::format("{} wurde abgelehnt: {} {}", act.command, result.problem.code,
                                 json::serialize(result.problem.details)));
    return result;
}

/// Only the hub sends: whatever is elsewhere comes home first.
void Story::carry_messages() {
    world_.settle(now_);
    post_.carry(world_.office(), now_, [this](Act act) { return courier(std::move(act)); });
}

void Story::keep_house() {
    for (const auto& name : hub::daily_commands(world_.office().scope().tenant))
        courier({"", name, {}, next_id(), now_, {}});
}

void Story::change_rule(const Line& line) {
    json::object rule{{"type", line.at("art")},
                      {"when", json::object{{"recipient", line.at("absender")}}},
                      {"do", line.at("verhalten")}};
    for (const auto& detail : line.details)
        if (const auto why = set_path(rule, detail.at("pfad"), value_of(detail.at("wert"))); !why.empty())
            throw Broken(why);
    post_.add_rule(std::move(rule));
}

json::object Story::person_in_message(const std::string& name) const {
    json::object out;
    for (const auto* field : {"family_name", "given_names", "birth_date"})
        if (const auto text = text_of(person(name).record, field); !text.empty()) out[field] = text;
    return out;
}

void Story::send_as_other(const Line& line) {
    const auto sender = line.at("absender");
    const auto own = hub::exchange_address(world_.office().scope().tenant);
    json::object wish{{"recipient", own}, {"from", sender.substr(sender.rfind(' ') + 1)}};
    const auto message = [&](const char* type, json::object payload) {
        wish["kind"] = "message";
        wish["type"] = type;
        wish["sender"] = sender;
        wish["payload"] = std::move(payload);
    };
    if (line.is("echo") || line.is("echo_broken")) {
        wish["kind"] = line.is("echo") ? "rueckmeldung" : "broken";
        wish["person"] = person_in_message(line.at("name"));
    } else if (line.is("again")) {
        wish["kind"] = "duplicate";
        wish["message_id"] = post_.last_sent();
    } else if (line.is("late_answer")) {
        wish["kind"] = "auswertung";
        wish["message_id"] = text_of(post_.entry("received", "rueckmeldung"), "id");
    } else if (line.is("take_back")) {
        message("revocation", {{"revokes", post_.last_sent()},
                               {"revoked_type", "rueckmeldung"},
                               {"revoked_on", to_iso(local_date(now_))}});
    } else if (line.is("spouse_moved")) {
        auto spouse = person_in_message(line.at("name"));
        auto person = spouse;
        person["given_names"] = "Karl";
        message("spouse_change", {{"person", std::move(person)},
                                  {"spouse", std::move(spouse)},
                                  {"new_dwelling", json::object{{"ags", "99001002"},
                                                                {"postcode", "99102"},
                                                                {"city", "Musterstedt"},
                                                                {"street", "Alte Gasse"},
                                                                {"house_no", 9}}},
                                  {"moved_in", to_iso(local_date(now_))}});
    } else if (line.is("asks_where")) {
        message("whereabouts_request",
                {{"person", person_in_message(line.at("name"))}, {"reference", line.at("zeichen")}});
    } else {
        message("vms_request", {{"person", person_in_message(line.at("name"))},
                                {"address", json::object{{"ags", world_.office().scope().tenant.ags}}}});
    }
    auto& changed = line.is("asks_form") ? wish["payload"].as_object() : wish;
    for (const auto& detail : line.details)
        if (const auto why = set_path(changed, detail.at("pfad"), value_of(detail.at("wert"))); !why.empty())
            throw Broken(why);
    post_.send(wish, now_);
}

json::object Story::repaired(const Line& line) {
    const auto row =
        only_row("abgewiesene Nachrichten",
                 "SELECT * FROM outbox WHERE message_type = $kind AND state = 'rejected'", line.at("art"));
    auto payload = parse_json(row.text("payload"))->as_object();
    for (const auto& detail : line.details) {
        std::string why;
        if (detail.is("set")) why = set_path(payload, detail.at("pfad"), value_of(detail.at("wert")));
        if (detail.is("without")) why = remove_path(payload, detail.at("pfad"));
        if (!why.empty()) throw Broken(why);
    }
    return {{"message_id", row.text("id")}, {"payload", std::move(payload)}, {"reason", line.at("grund")}};
}

}  // namespace wa::worlds

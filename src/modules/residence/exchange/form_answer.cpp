// Our answer when another office asks for a prefilled form of somebody of our register.
#include <algorithm>
#include <tuple>

#include "kernel/outbox.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

json::object entry(const Row& person, const char* role) {
    return {{"family_role", role}, {"person", facts_of(person)}};
}

bool is_of_age(const CommandContext& context, const Row& person) {
    const auto born = parse_partial_date(person.text("birth_date"));
    const auto age = born ? age_on(*born, context.today) : std::nullopt;
    return age && *age >= context.reference.parameter("person.age_of_majority", context.today);
}

/// Spouse and minor children who live in the same dwelling; nobody with a block under § 51.
void add_family(CommandContext& context, const Row& head, const Row& home, json::array& persons) {
    for (const auto& relation :
         context.records.query(statements::raw_relations, {{"person_id", head.text("id")}})) {
        const auto kind = relation.text("kind");
        const bool spouse = kind == "spouse" || kind == "partner";
        if ((!spouse && kind != "child") || !relation.text("valid_to").empty()) continue;
        const auto other = read_row(context.records.tx(), "person", relation.text("other_id"));
        if (!other || other->text("status") != "resident" || is_blocked(*other)) continue;
        if (kind == "child" && is_of_age(context, *other)) continue;
        const auto dwellings =
            context.records.query(statements::dwellings_of, {{"person_id", other->text("id")}});
        const bool together = std::any_of(dwellings.begin(), dwellings.end(), [&](const Row& row) {
            return row.integer("current") == 1 && row.text("ags") == home.text("ags") &&
                   row.text("address_key") == home.text("address_key");
        });
        if (together) persons.push_back(entry(*other, spouse ? "spouse" : "child"));
    }
}

/// The dwellings a form may tell of, first the one we were asked as the office of: here, still lived in, and
/// not a secondary one, as far as there is such.
Rows dwellings_to_tell(CommandContext& context, const Row& person) {
    Rows told;
    for (auto& row : context.records.query(statements::dwellings_of, {{"person_id", person.text("id")}}))
        if (!row.text("ags").empty()) told.push_back(std::move(row));
    const auto rank = [&](const Row& row) {
        return std::tuple(row.text("ags") != context.tenant.ags, row.integer("current") == 0,
                          row.text("status") == "N");
    };
    std::stable_sort(told.begin(), told.end(), [&](const Row& a, const Row& b) { return rank(a) < rank(b); });
    return told;
}

json::object form_of(CommandContext& context, const Row& person, bool with_family) {
    json::object facts{{"result", "hit"}};
    json::array persons{entry(person, "head")}, others;
    for (const auto& row : dwellings_to_tell(context, person)) {
        const bool first = !facts.contains("dwelling");
        if (!first && row.integer("current") == 0) continue;
        if (first) {
            facts["dwelling"] = facts_of(row);
            facts["dwelling_status"] = row.text("status");
            facts["moved_in"] = row.text("moved_in");
            facts["departed_on"] = row.text("moved_out");
            if (with_family) add_family(context, person, row, persons);
        } else {
            others.push_back(json::object{{"dwelling", facts_of(row)},
                                          {"dwelling_status", row.text("status")},
                                          {"moved_in", row.text("moved_in")}});
        }
    }
    facts["persons"] = std::move(persons);
    facts["other_dwellings"] = std::move(others);
    return fill("vms_response", facts);
}

Result<Received> answer_request(CommandContext& context, const IncomingMessage& message) {
    const auto& person = object_of(message.payload, "person");
    const auto meant = find_meant(context.records.tx(), person, object_of(message.payload, "address"),
                                  context.reference, context.today);
    Message out;
    out.message_type = "vms_response";
    out.recipient_key = message.sender.substr(message.sender.rfind(' ') + 1);
    out.answers = message.message_id;
    std::string result = meant.several ? "not_unique" : "not_found";
    if (meant.person && meant.person->text("status") != "deceased" &&
        !is_secured(context.records.tx(), *meant.person, context.reference, context.today)) {
        out.person_id = meant.person->text("id");
        result = is_blocked(*meant.person) ? "blocked" : "hit";
    }
    out.payload = result == "hit" ? form_of(context, *meant.person, flag_of(message.payload, "with_family"))
                                  : json::object{{"result", result}};
    put_message(context, out);
    const auto months = int(context.reference.parameter("vms.log_months", context.today));
    context.records.insert("retrieval_log", context.ids.next(),
                           {{"direction", std::string("in")},
                            {"office", message.sender},
                            {"case_id", std::string()},
                            {"person_id", out.person_id},
                            {"by_user", std::string()},
                            {"at_ms", context.at.ms},
                            {"result", result},
                            {"erase_after", to_iso(add_months(context.today, months))}});
    Received received;
    received.person_id = out.person_id;
    return received;
}

}  // namespace

void install_form_answer(Registry& registry) {
    registry.bind_message("vms_request", answer_request);
}

}  // namespace wa::residence

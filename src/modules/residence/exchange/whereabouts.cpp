// Inquiries of other authorities after somebody who has left for an unknown place (BMG § 3 Abs. 2 Nr. 9):
// kept for two years, answered when the person registers again.
#include <algorithm>

#include "kernel/outbox.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

constexpr std::string_view purpose = "whereabouts";

/// Lives here, or the register knows where else.
bool address_known(CommandContext& context, const Row& person) {
    const auto dwellings =
        context.records.query(statements::dwellings_of, {{"person_id", person.text("id")}});
    return std::any_of(dwellings.begin(), dwellings.end(),
                       [](const Row& row) { return row.text("moved_out").empty(); });
}

void keep_inquiry(CommandContext& context, const std::string& person_id, const std::string& office,
                  const std::string& reference, Timestamp asked_at) {
    const json::object asked{
        {"office", office}, {"reference", reference}, {"requested_on", to_iso(local_date(asked_at))}};
    context.records.insert("zone_datum", context.ids.next(),
                           {{"person_id", person_id},
                            {"zone", std::int64_t(3)},
                            {"purpose", std::string(purpose)},
                            {"field", std::string("whereabouts_request")},
                            {"sheet", std::string()},
                            {"value", json::serialize(asked)},
                            {"recorded_at_ms", asked_at.ms},
                            {"source", office}});
}

Result<Received> take_inquiry(CommandContext& context, const IncomingMessage& message) {
    WA_TRY(meant, meant_by(context, message, object_of(message.payload, "person"), {}));
    if (message.decision == "close") return Received{};
    if (!meant.person)
        return left_open(meant, meant.several ? problems::residence_message_person_not_unique
                                              : problems::residence_message_person_unknown);
    if (meant.person->text("status") == "deceased")
        return left_open(meant, problems::residence_message_deceased);
    if (address_known(context, *meant.person)) return left_open(meant, problems::residence_inquiry_known);
    Received received;
    received.person_id = meant.person->text("id");
    keep_inquiry(context, received.person_id, message.sender, text_of(message.payload, "reference"),
                 context.at);
    return received;
}

std::int64_t kept_since(const CommandContext& context) {
    const auto months = int(context.reference.parameter("inquiry.keep_months", context.today));
    return start_of_local_day(add_months(context.today, -months)).ms;
}

}  // namespace

void answer_inquiries(CommandContext& context, const Row& person, const json::object& facts,
                      const std::string& case_id) {
    const auto id = person.text("id");
    for (const auto& row : context.records.query(statements::zone_data_of, {{"person_id", id}})) {
        if (row.text("purpose") != purpose || row.integer("recorded_at_ms") < kept_since(context)) continue;
        if (is_blocked(person)) {
            // Whether an authority may know is not for a program to say (BMG § 51).
            put_task(context, {.kind = "inquiry_of_blocked",
                               .subject = row.text("id"),
                               .title = "Aufenthaltsanfrage trotz Auskunftssperre: Leitung entscheidet",
                               .case_id = case_id,
                               .person_id = id});
            continue;
        }
        const auto asked = parse_json(row.text("value"));
        WA_ASSERT(asked && asked->is_object());
        auto answer = facts;
        for (const auto* field : {"reference", "requested_on"})
            answer[field] = text_of(asked->get_object(), field);
        Message message;
        message.message_type = "whereabouts_answer";
        message.recipient = row.text("source");
        message.case_id = case_id;
        message.person_id = id;
        message.payload = fill(message.message_type, answer);
        // One person may be asked for by one office under several references.
        put_message(context, message);
        context.records.erase("zone_datum", row.text("id"));
    }
}

void reopen_inquiry(CommandContext& context, const Row& answer) {
    // A corrected one followed: that is the answer.
    if (answer.text("state") == message_state::repaired) return;
    const auto payload = parse_json(answer.text("payload"));
    WA_ASSERT(payload && payload->is_object());
    const auto asked_on = parse_date(text_of(payload->get_object(), "requested_on"));
    keep_inquiry(context, answer.text("person_id"), answer.text("recipient"),
                 text_of(payload->get_object(), "reference"),
                 asked_on ? start_of_local_day(*asked_on) : context.at);
}

std::int64_t forget_inquiries(CommandContext& context) {
    const auto rows = context.records.query(
        statements::zone_data_before,
        {{"purpose", std::string(purpose)}, {"before", kept_since(context)}, {"limit", daily_part}});
    for (const auto& row : rows) context.records.erase("zone_datum", row.text("id"));
    return std::ssize(rows);
}

void install_whereabouts(Registry& registry) {
    registry.bind_message("whereabouts_request", take_inquiry);
}

}  // namespace wa::residence

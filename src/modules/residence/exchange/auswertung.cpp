// The Auswertung: what the former registration office answers to our Rückmeldung.
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Notes the answer at the finding that waits for it; the last one closes it, unless one of them is disputed.
void note_answer(CommandContext& context, const Row& request, const std::string& result) {
    const auto case_id = request.text("case_id");
    for (const auto& row : context.records.query(wa::sql::kernel::case_findings, {{"case_id", case_id}})) {
        const auto parsed = parse_json(row.text("details"));
        if (!row.text("code").starts_with("residence.auswertung.") || !parsed || !parsed->is_object())
            continue;
        auto details = parsed->get_object();
        std::string state = "done";
        bool ours = false;
        auto messages = array_of(details, "messages");
        for (auto& entry : messages) {
            auto& message = entry.as_object();
            if (text_of(message, "message_id") == request.text("id")) {
                ours = true;
                message["result"] = result;
                message["answered_on"] = to_iso(context.today);
            }
            const auto said = text_of(message, "result");
            if (said.empty()) state = "waiting";
            if (!said.empty() && said != "taken" && said != "settled" && state == "done") state = "open";
        }
        if (!ours) continue;
        // A booking that was taken back waits for nobody any more.
        if (row.text("state") == "dropped") state = "dropped";
        details["messages"] = std::move(messages);
        context.records.update("case_finding", row.text("id"),
                               {{"state", state}, {"details", json::serialize(details)}});
    }
}

/// Another value of the same datum has come. What was there before this registration waits until its case is
/// closed; what came with it is simply older.
void supersede(CommandContext& context, const Row& datum, const std::string& case_id) {
    for (const auto& row : context.records.query(wa::sql::kernel::messages_of_case, {{"case_id", case_id}}))
        if (row.text("answered_by") == datum.text("version"))
            return context.records.erase("zone_datum", datum.text("id"));
    context.records.update("zone_datum", datum.text("id"), {{"superseded_in", case_id}});
}

/// Data of zones 3 and 5 go where their purpose may read them, and nowhere else (BMG § 3 Abs. 2).
void store_zone_data(CommandContext& context, const IncomingMessage& message, const std::string& person_id) {
    const auto* spec = registry().message(message.message_type);
    for (const auto& entry : spec->fields.declaration()) {
        const auto& field = entry.as_object();
        const auto name = text_of(field, "name");
        const auto* value = message.payload.if_contains(name);
        if (!field.contains("zone") || !value || value->is_null()) continue;
        for (const auto& row : context.records.query(statements::zone_data_of, {{"person_id", person_id}}))
            if (row.text("field") == name) supersede(context, row, message.request->text("case_id"));
        context.records.insert("zone_datum", context.ids.next(),
                               {{"person_id", person_id},
                                {"zone", std::int64_t(text_of(field, "zone") == "5" ? 5 : 3)},
                                {"purpose", text_of(field, "purpose")},
                                {"field", name},
                                {"sheet", text_of(field, "sheet")},
                                {"value", json::serialize(*value)},
                                {"recorded_at_ms", context.at.ms},
                                {"source", message.sender}});
    }
}

/// The weapons authority learns of the move of somebody it has to do with (handbook P01).
void tell_weapons_authority(CommandContext& context, const Row& request, const Row& person) {
    json::object facts{{"person", facts_of(person)}};
    mark_block(facts, person);
    for (const auto& row :
         context.records.query(statements::dwellings_of, {{"person_id", person.text("id")}}))
        if (row.text("source_case") == request.text("case_id") && row.text("ags") == context.tenant.ags) {
            facts["new_dwelling"] = facts_of(row);
            facts["moved_in"] = row.text("moved_in");
        }
    Message message;
    message.message_type = "weapons_moved";
    message.recipient_key = context.tenant.ags.substr(0, 5);
    message.case_id = request.text("case_id");
    message.person_id = person.text("id");
    message.payload = fill(message.message_type, facts);
    put_message(context, message);
}

/// The lead has decided: "apply" means that the dwelling there is the main one, "close" the one here. The
/// other one is kept beside it, so neither is a sole one (BMG § 21).
void carry_out(CommandContext& context, const IncomingMessage& message, const Dispute& dispute) {
    const auto person = context.records.find("person", dispute.person_id);
    if (!person) return;
    const bool theirs = message.decision == "apply";
    const std::string here = theirs ? "N" : "H", there = theirs ? "H" : "N";
    const auto& other = object_of(message.payload, "our_dwelling");
    const auto source = "Auswertung " + message.sender;
    for (const auto& row :
         context.records.query(statements::dwellings_of, {{"person_id", dispute.person_id}})) {
        if (row.text("source_case") != dispute.case_id || row.text("ags") != context.tenant.ags) continue;
        change_dwelling_status(context, row, here, to_iso(context.today), source);
        note_dwelling_there(
            context, dispute.person_id,
            {.address = other, .status = there, .moved_in = "", .source = source, .decided = true});
        tell_tax_data(context, dispute.person_id, dispute.case_id);
        tell_decision(context, dispute, *person, row, other, there);
        return;
    }
}

/// The booking it answers was taken back: what it says is about somebody who did not register here.
bool is_revoked(CommandContext& context, const std::string& case_id) {
    const auto the_case = read_row(context.records.tx(), "case_file", case_id);
    return the_case && the_case->text("decision") == "revoked";
}

Result<Received> take_auswertung(CommandContext& context, const IncomingMessage& message) {
    WA_ASSERT(message.request);
    const auto& request = *message.request;
    Received received;
    received.case_id = request.text("case_id");
    received.person_id = request.text("person_id");
    const auto result = text_of(message.payload, "result");
    const Dispute dispute{request.text("id"), message.sender, received.case_id, received.person_id};
    if (is_revoked(context, received.case_id)) {
        note_answer(context, request, result);
        return received;
    }
    if (!message.decision.empty()) {
        note_answer(context, request, "settled");
        if (result == "contradiction") carry_out(context, message, dispute);
        return received;
    }
    const auto person = context.records.find("person", received.person_id);
    if (person) {
        store_zone_data(context, message, received.person_id);
        if (flag_of(message.payload, "weapons")) tell_weapons_authority(context, request, *person);
    }
    note_answer(context, request, result);
    if (result == "contradiction") open_dispute(context, dispute, received);
    if (result == "not_found")
        put_task(context, {.kind = "auswertung_not_found",
                           .subject = request.text("id"),
                           .title = "Bisherige Meldebehörde kennt die Person nicht: Angaben klären",
                           .case_id = received.case_id,
                           .person_id = received.person_id,
                           .due_on = context.today});
    return received;
}

}  // namespace

void install_auswertung(Registry& registry) {
    registry.bind_message("auswertung", take_auswertung);
}

}  // namespace wa::residence

// Two offices have a main dwelling of one person: two people decide together with the other office, by an act
// (BMG § 22; handbook P04), and both registers say the same afterwards.
#include "kernel/outbox.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

Task task_of(const Dispute& dispute, const Date& today) {
    return {.kind = "main_dwelling_conflict",
            .subject = dispute.subject,
            .title = "Hauptwohnung mit der anderen Meldebehörde klären",
            .case_id = dispute.case_id,
            .person_id = dispute.person_id,
            .due_on = today};
}

/// Their office is told of the decision by an Änderungsmitteilung.
Result<Received> take_status_change(CommandContext& context, const IncomingMessage& message) {
    const auto& payload = message.payload;
    WA_TRY(meant,
           meant_by(context, message, object_of(payload, "person"), object_of(payload, "your_dwelling")));
    Received received;
    if (message.decision == "close") return received;
    if (!meant.person) {
        received.state = "open";
        received.problem = Problem(meant.several ? problems::residence_message_person_not_unique
                                                 : problems::residence_message_person_unknown);
        for (const auto& id : meant.candidates) received.candidates.push_back(json::string(id));
        return received;
    }
    received.person_id = meant.person->text("id");
    const auto key = key_of_address(object_of(payload, "your_dwelling"), context.reference, context.today);
    for (const auto& row :
         context.records.query(statements::dwellings_of, {{"person_id", received.person_id}})) {
        if (!is_lived_in_here(row, context.tenant) || (!key.empty() && row.text("address_key") != key))
            continue;
        change_dwelling_status(context, row, text_of(payload, "your_status"), text_of(payload, "decided_on"),
                               "Änderungsmitteilung " + message.sender);
    }
    if (text_of(payload, "our_moved_out").empty())
        note_dwelling_there(context, received.person_id,
                            {.address = object_of(payload, "our_dwelling"),
                             .status = text_of(payload, "our_status"),
                             .moved_in = "",
                             .source = "Änderungsmitteilung " + message.sender,
                             .decided = true});
    tell_tax_data(context, received.person_id);
    return received;
}

}  // namespace

void open_dispute(CommandContext& context, const Dispute& dispute, Received& received) {
    put_task(context, task_of(dispute, context.today));
    received.state = "open";
    received.problem = Problem(problems::residence_message_main_dwelling);
    received.needs_release = true;
}

void end_dispute(CommandContext& context, const Dispute& dispute, std::string_view result) {
    finish_task(context, task_of(dispute, context.today), result);
}

void tell_decision(CommandContext& context, const Dispute& dispute, const Row& person,
                   const Row& our_dwelling, const json::object& their_dwelling,
                   const std::string& their_status) {
    const auto now = read_row(context.records.tx(), "dwelling", our_dwelling.text("id"));
    WA_ASSERT(now);
    json::object facts{{"person", facts_of(person)},         {"our_dwelling", facts_of(*now)},
                       {"our_status", now->text("status")},  {"our_moved_out", now->text("moved_out")},
                       {"your_dwelling", their_dwelling},    {"your_status", their_status},
                       {"decided_on", to_iso(context.today)}};
    mark_block(facts, person);
    Message message;
    message.message_type = "dwelling_status_change";
    message.recipient = dispute.office;
    message.recipient_key = dispute.office.substr(dispute.office.rfind(' ') + 1);
    message.case_id = dispute.case_id;
    message.person_id = dispute.person_id;
    message.payload = fill(message.message_type, facts);
    put_message(context, message);
    end_dispute(context, dispute,
                their_status == "N" ? "entschieden: Hauptwohnung hier" : "entschieden: Hauptwohnung dort");
}

void install_main_dwelling_dispute(Registry& registry) {
    registry.bind_message("dwelling_status_change", take_status_change);
}

}  // namespace wa::residence

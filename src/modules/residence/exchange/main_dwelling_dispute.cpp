// Two offices have a main dwelling of one person: two people decide together with the other office, by an act
// (BMG § 22; handbook P04), and both registers say the same afterwards.
#include <algorithm>

#include "kernel/outbox.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

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

/// The row of a dwelling there; null when it is unknown, or known only as an earlier stay.
std::optional<Row> known_there(CommandContext& context, const std::string& person_id,
                               const DwellingThere& there) {
    const auto key = key_of_address(there.address, context.reference, context.today);
    std::optional<Row> known;
    for (auto& row : context.records.query(statements::dwellings_of, {{"person_id", person_id}})) {
        const auto ended = row.text("moved_out");
        const bool earlier = !ended.empty() && ended < there.moved_in;
        if (row.text("address_key") != key || row.text("ags") != text_of(there.address, "ags") || earlier)
            continue;
        if (!known) known = std::move(row);  // the current ones come first
    }
    return known;
}

/// It counted as given up, or as where somebody has left for, and is kept beside the one here.
void let_stand(CommandContext& context, const Row& dwelling, const std::string& source) {
    context.records.see("dwelling", dwelling);
    if (!dwelling.text("moved_out").empty())
        note_dwelling(context, dwelling, {"moved_out", "", "correction", source});
    context.records.update("dwelling", dwelling.text("id"),
                           {{"current", std::int64_t(1)}, {"moved_out", std::string()}});
}

void add_dwelling_there(CommandContext& context, const std::string& person_id, const DwellingThere& there) {
    auto columns = dwelling_columns(there.address, context.reference, context.today);
    columns.push_back({"person_id", person_id});
    columns.push_back({"status", there.status});
    columns.push_back({"current", std::int64_t(there.current)});
    columns.push_back({"moved_in", there.moved_in});
    columns.push_back({"source", there.source});
    const auto id = context.ids.next();
    context.records.insert("dwelling", id, columns);
    const auto row = context.records.find("dwelling", id);
    note_dwelling(context, *row, {"dwelling", address_line(*row), "change", there.source}, there.moved_in);
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
        const bool ours = row.integer("current") == 1 && row.text("ags") == context.tenant.ags;
        if (!ours || (!key.empty() && row.text("address_key") != key)) continue;
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

void change_dwelling_status(CommandContext& context, const Row& dwelling, const std::string& status,
                            const std::string& on, const std::string& source, const std::string& case_id) {
    if (dwelling.text("status") == status) return;
    context.records.see("dwelling", dwelling);
    note_dwelling(context, dwelling, {"status", status, "change", source}, on);
    context.records.update("dwelling", dwelling.text("id"), {{"status", status}});
    if (dwelling.text("ags") != context.tenant.ags) return;
    const auto about = case_id.empty() ? dwelling.text("source_case") : case_id;
    if (status == "N") tell_tax_office(context, dwelling.text("person_id"), about, on);
    if (dwelling.text("status") == "N") put_main_address(context, dwelling.text("id"), about);
}

void note_dwelling_there(CommandContext& context, const std::string& person_id, const DwellingThere& there) {
    if (there.address.empty()) return;
    const auto before = index_entries(context.records.tx(), person_id);
    const auto known = known_there(context, person_id, there);
    if (!known) {
        add_dwelling_there(context, person_id, there);
    } else if (there.current) {
        const bool stands = there.decided || known->text("moved_out").empty();
        if (stands && known->integer("current") == 0) let_stand(context, *known, there.source);
        const auto now = read_row(context.records.tx(), "dwelling", known->text("id"));
        if (now->integer("current") == 1)
            change_dwelling_status(context, *now, there.status,
                                   there.moved_in.empty() ? to_iso(context.today) : there.moved_in,
                                   there.source);
    }
    write_index(context.records, person_id, before, index_entries(context.records.tx(), person_id));
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

// A Rückmeldung of another office: somebody of our register has moved there. The dwelling here ends or
// changes its status, and the other office gets our Auswertung.
#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"
#include "modules/residence/search_index.hpp"
#include "modules/residence/undo.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// What a Rückmeldung says, read once.
struct Move {
    explicit Move(const IncomingMessage& message)
        : payload(message.payload),
          sender(message.sender),
          person(object_of(payload, "person")),
          new_dwelling(object_of(payload, "new_dwelling")),
          your_dwelling(object_of(payload, "your_dwelling")),
          moved_in(text_of(payload, "moved_in")),
          their_status(text_of(payload, "dwelling_status")),
          kept(flag_of(payload, "your_dwelling_kept")) {
        our_status = text_of(payload, "your_dwelling_status", their_status == "N" ? "H" : "N");
    }
    /// Two main dwellings in one message: theirs and the one that is kept here.
    bool contradicts_itself() const {
        return kept && (their_status == "E" || (their_status == "H" && our_status != "N"));
    }
    const json::object& payload;
    std::string sender;
    /// The lead has decided for them: then ours is none, and theirs no sole one beside it.
    void decided_for_them() {
        if (!contradicts_itself()) return;
        our_status = "N";
        their_status = "H";
    }
    const json::object &person, &new_dwelling, &your_dwelling;
    std::string moved_in, their_status, our_status;
    bool kept;
};

std::string source_of(const Move& move) {
    return "Rückmeldung " + move.sender;
}

/// The dwellings here that the move is about: the one named, else the sole or main one. What began after the
/// move is a later registration here and stays as it is.
Rows affected(const CommandContext& context, const Rows& dwellings, const Move& move) {
    const auto key = key_of_address(move.your_dwelling, context.reference, context.today);
    Rows named, main;
    for (const auto& row : dwellings) {
        if (!is_lived_in_here(row, context.tenant) || row.text("moved_in") > move.moved_in) continue;
        if (!key.empty() && row.text("address_key") == key) named.push_back(row);
        if (row.text("status") != "N") main.push_back(row);
    }
    return named.empty() ? main : named;
}

/// A main dwelling that began here on the very day of the move there: both offices have one.
bool same_day_main(const CommandContext& context, const Rows& dwellings, const Move& move) {
    return !move.kept && move.their_status != "N" &&
           std::any_of(dwellings.begin(), dwellings.end(), [&](const Row& row) {
               return is_lived_in_here(row, context.tenant) && row.text("status") != "N" &&
                      row.text("moved_in") == move.moved_in;
           });
}

/// The dwelling there: a further one, or the last known of somebody who has left (BMG § 3 Abs. 1 Nr. 12).
DwellingThere there(const Move& move) {
    return {.address = move.new_dwelling,
            .status = move.their_status,
            .moved_in = move.moved_in,
            .source = source_of(move),
            .current = move.kept};
}

void change_register(CommandContext& context, const Row& person, const Rows& dwellings, const Move& move) {
    const auto id = person.text("id");
    const auto before = index_entries(context.records.tx(), id);
    for (const auto& row : affected(context, dwellings, move))
        move.kept ? change_dwelling_status(context, row, move.our_status, move.moved_in, source_of(move))
                  : end_dwelling(context, row, move.moved_in, source_of(move));
    write_index(context.records, id, before, index_entries(context.records.tx(), id));
    note_dwelling_there(context, id, there(move));
    if (!lives_here(context, id) && person.text("status") == "resident")
        change_person(context, person, {{"status", "departed", "change", source_of(move)}});
    context.records.about("person", id);
    tell_tax_data(context, id);
}

/// The lead has decided for us: theirs is a secondary one, and ours no sole one beside it (BMG § 21).
void keep_main_here(CommandContext& context, const Row& person, const Rows& dwellings, const Move& move) {
    for (const auto& row : dwellings)
        if (is_lived_in_here(row, context.tenant) && row.text("status") != "N")
            change_dwelling_status(context, row, "H", std::max(move.moved_in, row.text("moved_in")),
                                   source_of(move));
    auto kept = there(move);
    kept.status = "N";
    kept.current = kept.decided = true;
    note_dwelling_there(context, person.text("id"), kept);
    context.records.about("person", person.text("id"));
}

/// Our Auswertung, with what the other office needs from zones 3 and 5 (BMG § 33).
void answer(CommandContext& context, const IncomingMessage& message, const std::string& person_id,
            std::string_view result, json::object more = {}) {
    more["result"] = result;
    if (!person_id.empty())
        for (const auto& row : context.records.query(statements::zone_data_of, {{"person_id", person_id}}))
            if (auto value = parse_json(row.text("value"))) more[row.text("field")] = std::move(*value);
    Message out;
    out.message_type = "auswertung";
    out.recipient_key = text_of(object_of(message.payload, "new_dwelling"), "ags");
    out.person_id = person_id;
    out.answers = message.message_id;
    out.payload = fill("auswertung", more);
    put_message(context, out);
}

Received dispute(CommandContext& context, const IncomingMessage& message, const Row& person,
                 const Rows& dwellings) {
    Received received;
    received.person_id = person.text("id");
    json::object ours;
    for (const auto& row : dwellings)
        if (is_lived_in_here(row, context.tenant) && row.text("status") != "N")
            ours = {{"our_dwelling", facts_of(row)}, {"our_status", row.text("status")}};
    mark_block(ours, person);
    answer(context, message, received.person_id, "contradiction", std::move(ours));
    open_dispute(context, {message.inbox_id, message.sender, "", received.person_id}, received);
    return received;
}

/// What was decided about the main dwelling, to the office that claimed it.
void tell(CommandContext& context, const IncomingMessage& message, const Row& person, const Rows& dwellings,
          const Move& move, const std::string& their_status) {
    for (const auto& row : dwellings) {
        if (!is_lived_in_here(row, context.tenant) || row.text("status") == "N") continue;
        const Dispute dispute{message.inbox_id, message.sender, "", person.text("id")};
        return tell_decision(context, dispute, person, row, move.new_dwelling, their_status);
    }
}

/// Taken back by its sender while it waited here for a decision.
bool is_taken_back(CommandContext& context, const IncomingMessage& message) {
    const auto rows = context.records.query(statements::revocations_of_sender, {{"sender", message.sender}});
    return std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
        const auto payload = parse_json(row.text("payload"));
        return payload && payload->is_object() &&
               text_of(payload->get_object(), "revokes") == message.message_id;
    });
}

/// Nothing was booked upon it, so it can only be put away; nobody waits for an answer.
Result<Received> put_away(CommandContext& context, const IncomingMessage& message) {
    if (message.decision == "apply") return fail(problems::residence_message_taken_back);
    const auto row = context.records.find("inbox", message.inbox_id);
    WA_ASSERT(row.has_value());
    end_dispute(context, {message.inbox_id, message.sender, "", row->text("person_id")},
                "von der anderen Meldebehörde zurückgenommen");
    return Received{};
}

Result<Received> take_rueckmeldung(CommandContext& context, const IncomingMessage& message) {
    if ("Meldebehörde " + text_of(object_of(message.payload, "new_dwelling"), "ags") != message.sender)
        return fail(problems::message_unknown_sender);
    if (!message.decision.empty() && is_taken_back(context, message)) return put_away(context, message);
    Move move(message);
    WA_TRY(meant, meant_by(context, message, move.person, move.your_dwelling));
    const bool closed = message.decision == "close";
    if (!meant.person || (closed && message.chosen_person.empty() && meant.several)) {
        if (!closed)
            return left_open(meant, meant.several ? problems::residence_message_person_not_unique
                                                  : problems::residence_message_person_unknown);
        answer(context, message, "", "not_found");
        return Received{};
    }
    Received received;
    received.person_id = meant.person->text("id");
    const auto dwellings =
        context.records.query(statements::dwellings_of, {{"person_id", received.person_id}});
    const bool disputed = move.contradicts_itself() || same_day_main(context, dwellings, move);
    // Put away without consequences: for them nobody here is meant, and they wait for that word.
    if (closed && !disputed) {
        answer(context, message, "", "not_found");
        return received;
    }
    if (meant.person->text("status") == "deceased")
        return left_open(meant, problems::residence_message_deceased);
    if (disputed && message.decision.empty()) return dispute(context, message, *meant.person, dwellings);
    // Settled by a clerk of the lead, the other office's word counts.
    if (disputed) move.decided_for_them();
    if (closed)
        keep_main_here(context, *meant.person, dwellings, move);
    else
        change_register(context, *meant.person, dwellings, move);
    if (!disputed) answer(context, message, received.person_id, "taken");
    if (disputed) tell(context, message, *meant.person, dwellings, move, closed ? "N" : move.their_status);
    return received;
}

/// The tax office's task of a dwelling that is no secondary one after all.
void drop_tax_task(CommandContext& context, const std::string& person_id) {
    for (const auto& row : context.records.query(statements::dwellings_of, {{"person_id", person_id}}))
        if (is_lived_in_here(row, context.tenant) && row.text("status") != "N")
            finish_task(context,
                        {.kind = "second_home_tax",
                         .subject = person_id,
                         .case_id = row.text("source_case"),
                         .person_id = person_id},
                        "Die andere Meldebehörde hat ihre Mitteilung zurückgenommen");
}

/// Another office takes back what it told us. What was booked upon it is undone when a clerk says so: the
/// person may have moved after all (BMG § 6 Abs. 1).
Result<Received> take_revocation(CommandContext& context, const IncomingMessage& message) {
    Received received;
    std::string booking;
    bool forgotten = false;
    for (const auto& row : context.records.query(
             statements::inbox_of_sender,
             {{"message_id", text_of(message.payload, "revokes")}, {"sender", message.sender}})) {
        // What still waits here, or went back, has booked nothing.
        if (row.text("state") != "done" && row.text("state") != "settled") continue;
        received.person_id = row.text("person_id");
        // Nobody writes the row but the command that took or settled the message.
        booking = row.text("version");
        // But the one that emptied it after its time (residence.forget_papers): then nobody knows any more.
        forgotten = row.text("payload") == "{}";
    }
    if (received.person_id.empty() || message.decision == "close") return received;
    if (message.decision.empty()) {
        received.state = "open";
        received.problem = Problem(problems::residence_message_revoked);
        return received;
    }
    if (forgotten) return fail(problems::residence_changed_since);
    Undo undo(context, received.person_id, {"", booking, message.sender + " nimmt ihre Mitteilung zurück"});
    if (!undo.possible() || !undo.still_the_last_word()) return fail(problems::residence_changed_since);
    undo.run();
    for (const auto& row : context.records.query(
             statements::messages_of_command, {{"command_id", booking}, {"person_id", received.person_id}}))
        take_back_message(context, row, "Die andere Meldebehörde hat ihre Mitteilung zurückgenommen.");
    drop_tax_task(context, received.person_id);
    return received;
}

}  // namespace

void install_rueckmeldung(Registry& registry) {
    registry.bind_message("rueckmeldung", take_rueckmeldung);
    registry.bind_message("revocation", take_revocation);
}

}  // namespace wa::residence

// A datum of the register was corrected or carried forward: whoever had got the old value is told (BMG § 6
// Abs. 1). And other offices tell us so.
#include <algorithm>
#include <map>
#include <set>

#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Declaration of a field of a type of message; empty when it has none of that name.
const json::object& field_of(const std::string& message_type, std::string_view name) {
    static const json::object none;
    if (const auto* spec = registry().message(message_type))
        for (const auto& field : spec->fields.declaration())
            if (text_of(field.as_object(), "name") == name) return field.as_object();
    return none;
}

bool carries(const Row& message, const std::string& field) {
    const auto& fields = array_of(field_of(message.text("message_type"), "person"), "fields");
    return std::any_of(fields.begin(), fields.end(),
                       [&](const json::value& one) { return text_of(one.as_object(), "name") == field; });
}

/// What others get at all, by the declaration of the message.
bool may_be_told(const std::string& field) {
    const auto& options = array_of(field_of("correction", "field"), "options");
    return std::any_of(options.begin(), options.end(),
                       [&](const json::value& one) { return text_of(one.as_object(), "value") == field; });
}

/// It has left or will. Who was only asked was told nothing, and the person's own postbox is no office.
bool was_told(const Row& message) {
    const auto state = message.text("state");
    const bool leaves = state == message_state::due || state == message_state::held ||
                        state == message_state::handed_over || state == message_state::acknowledged;
    return leaves && message.integer("interactive") == 0 &&
           message.text("message_type") != "postbox_delivery";
}

/// By recipient the last message with that datum, of all registrations of the person that still stand.
std::map<std::string, Row> former_recipients(CommandContext& context, const std::string& person_id,
                                             const std::string& field) {
    std::map<std::string, Row> told;
    std::set<std::string> cases;
    for (const auto& dwelling : context.records.query(statements::dwellings_of, {{"person_id", person_id}}))
        if (auto id = dwelling.text("source_case"); !id.empty()) cases.insert(std::move(id));
    for (const auto& id : cases)
        for (auto& row : context.records.query(wa::sql::kernel::messages_of_case, {{"case_id", id}})) {
            if (row.text("person_id") != person_id || !was_told(row) || !carries(row, field)) continue;
            const auto [last, first] = told.try_emplace(row.text("recipient"), row);
            if (!first && last->second.text("id") < row.text("id")) last->second = std::move(row);
        }
    return told;
}

/// Another office corrects what it told us. What follows for our register a clerk decides.
Result<Received> take_correction(CommandContext& context, const IncomingMessage& message) {
    Received received;
    for (const auto& row : context.records.query(
             statements::inbox_of_sender,
             {{"message_id", text_of(message.payload, "corrects")}, {"sender", message.sender}}))
        received.person_id = row.text("person_id");
    if (!message.decision.empty()) return received;
    received.state = "open";
    received.problem = Problem(problems::residence_message_corrected);
    return received;
}

/// The spouse of somebody of our register has moved there. The register has no address of spouses elsewhere
/// yet: a clerk looks what follows, for instance where the family lives (BMG § 22 Abs. 1).
Result<Received> take_spouse_change(CommandContext& context, const IncomingMessage& message) {
    WA_TRY(meant, meant_by(context, message, object_of(message.payload, "spouse"), {}));
    if (!message.decision.empty()) {
        Received received;
        if (meant.person) received.person_id = meant.person->text("id");
        return received;
    }
    return left_open(meant, meant.person    ? problems::residence_message_spouse_moved
                            : meant.several ? problems::residence_message_person_not_unique
                                            : problems::residence_message_person_unknown);
}

}  // namespace

void tell_recipients(CommandContext& context, const std::string& person_id, const std::string& field,
                     const std::string& kind, const std::string& told_by) {
    // A Koffer has no outbox; the hub does it when it runs the command.
    if (context.side != Side::hub) return;
    const auto person = context.records.find("person", person_id);
    WA_ASSERT(person);
    json::object facts{{"field", field}, {"kind", kind}, {"changed_on", to_iso(context.today)}};
    const auto now = facts_of(*person);
    if (const auto* value = now.if_contains(field)) facts["person"] = json::object{{field, *value}};
    for (const auto& [recipient, told] : former_recipients(context, person_id, field)) {
        if (!told_by.empty() && told.text("case_id") == told_by) continue;
        facts["corrects"] = told.text("id");
        facts["corrected_type"] = told.text("message_type");
        Message message;
        message.message_type = "correction";
        message.recipient = recipient;
        message.case_id = told_by;
        message.person_id = person_id;
        message.payload = fill(message.message_type, facts);
        put_message(context, message);
    }
}

void tell_changes(CommandContext& context, const std::string& person_id, const std::string& case_id) {
    for (const auto& entry :
         context.records.query(statements::raw_person_history, {{"person_id", person_id}}))
        if (entry.text("recorded_by") == context.command_id && may_be_told(entry.text("field")))
            tell_recipients(context, person_id, entry.text("field"), entry.text("kind"), case_id);
}

void install_corrections(Registry& registry) {
    registry.bind_message("correction", take_correction);
    registry.bind_message("spouse_change", take_spouse_change);
}

}  // namespace wa::residence

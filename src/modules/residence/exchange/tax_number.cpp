// The tax number (Identifikationsnummer, BMG § 3 Abs. 1 Nr. 8; AO § 139b). No citizen is asked for it: it
// comes with the prefilled form of the former office, else the Bundeszentralamt für Steuern answers our
// request.
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/exchange/form_differences.hpp"

namespace wa::residence {

namespace {

/// A number that the register has otherwise gives way: the Bundeszentralamt assigns them (handbook § 8.1).
Result<Received> take_number(CommandContext& context, const IncomingMessage& message) {
    WA_ASSERT(message.request);
    Received received;
    received.case_id = message.request->text("case_id");
    received.person_id = message.request->text("person_id");
    const auto person = context.records.find("person", received.person_id);
    // Whose registration was taken back is nobody of this register's.
    if (person && person->text("status") != "withdrawn") {
        change_person(context, *person,
                      {{"tax_id", text_of(message.payload, "tax_id"), "change", message.sender}});
        tell_tax_data(context, received.person_id, received.case_id);
    }
    return received;
}

}  // namespace

std::string received_tax_id(Transaction& tx, const json::object& form, std::size_t index) {
    for (const auto& [asked, received] : received_forms(tx, form))
        for (const auto& entry : array_of(received, "persons")) {
            const auto& person = object_of(entry.as_object(), "person");
            if (place_of(person, array_of(form, "persons")) != index) continue;
            if (auto number = text_of(person, "tax_id"); !number.empty()) return number;
        }
    return "";
}

void install_tax_number(Registry& registry) {
    registry.bind_message("bzst_number", take_number);
}

}  // namespace wa::residence

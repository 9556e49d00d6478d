// Inside the module: the exchange with other registration offices and authorities.
#pragma once

#include <map>

#include "kernel/inbox.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

/// What a type of message may carry, taken from what is known: only declared fields, and of those what is
/// there. Groups are filled from the member of the same name.
json::object fill(const json::array& fields, const json::object& facts);
/// The same for a whole type.
json::object fill(std::string_view message_type, const json::object& facts);

/// Columns of a person or dwelling as facts: lists unfolded.
json::object facts_of(const Row& row);
/// Every copy of an address tells of a block (BMG § 51; handbook § 11). Of witnesses nothing shows that they
/// are protected (BMG § 53).
void mark_block(json::object& facts, const Row& person);

/// Whom an incoming message means: names and birth date equal (in any spelling of DIN 91379's search form),
/// the tax number not another one; among several who lives at that address. Never by sound alone.
struct Meant {
    std::optional<Row> person;
    std::vector<std::string> candidates;  ///< who else it may be, when nobody or several fit
    bool several = false;
};
Meant find_meant(Transaction& tx, const json::object& person, const json::object& address,
                 const Reference& reference, const Date& today);

/// The same, or whom the clerk has named who settles it. Who settles a message that means somebody they may
/// not see is refused: the register may know more by then than when it came.
Result<Meant> meant_by(CommandContext& context, const IncomingMessage& message, const json::object& person,
                       const json::object& address);

/// A message that a clerk settles: why, about whom, or who it may be.
Received left_open(const Meant& meant, ProblemCode why);

/// Building of an address in a message, as dwelling.address_key has it.
std::string key_of_address(const json::object& address, const Reference& reference, const Date& on);

// --- prefilled forms (form_check.cpp, tax_number.cpp)
/// What former offices have sent last about the persons of a signed form: hits, by the place of who was asked
/// about.
std::map<std::size_t, json::object> received_forms(Transaction& tx, const json::object& form);
/// Tax number that one of these says of a person of the form; empty when none does, or when names or birth
/// date are another's. Its check digit was seen when the form arrived.
std::string received_tax_id(Transaction& tx, const json::object& form, std::size_t index);

// --- messages of our own accord (messages.cpp)
/// A dwelling here has become the main one, and it is not the one a registration is about: those who keep the
/// address of the sole or main dwelling get it.
void put_main_address(CommandContext& context, const std::string& dwelling_id, const std::string& case_id);
/// What a message told does not hold: it is cancelled while it waits, and revoked when it has left.
void take_back_message(CommandContext& context, const Row& message, const std::string& reason);

// --- corrections (corrections.cpp)
/// A datum of a person has another value now: each office that got it with a registration learns the new one,
/// and nothing else (BMG § 6 Abs. 1). `kind` is correction or change. `told_by`: a case whose own messages
/// have the new value already.
void tell_recipients(CommandContext& context, const std::string& person_id, const std::string& field,
                     const std::string& kind, const std::string& told_by = "");
/// The same for everything that the registration just booked has changed of a person. After its messages.
void tell_changes(CommandContext& context, const std::string& person_id, const std::string& case_id);

// --- data for the tax on wages (tax_data.cpp)
/// The religious society under public law somebody belongs to; empty: none.
std::string religious_society(const Row& person, const Reference& reference, const Date& on);
/// Tells the Bundeszentralamt what the tax on wages goes by (BMG § 3 Abs. 2 Nr. 2) after this command has
/// changed it: of the person, and of each relative whose link it is. Only of those who have a tax number and
/// their main dwelling here, and of nobody twice. Last of all, when the register stands as it will.
void tell_tax_data(CommandContext& context, const std::string& person_id, const std::string& case_id = "");

// --- inquiries after somebody's whereabouts (whereabouts.cpp)
/// Answers what other authorities have asked about a person who registers again. `facts` as put_messages has
/// them: person, address, moved_in.
void answer_inquiries(CommandContext& context, const Row& person, const json::object& facts,
                      const std::string& case_id);
/// The answer to an inquiry was wrong, because the registration was: the inquiry waits again.
void reopen_inquiry(CommandContext& context, const Row& answer);
/// Erases inquiries past their time; how many.
std::int64_t forget_inquiries(CommandContext& context);

// --- two main dwellings (main_dwelling_dispute.cpp)
struct Dispute {
    std::string subject;  ///< the message the dispute came from
    std::string office;   ///< the other one, "Meldebehörde 99001002"
    std::string case_id, person_id;
};
/// Puts the task and leaves the message to the lead.
void open_dispute(CommandContext& context, const Dispute& dispute, Received& received);
/// Closes the task of a dispute that is over.
void end_dispute(CommandContext& context, const Dispute& dispute, std::string_view result);
/// The register here is as decided: tells the other office and closes the task.
void tell_decision(CommandContext& context, const Dispute& dispute, const Row& person,
                   const Row& our_dwelling, const json::object& their_dwelling,
                   const std::string& their_status);

// --- what becomes of a dwelling (dwelling_change.cpp)
/// A dwelling's new status from a day on with its history. Of one here: the tax office's task when it becomes
/// a secondary one, and who keeps everybody's main address is told when it becomes that. `case_id`: what it
/// comes from; empty: the registration of the dwelling.
void change_dwelling_status(CommandContext& context, const Row& dwelling, const std::string& status,
                            const std::string& on, const std::string& source, const std::string& case_id = "",
                            const std::string& document_id = "");
/// It was lived in until that day; deregistered today.
void end_dwelling(CommandContext& context, const Row& dwelling, const std::string& on,
                  const std::string& source, const std::string& document_id = "");

// --- dwellings in other municipalities (dwelling_there.cpp)
/// A dwelling in another municipality, as its office tells of it.
struct DwellingThere {
    const json::object& address;
    std::string status, moved_in, source;
    bool current = true;   ///< false: of somebody who does not live here any more
    bool decided = false;  ///< stands by a decision, even if the person said that it is given up
};
/// Notes it beside ours (BMG § 3 Abs. 1 Nr. 12), or its status where it is known.
void note_dwelling_there(CommandContext& context, const std::string& person_id, const DwellingThere& there);

void install_whereabouts(Registry& registry);            ///< whereabouts_request
void install_corrections(Registry& registry);            ///< correction, spouse_change of other offices
void install_main_dwelling_dispute(Registry& registry);  ///< dwelling_status_change
void install_form_request(Registry& registry);  ///< residence.request_form, received_form, vms_response
void install_form_check(Registry& registry);    ///< the check residence.form_differences
void install_tax_number(Registry& registry);    ///< bzst_number
void install_form_answer(Registry& registry);   ///< vms_request of other offices
void install_auswertung(Registry& registry);    ///< auswertung
void install_rueckmeldung(Registry& registry);  ///< rueckmeldung, revocation of other offices

}  // namespace wa::residence

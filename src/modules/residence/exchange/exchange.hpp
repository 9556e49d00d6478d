// Inside the module: the exchange with other registration offices and authorities.
#pragma once

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

/// Whom an incoming message means: names and birth date equal (in any spelling of DIN 91379's search form),
/// the tax number not another one; among several who lives at that address. Never by sound alone.
struct Meant {
    std::optional<Row> person;
    std::vector<std::string> candidates;  ///< who else it may be, when nobody or several fit
    bool several = false;
};
Meant find_meant(Transaction& tx, const json::object& person, const json::object& address,
                 const Reference& reference, const Date& today);

/// Building of an address in a message, as dwelling.address_key has it.
std::string key_of_address(const json::object& address, const Reference& reference, const Date& on);

void install_form_request(Registry& registry);  ///< residence.request_form, received_form, vms_response
void install_form_answer(Registry& registry);   ///< vms_request of other offices
void install_auswertung(Registry& registry);    ///< auswertung
void install_rueckmeldung(Registry& registry);  ///< rueckmeldung, revocation of other offices

}  // namespace wa::residence

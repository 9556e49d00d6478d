// What the parts of a booking share.
#pragma once

#include <set>

#include "kernel/cases.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

/// "Personalausweis, Stadt Testhausen": the Hinweis of every datum that comes from this person's declaration;
/// without a paper of their own that of who signs for them. Without the serial number: it stands with the
/// document alone (person_document), and is erased with it.
std::string source_of(const MoveForm& move, const Mover& mover);

/// A person of the form: a new one when `id` is empty, else the known one, brought up to date, with the
/// papers shown. `differs` names data that differ and were not touched.
Result<std::string> take_person(CommandContext& context, std::string id, const MoveForm& move,
                                const Mover& mover, json::array& differs);
/// The person's own paper that source_of names, once take_person has noted it; empty when there is none. What
/// is booked refers to it, so that its number can be said as long as the paper is kept, and no longer.
std::string shown_document(Transaction& tx, const std::string& person_id, const Mover& mover);

/// Ends what ends with the move, changes the status of what stays, adds the new dwelling and those
/// elsewhere (booking_dwellings.cpp). @return id of the new dwelling
std::string move_dwellings(CommandContext& context, const std::string& person_id, const CaseView& the_case,
                           const MoveForm& move, const Mover& mover, const std::string& registered_on);

/// Spouses, children and representatives: copies and links, each answered by the other (BMG § 3 Abs. 1
/// Nr. 9, 15, 16). `booked` in the order of the form.
void relate_persons(CommandContext& context, const MoveForm& move, const std::vector<BookedPerson>& booked);

/// Ends the link to a spouse or partner on both sides. `over`: the day the marriage ended; empty: there was
/// none, and the link ends the day it began.
void end_marriage(CommandContext& context, const std::string& person_id, const std::string& over);

/// Whom the office of the former dwelling answers to be blocked.
struct BlockedThere {
    std::set<std::size_t> places;  ///< in the form's persons
    bool somebody_else = false;    ///< asked about under names and birth date that nobody of the form has
};
/// @param received_forms of one case, oldest first
BlockedThere answered_as_blocked(const Rows& received_forms, const json::array& persons);
/// Blocks that come with the booking (booking_blocks.cpp): where the former office has one, and for who asks
/// for one, provisional until the lead decides; a conditional one for who moves into a house of the list, and
/// none any more for who has left it (BMG § 52). Reads the booked persons anew.
void take_blocks(CommandContext& context, const CaseView& the_case, std::vector<BookedPerson>& booked);
/// The same for an answer that comes after the booking; before it nothing is done.
/// @param request a row of received_form
void take_late_block(CommandContext& context, const Row& the_case, const Row& request);

/// Ids of the known persons that one person of the form is meant to be, as the check for duplicates says.
std::set<std::string> same_as(const std::vector<std::pair<std::string, Finding>>& findings,
                              std::size_t index);

/// A correction case for somebody: `fields` differ from the register, which a booking never overwrites.
void put_correction(CommandContext& context, const std::string& case_id, const std::string& person_id,
                    const json::array& fields);

/// What is still to be done after the booking: stickers, new papers, lessor, house number, persons twice.
void put_tasks(CommandContext& context, const CaseView& the_case, const MoveForm& move,
               const std::vector<BookedPerson>& booked,
               const std::vector<std::pair<std::string, Finding>>& findings);

/// A task for the municipality's tax on secondary dwellings, where it has one (reference table `statutes`).
/// `since` when the dwelling is a secondary one.
void tell_tax_office(CommandContext& context, const std::string& person_id, const std::string& case_id,
                     const std::string& since);

/// What a booking left in the case: which command, and who and where, in the order of the form.
struct BookingRecord {
    struct Person {
        std::string person_id, dwelling_id;
        bool is_new = false;
    };
    std::string command_id;
    std::vector<Person> persons;
};
/// Empty when the case is not booked.
BookingRecord booking_record(Transaction& tx, const std::string& case_id);

/// Overriding a finding, and taking a booking back, take somebody from the lead who has not worked on it.
bool is_second_person(CommandContext& context, const Row& the_case);

}  // namespace wa::residence

// What the parts of this module share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/registry.hpp"

namespace wa::residence {

inline constexpr std::string_view registration = "residence.registration";

// --- words (person_page.cpp)
std::string dwelling_status_text(std::string_view status);
std::string document_type_text(const std::string& type);
std::string relation_text(const std::string& kind);
std::string field_text(const std::string& field);
/// Where a datum comes from, with the number of the paper; empty once that is erased.
std::string with_number(const std::string& source, const std::string& serial);
/// "Personalausweis, Stadt Testhausen, Nr. L01X00T47" of a row of person_document.
std::string paper_text(const Row& paper);

// --- changing a person (correct.cpp)
struct FieldChange {
    std::string field, value;
    std::string kind;    ///< correction | change
    std::string source;  ///< document seen: type and authority; its number stands with the document alone
    std::string document_id = {};  ///< that document, where it is the person's own (person_document)
};
/// Writes values with a row of history each and renews the search index. What does not change leaves nothing.
void change_person(CommandContext& context, const Row& person, const std::vector<FieldChange>& changes);
/// One row of a dwelling's history; the field is "status", "moved_out", "dwelling" or "lessor". `on` is the
/// legal day a change holds from, not the day it is written; a correction has none.
void note_dwelling(CommandContext& context, const Row& dwelling, const FieldChange& change,
                   const std::string& on = "");
/// DSMeld sheet of a column of person or dwelling; empty when there is none of its own.
std::string_view sheet_of(std::string_view field);

// --- forms (form.cpp)
/// One of the persons of a registration's form.
struct Mover {
    std::size_t index = 0;     ///< in `persons`
    const json::object& item;  ///< persons.<index>: role, papers, custody, wishes
    const json::object& person;
    std::string role;  ///< head | spouse | child | other
    /// Married or in a civil partnership, by what the person said.
    bool has_spouse() const;
    /// Surely younger than so many years on that day; an incomplete birth date counts as the oldest it can
    /// mean.
    bool younger_than(int years, const Date& on) const;
};

/// A dwelling in Germany that the persons of a form have after the move.
struct HeldDwelling {
    const json::object* block = nullptr;  ///< block "dwelling"
    const json::object* use = nullptr;    ///< block "dwelling_use": the facts of BMG § 22
    std::string moved_in;
    std::string status;  ///< E sole | H main | N secondary; empty while the facts do not decide
};

/// Everything booking, checks and letters ask of a registration's form. Refers to the form.
struct MoveForm {
    MoveForm(const json::object& form, const Reference& reference, const Date& today);
    const json::object &form, &new_dwelling;
    std::vector<Mover> persons;
    std::string moved_in;
    std::string street;  ///< name, from the directory when only the key is given
    /// Day whose directory names the street: today, because dwellings follow a renaming; the day of moving in
    /// for a street that is none any more.
    Date named_on;
    std::string previous_kind;  ///< germany | abroad | none
    bool previous_kept = false;
    std::string address_key;
    /// The new dwelling first, then the previous one if it is kept, then the further ones.
    std::vector<HeldDwelling> dwellings;
    /// What made the main dwelling the main one: only | family_dwelling | custodians | disabled_under_25 |
    /// predominantly_used | centre_of_life. Empty: the facts do not decide.
    std::string ground;
    /// E, H or N of the new dwelling; empty while the facts do not decide.
    const std::string& new_status() const { return dwellings.front().status; }
    /// The dwelling of `dwellings` with that block; null when it is given up.
    const HeldDwelling* held(const json::object& block) const;
    /// The mover that signs; null when it is somebody who does not move.
    const Mover* signer() const;
};
/// Determines E, H and N of all dwellings from the facts (BMG §§ 21, 22); the ground, or "".
std::string determine_statuses(const json::object& form, const std::vector<Mover>& persons,
                               std::vector<HeldDwelling>& dwellings, const Date& today);
/// A dwelling's street in our directory on a day; null when it has none. A key holds only in its own
/// municipality: elsewhere the same one is another street's.
const CodeEntry* street_entry(const json::object& dwelling, const Reference& reference, const Date& on);
/// The name that a street of our municipality has on a day, by one it has or once had; any other name as it
/// is.
std::string present_street(const std::string& name, const std::string& ags, const Reference& reference,
                           const Date& on);
/// Name of a street by its key on a day, else by what was typed.
std::string street_name(const json::object& dwelling, const Reference& reference, const Date& on);
/// Columns of `dwelling` from a dwelling block; lessor, dates and status are the caller's.
Columns dwelling_columns(const json::object& block, const Reference& reference, const Date& on);
/// Column values with the types of a `Value`, given as pairs.
std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise = "");

// --- dwellings (dwelling_change.cpp)
/// Somebody lives there by now, and it is one of ours.
bool is_lived_in_here(const Row& dwelling, const Tenant& tenant);
/// The person has such a one.
bool lives_here(CommandContext& context, const std::string& person_id);

// --- relations (booking_relations.cpp)
/// Relations of a person that hold today.
Rows open_relations(Transaction& tx, const std::string& person_id);
/// Column of a relation that ends or changes when the person comes of age (residence.end_childhood), so that
/// the night finds it; null in every other.
Value ward_born(std::string_view kind, const std::string& birth_date);
/// The person's birth date has been corrected.
void note_birth_of_ward(CommandContext& context, const std::string& person_id, const std::string& birth_date);

// --- messages (messages.cpp)
/// One person as booked: the row as it is now, what the form said, and the new dwelling.
struct BookedPerson {
    Row person;
    const json::object* mover = nullptr;  ///< persons.<n> of the form
    std::string dwelling_id, status;
    bool is_new = false;
};
struct Booking {
    const Row& the_case;
    const json::object& form;
    std::vector<BookedPerson> persons;
    std::string registered_on;
};
/// Puts everything due into the outbox (handbook 9.2). Each payload only what its recipient may have.
void put_messages(CommandContext& context, const Booking& booking);
/// A booked registration was taken back: what still waits is cancelled, who was told already is corrected
/// (BMG § 6 Abs. 1). Call while the rows are still as booked.
void put_revocation(CommandContext& context, const Row& the_case);

void install_person_page(Registry& registry);
void install_subject(Registry& registry);
void install_correct(Registry& registry);
void install_checks(Registry& registry);
void install_booking(Registry& registry);
/// residence.revoke
void install_revoke(Registry& registry);
/// Who may sign
void install_signers(Registry& registry);
/// residence.end_childhood
void install_childhood(Registry& registry);
/// residence.close_cases
void install_closing(Registry& registry);
/// residence.end_not_needed
void install_exemption(Registry& registry);
void install_import(Registry& registry);
/// Names the record of a list (from 0) that is brought in and cannot be taken, and its field.
Failure faulty_record(std::size_t index, std::string field);
/// residence.set_streets, residence.rename_dwellings (streets.cpp)
void install_streets(Registry& registry);
void install_letters(Registry& registry);

}  // namespace wa::residence

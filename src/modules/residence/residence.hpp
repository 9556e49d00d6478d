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

// --- changing a person (correct.cpp)
struct FieldChange {
    std::string field, value;
    std::string kind;    ///< correction | change
    std::string source;  ///< document seen: type, number, authority
};
/// Writes values with a row of history each and renews the search index. What does not change leaves nothing.
void change_person(CommandContext& context, const Row& person, const std::vector<FieldChange>& changes);
/// One row of a dwelling's history; `field` is "status", "moved_out" or "dwelling".
void note_dwelling(CommandContext& context, const Row& dwelling, std::string_view field,
                   std::string_view new_value, std::string_view kind, std::string_view source);
/// DSMeld sheet of a column of person or dwelling; empty when there is none of its own.
std::string_view sheet_of(std::string_view field);

// --- forms (form.cpp)
/// Everything booking, checks and letters ask of a registration's form.
struct MoveForm {
    explicit MoveForm(const json::object& form, const Reference& reference);
    const json::object &form, &person, &new_dwelling;
    std::string moved_in;
    std::string street;         ///< name, from the directory when only the key is given
    std::string previous_kind;  ///< germany | abroad | none
    bool previous_kept = false;
    std::string address_key;
    /// E, H or N of the new dwelling, by what the person said.
    std::string new_status() const;
    /// Status of a kept previous dwelling.
    std::string previous_status() const;
};
/// Name of a street by its key on a day, else what was typed.
std::string street_name(const json::object& dwelling, const Reference& reference, const Date& on);
/// Columns of `dwelling` from a dwelling block; lessor, dates and status are the caller's.
Columns dwelling_columns(const json::object& block, const Reference& reference, const Date& on);
/// Column values with the types of a `Value`, given as pairs.
std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise = "");

// --- messages (messages.cpp)
struct Booking {
    const Row& the_case;
    const json::object& form;
    Row person;
    std::string dwelling_id, status, registered_on;
};
/// Puts everything due into the outbox (handbook 9.2). Each payload only what its recipient may have.
void put_messages(CommandContext& context, const Booking& booking);

void install_person_page(Registry& registry);
void install_correct(Registry& registry);
void install_checks(Registry& registry);
void install_booking(Registry& registry);
void install_import(Registry& registry);
void install_letters(Registry& registry);

}  // namespace wa::residence

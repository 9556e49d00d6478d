// What the letters of this module share.
#pragma once

#include "kernel/cases.hpp"
#include "kernel/registry.hpp"

namespace wa::residence {

struct MoveForm;

/// The case, if it is a registration; its persons are named as shown.
Result<CaseView> registration_case(QueryContext& context, const std::string& case_id);
/// A day or incomplete date as a letter has it; what is none stays.
std::string german_date(const std::string& iso);
/// Letterhead, place and date, subject of a letter about no case.
Letter letter_of(const Tenant& tenant, const Date& day, std::string subject);
/// The same with the case's number. Dated today.
Letter letter_frame(const QueryContext& context, const Row& the_case, std::string subject);
/// Puts another date on a letter that was issued then and is only printed again.
void date_letter(Letter& letter, const Date& day);
/// Name and place under each other, as the window of an envelope shows them (DIN 5008).
std::vector<std::string> window_of(std::string name, const std::string& address);
/// "Anna Maria Müller", from the block of a form.
std::string name_in_form(const json::object& person);
/// All of them, one a line.
std::string names_of(const MoveForm& move);

/// The Meldeschein as it was signed: every declared value by section, the declaration, the signature.
Result<Letter> declaration(QueryContext& context, const std::string& case_id);
/// The value of a declared field as the Meldeschein has it, without codes; members of groups and lists in a
/// line each, behind their label.
std::string value_in_words(const Reference& reference, const Date& on, const json::object& field,
                           const json::value& value);
/// The amtliche Meldebestätigung (BMG § 24 Abs. 2), a page for each person.
Result<Letter> confirmation(QueryContext& context, const std::string& case_id);
/// What happens to the data, for the person: in the order of Art. 13 GDPR.
Result<Letter> privacy_notice(QueryContext& context, const std::string& case_id);
/// Who is responsible for the data, and where they are reached.
letter::Paragraph responsible_office(const Letter::Sender& sender);
/// What somebody may ask for of their data, and of whom; the authority that supervises data protection by the
/// name the tenant has put in ("supervision" of its letterhead), if any.
letter::BulletList data_rights(const Tenant& tenant);
/// To whom they may forbid that their data are passed on (BMG § 42 Abs. 3, § 50 Abs. 5), with a heading.
std::vector<letter::Block> data_objections();
/// Laws as declared ("BMG § 3 Abs. 1 Nr. 12, § 20"), each once and by its paragraphs: "BMG §§ 3, 20".
std::string laws_in_short(const std::vector<std::string>& laws);
/// To a lessor who has not confirmed (BMG § 19 Abs. 5).
Result<Letter> lessor_request(QueryContext& context, const std::string& case_id);
/// Why no registration is needed, and from when on one would be.
Result<Letter> not_needed_letter(QueryContext& context, const std::string& case_id);

/// Where to go instead; no administrative act.
Result<Letter> not_competent_letter(QueryContext& context, const std::string& case_id);
/// What is intended, why, and until when to answer (VwVfG § 28).
Result<Letter> hearing_letter(QueryContext& context, const std::string& case_id);
/// The written notice of a refusal with its reasons and the means of appeal (VwVfG § 39).
Result<Letter> refusal_letter(QueryContext& context, const std::string& case_id);

}  // namespace wa::residence

// The letters of a registration that is not booked (handbook § 1.5): another authority is competent; the
// hearing before a refusal; the refusal itself.
#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

/// What the case says of its ending, or that it has not come to it.
Result<json::object> said_of(QueryContext& context, const std::string& case_id, std::string_view code) {
    auto said = last_finding(context.tx, case_id, code);
    if (said.empty()) return fail(problems::residence_no_ending);
    return said;
}

json::object declared_ground(const std::string& value) {
    const auto* procedure = registry().procedure(registration);
    WA_ASSERT(procedure != nullptr);
    const auto& refused = object_of(object_of(procedure->description(), "endings"), case_status::refused);
    for (const auto& ground : array_of(refused, "grounds"))
        if (text_of(ground.as_object(), "value") == value) return ground.as_object();
    return {};
}

/// The first of those who were to be registered. Where nobody has moved in they are written to where they
/// lived before (`write_to` of the ground).
std::vector<std::string> addressee(const QueryContext& context, const MoveForm& move,
                                   const json::object& ground) {
    if (move.persons.empty()) return {};
    const auto& before = object_of(move.form, "previous_dwelling");
    const bool lives_before = text_of(ground, "write_to") == "previous_dwelling" && !before.empty();
    const auto address = lives_before
                             ? address_line(before, street_name(before, context.reference, context.today))
                             : address_line(move.new_dwelling, move.street);
    return window_of(name_in_form(move.persons.front().person), address);
}

/// What was asked for, so that nobody takes the letter for one about something else.
letter::FieldTable what_was_declared(const Row& the_case, const MoveForm& move) {
    return {{{"Vorgang", the_case.text("number")},
             {move.persons.size() > 1 ? "Personen" : "Name", names_of(move)},
             {"Angegebene Wohnung", address_line(move.new_dwelling, move.street)},
             {"Angegebener Einzug", german_date(move.moved_in)}}};
}

std::string day_of(std::int64_t at_ms) {
    return to_german(local_date(Timestamp{at_ms}));
}

/// The letter bears the day it was decided on, however often it is printed.
void date_as_said(Letter& letter, const json::object& said) {
    if (const auto at = parse_timestamp(text_of(said, "at"))) date_letter(letter, local_date(*at));
}

/// Who answers for the letter: a written decision names them (VwVfG § 37 Abs. 3).
letter::Paragraph signed_by(const json::object& said, const char* greeting = "Mit freundlichen Grüßen\n") {
    return {greeting + ("Im Auftrag\n" + text_of(said, "by"))};
}

std::string heard_in_words(const json::object& said) {
    const auto heard =
        "Sie wurden mit Schreiben vom " + german_date(text_of(said, "heard_on")) + " angehört. ";
    const auto answer = text_of(said, "answer");
    return answer.empty() ? heard + "Bis zum " + german_date(text_of(said, "answer_by")) +
                                " haben Sie nicht geantwortet."
                          : heard + "Ihre Antwort: " + answer;
}

}  // namespace

Result<Letter> not_competent_letter(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    WA_TRY(said, said_of(context, case_id, case_status::not_competent));
    auto out = letter_frame(context, the_case.row, "Dafür ist eine andere Behörde zuständig");
    date_as_said(out, said);
    out.official = false;
    letter::FieldTable where{{{"Zuständig ist", text_of(said, "authority")}}};
    if (const auto address = text_of(said, "address"); !address.empty())
        where.rows.push_back({"Anschrift", address});
    where.rows.push_back({"Warum", text_of(said, "reason")});
    out.body = {
        letter::Paragraph{"Guten Tag,"},
        letter::Paragraph{"Ihre Anmeldung können wir nicht bearbeiten, weil wir dafür nicht zuständig "
                          "sind."},
        std::move(where),
        letter::Paragraph{"Bitte wenden Sie sich dorthin. Wir haben nichts in das Melderegister "
                          "eingetragen und Ihre Anmeldung nicht weitergegeben."},
        signed_by(said),
        letter::SmallPrint{"Dieses Schreiben ist eine Auskunft und kein Bescheid."}};
    return out;
}

Result<Letter> hearing_letter(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    WA_TRY(said, said_of(context, case_id, "hearing"));
    const auto ground = declared_ground(text_of(said, "ground"));
    const MoveForm move(the_case.form, context.reference, context.today);
    auto out = letter_frame(context, the_case.row, "Anhörung vor einer Entscheidung");
    date_as_said(out, said);
    out.recipient_lines = addressee(context, move, ground);
    out.body = {
        letter::Paragraph{"Guten Tag,"},
        letter::Paragraph{"wir beabsichtigen, diese Anmeldung einer Wohnung abzulehnen:"},
        what_was_declared(the_case.row, move),
        letter::Heading{"Warum"},
        letter::Paragraph{text_of(ground, "de")},
        letter::Paragraph{text_of(said, "reasons")},
        letter::Notice{
            "Sie können dazu bis zum " + german_date(text_of(said, "answer_by")) + " Stellung nehmen.",
            "Schreiben Sie uns, oder kommen Sie zu uns. Stimmt etwas an den Angaben nicht, "
            "lässt es sich noch richtigstellen. Antworten Sie nicht, entscheiden wir nach "
            "dem, was uns bekannt ist."},
        signed_by(said),
        letter::SmallPrint{"Rechtsgrundlagen: " + laws_in_short({"VwVfG § 28", text_of(ground, "law")}) +
                           "."}};
    return out;
}

Result<Letter> refusal_letter(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    WA_TRY(said, said_of(context, case_id, case_status::refused));
    const auto ground = declared_ground(text_of(said, "ground"));
    const MoveForm move(the_case.form, context.reference, context.today);
    auto out = letter_frame(context, the_case.row, "Bescheid über Ihre Anmeldung");
    date_as_said(out, said);
    out.recipient_lines = addressee(context, move, ground);
    out.body = {
        letter::Paragraph{"Guten Tag,"},
        letter::Paragraph{"die Anmeldung, die Sie am " + day_of(the_case.row.integer("submitted_at_ms")) +
                          " erklärt haben, wird abgelehnt. In das Melderegister wird nichts "
                          "eingetragen."},
        what_was_declared(the_case.row, move),
        letter::Heading{"Gründe"},
        letter::Paragraph{text_of(ground, "de")},
        letter::Paragraph{text_of(said, "reasons")},
        letter::Paragraph{heard_in_words(said)},
        letter::Paragraph{"Wer eine Wohnung bezieht, muss sich weiterhin innerhalb von zwei Wochen "
                          "nach dem Einzug anmelden."},
        letter::Heading{"Rechtsbehelfsbelehrung"},
        letter::Paragraph{text_of(said, "appeal")},
        signed_by(said, ""),
        letter::SmallPrint{"Rechtsgrundlagen: " + laws_in_short({text_of(ground, "law"), "VwVfG § 39"}) +
                           "."}};
    return out;
}

}  // namespace wa::residence

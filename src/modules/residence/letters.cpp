// The letters of a registration: the receipt, and what letters share; the others have their own files.
#include <fmt/format.h>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

std::string german_date(const std::string& iso) {
    const auto date = parse_partial_date(iso);
    return date ? to_german(*date) : iso;
}

namespace {

json::object finding_details(QueryContext& context, const std::string& case_id, std::string_view code) {
    json::object last;
    for (const auto& row : context.tx.query(sql::kernel::case_findings, {{"case_id", case_id}}))
        if (row.text("code") == code)
            if (const auto details = parse_json(row.text("details")); details && details->is_object())
                last = details->get_object();
    return last;
}

Result<Letter> receipt(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto details = finding_details(context, case_id, "receipt");
    const auto number = text_of(details, "number");
    if (number.empty()) return fail(problems::residence_no_receipt);
    auto out = letter_frame(context, the_case.row, "Empfangsbestätigung");
    out.official = false;
    const MoveForm move(the_case.form, context.reference, context.today);
    const auto at = parse_timestamp(text_of(details, "at"));
    const bool lessor_missing = text_of(object_of(the_case.form, "lessor"), "lessor_form") == "missing";
    const std::string to_do = lessor_missing
                                  ? "Reichen Sie bitte noch die Bestätigung Ihres Wohnungsgebers ein "
                                    "(BMG § 19). Sonst müssen Sie nichts weiter tun."
                                  : "Sie müssen nichts weiter tun.";
    out.body = {
        letter::Paragraph{"Wir haben Ihre Anmeldung einer Wohnung entgegengenommen."},
        letter::FieldTable{{{"Nummer dieser Bestätigung", number},
                            {"Vorgang", the_case.row.text("number")},
                            {"Entgegengenommen am", at ? to_german(*at) : ""},
                            {move.persons.size() > 1 ? "Personen" : "Name", names_of(move)},
                            {"Neue Wohnung", address_line(move.new_dwelling, move.street)},
                            {"Einzug am", german_date(move.moved_in)}}},
        letter::Notice{"Das ist keine amtliche Meldebestätigung.",
                       "Ihre Angaben werden noch mit dem Melderegister abgeglichen. Danach bekommen Sie die "
                       "amtliche Meldebestätigung. " +
                           to_do}};
    return out;
}

}  // namespace

Result<CaseView> registration_case(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, load_case(context, case_id));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    return the_case;
}

Letter letter_of(const Tenant& tenant, const Date& day, std::string subject) {
    Letter out;
    const auto& sender = tenant.sender;
    out.sender.authority = text_of(sender, "authority", tenant.name);
    out.sender.office = text_of(sender, "office");
    out.sender.street = text_of(sender, "street");
    out.sender.place = text_of(sender, "place");
    out.sender.phone = text_of(sender, "phone");
    out.sender.accent_colour = tenant.accent;
    out.sender.arms_svg = text_of(sender, "arms_svg");
    out.subject = std::move(subject);
    date_letter(out, day);
    return out;
}

Letter letter_frame(const QueryContext& context, const Row& the_case, std::string subject) {
    auto out = letter_of(context.tenant, context.today, std::move(subject));
    out.reference = the_case.text("number");
    return out;
}

void date_letter(Letter& letter, const Date& day) {
    auto place = letter.sender.place;
    if (const auto space = place.find(' '); space == 5 && place[0] >= '0' && place[0] <= '9')
        place = place.substr(space + 1);
    letter.place_and_date = (place.empty() ? "" : place + ", ") + to_german(day);
    letter.created = to_iso(day);
}

std::vector<std::string> window_of(std::string name, const std::string& address) {
    std::vector<std::string> lines{std::move(name)};
    const auto comma = address.rfind(", ");
    lines.push_back(address.substr(0, comma));
    if (comma != std::string::npos) lines.push_back(address.substr(comma + 2));
    return lines;
}

std::string name_in_form(const json::object& person) {
    const auto given = text_of(person, "given_names");
    return given + (given.empty() ? "" : " ") + text_of(person, "family_name");
}

std::string names_of(const MoveForm& move) {
    std::string all;
    for (const auto& mover : move.persons) all += (all.empty() ? "" : "\n") + name_in_form(mover.person);
    return all;
}

void install_letters(Registry& registry) {
    registry.bind_letter("receipt", "case.write", receipt);
    registry.bind_letter("declaration", "case.write", declaration);
    registry.bind_letter("privacy_notice", "case.write", privacy_notice);
    registry.bind_letter("confirmation", "register.write", confirmation);
    registry.bind_letter("lessor_request", "register.write", lessor_request);
    registry.bind_letter("not_needed", "case.write", not_needed_letter);
    registry.bind_letter("not_competent", "case.write", not_competent_letter);
    registry.bind_letter("hearing", "register.write", hearing_letter);
    registry.bind_letter("refusal", "register.write", refusal_letter);
}

}  // namespace wa::residence

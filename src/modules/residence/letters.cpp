// The letters of a registration: receipt and privacy notice; the others have their own files.
#include <fmt/format.h>

#include <set>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

std::string german_date(const std::string& iso) {
    const auto date = parse_partial_date(iso);
    return date ? to_german(*date) : iso;
}

json::object finding_details(QueryContext& context, const std::string& case_id, std::string_view code) {
    json::object last;
    for (const auto& row : context.tx.query(sql::kernel::case_findings, {{"case_id", case_id}}))
        if (row.text("code") == code)
            if (const auto details = parse_json(row.text("details")); details && details->is_object())
                last = details->get_object();
    return last;
}

std::string names_of(const MoveForm& move) {
    std::string all;
    for (const auto& mover : move.persons) {
        const auto given = text_of(mover.person, "given_names");
        all += (all.empty() ? "" : "\n") + given + (given.empty() ? "" : " ") +
               text_of(mover.person, "family_name");
    }
    return all;
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

/// Purposes with the laws that allow them, each once, in the order in which the form asks.
void collect_purposes(const json::array& fields,
                      std::vector<std::pair<std::string, std::set<std::string>>>& all) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto purpose = text_of(field, "purpose"), basis = text_of(field, "basis");
        if (!purpose.empty()) {
            auto found =
                std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == purpose; });
            if (found == all.end()) found = all.insert(all.end(), {purpose, {}});
            if (!basis.empty()) found->second.insert(basis);
        }
        collect_purposes(array_of(field, "fields"), all);
    }
}

/// Who receives what, each recipient once.
letter::FieldTable recipients_of(const json::object& description) {
    letter::FieldTable table;
    for (const auto& entry : array_of(description, "recipients")) {
        const auto& one = entry.as_object();
        table.rows.push_back({text_of(object_of(one, "recipient"), "de"),
                              text_of(object_of(one, "data"), "de") + " (" + text_of(one, "law") + ")"});
    }
    return table;
}

letter::FieldTable retention_of(const json::object& description) {
    letter::FieldTable table;
    for (const auto& entry : array_of(description, "retention_rules")) {
        const auto& one = entry.as_object();
        table.rows.push_back({text_of(object_of(one, "what"), "de"),
                              text_of(object_of(one, "rule"), "de") + " (" + text_of(one, "law") + ")"});
    }
    return table;
}

Result<Letter> privacy_notice(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto* procedure = registry().procedure(registration);
    WA_ASSERT(procedure != nullptr);
    const auto& description = procedure->description();
    std::vector<std::pair<std::string, std::set<std::string>>> purposes;
    for (const auto& section : array_of(description, "sections"))
        collect_purposes(array_of(section.as_object(), "fields"), purposes);
    letter::FieldTable table;
    for (const auto& [purpose, laws] : purposes) {
        std::string text;
        for (const auto& law : laws) text += (text.empty() ? "" : "; ") + law;
        table.rows.push_back({purpose, text});
    }
    auto out = letter_frame(context, the_case.row, "Hinweise zum Datenschutz");
    out.reference.clear();
    out.body = {
        letter::Paragraph{"Sie melden eine Wohnung an. Hier steht, was mit Ihren Angaben geschieht "
                          "(Artikel 13 der Datenschutz-Grundverordnung)."},
        letter::Heading{"Wer ist verantwortlich?"},
        letter::Paragraph{out.sender.authority + "\n" + out.sender.street + "\n" + out.sender.place +
                          (out.sender.phone.empty() ? "" : "\nTelefon " + out.sender.phone) +
                          "\nDort erreichen Sie auch die behördlichen Datenschutzbeauftragten."},
        letter::Heading{"Wozu brauchen wir die Angaben, und welches Gesetz erlaubt es?"},
        std::move(table),
        letter::Heading{"Wer bekommt die Angaben?"},
        letter::Paragraph{"Jede Stelle bekommt nur, was sie für ihre Aufgabe haben darf:"},
        recipients_of(description),
        letter::Heading{"Wie lange bleiben die Angaben gespeichert?"},
        retention_of(description),
        letter::Heading{"Ihre Rechte"},
        letter::BulletList{
            {"Sie können erfahren, was über Sie gespeichert ist (Artikel 15).",
             "Sie können falsche Angaben berichtigen lassen (Artikel 16, BMG § 12).",
             "Sie können die Löschung oder Einschränkung verlangen, soweit kein Gesetz die "
             "Speicherung verlangt (Artikel 17 und 18).",
             "Sie können sich bei der Datenschutzaufsicht des Landes beschweren (Artikel 77)."}},
        letter::Heading{"Sie können widersprechen"},
        letter::Paragraph{"Ohne Angabe von Gründen und kostenlos können Sie der Weitergabe Ihrer Daten "
                          "widersprechen (BMG § 50 Abs. 5, § 42 Abs. 3):"},
        letter::BulletList{
            {"an Parteien und Wählergruppen vor Wahlen,", "aus Anlass von Alters- und Ehejubiläen,",
             "an Adressbuchverlage,",
             "an die Religionsgesellschaft Ihres Ehegatten oder Ihrer Kinder, wenn Sie ihr nicht "
             "angehören."}},
        letter::Paragraph{
            "Sie sind gesetzlich verpflichtet, die Angaben zur Anmeldung zu machen (BMG §§ 17, 25). "
            "Wer es nicht oder falsch tut, handelt ordnungswidrig (BMG § 54)."}};
    return out;
}

}  // namespace

Result<CaseView> registration_case(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, load_case(context, case_id));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    return the_case;
}

Letter letter_frame(const QueryContext& context, const Row& the_case, std::string subject) {
    Letter out;
    const auto& sender = context.tenant.sender;
    out.sender.authority = text_of(sender, "authority", context.tenant.name);
    out.sender.office = text_of(sender, "office");
    out.sender.street = text_of(sender, "street");
    out.sender.place = text_of(sender, "place");
    out.sender.phone = text_of(sender, "phone");
    out.sender.accent_colour = context.tenant.accent;
    out.sender.arms_svg = text_of(sender, "arms_svg");
    auto place = out.sender.place;
    if (const auto space = place.find(' '); space == 5 && place[0] >= '0' && place[0] <= '9')
        place = place.substr(space + 1);
    out.place_and_date = (place.empty() ? "" : place + ", ") + to_german(context.today);
    out.reference = the_case.text("number");
    out.subject = std::move(subject);
    out.created = to_iso(context.today);
    return out;
}

void install_letters(Registry& registry) {
    registry.bind_letter("receipt", "case.write", receipt);
    registry.bind_letter("declaration", "case.write", declaration);
    registry.bind_letter("privacy_notice", "case.write", privacy_notice);
    registry.bind_letter("confirmation", "register.write", confirmation);
    registry.bind_letter("lessor_request", "register.write", lessor_request);
    registry.bind_letter("not_needed", "case.write", not_needed_letter);
}

}  // namespace wa::residence

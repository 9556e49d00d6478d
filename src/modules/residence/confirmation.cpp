// The official confirmation of the registration, and the letter to a lessor who has not confirmed.
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

std::string or_dash(std::string text) {
    return text.empty() ? "–" : text;
}

/// BMG § 24 Abs. 2: these eight data and nothing else.
letter::FieldTable eight_data(const Row& person, const Row& dwelling) {
    auto given = person.text("given_names");
    const auto marked = marked_name(given, person.integer("rufname_index"));
    if (!marked.empty() && marked != given) given += " (Rufname: " + marked + ")";
    return {{{"Familienname", person.text("family_name")},
             {"Vornamen", or_dash(given)},
             {"Doktorgrad", or_dash(person.text("doctorate"))},
             {"Geburtsdatum", german_date(person.text("birth_date"))},
             {"Einzugsdatum", german_date(dwelling.text("moved_in"))},
             {"Datum der Anmeldung", german_date(dwelling.text("registered_on"))},
             {"Anschrift", address_line(dwelling)},
             {"Status der Wohnung", dwelling_status_text(dwelling.text("status"))}}};
}

}  // namespace

/// One page for each person, nothing of the others on it.
Result<Letter> confirmation(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto status = the_case.status();
    const auto record = booking_record(context.tx, case_id);
    if ((status != case_status::booked && status != case_status::closed) || record.persons.empty())
        return fail(problems::residence_not_booked);
    auto out = letter_frame(context, the_case.row, "Amtliche Meldebestätigung");
    out.reference.clear();
    for (const auto& one : record.persons) {
        const auto person = read_row(context.tx, "person", one.person_id);
        const auto dwelling = read_row(context.tx, "dwelling", one.dwelling_id);
        if (!person || !dwelling) return fail(problems::residence_not_booked);
        WA_CHECK(may_see(context, one.person_id));
        context.show("person", one.person_id);
        if (out.body.empty() && text_of(the_case.form, "delivery") == "post")
            out.recipient_lines = window_of(full_name(*person), address_line(*dwelling));
        if (!out.body.empty()) {
            out.body.push_back(letter::PageBreak{});
            out.body.push_back(letter::Heading{out.subject});
        }
        out.body.push_back(letter::Paragraph{"Folgende Daten sind im Melderegister gespeichert:"});
        out.body.push_back(eight_data(*person, *dwelling));
        out.body.push_back(
            letter::SmallPrint{"Amtliche Meldebestätigung nach § 24 Abs. 2 des Bundesmeldegesetzes."});
    }
    return out;
}

/// BMG § 19 Abs. 5: the lessor is asked who has moved in. Who has registered is not told.
Result<Letter> lessor_request(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto status = the_case.status();
    if (status != case_status::booked && status != case_status::closed)
        return fail(problems::residence_not_booked);
    const auto& lessor = object_of(the_case.form, "lessor");
    const auto name = text_or(lessor, "lessor_name", text_of(lessor, "owner_name"));
    const auto& block = object_of(lessor, "lessor_address");
    if (name.empty() || block.empty()) return fail(problems::residence_lessor_unknown);
    const MoveForm move(the_case.form, context.reference, context.today);
    auto out = letter_frame(context, the_case.row, "Bitte um Bestätigung eines Einzugs");
    out.recipient_lines =
        window_of(name, address_line(block, street_name(block, context.reference, context.today)));
    out.body = {
        letter::Paragraph{"Guten Tag,"},
        letter::Paragraph{
            "zu dieser Wohnung liegt uns keine Bestätigung des Wohnungsgebers vor. Wer jemandem eine Wohnung "
            "überlässt, muss den Einzug innerhalb von zwei Wochen schriftlich oder elektronisch bestätigen."},
        letter::FieldTable{{{"Wohnung", address_line(move.new_dwelling, move.street)},
                            {"Einzug am oder nach dem", german_date(move.moved_in)}}},
        letter::Paragraph{
            "Bitte teilen Sie uns mit, welche Personen dort eingezogen sind und an welchem Tag. "
            "Gehört Ihnen die Wohnung nicht, nennen Sie bitte auch Namen und Anschrift des "
            "Eigentümers."},
        letter::SmallPrint{"Rechtsgrundlage: § 19 Abs. 1, 3 und 5 des Bundesmeldegesetzes."}};
    return out;
}

}  // namespace wa::residence

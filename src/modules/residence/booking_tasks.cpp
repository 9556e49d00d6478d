// Booking a registration: what remains to be done by people.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"

namespace wa::residence {

namespace {

/// German identity cards carry the main address on a sticker and in the chip, passports the place.
struct Papers {
    bool identity_card = false, passport = false;
    bool any_valid = false;
};

Papers papers_of(const json::object& item, const Date& today) {
    Papers papers;
    for (const auto& entry : array_of(item, "id_documents")) {
        const auto& document = entry.as_object();
        const auto until = parse_date(text_of(document, "valid_until"));
        if (until && *until < today) continue;
        const auto type = text_of(document, "doc_type");
        papers.any_valid = true;
        papers.identity_card |= type == "PA" || type == "EPA" || type == "eIDK" || type == "eAT";
        papers.passport |= type == "RP";
    }
    return papers;
}

bool is_german(const json::object& person) {
    const auto& all = array_of(person, "nationalities");
    return std::any_of(all.begin(), all.end(),
                       [](const json::value& one) { return one.is_string() && one.get_string() == "000"; });
}

/// What the check of the lessor's confirmation found, in words.
std::string lessor_words(const json::array& why) {
    static const std::map<std::string, std::string, std::less<>> words{
        {"date_differs", "Auf ihr steht ein anderer Tag des Einzugs."},
        {"person_not_named", "Nicht alle Personen stehen darauf."},
        {"more_persons_named", "Es stehen weitere Personen darauf."},
        {"sub_tenant_without_owner",
         "Der Wohnungsgeber ist selbst Mieter, der Eigentümer ist nicht genannt."}};
    std::string all;
    for (const auto& code : why) all += (all.empty() ? "" : " ") + words.at(std::string(code.as_string()));
    return all;
}

const Finding* finding_of(const std::vector<std::pair<std::string, Finding>>& findings,
                          std::string_view code) {
    for (const auto& [name, finding] : findings)
        if (name == code) return &finding;
    return nullptr;
}

/// How many records of somebody the register has that may still be one person.
std::size_t living_records(CommandContext& context, const std::set<std::string>& ids) {
    return std::size_t(std::count_if(ids.begin(), ids.end(), [&](const std::string& id) {
        const auto row = read_row(context.records.tx(), "person", id);
        return row && row->text("status") != "deceased" && row->text("status") != "withdrawn";
    }));
}

}  // namespace

void put_correction(CommandContext& context, const std::string& case_id, const std::string& person_id,
                    const json::array& fields) {
    std::string words;
    for (const auto& field : fields)
        words += (words.empty() ? "" : ", ") + field_text(std::string(field.as_string()));
    put_task(context, {.kind = "data_differ",
                       .subject = person_id,
                       .title = "Abweichung vom Register klären und, wo nötig, berichtigen",
                       .case_id = case_id,
                       .person_id = person_id,
                       .note = "In der Anmeldung steht anderes bei: " + words +
                               ". Es gilt die Personenstandsurkunde, dann der Ausweis, dann das Register."});
}

void tell_tax_office(CommandContext& context, const std::string& person_id, const std::string& case_id,
                     const std::string& since) {
    const auto statute = context.reference.statute("second_home_tax", context.tenant.ags, context.today);
    if (!statute) return;
    const auto from = parse_partial_date(since);
    put_task(context, {.kind = "second_home_tax",
                       .subject = person_id,
                       .title = statute->text,
                       .case_id = case_id,
                       .person_id = person_id,
                       .note = from ? fmt::format("Nebenwohnung ab {}. {}", to_german(*from), statute->law)
                                    : statute->law});
}

void put_tasks(CommandContext& context, const CaseView& the_case, const MoveForm& move,
               const std::vector<BookedPerson>& booked,
               const std::vector<std::pair<std::string, Finding>>& findings) {
    const auto put = [&](const char* kind, const char* title, const std::string& person_id = "",
                         std::string note = "") {
        Task task;
        task.kind = kind;
        task.subject = person_id;
        task.title = title;
        task.case_id = the_case.id();
        task.person_id = person_id;
        task.note = std::move(note);
        put_task(context, task);
    };
    for (const auto& mover : move.persons) {
        const auto id = booked[mover.index].person.text("id");
        if (move.new_status() == "N") tell_tax_office(context, id, the_case.id(), move.moved_in);
        const auto papers = papers_of(mover.item, context.today);
        // The card shows the sole or main dwelling only.
        if (papers.identity_card && move.new_status() != "N")
            put("id_card_sticker", "Anschrift auf dem Ausweis ändern: Aufkleber und Chip", id);
        if (papers.passport && move.new_status() != "N")
            put("passport_sticker", "Wohnort im Reisepass ändern", id);
        const bool shown = !array_of(mover.item, "id_documents").empty();
        if (shown && !papers.any_valid && is_german(mover.person))
            put("new_id_card", "Neuer Ausweis: der vorgelegte ist abgelaufen", id);
        // Merging records is the lead's (handbook P01, step 6); the booking stands on the one that was
        // chosen.
        const auto same = same_as(findings, mover.index);
        if (same.count(id) && living_records(context, same) > 1)
            put("double_person", "Womöglich doppelt geführte Person: der Leitung vorlegen", id,
                "Mehrere Einträge haben diese Namen und dieses Geburtsdatum. Gebucht ist auf einen davon.");
        if (flag_of(mover.item, "block_request"))
            put("block_request", "Antrag auf Auskunftssperre aufnehmen (BMG § 51)", id);
    }
    if (const auto* lessor = finding_of(findings, "residence.lessor"); lessor && lessor->state == "hint") {
        if (text_of(object_of(move.form, "lessor"), "lessor_form") == "missing")
            put("lessor_missing", "Wohnungsgeber nach der Bestätigung fragen (BMG § 19 Abs. 5)");
        else
            put("lessor_conflict", "Bestätigung des Wohnungsgebers klären", "",
                lessor_words(array_of(lessor->details, "why")));
    }
    if (const auto* street = finding_of(findings, "residence.street");
        street && text_of(street->details, "why") == "house_number_unknown")
        put("house_number_unknown", "Hausnummer mit dem Katasteramt klären");
}

}  // namespace wa::residence

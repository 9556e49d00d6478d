// The report of a lost Koffer on paper.
#include "kernel/numbers.hpp"
#include "modules/tours/module.hpp"

namespace wa {

namespace {

std::string german_date(const std::string& iso) {
    const auto date = parse_date(iso);
    return date ? to_german(*date) : iso;
}

std::string german_day(std::int64_t ms) {
    return ms == 0 ? "–" : to_german(local_date(Timestamp{ms}));
}

std::string joined(const json::array& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : ", ") + std::string(text.as_string());
    return out;
}

std::size_t count(const json::array& tours, const char* what) {
    std::size_t sum = 0;
    for (const auto& tour : tours) sum += array_of(tour.as_object(), what).size();
    return sum;
}

/// How many; and of how many the device alone has said that they were wiped.
std::string persons_text(const json::array& tours) {
    std::size_t said_wiped = 0;
    for (const auto& tour : tours)
        if (integer_of(tour.as_object(), "said_wiped_ms") > 0)
            said_wiped += array_of(tour.as_object(), "persons").size();
    auto text = std::to_string(count(tours, "persons"));
    if (said_wiped > 0)
        text += ", davon " + std::to_string(said_wiped) + " nach Angabe des Geräts schon gelöscht";
    return text;
}

std::string numbers_text(const json::array& numbers) {
    std::string out;
    for (const auto& entry : numbers) {
        const auto& one = entry.as_object();
        const auto kind = text_of(one, "kind"), series = text_of(one, "series");
        out += (out.empty() ? "" : "\n") + std::string(kind == "receipt" ? "Belege " : "Vorgänge ") +
               number_text(kind, series, integer_of(one, "from")) + " bis " +
               number_text(kind, series, integer_of(one, "to"));
    }
    return out.empty() ? "keine" : out;
}

std::string keys_text(std::int64_t destroyed_ms) {
    if (destroyed_ms > 0)
        return "Der Koffer hat am " + german_day(destroyed_ms) +
               " gemeldet, dass seine Schlüssel vernichtet sind.";
    return "Der Koffer hat sich seit der Meldung nicht verbunden. Sobald er es tut, vernichtet er seine "
           "Schlüssel.";
}

void add_persons(const json::array& tours, std::vector<letter::Block>& body) {
    for (const auto& entry : tours) {
        const auto& tour = entry.as_object();
        body.push_back(letter::Heading{text_of(tour, "site") + ", " + german_date(text_of(tour, "day"))});
        if (const auto said = integer_of(tour, "said_wiped_ms"); said > 0)
            body.push_back(letter::Paragraph{"Diese Tour soll am " + german_day(said) +
                                             " auf dem Koffer gelöscht worden sein (Angabe des Geräts). "
                                             "Zurückgegeben hat sie niemand."});
        letter::BulletList persons;
        for (const auto& each : array_of(tour, "persons")) {
            const auto& person = each.as_object();
            const auto born = text_of(person, "birth_date");
            persons.items.push_back(text_of(person, "name") +
                                    (born.empty() ? "" : ", geboren " + german_date(born)) +
                                    (text_of(person, "what") == "extract" ? ": Auszug aus dem Melderegister"
                                                                          : ": nur der Termin"));
        }
        if (persons.items.empty()) persons.items.push_back("keine Personen");
        body.push_back(std::move(persons));
        letter::BulletList documents;
        for (const auto& each : array_of(tour, "documents")) {
            const auto& document = each.as_object();
            documents.items.push_back(text_of(document, "case") + ": " + text_of(document, "title"));
        }
        if (documents.items.empty()) continue;
        body.push_back(
            letter::Paragraph{"Unterlagen der Vorgänge dieser Tour, soweit die Zentrale sie kennt:"});
        body.push_back(std::move(documents));
    }
}

}  // namespace

Letter loss_letter(const json::object& loss, const Tenant& tenant, const Date& today) {
    const auto& inventory = object_of(loss, "inventory");
    const auto& tours = array_of(inventory, "tours");
    const bool stolen = text_of(loss, "kind") == "stolen";
    const auto name = text_of(loss, "device_name");
    Letter out;
    out.sender = {text_of(tenant.sender, "authority", tenant.name),
                  text_of(tenant.sender, "office"),
                  text_of(tenant.sender, "street"),
                  text_of(tenant.sender, "place"),
                  text_of(tenant.sender, "phone"),
                  tenant.accent,
                  text_of(tenant.sender, "arms_svg")};
    out.place_and_date = to_german(today);
    out.created = to_iso(today);
    out.subject = stolen ? "Diebstahl eines Bürgerkoffers" : "Verlust eines Bürgerkoffers";
    const auto office = text_of(loss, "police_office"), number = text_of(loss, "police_number");
    std::string staff;
    for (const auto& tour : tours) {
        const auto names = joined(array_of(tour.as_object(), "staff"));
        if (staff.find(names) == std::string::npos) staff += (staff.empty() ? "" : ", ") + names;
    }
    out.body = {
        letter::Paragraph{
            "Bericht für Polizei und Versicherung. Namen von Bürgerinnen und Bürgern stehen nur in der "
            "Anlage, die in der Behörde bleibt."},
        letter::FieldTable{{{"Gegenstand", name + " (Kennung " + text_of(loss, "device_id") + ")"},
                            {stolen ? "Diebstahl bemerkt am" : "Verlust bemerkt am",
                             german_date(text_of(loss, "noticed_on"))},
                            {"Wo", text_of(loss, "place")},
                            {"Was geschehen ist", text_of(loss, "circumstances")},
                            {"Polizeidienststelle", office.empty() ? "noch nicht angezeigt" : office},
                            {"Vorgangsnummer der Polizei", number.empty() ? "–" : number},
                            {"Gemeldet am", german_day(integer_of(loss, "reported_at_ms")) + " von " +
                                                text_of(loss, "reported_by_name")},
                            {"Unterwegs mit dem Koffer", staff.empty() ? "niemand" : staff}}},
        letter::Heading{"Was auf dem Koffer war"},
        letter::FieldTable{
            {{"Personen", persons_text(tours)},
             {"Unterlagen", std::to_string(count(tours, "documents")) +
                                " in der Zentrale bekannte; dazu, was noch nicht übertragen war"},
             {"Freie Nummern", numbers_text(array_of(inventory, "numbers"))}}},
        letter::Paragraph{
            "Belege mit einer dieser freien Nummern, die nach der Meldung ausgestellt sind, sind "
            "nicht echt."},
        letter::Heading{"Was schon getan ist"},
        letter::BulletList{
            {"Der Zugang des Koffers zur Zentrale ist gesperrt, seit er gemeldet wurde.",
             "Alles auf dem Koffer ist verschlüsselt; es öffnet sich nur mit der PIN einer der "
             "genannten Personen auf diesem Gerät.",
             keys_text(integer_of(loss, "destroyed_at_ms"))}},
        letter::Heading{"Was noch zu tun ist"},
        letter::BulletList{
            {"Wer mit dem Koffer unterwegs war, setzt seine PIN neu.",
             "Die oder der Datenschutzbeauftragte prüft, ob der Vorfall der Aufsicht zu melden ist "
             "(Artikel 33 DSGVO, binnen 72 Stunden) und ob die Personen zu benachrichtigen sind "
             "(Artikel 34 DSGVO)."}},
        letter::PageBreak{},
        letter::Notice{"Anlage: bleibt in der Behörde",
                       "Diese Seiten gehen nicht an Polizei oder Versicherung. Sie sind für die Prüfung nach "
                       "Artikel 33 und 34 DSGVO."}};
    add_persons(tours, out.body);
    if (tours.empty()) out.body.push_back(letter::Paragraph{"Auf dem Koffer war keine Tour."});
    return out;
}

}  // namespace wa

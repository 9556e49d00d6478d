// The leaflet of Art. 13 GDPR: what the procedure's description says, for whoever registers.
#include <algorithm>

#include "modules/residence/letters.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

constexpr std::string_view unsure = " (zu prüfen)";

std::string words(const json::object& object, const char* key) {
    return text_of(object_of(object, key), "de");
}

/// What the description says of a law without the note that its exact place is still looked up.
std::string law_of(const json::object& entry) {
    auto law = text_of(entry, "law");
    for (auto at = law.find(unsure); at != law.npos; at = law.find(unsure)) law.erase(at, unsure.size());
    return law;
}

void collect_laws(const json::array& fields, const json::array& purposes, std::vector<std::string>& laws) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto purpose = text_of(field, "purpose");
        const bool meant = std::any_of(purposes.begin(), purposes.end(),
                                       [&](const json::value& one) { return one.as_string() == purpose; });
        if (meant && !text_of(field, "basis").empty()) laws.push_back(text_of(field, "basis"));
        collect_laws(array_of(field, "fields"), purposes, laws);
    }
}

std::string laws_for(const json::object& description, const json::array& purposes) {
    std::vector<std::string> laws;
    for (const auto& section : array_of(description, "sections"))
        collect_laws(array_of(section.as_object(), "fields"), purposes, laws);
    std::sort(laws.begin(), laws.end());
    return laws_in_short(laws);
}

/// A period after which the program does not erase yet is said as what it is: an intention.
std::string period(const json::object& rule) {
    return (text_of(rule, "done_by").empty() ? "vorgesehen: " : "") + words(rule, "rule");
}

std::string data_of(const json::object& recipient) {
    return words(recipient, "data");
}

/// What concerns one purpose of those entries, a row each; the same label is not said twice.
void add_rows(const json::array& entries, const std::string& purpose, const char* before, const char* label,
              std::string (*value)(const json::object&), letter::FieldTable& table) {
    for (const auto& entry : entries) {
        const auto& one = entry.as_object();
        if (text_of(one, "for") != purpose) continue;
        letter::FieldTable::Row row{before + words(one, label), value(one) + " (" + law_of(one) + ")"};
        if (!table.rows.empty() && table.rows.back().label == row.label)
            table.rows.back().value += "\n" + row.value;
        else
            table.rows.push_back(std::move(row));
    }
}

/// Each purpose with its laws, who receives what, and how long it is kept.
void add_purposes(const json::object& description, Letter& out) {
    for (const auto& entry : array_of(description, "purposes")) {
        const auto& purpose = entry.as_object();
        const auto id = text_of(purpose, "id");
        letter::FieldTable table{{{"Gesetz", laws_for(description, array_of(purpose, "of"))}}};
        add_rows(array_of(description, "recipients"), id, "An: ", "recipient", data_of, table);
        add_rows(array_of(description, "retention_rules"), id, "Wie lange: ", "what", period, table);
        out.body.push_back(letter::Heading{words(purpose, "title")});
        out.body.push_back(std::move(table));
    }
}

/// The laws whose exact place is still looked up, each once; empty when there are none.
std::string unsure_laws(const json::object& description) {
    std::vector<std::string> names;
    for (const auto* list : {"recipients", "retention_rules"})
        for (const auto& entry : array_of(description, list)) {
            const auto law = text_of(entry.as_object(), "law");
            const auto end = law.find(unsure);
            if (end == law.npos) continue;
            const auto part = law.rfind(';', end);
            names.push_back(
                law.substr(part == law.npos ? 0 : part + 2, end - (part == law.npos ? 0 : part + 2)));
        }
    return laws_in_short(names);
}

}  // namespace

letter::Paragraph responsible_office(const Letter::Sender& sender) {
    return {sender.authority + "\n" + sender.street + "\n" + sender.place +
            (sender.phone.empty() ? "" : "\nTelefon " + sender.phone) +
            "\nDort erreichen Sie auch die behördlichen Datenschutzbeauftragten."};
}

std::vector<letter::Block> data_objections() {
    return {letter::Heading{"Sie können widersprechen"},
            letter::Paragraph{"Ohne Angabe von Gründen und kostenlos können Sie der Weitergabe Ihrer Daten "
                              "widersprechen (BMG § 50 Abs. 5, § 42 Abs. 3):"},
            letter::BulletList{
                {"an Parteien und Wählergruppen vor Wahlen,", "aus Anlass von Alters- und Ehejubiläen,",
                 "an Adressbuchverlage,",
                 "an die Religionsgesellschaft Ihres Ehegatten oder Ihrer Kinder, wenn Sie ihr nicht "
                 "angehören."}}};
}

letter::BulletList data_rights(const Tenant& tenant) {
    const auto supervision = text_of(tenant.sender, "supervision");
    return {{"Sie können erfahren, was über Sie gespeichert ist (Artikel 15).",
             "Sie können falsche Angaben berichtigen lassen (Artikel 16, BMG § 12).",
             "Sie können die Löschung oder Einschränkung verlangen, soweit kein Gesetz die "
             "Speicherung verlangt (Artikel 17 und 18).",
             "Sie können sich bei der Datenschutzaufsicht des Landes beschweren (Artikel 77)" +
                 (supervision.empty() ? "" : ": " + supervision) + "."}};
}

Result<Letter> privacy_notice(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto* procedure = registry().procedure(registration);
    WA_ASSERT(procedure != nullptr);
    const auto& description = procedure->description();
    auto out = letter_frame(context, the_case.row, "Hinweise zum Datenschutz");
    out.reference.clear();
    out.leaflet = true;
    out.body = {letter::Paragraph{"Sie melden eine Wohnung an. Hier steht, was mit Ihren Angaben geschieht "
                                  "(Artikel 13 der Datenschutz-Grundverordnung)."},
                letter::Heading{"Wer ist verantwortlich?"}, responsible_office(out.sender),
                letter::Paragraph{
                    "Wir brauchen Ihre Angaben, um Aufgaben zu erfüllen, die uns das Gesetz gibt. Wozu, nach "
                    "welchem Gesetz, wer etwas davon bekommt und wie lange wir es behalten, steht hier für "
                    "jeden Zweck. Jede Stelle bekommt nur, was sie für ihre Aufgabe haben darf."}};
    add_purposes(description, out);
    out.body.push_back(letter::Heading{"Ihre Rechte"});
    out.body.push_back(data_rights(context.tenant));
    for (auto& block : data_objections()) out.body.push_back(std::move(block));
    out.body.push_back(letter::Heading{"Müssen Sie die Angaben machen?"});
    out.body.push_back(
        letter::Paragraph{"Ja. Das Gesetz verpflichtet Sie dazu (BMG §§ 17, 25). "
                          "Wer es nicht oder falsch tut, handelt ordnungswidrig (BMG § 54)."});
    out.body.push_back(letter::SmallPrint{
        "Vorgesehen heißt: Die Frist gilt, aber das Programm löscht danach noch nicht von selbst."});
    if (const auto open = unsure_laws(description); !open.empty())
        out.body.push_back(
            letter::SmallPrint{"Die genauen Fundstellen werden hier noch geprüft: " + open + "."});
    return out;
}

}  // namespace wa::residence

// What is stored about somebody, on paper for themselves.
#include "modules/residence/letters.hpp"
#include "modules/residence/module.hpp"

namespace wa {

namespace {

std::string identity_in_words(const std::string& level) {
    return level == "I3" ? "Online-Ausweis mit PIN" : "persönlich, Ausweis und Gesicht verglichen";
}

/// What is still looked up is said once, at the end.
std::string without_doubts(std::string text) {
    for (const std::string_view doubt : {" (zu prüfen)", ", zu prüfen"})
        for (auto at = text.find(doubt); at != text.npos; at = text.find(doubt)) text.erase(at, doubt.size());
    return text;
}

/// One thing in a row: what it is in front, all the rest behind it.
letter::FieldTable::Row in_one_row(const json::array& values) {
    letter::FieldTable::Row out;
    for (const auto& entry : values) {
        const auto& value = entry.as_object();
        if (out.label.empty())
            out.label = text_of(value, "text");
        else
            out.value += (out.value.empty() ? "" : "\n") + text_of(value, "label") + ": " +
                         without_doubts(text_of(value, "text"));
    }
    return out;
}

letter::FieldTable told_table(const json::object& section) {
    letter::FieldTable table;
    for (const auto& row : array_of(section, "rows")) {
        if (text_of(section, "table") != "person") {
            table.rows.push_back(in_one_row(row.as_array()));
            continue;
        }
        for (const auto& value : row.as_array())
            table.rows.push_back({text_of(value.as_object(), "label"), text_of(value.as_object(), "text")});
    }
    return table;
}

/// @return titles of sections of which there is nothing to tell
std::string add_sections(const json::array& sections, std::vector<letter::Block>& body) {
    std::string nothing;
    for (const auto& entry : sections) {
        const auto& section = entry.as_object();
        auto table = told_table(section);
        if (table.rows.empty()) {
            nothing += (nothing.empty() ? "" : "; ") + text_of(section, "title");
            continue;
        }
        body.push_back(letter::Heading{text_of(section, "title")});
        body.push_back(std::move(table));
        body.push_back(letter::SmallPrint{without_doubts("Wozu: " + text_of(section, "purpose") + " (" +
                                                         text_of(section, "law") +
                                                         "). Wie lange: " + text_of(section, "kept") + ".")});
    }
    return nothing;
}

}  // namespace

Letter disclosure_letter(const json::object& disclosure, const Tenant& tenant, const Date& today) {
    auto out = residence::letter_of(tenant, today, "Auskunft über Ihre gespeicherten Daten");
    out.body = {
        letter::Paragraph{"Hier steht, was im Melderegister und in den Vorgängen der Meldebehörde am " +
                          to_german(today) +
                          " gespeichert ist (Artikel 15 der "
                          "Datenschutz-Grundverordnung, BMG § 10)."},
        letter::FieldTable{{{"Auskunft über", text_of(disclosure, "person") + ", geboren " +
                                                  residence::german_date(text_of(disclosure, "birth_date"))},
                            {"Gefragt hat", text_of(disclosure, "applicant")},
                            {"Identität geprüft", identity_in_words(text_of(disclosure, "identity"))}}}};
    if (flag_of(disclosure, "secured"))
        out.body.push_back(letter::Paragraph{
            "Seit dem Wegzug sind mehr als fünf Kalenderjahre vergangen. Von den gesicherten Daten darf nur "
            "noch verarbeitet werden, was hier steht (BMG § 13 Abs. 2)."});
    const auto nothing = add_sections(array_of(disclosure, "sections"), out.body);
    if (!nothing.empty())
        out.body.push_back(letter::Paragraph{"Nichts mitzuteilen ist zu: " + nothing + "."});
    out.body.push_back(letter::Heading{"Was diese Auskunft nicht enthält"});
    out.body.push_back(letter::Paragraph{"Das steht in jeder Auskunft, gleich ob es bei Ihnen vorkommt:"});
    letter::BulletList withheld;
    for (const auto& text : array_of(disclosure, "withheld"))
        withheld.items.push_back(without_doubts(std::string(text.as_string())));
    out.body.push_back(std::move(withheld));
    out.body.push_back(letter::Heading{"Ihre Rechte"});
    out.body.push_back(residence::data_rights(tenant));
    for (auto& block : residence::data_objections()) out.body.push_back(std::move(block));
    out.body.push_back(letter::Heading{"Wer ist verantwortlich?"});
    out.body.push_back(residence::responsible_office(out.sender));
    out.body.push_back(letter::SmallPrint{"Einzelne Fundstellen und Fristen werden hier noch geprüft."});
    return out;
}

}  // namespace wa

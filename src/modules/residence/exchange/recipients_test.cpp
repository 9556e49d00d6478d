// What the leaflet (Art. 13 GDPR) and the record of processing (Art. 30) say that a recipient gets is what
// its message may carry: a word for every declared field, and no word without one.
#include <map>
#include <set>

#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

/// The word of a field in the texts. An address is one word, whatever it consists of.
const std::map<std::string, std::string>& words() {
    static const std::map<std::string, std::string> all{{"family_name", "Name"},
                                                        {"given_names", "Name"},
                                                        {"birth_name", "Geburtsname"},
                                                        {"rufname_index", "Rufname"},
                                                        {"doctorate", "Doktorgrad"},
                                                        {"religious_name", "Ordensname"},
                                                        {"artist_name", "Künstlername"},
                                                        {"sex", "Geschlecht"},
                                                        {"birth_date", "Geburtsdatum"},
                                                        {"birth_year", "Geburtsjahr"},
                                                        {"birth_place", "Geburtsort"},
                                                        {"birth_country", "Geburtsstaat"},
                                                        {"nationalities", "Staatsangehörigkeit"},
                                                        {"religion", "Religionsgesellschaft"},
                                                        {"marital_status", "Familienstand"},
                                                        {"marital_status_since", "Familienstand"},
                                                        {"tax_id", "Identifikationsnummer"},
                                                        {"azr_number", "AZR-Nummer"},
                                                        {"spouse", "Ehegatten"},
                                                        {"children", "Kinder"},
                                                        {"address", "Anschrift"},
                                                        {"dwelling", "Anschrift"},
                                                        {"new_dwelling", "Anschrift"},
                                                        {"our_dwelling", "Anschrift"},
                                                        {"your_dwelling", "Anschrift"},
                                                        {"dwelling_status", "Status"},
                                                        {"our_status", "Status"},
                                                        {"your_status", "Status"},
                                                        {"your_dwelling_status", "Status"},
                                                        {"your_dwelling_kept", "Status"},
                                                        {"ags", "Gemeinde"},
                                                        {"previous_ags", "Gemeinde"},
                                                        {"previous_country", "Staat"},
                                                        {"persons_moved_in", "Personen"},
                                                        {"moved_in", "Einzug"},
                                                        {"our_moved_out", "Auszug"},
                                                        {"departed_on", "Auszug"},
                                                        {"registered_on", "Anmeldetag"},
                                                        {"month", "Monat"},
                                                        {"with_family", "Familie"},
                                                        {"family_role", "Stellung"},
                                                        {"result", "Ergebnis"},
                                                        {"election_exclusion", "Wahlausschluss"},
                                                        {"id_card_restriction", "Ausweis"},
                                                        {"passport_restriction", "Pass"},
                                                        {"weapons", "Waffen"},
                                                        {"explosives", "Sprengstoff"},
                                                        {"block_password", "Sperrkennwort"},
                                                        {"block_sum", "Sperrsumme"},
                                                        {"information_block", "Auskunftssperre"},
                                                        {"decided_on", "Entscheidung"},
                                                        {"reference", "Aktenzeichen"},
                                                        {"requested_on", "Anfrage"},
                                                        {"corrects", "Nachricht"},
                                                        {"corrected_type", "Art"},
                                                        {"field", "Angabe"},
                                                        {"kind", "warum"},
                                                        {"changed_on", "wann"},
                                                        {"revokes", "Nachricht"},
                                                        {"revoked_type", "Art"},
                                                        {"revoked_on", "wann"},
                                                        {"postbox", "Postfachs"},
                                                        {"case_number", "Vorgang"}};
    return all;
}

/// Words of the fields of a message.
void collect(const json::array& fields, std::set<std::string>& said) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto name = text_of(field, "name");
        const auto word = words().find(name);
        const bool inside = !array_of(field, "fields").empty();
        if (word != words().end())
            said.insert(word->second);
        else
            EXPECT_TRUE(inside) << "no word for " << name;
        const bool address = word != words().end() && word->second == "Anschrift";
        if (inside && !address) collect(array_of(field, "fields"), said);
    }
}

/// The known words of a text. What stands before a colon says when, not what.
std::set<std::string> words_in(const std::string& text) {
    std::set<std::string> known, found;
    for (const auto& [_, word] : words()) known.insert(word);
    std::string word;
    for (const char c : text.substr(text.rfind(':') + 1) + " ") {
        if (c != ' ' && c != ',' && c != ';') {
            word += c;
            continue;
        }
        if (known.count(word)) found.insert(word);
        word.clear();
    }
    return found;
}

TEST(Recipients, GetWhatTheLeafletSaysAndNothingElse) {
    const auto& description = test_registry().procedure("residence.registration")->description();
    std::size_t count = 0;
    for (const auto& entry : array_of(description, "recipients")) {
        const auto type = text_of(entry.as_object(), "message");
        const auto* spec = test_registry().message(type);
        ASSERT_TRUE(spec) << type;
        std::set<std::string> declared;
        collect(spec->fields.declaration(), declared);
        EXPECT_EQ(words_in(text_of(object_of(entry.as_object(), "data"), "de")), declared) << type;
        ++count;
    }
    EXPECT_EQ(count, 24u);
}

/// Whoever gets a message of this module stands on the leaflet.
TEST(Recipients, NobodyGetsAMessageUnmentioned) {
    const auto& description = test_registry().procedure("residence.registration")->description();
    std::set<std::string> mentioned;
    for (const auto& entry : array_of(description, "recipients"))
        mentioned.insert(text_of(entry.as_object(), "message"));
    for (const auto& [name, spec] : test_registry().messages())
        if (spec.outgoing && !name.starts_with("exchange.")) {
            EXPECT_EQ(mentioned.count(name), 1u) << name;
        }
}

/// Two municipalities of one county keep their registers here: what one sends the other can take.
TEST(Recipients, WhatGoesToARegistrationOfficeARegistrationOfficeCanTake) {
    for (const auto& [name, spec] : test_registry().messages())
        if (spec.outgoing && spec.to == "Meldebehörde") {
            EXPECT_TRUE(spec.incoming && spec.handler) << name;
        }
}

}  // namespace
}  // namespace wa

// The sentences. A new act of the desk is one more row here; only what is more than one command has code
// (story.cpp).
#include "language.hpp"

namespace wa::worlds {

namespace {

constexpr Kind H = Kind::header, G = Kind::given, S = Kind::step, C = Kind::check, D = Kind::detail;
constexpr std::string_view by_case = R"({"case_id": "$case"})";

std::vector<Sentence> make_sentences() {
    return {
        {"title", H, "Szenario: {titel}", "Szenario: Einzug aus der Nachbargemeinde"},
        {"handbook", H, "Handbuch: {stelle}", "Handbuch: P01, Fehler: Datum in der Zukunft"},
        {"law", H, "Gesetz: {gesetz}", "Gesetz: BMG § 17 Abs. 1"},
        {"testland", H, "Testland: Nummer {zahl}", "Testland: Nummer 10"},
        {"land", H, "Land: {land}", "Land: NW"},
        {"not_in", H, "Nicht in {welt}: {grund}", "Nicht in offline: alles geschieht in der Zentrale"},

        {"person", G, "Person {schlüssel}: {name}", "Person mover: Jörg Søren Übelacker"},
        {"resident",
         G,
         "Im Register steht {name}, geboren am {geburt}, wohnt in {adresse}, {wohnung}, seit {tag}",
         "Im Register steht Ute Beispiel, geboren am 03.04.1962, wohnt in Lindenweg 5, alleinige Wohnung, "
         "seit 01.02.2010",
         {},
         {},
         true},
        {"today", G, "Heute ist der {tag}, {uhr} Uhr", "Heute ist der 05.11.2026, 9:00 Uhr"},

        {"take",
         S,
         "{wer} nimmt eine Anmeldung auf für {personen} mit »{formular}«",
         "Deniz Aydın nimmt eine Anmeldung auf für Jörg Søren Übelacker mit »zuzug«",
         {},
         {},
         true},
        {"change", S, "{wer} ändert das Formular", "Deniz Aydın ändert das Formular", {}, {}, true},
        {"scan",
         S,
         "{wer} legt »{beleg}« zum Vorgang",
         "Deniz Aydın legt »lessor_confirmation« zum Vorgang",
         {},
         {},
         true},
        {"sign",
         S,
         "{wer} lässt {name} unterschreiben",
         "Deniz Aydın lässt Jörg Søren Übelacker unterschreiben",
         {},
         {},
         true},
        {"precheck", S, "{wer} prüft", "Jutta Petersen prüft", "case.precheck", by_case, true},
        {"book", S, "{wer} bucht", "Jutta Petersen bucht", {}, {}, true},
        {"receipt", S, "{wer} stellt die Empfangsbestätigung aus",
         "Deniz Aydın stellt die Empfangsbestätigung aus", "case.issue_receipt", by_case, true},
        {"hand_over", S, "{wer} gibt {papier} mit", "Deniz Aydın gibt Datenschutzhinweise mit",
         "case.hand_over", R"({"case_id": "$case", "what": "$papier", "way": "paper"})", true},
        {"post", S, "{wer} schickt {papier} mit der Post",
         "Jutta Petersen schickt Meldebestätigung mit der Post", "case.hand_over",
         R"({"case_id": "$case", "what": "$papier", "way": "post"})", true},
        {"electronic", S, "{wer} stellt {papier} elektronisch zu",
         "Jutta Petersen stellt Meldebestätigung elektronisch zu", "case.hand_over",
         R"({"case_id": "$case", "what": "$papier", "way": "electronic"})", true},
        {"withdraw", S, "{wer} zieht die Anmeldung zurück: {grund}",
         "Deniz Aydın zieht die Anmeldung zurück: zieht doch nicht um", "case.withdraw",
         R"({"case_id": "$case", "reason": "$grund"})", true},
        {"not_needed", S, "{wer} beendet den Vorgang, weil keine Anmeldung nötig ist",
         "Deniz Aydın beendet den Vorgang, weil keine Anmeldung nötig ist", "residence.end_not_needed",
         by_case, true},
        {"reopen", S, "{wer} öffnet die Anmeldung wieder: {grund}",
         "Deniz Aydın öffnet die Anmeldung wieder: falscher Tag", "case.reopen",
         R"({"case_id": "$case", "reason": "$grund"})", true},
        {"revoke", S, "{wer} nimmt die Buchung zurück: {grund}",
         "Helga Tietjen nimmt die Buchung zurück: falsche Person", "residence.revoke",
         R"({"case_id": "$case", "reason": "$grund"})", true},
        {"correct", S, "{wer} berichtigt {pfad} von {name}: {alt} → {neu}",
         "Deniz Aydın berichtigt family_name von Erna Schroder: Schroder → Schröder", "person.correct",
         R"({"person_id": "$person:name", "field": "$pfad", "old_value": "$alt", "new_value": "$neu",
             "mode": "correction", "source": "Personalausweis"})",
         true},
        {"request_form", S, "{wer} fordert den vorausgefüllten Meldeschein an",
         "Jutta Petersen fordert den vorausgefüllten Meldeschein an", "residence.request_form", by_case,
         true},
        {"task_close", S, "{wer} erledigt die Aufgabe {art}: {ergebnis}",
         "Jutta Petersen erledigt die Aufgabe new_id_card: Ausweis beantragt", "task.close",
         R"({"task_id": "$task:art", "result": "$ergebnis"})", true},
        {"days", S, "Nach {zahl} Tagen", "Nach 3 Tagen"},
        {"working_days", S, "Nach {zahl} Werktagen", "Nach 3 Werktagen"},

        {"status", C, "Der Vorgang ist {stand}", "Der Vorgang ist gebucht"},
        {"finding", C, "Prüfung {code}: {befund}", "Prüfung residence.duplicates: hält auf"},
        {"lives", C, "{name} wohnt in {adresse}, {wohnung}, seit {tag}",
         "Jörg Søren Übelacker wohnt in Lindenweg 5, alleinige Wohnung, seit 26.10.2026"},
        {"lived", C, "{name} wohnte in {adresse} bis {tag}",
         "Jörg Søren Übelacker wohnte in Alte Gasse 3 bis 26.10.2026"},
        {"lives_once", C, "{name} hat {zahl} Wohnungen", "Jörg Søren Übelacker hat 1 Wohnungen"},
        {"datum", C, "{name} hat im Register {pfad}: {wert}",
         "Jörg Søren Übelacker hat im Register status: resident"},
        {"times", C, "{name} steht {zahl}-mal im Register", "Jörg Søren Übelacker steht 1-mal im Register"},
        {"unchanged", C, "Im Register hat sich nichts geändert", "Im Register hat sich nichts geändert"},
        {"task_due", C, "Aufgabe {art} bis {tag}", "Aufgabe new_id_card bis 05.12.2026"},
        {"no_task", C, "Keine Aufgabe {art}", "Keine Aufgabe new_id_card"},
        {"task", C, "Aufgabe {art}", "Aufgabe new_id_card"},
        {"no_message", C, "Keine Nachricht {art}", "Keine Nachricht foreigner_moved"},
        {"message_has_not", C, "Nachricht {art} enthält nicht »{text}«",
         "Nachricht rueckmeldung enthält nicht »religion«"},
        {"message_has", C, "Nachricht {art} enthält »{text}«", "Nachricht rueckmeldung enthält »Übelacker«"},
        {"message_state", C, "Nachricht {art} ist {zustand}", "Nachricht rueckmeldung ist fällig"},
        {"message_due", C, "Nachricht {art} an {empfänger} bis {tag}",
         "Nachricht rueckmeldung an Meldebehörde 99001002 bis 09.11.2026"},
        {"message", C, "Nachricht {art} an {empfänger}", "Nachricht bzst_address an BZSt"},
        {"letter_has_not", C, "Schreiben {art} enthält nicht »{text}«",
         "Schreiben confirmation enthält nicht »Religion«"},
        {"letter_has", C, "Schreiben {art} enthält »{text}«", "Schreiben confirmation enthält »Lindenweg 5«"},
        {"no_letter", C, "Schreiben {art} gibt es noch nicht: {code}",
         "Schreiben confirmation gibt es noch nicht: residence.not_booked"},
        {"journal_refused", C, "Journal: {wer}, {code}, abgelehnt",
         "Journal: Jutta Petersen, residence.book, abgelehnt"},
        {"journal", C, "Journal: {wer}, {code}", "Journal: Jutta Petersen, residence.book"},

        {"refused", D, "abgelehnt: {code}", "abgelehnt: residence.findings_open"},
        {"fault", D, "bei {pfad}: {code}", "bei moved_in: residence.moved_in_future"},
        {"notice", D, "Hinweis bei {pfad}: {code}", "Hinweis bei moved_in: residence.moved_in_over_a_year"},
        {"is_person", D, "Person {zahl} ist {name}", "Person 1 ist Tilda Wegener-Auszug"},
        {"override", D, "trotz {code}: {grund}",
         "trotz residence.persons_in_dwelling: Großfamilie, Mietvertrag gesehen"},
        {"without", D, "ohne {pfad}", "ohne lessor.lessor_name"},
        {"set", D, "{pfad}: {wert}", "moved_in: 26.10.2026"},
    };
}

}  // namespace

const std::vector<Sentence>& sentences() {
    static const auto all = make_sentences();
    return all;
}

}  // namespace wa::worlds

#include "adapters/letters/samples.hpp"

#include <cairo.h>

#include <cmath>

namespace wa::letters::samples {
namespace {

constexpr const char* arms =
    R"(<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">
<!-- invented: a tower above waves -->
<path d="M4 4h92v58c0 28-20 44-46 54C24 106 4 90 4 62z" fill="#1f4e79"/>
<path d="M4 74c8-6 15-6 23 0s15 6 23 0 15-6 23 0 15 6 22 1c-5 21-23 33-45 41C28 108 10 96 4 74z" style="fill:#fff"/>
<path d="M11 88c6-4 11-4 17 0s15 5 22 0 15-5 22 0 11 3 17 0l-4 8c-5 1-9 0-13-3-7-5-15-5-22 0s-15 5-22 0c-4-3-8-3-12-1z" fill="#1f4e79"/>
<g fill="#f2c230"><path d="M33 66V34h-3V22h7v5h6v-5h14v5h6v-5h7v12h-3v32z"/></g>
<path d="M45 66V54a5 5 0 0 1 10 0v12z" fill="#1f4e79"/><rect x="47" y="37" width="6" height="8" rx="2" fill="#1f4e79"/>
<path d="M4 4h92v58c0 28-20 44-46 54C24 106 4 90 4 62z" fill="none" stroke="#163a5a" stroke-width="3"/>
</svg>)";

constexpr const char* foot =
    "Stadt Musterhausen · Marktplatz 1 · 12345 Musterhausen\n"
    "Öffnungszeiten: Mo, Di, Do 8–16 Uhr · Mi, Fr 8–12 Uhr\nbuergerbuero@musterhausen.example · "
    "www.musterhausen.example";

}  // namespace

Letter::Sender town_hall() {
    return {"Stadt Musterhausen",
            "Bürgerbüro",
            "Marktplatz 1",
            "12345 Musterhausen",
            "01234 567-0",
            "#1f4e79",
            arms};
}

Letter confirmation() {
    Letter out;
    out.title = "Amtliche Meldebestätigung";
    out.sender = town_hall();
    out.recipient_lines = {"Frau", "Dr. Ana-Łucja M̂akoẖova-Gőrdes", "Am Alten Wasserwerk 12a",
                           "12345 Musterhausen"};
    out.place_and_date = "Musterhausen, 05.11.2026";
    out.reference = "MH-2026-000123";
    out.subject = "Amtliche Meldebestätigung";
    out.body = {
        letter::Paragraph{"Guten Tag,"},
        letter::Paragraph{"Sie haben sich bei uns angemeldet. Hiermit bestätigen wir nach § 24 Absatz 2 des "
                          "Bundesmeldegesetzes:"},
        letter::FieldTable{{{"Familienname", "M̂akoẖova-Gőrdes"},
                            {"Vornamen", "Ana-Łucja Šárka (gebräuchlich: Ana-Łucja)"},
                            {"Doktorgrad", "Dr."},
                            {"Geburtsdatum", "03.04.1962"},
                            {"Einzugsdatum", "01.11.2026"},
                            {"Datum der Anmeldung", "05.11.2026"},
                            {"Anschrift", "Am Alten Wasserwerk 12a\n12345 Musterhausen"},
                            {"Art der Wohnung", "alleinige Wohnung"}}},
        letter::Paragraph{
            "Bitte prüfen Sie die Angaben. Wenn etwas nicht stimmt, rufen Sie uns an; wir berichtigen es "
            "kostenfrei."},
        letter::Paragraph{"Freundliche Grüße\nIhr Bürgerbüro"},
        letter::SmallPrint{
            "Diese Bestätigung wurde mit Hilfe der Datenverarbeitung erstellt und ist ohne Unterschrift "
            "und Siegel gültig. Sie ist kostenfrei."}};
    out.footer = foot;
    out.created = "2026-11-05T09:30:00Z";
    return out;
}

Letter receipt() {
    Letter out;
    out.title = "Empfangsbestätigung";
    out.sender = town_hall();
    out.official = false;
    out.place_and_date = "Seniorenheim am Park, 05.11.2026";
    out.reference = "MH-2026-000124";
    out.subject = "Wir haben Ihre Anmeldung erhalten";
    out.body = {
        letter::Paragraph{
            "Sie haben heute vor Ort Ihre neue Wohnung angemeldet. Ihre Angaben und Nachweise sind auf dem "
            "Gerät gespeichert und werden übertragen, sobald es wieder verbunden ist."},
        letter::FieldTable{{{"Entgegengenommen am", "05.11.2026, 14:05 Uhr"},
                            {"Vorgang", "Anmeldung einer Wohnung"},
                            {"Für", "Jürgen Ołdenburg"},
                            {"Vorgelegt", "Personalausweis, Wohnungsgeberbestätigung"}}},
        letter::Notice{"Keine amtliche Meldebestätigung",
                       "Dieses Blatt zeigt nur, dass wir Ihre Anmeldung entgegengenommen haben. Die amtliche "
                       "Meldebestätigung erhalten Sie, sobald Ihre Angaben im Melderegister geprüft sind."},
        letter::Heading{"Wie es weitergeht"},
        letter::BulletList{{"Wir prüfen Ihre Angaben im Bürgerbüro, in der Regel am nächsten Arbeitstag.",
                            "Sie erhalten die Meldebestätigung mit der Post an Ihre neue Anschrift.",
                            "Den Aufkleber mit der neuen Anschrift bringen wir beim nächsten Besuch an Ihrem "
                            "Personalausweis an."}},
        letter::Paragraph{"Wenn Sie Fragen haben, nennen Sie uns am Telefon bitte das Aktenzeichen oben."}};
    out.footer = foot;
    out.created = "2026-11-05T13:05:00Z";
    return out;
}

Letter declaration() {
    Letter out;
    out.title = "Erklärung zur Anmeldung";
    out.sender = town_hall();
    out.place_and_date = "Musterhausen, 05.11.2026";
    out.reference = "MH-2026-000125";
    out.subject = "Erklärung zur Anmeldung einer Wohnung";
    out.body = {
        letter::Heading{"Ihre Angaben"},
        letter::FieldTable{{{"Name", "Jürgen Ołdenburg"},
                            {"Geburtsdatum", "17.09.1941"},
                            {"Neue Wohnung", "Parkstraße 4, Zimmer 117, 12345 Musterhausen"},
                            {"Eingezogen am", "02.11.2026"},
                            {"Bisherige Wohnung", "Hauptstraße 3, 12345 Musterhausen"},
                            {"Wohnungsgeber", "Seniorenheim am Park gGmbH"}}},
        letter::Heading{"Ihre Erklärung"},
        letter::Paragraph{"Ich versichere, dass meine Angaben richtig und vollständig sind. Ich habe sie am "
                          "Bildschirm gelesen oder sie wurden mir vorgelesen."},
        letter::Picture{
            signature_png(), "Unterschrift von Jürgen Ołdenburg vom 05.11.2026", 20,
            "Jürgen Ołdenburg · unterschrieben am 05.11.2026 um 14:02 Uhr auf dem Unterschriftenfeld"},
        letter::SmallPrint{
            "Wer sich vorsätzlich oder fahrlässig nicht, nicht richtig oder nicht rechtzeitig "
            "anmeldet, handelt ordnungswidrig (§ 54 Bundesmeldegesetz). Hinweise zum Datenschutz "
            "haben Sie auf einem eigenen Blatt erhalten."}};
    out.footer = foot;
    out.created = "2026-11-05T13:02:00Z";
    return out;
}

Bytes signature_png() {
    auto* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 900, 260);
    auto* cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 0.07, 0.13, 0.35);
    cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cairo, 6);
    cairo_move_to(cairo, 90, 60);
    cairo_curve_to(cairo, 170, 20, 130, 200, 95, 225);
    cairo_curve_to(cairo, 40, 250, 30, 170, 130, 150);
    for (int i = 0; i < 5; ++i) {
        const double x = 180 + i * 55;
        cairo_curve_to(cairo, x, 140, x - 10, 90 + 8 * i, x + 12, 110);
        cairo_curve_to(cairo, x + 30, 140, x, 175, x + 40, 160 - 5 * i);
    }
    cairo_curve_to(cairo, 480, 20, 560, 40, 520, 130);
    cairo_curve_to(cairo, 490, 210, 440, 150, 520, 120);
    for (int i = 0; i < 4; ++i) cairo_rel_curve_to(cairo, 25, -60, 5, 70, 55, 12 - 8 * i);
    cairo_curve_to(cairo, 800, 90, 840, 150, 640, 205);
    cairo_stroke(cairo);
    Bytes out;
    cairo_surface_write_to_png_stream(
        surface,
        [](void* closure, const unsigned char* data, unsigned int length) {
            auto& bytes = *static_cast<Bytes*>(closure);
            bytes.insert(bytes.end(), data, data + length);
            return CAIRO_STATUS_SUCCESS;
        },
        &out);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return out;
}

}  // namespace wa::letters::samples

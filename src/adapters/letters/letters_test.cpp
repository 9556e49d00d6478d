// Renders letters and asks poppler's and qpdf's tools (pdftotext, pdfinfo, pdffonts, pdftoppm, qpdf) what is
// in the files. The samples stay in <folder of the test>/letters/ to be looked at.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#include "adapters/letters/archive.hpp"
#include "adapters/letters/code128.hpp"
#include "adapters/letters/fonts.hpp"
#include "adapters/letters/renderer.hpp"
#include "adapters/letters/samples.hpp"
#include "base/source_file_test.hpp"

namespace wa::letters {
namespace {

namespace fs = std::filesystem;

fs::path folder() {
    const auto path = fs::read_symlink("/proc/self/exe").parent_path() / "letters";
    fs::create_directories(path);
    return path;
}

fs::path save(const Bytes& pdf, const std::string& name) {
    const auto path = folder() / name;
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(pdf.data()), long(pdf.size()));
    return path;
}

std::string output_of(const std::string& command) {
    std::string out;
    std::array<char, 4096> some;
    auto* pipe = popen((command + " 2>&1").c_str(), "r");
    for (std::size_t n; pipe && (n = fread(some.data(), 1, some.size(), pipe)) > 0;)
        out.append(some.data(), n);
    if (!pipe || pclose(pipe) != 0) ADD_FAILURE() << command << ": " << out;
    return out;
}

std::string text_of(const fs::path& pdf) {
    return output_of("pdftotext -layout " + pdf.string() + " -");
}
std::string plain_of(const fs::path& pdf) {
    return output_of("pdftotext -raw " + pdf.string() + " -");
}

int pages_of(const fs::path& pdf) {
    const auto info = output_of("pdfinfo " + pdf.string());
    return std::stoi(info.substr(info.find("Pages:") + 6));
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

Letter bare() {
    Letter out;
    out.sender = samples::town_hall();
    out.subject = "Probe";
    out.place_and_date = "Musterhausen, 05.11.2026";
    out.created = "2026-11-05";
    return out;
}

LetterRenderer& renderer() {
    static const auto object = make_letter_renderer();
    return *object;
}

std::string utf8(unsigned long c) {
    if (c < 0x80) return {char(c)};
    if (c < 0x800) return {char(0xc0 | c >> 6), char(0x80 | (c & 0x3f))};
    return {char(0xe0 | c >> 12), char(0x80 | (c >> 6 & 0x3f)), char(0x80 | (c & 0x3f))};
}

struct DinEntry {
    std::string group, kind, text;
};

std::vector<DinEntry> din_91379() {
    std::ifstream file(source_file("src/base/din91379/latin_list_1.3.txt"));
    std::vector<DinEntry> out;
    for (std::string line; std::getline(file, line);) {
        std::istringstream in(line);
        std::string group, kind, codes, text;
        std::getline(in, group, ';');
        std::getline(in, kind, ';');
        std::getline(in, codes, ';');
        std::istringstream points(codes);
        for (std::string code; points >> code;) text += utf8(std::stoul(code, nullptr, 16));
        if (!text.empty()) out.push_back({group, kind.substr(1), text});
    }
    return out;
}

TEST(Fonts, EveryCharacterAndSequenceOfDin91379HasAGlyph) {
    const FontSet fonts(default_fonts_folder);
    const auto entries = din_91379();
    EXPECT_EQ(entries.size(), 930U);
    for (const auto& entry : entries) {
        if (entry.text < " ") continue;  // tabulator, line feed, carriage return have no glyph
        const auto text = entry.group == "dc" ? "o" + entry.text : entry.text;
        EXPECT_EQ(fonts.missing_glyphs(text), 0) << entry.text;
    }
    EXPECT_GT(fonts.missing_glyphs("\xe4\xb8\xad"), 0) << "the check can fail";
}

TEST(Fonts, AMissingFontIsNamed) {
    EXPECT_THROW(FontSet("/nowhere"), std::runtime_error);
}

TEST(Letters, ALeafletIsKeptAndIsTheOneThatWasAskedFor) {
    const auto fresh = make_letter_renderer();
    auto leaflet = bare();
    leaflet.leaflet = true;
    leaflet.body = {letter::Paragraph{"Wir haben am Dienstag bis 18 Uhr geöffnet."}};
    const auto first = fresh->render(leaflet);
    EXPECT_EQ(fresh->render(leaflet), first);
    auto other = leaflet;
    std::get<letter::Paragraph>(other.body.front()).text = "Wir haben am Dienstag geschlossen.";
    EXPECT_TRUE(contains(text_of(save(fresh->render(other), "leaflet.pdf")), "geschlossen"));
    for (int i = 0; i < 70; ++i) {  // more than are kept
        other.subject = "Merkblatt " + std::to_string(i);
        fresh->render(other);
    }
    EXPECT_EQ(fresh->render(leaflet), first);
    leaflet.leaflet = false;
    EXPECT_EQ(fresh->render(leaflet), first) << "kept or drawn: the same bytes";
}

TEST(Letters, NamesComeBackAsText) {
    auto letter = bare();
    std::vector<std::string> names;
    letter::FieldTable table;
    for (const auto& entry : din_91379())
        if (entry.group == "bll") {
            names.push_back("Na" + entry.text + "me");
            table.rows.push_back({"Name", names.back()});
        }
    EXPECT_EQ(names.size(), 649U);
    letter.body = {letter::Paragraph{"M̂ẖłő Ana-Łucja"}, table};
    const auto text = plain_of(save(renderer().render(letter), "din91379.pdf"));
    EXPECT_TRUE(contains(text, "M̂ẖłő Ana-Łucja"));
    std::set<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.insert(line);
    std::string lost;
    for (const auto& name : names)
        if (!lines.contains("Name " + name)) lost += name + " ";
    EXPECT_EQ(lost, "");
}

TEST(Letters, ConfirmationHasExactlyTheEightData) {
    const auto pdf = save(renderer().render(samples::confirmation()), "confirmation.pdf");
    const auto text = text_of(pdf);
    for (const char* part :
         {"M̂akoẖova-Gőrdes", "Ana-Łucja Šárka", "Dr.", "03.04.1962", "01.11.2026", "05.11.2026",
          "Am Alten Wasserwerk 12a", "alleinige Wohnung", "Seite 1 von 1", "MH-2026-000123"})
        EXPECT_TRUE(contains(text, part)) << part;
    EXPECT_EQ(pages_of(pdf), 1);
    const auto structure = output_of("pdfinfo -struct " + pdf.string());
    std::size_t rows = 0;
    for (auto at = structure.find("TR"); at != std::string::npos; at = structure.find("TR", at + 2)) ++rows;
    EXPECT_EQ(rows, 8U) << structure;
}

TEST(Letters, ReceiptSaysWhatItIsNot) {
    const auto pdf = save(renderer().render(samples::receipt()), "receipt.pdf");
    EXPECT_TRUE(contains(text_of(pdf), "Keine amtliche Meldebestätigung"));
    EXPECT_EQ(pages_of(pdf), 1);
}

TEST(Letters, DeclarationShowsTheSignatureAndDescribesIt) {
    const auto pdf = save(renderer().render(samples::declaration()), "declaration.pdf");
    EXPECT_EQ(pages_of(pdf), 1);
    EXPECT_TRUE(contains(output_of("pdfimages -list " + pdf.string()), "900"));
    EXPECT_TRUE(contains(output_of("qpdf --json=latest " + pdf.string()),
                         "\"/Alt\": \"u:Unterschrift von Jürgen Ołdenburg"));
}

TEST(Letters, FileIsMadeForTheArchive) {
    const auto pdf = save(renderer().render(samples::declaration()), "archive.pdf");
    output_of("qpdf --check " + pdf.string());
    const auto info = output_of("pdfinfo " + pdf.string());
    for (const char* part : {"Erklärung zur Anmeldung", "Stadt Musterhausen", "Tagged:          yes", "A4"})
        EXPECT_TRUE(contains(info, part)) << part << "\n" << info;
    const auto meta = output_of("pdfinfo -meta " + pdf.string());
    for (const char* part : {"<pdfaid:part>2<", "<pdfaid:conformance>U<", "2026-11-05T13:02:00Z"})
        EXPECT_TRUE(contains(meta, part)) << part;
    const auto raw = output_of("qpdf --qdf --object-streams=disable " + pdf.string() + " -");
    for (const char* part :
         {"/Lang (de-DE)", "/GTS_PDFA1", "/CIDToGIDMap /Identity", "D:20261105130200Z", "/Scope /Row"})
        EXPECT_TRUE(contains(raw, part)) << part;
    for (const char* part : {"/Interpolate", "/SMask", "/JavaScript", "/Encrypt"})
        EXPECT_FALSE(contains(raw, part)) << part;
    std::istringstream fonts(output_of("pdffonts " + pdf.string()));
    std::string line;
    for (int i = 0; std::getline(fonts, line); ++i)
        if (i >= 2) {
            EXPECT_TRUE(contains(line, "yes yes yes") && contains(line, "NotoSans")) << line;
        }
}

TEST(Letters, SameLetterSameBytes) {
    const auto first = renderer().render(samples::declaration());
    renderer().render(samples::receipt());
    EXPECT_EQ(renderer().render(samples::declaration()), first);
    EXPECT_EQ(make_letter_renderer()->render(samples::declaration()), first);
}

TEST(Letters, SeveralThreadsMayUseOneRenderer) {
    const auto expected = renderer().render(samples::confirmation());
    std::array<bool, 4> same{};
    std::vector<std::thread> threads;
    for (auto& result : same)
        threads.emplace_back([&] {
            result = true;
            for (int i = 0; i < 3; ++i)
                result = result && renderer().render(samples::confirmation()) == expected;
        });
    for (auto& thread : threads) thread.join();
    for (bool result : same) EXPECT_TRUE(result);
}

TEST(Letters, AShortCaseNumberStandsWholeUnderItsCode) {
    auto letter = bare();
    letter.reference = "Z-000003";
    letter.body = {letter::Paragraph{"Guten Tag,"}};
    const auto text = text_of(save(renderer().render(letter), "short_number.pdf"));
    // Once in the head, once under the code.
    const auto first = text.find(letter.reference);
    ASSERT_NE(first, std::string::npos);
    EXPECT_NE(text.find(letter.reference, first + 1), std::string::npos) << text;
}

TEST(Letters, LongTablesContinueOnTheNextPage) {
    auto letter = bare();
    letter.reference = "MH-2026-000999";
    letter::FieldTable table;
    for (int i = 0; i < 100; ++i)
        table.rows.push_back({"Feld " + std::to_string(i), "Wert " + std::to_string(i) + "."});
    letter.body = {letter::Paragraph{"Vorher"}, table, letter::Paragraph{"Nachher"}};
    const auto pdf = save(renderer().render(letter), "long_table.pdf");
    const auto text = text_of(pdf);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(contains(text, "Wert " + std::to_string(i) + ".")) << i;
    const int pages = pages_of(pdf);
    EXPECT_GE(pages, 3);
    EXPECT_TRUE(contains(text, "Seite " + std::to_string(pages) + " von " + std::to_string(pages)));
    EXPECT_TRUE(contains(text, "Nachher"));
    output_of("qpdf --check " + pdf.string());
}

TEST(Letters, AHeadingStaysWithTheFirstRowOfItsTable) {
    auto letter = bare();
    std::string tall;
    for (int line = 0; line < 12; ++line) tall += "Zeile\n";
    for (int row = 0; row < 20; ++row) {
        letter.body = {letter::FieldTable{std::vector<letter::FieldTable::Row>(row + 15, {"Davor", "Wert"})},
                       letter::Heading{"Überschrift"}, letter::FieldTable{{{"Erste", tall}}}};
        const auto text = text_of(save(renderer().render(letter), "heading.pdf"));
        const auto heading = text.find("Überschrift"), first = text.find("Erste");
        ASSERT_NE(heading, text.npos);
        EXPECT_EQ(text.substr(heading, first - heading).find("Seite "), text.npos) << row;
    }
}

// Nothing may stand outside the margins: every word's box is asked for.
void expect_inside_margins(const fs::path& pdf) {
    std::istringstream boxes(output_of("pdftotext -bbox " + pdf.string() + " -"));
    for (std::string line; std::getline(boxes, line);) {
        const auto at = line.find("xMax=\"");
        if (at == std::string::npos) continue;
        EXPECT_LE(std::stod(line.substr(at + 6)), 210 / 25.4 * 72 - 20 / 25.4 * 72 + 1) << line;
        EXPECT_LE(std::stod(line.substr(line.find("yMax=\"") + 6)), 290 / 25.4 * 72) << line;
    }
}

TEST(Letters, ANameOfA120CharactersStaysInside) {
    auto letter = bare();
    std::string name;
    for (int i = 0; i < 120; ++i) name += "Ẃ";
    letter.recipient_lines = {"Frau", name, "Straße 1", "12345 Musterhausen"};
    letter.subject = name;
    letter.reference = std::string(80, 'M');
    letter.sender.authority = name;
    letter.sender.office = name;
    letter.sender.phone = name;
    letter.body = {letter::Heading{name},
                   letter::Paragraph{name},
                   letter::FieldTable{{{name, name}}},
                   letter::BulletList{{name}},
                   letter::Notice{name, name},
                   letter::SmallPrint{name},
                   letter::Picture{samples::signature_png(), name, 18, name}};
    letter.footer = name;
    letter.watermark = name;
    auto pdf = save(renderer().render(letter), "long_name.pdf");
    letter.watermark.clear();  // stands across the page on purpose
    pdf = save(renderer().render(letter), "long_name.pdf");
    expect_inside_margins(pdf);
    std::size_t whole = 0;
    const auto text = without_spaces(plain_of(pdf));
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + name.size())) ++whole;
    EXPECT_GE(whole, 8U) << "no character is lost and no hyphen added where a name is broken";
}

TEST(Letters, TextsLongerThanAPageLoseNoWord) {
    auto letter = bare();
    std::string words;
    for (int i = 0; i < 2500; ++i) words += "w" + std::to_string(i) + " ";
    letter.body = {letter::FieldTable{{{"Lang", words}}}, letter::Notice{"Hinweis", words},
                   letter::Paragraph{words}, letter::SmallPrint{words}, letter::BulletList{{words, words}}};
    const auto pdf = save(renderer().render(letter), "long_text.pdf");
    EXPECT_GT(pages_of(pdf), 10);
    const auto text = plain_of(pdf);
    for (int i : {0, 1, 777, 1500, 2498, 2499}) {
        const auto word = "w" + std::to_string(i);
        std::istringstream in(text);
        int count = 0;
        for (std::string token; in >> token;) count += token == word;
        EXPECT_EQ(count, 6) << word;
    }
    expect_inside_margins(pdf);
}

TEST(Letters, OddTextsDoNoHarm) {
    auto letter = bare();
    letter.body = {letter::Paragraph{std::string("a\0b", 3) + "\xff\xfe\x01 <&> \t ]]>"},
                   letter::Paragraph{""},
                   letter::FieldTable{},
                   letter::BulletList{},
                   letter::Notice{},
                   letter::Heading{""}};
    letter.title = "A & B <c> \x02";
    letter.language = "x\"y";
    letter.created = "yesterday";
    letter.sender.accent_colour = "red";
    letter.sender.arms_svg = "<svg";
    const auto pdf = save(renderer().render(letter), "odd.pdf");
    output_of("qpdf --check " + pdf.string());
    EXPECT_TRUE(contains(text_of(pdf), "<&>"));
    EXPECT_FALSE(contains(output_of("pdfinfo " + pdf.string()), "CreationDate"));
    EXPECT_EQ(pages_of(save(renderer().render(Letter{}), "empty.pdf")), 1);
}

/// The paper can still be printed; it says that the picture is missing.
TEST(Letters, ABrokenPictureIsNamedOnThePaper) {
    auto half = samples::signature_png();
    half.resize(half.size() / 2);
    auto huge = samples::signature_png();
    huge[16] = 0x10;  // says it is 268 million pixels wide
    for (const auto& png : {half, Bytes{1, 2, 3}, huge}) {
        auto letter = bare();
        letter.body = {letter::Picture{png, "Unterschrift", 18, ""}};
        const auto text = text_of(save(renderer().render(letter), "broken.pdf"));
        EXPECT_TRUE(contains(text, "Unterschrift")) << text;
        EXPECT_TRUE(contains(text, "nicht lesbar")) << text;
    }
}

TEST(Letters, PageBreaksAndWatermark) {
    auto letter = bare();
    letter.watermark = "Entwurf";
    letter.body = {letter::Paragraph{"eins"}, letter::PageBreak{}, letter::Paragraph{"zwei"}};
    const auto pdf = save(renderer().render(letter), "draft.pdf");
    EXPECT_EQ(pages_of(pdf), 2);
    EXPECT_TRUE(contains(text_of(pdf), "Seite 2 von 2"));
    letter.language = "en";
    EXPECT_TRUE(contains(text_of(save(renderer().render(letter), "draft_en.pdf")), "Page 2 of 2"));
}

// Prints the page at 600 dpi and reads the bars in one row of pixels.
TEST(Letters, TheBarcodeCanBeReadFromThePrintedPage) {
    const auto letter = samples::confirmation();
    const auto pdf = save(renderer().render(letter), "barcode.pdf");
    const auto base = (folder() / "barcode").string();
    output_of("pdftoppm -r 600 -gray -singlefile " + pdf.string() + " " + base);
    std::ifstream image(base + ".pgm", std::ios::binary);
    std::string magic;
    int width = 0, height = 0, most = 0;
    image >> magic >> width >> height >> most;
    image.get();
    const auto expected = code128_widths(*code128_symbols(letter.reference));
    const double row = (286 - 9.4 / 72 * 25.4 - 1.2 - 3) / 25.4 * 600;
    std::string pixels(static_cast<std::size_t>(width), '\0');
    image.seekg(static_cast<long>(row) * width, std::ios::cur);
    image.read(pixels.data(), width);
    std::vector<std::uint8_t> read;
    const double module = 0.254 / 25.4 * 600;
    const auto dark = [&](int x) {
        return static_cast<unsigned char>(pixels[static_cast<std::size_t>(x)]) < 128;
    };
    int x = static_cast<int>(115 / 25.4 * 600);
    while (x < width && !dark(x)) ++x;
    for (int start = x; x < width && read.size() < expected.size(); start = x) {
        const bool bar = dark(x);
        while (x < width && dark(x) == bar) ++x;
        read.push_back(static_cast<std::uint8_t>(std::lround((x - start) / module)));
    }
    EXPECT_EQ(read, expected);
    fs::remove(base + ".pgm");
}

TEST(Letters, DatesOfTheFile) {
    EXPECT_EQ(file_date("2026-11-05").pdf, "D:20261105000000Z");
    EXPECT_EQ(file_date("2026-11-05T12:30:00Z").xmp, "2026-11-05T12:30:00Z");
    for (const char* bad :
         {"", "2026-1-5", "05.11.2026", "2026-11-05T12:30:00+01:00", "2026-11-05 12:30:00Z"})
        EXPECT_EQ(file_date(bad).pdf, "") << bad;
}

TEST(Letters, Speed) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) renderer().render(samples::confirmation());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    RecordProperty("milliseconds_a_letter", std::to_string(took.count() / 10));
    std::printf("%.1f ms a letter\n", took.count() / 10);
    EXPECT_LT(took.count() / 10, 200);  // far above 2 to 5 ms: sanitizers and busy machines
}

}  // namespace
}  // namespace wa::letters

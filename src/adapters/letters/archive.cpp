#include "adapters/letters/archive.hpp"

#include <fmt/format.h>

#include <string_view>

#include "adapters/letters/pdf_rewrite.hpp"
#include "adapters/letters/typeset.hpp"

namespace wa::letters {
namespace {

constexpr const char* program = "Wanderamt";
constexpr const char* producer = "Wanderamt (cairo, qpdf)";

std::string xml(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string language_of(const Letter& letter) {
    if (letter.language == "de" || letter.language.empty()) return "de-DE";
    return printable(letter.language);
}

struct ArchiveFacts {
    std::string title, author, subject;
    FileDate date;
};

// One source for both places: PDF/A demands that the two say the same.
ArchiveFacts archive_facts(const Letter& letter) {
    return {printable(letter.title.empty() ? letter.subject : letter.title),
            printable(letter.sender.authority), printable(letter.reference), file_date(letter.created)};
}

std::string xmp_of(const ArchiveFacts& facts, const std::string& language) {
    std::string out =
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
        "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>\n"
        "<dc:format>application/pdf</dc:format>\n";
    const auto alternatives = [&out](const char* name, const std::string& value) {
        out +=
            fmt::format("<dc:{0}><rdf:Alt><rdf:li xml:lang=\"x-default\">{1}</rdf:li></rdf:Alt></dc:{0}>\n",
                        name, xml(value));
    };
    alternatives("title", facts.title);
    if (!facts.subject.empty()) alternatives("description", facts.subject);
    if (!facts.author.empty())
        out += fmt::format("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
                           xml(facts.author));
    out += fmt::format("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n", xml(language));
    out += fmt::format("<xmp:CreatorTool>{}</xmp:CreatorTool>\n<pdf:Producer>{}</pdf:Producer>\n", program,
                       producer);
    if (!facts.date.xmp.empty())
        out += fmt::format("<xmp:CreateDate>{0}</xmp:CreateDate>\n<xmp:ModifyDate>{0}</xmp:ModifyDate>\n",
                           facts.date.xmp);
    out += "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
    return out;
}

}  // namespace

FileDate file_date(const std::string& iso) {
    constexpr std::string_view pattern = "0000-00-00T00:00:00Z";
    if (iso.size() != 10 && iso.size() != pattern.size()) return {};
    std::string digits;
    for (std::size_t i = 0; i < iso.size(); ++i) {
        const bool digit = iso[i] >= '0' && iso[i] <= '9';
        if (pattern[i] == '0' ? !digit : iso[i] != pattern[i]) return {};
        if (digit) digits += iso[i];
    }
    digits.resize(14, '0');
    return {"D:" + digits + "Z", iso.size() == 10 ? iso + "T00:00:00Z" : iso};
}

Bytes to_archive(const Bytes& pdf, const Letter& letter, const std::vector<std::string>& figures) {
    const auto facts = archive_facts(letter);
    const auto language = language_of(letter);
    return rewrite_pdf(pdf, {facts.title, facts.author, facts.subject, program, producer, facts.date.pdf,
                             language, xmp_of(facts, language), srgb_profile(), figures});
}

}  // namespace wa::letters

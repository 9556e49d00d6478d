#include "adapters/letters/archive.hpp"

#include <fmt/format.h>

#define POINTERHOLDER_TRANSITION 4  // std::shared_ptr throughout, as qpdf recommends
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <memory>

#include "adapters/letters/typeset.hpp"

namespace wa::letters {
namespace {

using Object = QPDFObjectHandle;

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

struct Facts {
    std::string title, author, subject;
    FileDate date;
};

// One source for both places: PDF/A demands that the two say the same.
Facts facts_of(const Letter& letter) {
    return {printable(letter.title.empty() ? letter.subject : letter.title),
            printable(letter.sender.authority), printable(letter.reference), file_date(letter.created)};
}

std::string xmp_of(const Facts& facts, const std::string& language) {
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

void write_information(QPDF& pdf, const Facts& facts) {
    auto info = Object::newDictionary();
    info.replaceKey("/Title", Object::newUnicodeString(facts.title));
    if (!facts.author.empty()) info.replaceKey("/Author", Object::newUnicodeString(facts.author));
    if (!facts.subject.empty()) info.replaceKey("/Subject", Object::newUnicodeString(facts.subject));
    info.replaceKey("/Creator", Object::newString(program));
    info.replaceKey("/Producer", Object::newString(producer));
    if (!facts.date.pdf.empty()) {
        info.replaceKey("/CreationDate", Object::newString(facts.date.pdf));
        info.replaceKey("/ModDate", Object::newString(facts.date.pdf));
    }
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void write_catalogue(QPDF& pdf, const Facts& facts, const std::string& language) {
    auto root = pdf.getRoot();
    root.replaceKey("/Lang", Object::newUnicodeString(language));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
    auto metadata = Object::newStream(&pdf, xmp_of(facts, language));
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
    auto profile = Object::newStream(&pdf, srgb_profile());
    profile.getDict().replaceKey("/N", Object::newInteger(3));
    auto intent = Object::parse(
        "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
        " /Info (sRGB IEC61966-2.1) /RegistryName (http://www.color.org) >>");
    intent.replaceKey("/DestOutputProfile", profile);
    auto intents = Object::newArray();
    intents.appendItem(pdf.makeIndirectObject(intent));
    root.replaceKey("/OutputIntents", intents);
}

// cairo 1.16 leaves out CIDToGIDMap, which PDF/A requires even when it is the identity, and asks viewers to
// smooth pictures, which PDF/A forbids.
void repair_objects(QPDF& pdf) {
    for (auto& object : pdf.getAllObjects()) {
        if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/CIDFontType2"))
            object.replaceKey("/CIDToGIDMap", Object::newName("/Identity"));
        if (object.isStream() && object.getDict().getKey("/Subtype").isNameAndEquals("/Image"))
            object.getDict().removeKey("/Interpolate");
    }
}

class StructureWriter {
  public:
    explicit StructureWriter(const std::vector<std::string>& figures) : figures_(figures) {}

    void visit(Object element, int depth = 0) {
        if (!element.isDictionary() || depth > 16) return;
        auto kind = element.getKey("/S");
        if (kind.isNameAndEquals("/Figure") && next_ < figures_.size())
            element.replaceKey("/Alt", Object::newUnicodeString(figures_[next_++]));
        if (kind.isNameAndEquals("/TH"))
            element.replaceKey("/A", Object::parse("<< /O /Table /Scope /Row >>"));
        auto kids = element.getKey("/K");
        if (kids.isArray())
            for (auto& kid : kids.aitems()) visit(kid, depth + 1);
        else
            visit(kids, depth + 1);
    }

  private:
    const std::vector<std::string>& figures_;
    std::size_t next_ = 0;
};

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
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("letter", reinterpret_cast<const char*>(pdf.data()), pdf.size());
    const auto facts = facts_of(letter);
    repair_objects(document);
    write_information(document, facts);
    write_catalogue(document, facts, language_of(letter));
    StructureWriter(figures).visit(document.getRoot().getKey("/StructTreeRoot"));
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const std::shared_ptr<Buffer> out = writer.getBufferSharedPointer();
    return Bytes(out->getBuffer(), out->getBuffer() + out->getSize());
}

}  // namespace wa::letters

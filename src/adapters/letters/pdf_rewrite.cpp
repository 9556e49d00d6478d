#include "adapters/letters/pdf_rewrite.hpp"

#define POINTERHOLDER_TRANSITION 4  // std::shared_ptr throughout, as qpdf recommends
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <memory>

namespace wa::letters {
namespace {

using Object = QPDFObjectHandle;

void write_information(QPDF& pdf, const PdfAdditions& additions) {
    auto info = Object::newDictionary();
    const auto put = [&info](const char* key, const std::string& value) {
        if (!value.empty()) info.replaceKey(key, Object::newUnicodeString(value));
    };
    put("/Title", additions.title);
    put("/Author", additions.author);
    put("/Subject", additions.subject);
    put("/Creator", additions.creator);
    put("/Producer", additions.producer);
    put("/CreationDate", additions.date);
    put("/ModDate", additions.date);
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void write_catalogue(QPDF& pdf, const PdfAdditions& additions) {
    auto root = pdf.getRoot();
    root.replaceKey("/Lang", Object::newUnicodeString(additions.language));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
    auto metadata = Object::newStream(&pdf, additions.xmp);
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
    auto profile = Object::newStream(&pdf, additions.srgb);
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
    StructureWriter(QPDF& pdf, const std::vector<std::string>& figures)
        : figures_(figures), row_(pdf.makeIndirectObject(Object::parse("<< /O /Table /Scope /Row >>"))) {}

    void visit(Object element, int depth = 0) {
        if (!element.isDictionary() || depth > 16) return;
        auto kind = element.getKey("/S");
        if (kind.isNameAndEquals("/Figure") && next_ < figures_.size())
            element.replaceKey("/Alt", Object::newUnicodeString(figures_[next_++]));
        if (kind.isNameAndEquals("/TH")) element.replaceKey("/A", row_);
        auto kids = element.getKey("/K");
        if (kids.isArray())
            for (auto& kid : kids.aitems()) visit(kid, depth + 1);
        else
            visit(kids, depth + 1);
    }

  private:
    const std::vector<std::string>& figures_;
    Object row_;  // of which every head of a row says that it is one
    std::size_t next_ = 0;
};

}  // namespace

std::vector<std::uint8_t> rewrite_pdf(const std::vector<std::uint8_t>& pdf, const PdfAdditions& additions) {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("letter", reinterpret_cast<const char*>(pdf.data()), pdf.size());
    repair_objects(document);
    write_information(document, additions);
    write_catalogue(document, additions);
    StructureWriter(document, additions.figures).visit(document.getRoot().getKey("/StructTreeRoot"));
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const std::shared_ptr<Buffer> out = writer.getBufferSharedPointer();
    return {out->getBuffer(), out->getBuffer() + out->getSize()};
}

}  // namespace wa::letters

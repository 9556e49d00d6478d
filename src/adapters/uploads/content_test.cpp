#include "adapters/uploads/content.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "base/bytes.hpp"

namespace wa::uploads {
namespace {

std::string number(std::uint32_t value, int bytes) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += char(value >> (8 * i));
    return out;
}

std::string png(std::uint32_t width, std::uint32_t height) {
    const auto chunk = [](const std::string& kind, const std::string& data) {
        return number(std::uint32_t(data.size()), 4) + kind + data + number(0, 4);
    };
    return "\x89PNG\r\n\x1a\n" +
           chunk("IHDR", number(width, 4) + number(height, 4) + std::string("\x08\x00\x00\x00\x00", 5)) +
           chunk("IDAT", "x") + chunk("IEND", "");
}

std::string jpeg(std::uint32_t width, std::uint32_t height) {
    return "\xff\xd8\xff\xe0" + number(4, 2) + "ab" + "\xff\xff\xc2" + number(11, 2) + "\x08" +
           number(height, 2) + number(width, 2) + std::string("\x01\x11\x11\x00", 4);
}

std::string pdf(const std::string& objects) {
    return "%PDF-1.7\n" + objects + "\ntrailer <<>>\n%%EOF\n";
}

std::string packed(const std::string& objects, const std::string& more = "") {
    std::string out(compressBound(objects.size()), '\0');
    auto size = uLongf(out.size());
    EXPECT_EQ(compress(reinterpret_cast<Bytef*>(out.data()), &size,
                       reinterpret_cast<const Bytef*>(objects.data()), objects.size()),
              Z_OK);
    out.resize(size);
    return "5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode" + more + " >>\nstream\r\n" + out +
           "\r\nendstream\nendobj";
}

std::string verdict(const std::string& file) {
    const auto type = check_upload(as_span(file));
    return type ? *type : type.error().code;
}

TEST(Uploads, TheTypeIsThatOfTheBytes) {
    struct Row {
        std::string file, verdict;
    };
    const std::string script = "1 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj";
    const Row rows[] = {
        {"", "document_type"},
        {"<html><script>alert(1)</script>", "document_type"},
        {"GIF89a", "document_type"},
        {"PK\x03\x04", "document_type"},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>", "document_type"},
        {png(600, 800), "image/png"},
        {png(0, 800), "document_picture"},
        {png(100'000, 100'000), "document_picture"},
        {png(0xffffffff, 0xffffffff), "document_picture"},
        {png(600, 800).substr(0, 40), "document_unreadable"},
        {jpeg(600, 800), "image/jpeg"},
        {jpeg(65535, 65535), "document_picture"},
        {jpeg(600, 800).substr(0, 12), "document_unreadable"},
        {pdf("1 0 obj << /Type /Catalog >> endobj"), "application/pdf"},
        {pdf("1 0 obj << /OpenAction [3 0 R /Fit] >> endobj"), "application/pdf"},
        {pdf("1 0 obj << /A << /S /URI /URI (https://example.org) >> >> endobj"), "application/pdf"},
        {pdf("1 0 obj << /Type /Catalog >> endobj").substr(0, 30), "document_unreadable"},
        {pdf(script), "document_active"},
        {pdf("1 0 obj << /S /Java#53cript /JS 2 0 R >> endobj"), "document_active"},
        {pdf("1 0 obj << /S/Launch/F(cmd.exe) >> endobj"), "document_active"},
        {pdf("1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj"), "document_active"},
        {pdf("1 0 obj << /S /SubmitForm >> endobj"), "document_active"},
        {pdf("trailer << /Encrypt 4 0 R >>"), "document_unreadable"},
        {pdf(packed("1 0 << /Type /Page >>")), "application/pdf"},
        {pdf(packed("1 0 " + script)), "document_active"},
        {pdf(packed("1 0 << >>", " /DecodeParms << /Predictor 12 >>")), "document_unreadable"},
        {pdf(packed("1 0 << >>", " /Other /LZWDecode")), "document_unreadable"},
        {pdf("5 0 obj << /Type /ObjStm /Filter 6 0 R >> stream\nxx\nendstream"), "document_unreadable"},
        {pdf("5 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\nxx\nendstream"),
         "document_unreadable"},
        {pdf("5 0 obj << /Type /ObjStm >>"), "document_unreadable"},
    };
    for (const auto& row : rows) EXPECT_EQ(verdict(row.file), row.verdict) << row.file.substr(0, 100);
}

/// 200 MB of nothing in 200 kB.
TEST(Uploads, ABombIsNotUnpacked) {
    EXPECT_EQ(verdict(pdf(packed(std::string(200'000'000, ' ')))), "document_unreadable");
}

}  // namespace
}  // namespace wa::uploads

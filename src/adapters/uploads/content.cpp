#include "adapters/uploads/content.hpp"

#include "base/bytes.hpp"
#include "kernel/data.hpp"

namespace wa::uploads {

namespace {

constexpr std::string_view png_mark = "\x89PNG\r\n\x1a\n";

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char c : bytes) number = number << 8 | std::uint8_t(c);
    return number;
}

Result<void> check_size(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1 || width > max_pixels || height > max_pixels / width)
        return fail(problems::document_picture, {{"megapixels", max_pixels / 1'000'000}});
    return {};
}

/// Chunks from the header to the end, each of the length it says (PNG, ISO/IEC 15948 clause 5).
Result<void> check_png(std::string_view bytes) {
    auto rest = bytes.substr(png_mark.size());
    for (bool first = true;; first = false) {
        if (rest.size() < 12) return fail(problems::document_unreadable);
        const auto length = big_endian(rest.substr(0, 4));
        const auto kind = rest.substr(4, 4);
        if (length > rest.size() - 12) return fail(problems::document_unreadable);
        if (first) {
            if (kind != "IHDR" || length != 13) return fail(problems::document_unreadable);
            WA_CHECK(check_size(big_endian(rest.substr(8, 4)), big_endian(rest.substr(12, 4))));
        }
        if (kind == "IEND") return {};
        rest.remove_prefix(12 + std::size_t(length));
    }
}

/// Segments up to the frame header, which has the size (JPEG, ISO/IEC 10918-1 Annex B).
Result<void> check_jpeg(std::string_view bytes) {
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && std::uint8_t(bytes[at]) == 0xff) {
        const auto marker = std::uint8_t(bytes[at + 1]);
        if (marker == 0xff) {
            ++at;  // fill byte
            continue;
        }
        const auto length = big_endian(bytes.substr(at + 2, 2));
        const bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame && length >= 8 && at + 9 <= bytes.size())
            return check_size(big_endian(bytes.substr(at + 7, 2)), big_endian(bytes.substr(at + 5, 2)));
        if (length < 2 || marker == 0xda || marker == 0xd9) break;  // the picture itself before its size
        at += 2 + length;
    }
    return fail(problems::document_unreadable);
}

}  // namespace

Result<std::string> check_upload(std::span<const std::uint8_t> bytes) {
    const auto text = as_view(bytes);
    if (text.starts_with("%PDF-")) {
        WA_CHECK(check_pdf(text));
        return std::string("application/pdf");
    }
    if (text.starts_with(png_mark)) {
        WA_CHECK(check_png(text));
        return std::string("image/png");
    }
    if (text.starts_with("\xff\xd8\xff")) {
        WA_CHECK(check_jpeg(text));
        return std::string("image/jpeg");
    }
    return fail(problems::document_type);
}

}  // namespace wa::uploads

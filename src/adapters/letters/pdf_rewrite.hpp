// The only file that knows qpdf. Plain C++17 on purpose: clang 14 cannot read qpdf's headers as C++20 with
// libstdc++ 12, so pdf_rewrite.cpp is compiled as C++17 and shares nothing with the rest but this.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wa::letters {

/// What is written into the file besides what cairo drew. Texts are UTF-8; empty ones are left out.
struct PdfAdditions {
    std::string title, author, subject, creator, producer;
    std::string date;                  ///< "D:20261105123000Z"
    std::string language;              ///< "de-DE"
    std::string xmp;                   ///< the whole metadata packet
    std::string srgb;                  ///< ICC profile of the output intent
    std::vector<std::string> figures;  ///< alternative texts, in the order of the Figure tags
};

/// The file with the additions, in a canonical form with an identifier made from its content. Throws
/// std::runtime_error when the input is no PDF.
std::vector<std::uint8_t> rewrite_pdf(const std::vector<std::uint8_t>& pdf, const PdfAdditions& additions);

}  // namespace wa::letters

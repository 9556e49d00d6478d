// Letters as PDF: pango and cairo draw, qpdf makes the file fit for the archive.
#pragma once

#include <memory>
#include <string>

#include "adapters/letters/fonts.hpp"
#include "kernel/letter.hpp"

namespace wa::letters {

/// A renderer with the fonts of the folder (Debian package fonts-noto-core). render() may be called from
/// several threads at once: drawing is serialised by a mutex of the object (2 to 5 ms a page), the archive
/// step is not. For more throughput use one renderer per thread. Throws std::runtime_error when a font is
/// missing. The files of leaflets are kept in memory and not drawn again.
std::unique_ptr<LetterRenderer> make_letter_renderer(const std::string& fonts_folder = default_fonts_folder);

}  // namespace wa::letters

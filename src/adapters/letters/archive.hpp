// What makes a drawn PDF fit for the archive: PDF/A-2u metadata, colour profile, language, descriptions.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "kernel/letter.hpp"

namespace wa::letters {

/// Rewrites cairo's file as PDF/A-2u (ISO 19005-2): XMP metadata equal to the document information, output
/// intent sRGB, /Lang, file identifier from the content, alternative texts of the pictures (`figures`, in the
/// order of their tags) and row headers of tables. Deterministic. Throws std::runtime_error when the input is
/// no PDF.
Bytes to_archive(const Bytes& pdf, const Letter& letter, const std::vector<std::string>& figures);

/// An ISO date or UTC timestamp as written in PDF ("D:20261105123000Z") and in XMP; both empty when it is
/// neither.
struct FileDate {
    std::string pdf, xmp;
};
FileDate file_date(const std::string& iso);

/// The ICC profile (version 2, three-component display) of sRGB, IEC 61966-2-1, made from its formula.
const std::string& srgb_profile();

}  // namespace wa::letters

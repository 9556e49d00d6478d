// What an uploaded file is, judged by its bytes alone: names and headers of a request are not believed.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"

namespace wa::uploads {

/// A page of A3 at 600 dpi has 70 million pixels. More is made to fill the memory of who looks at it.
inline constexpr std::int64_t max_pixels = 100'000'000;

/// The media type (image/png, image/jpeg, application/pdf) of a file that may be kept.
/// Problems: document_type (none of the three), document_picture (no size, or more than max_pixels),
/// document_active (a PDF with scripts, programs to launch or files inside), document_unreadable (broken,
/// encrypted, or packed in a way that hides what is in it).
/// May inflate up to 64 MiB; do not call it on a thread that must not wait.
Result<std::string> check_upload(std::span<const std::uint8_t> bytes);

/// PDF only: nothing active in it, and nothing that could not be looked into.
Result<void> check_pdf(std::string_view bytes);

}  // namespace wa::uploads

// The files of the demo page, embedded at build time (embed_page.cmake).
#pragma once

#include <span>
#include <string_view>

namespace wa {

struct PageFile {
    std::string_view path;  ///< as asked for, e.g. "/demo.css"
    std::string_view bytes;
};

std::span<const PageFile> page_files();

}  // namespace wa

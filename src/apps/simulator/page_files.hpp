// The files of the simulator's page, embedded in the program.
#pragma once

#include <span>
#include <string_view>

namespace wa::simulator {

struct PageFile {
    std::string_view path;  ///< "/index.html"
    std::string_view bytes;
};

std::span<const PageFile> page_files();

}  // namespace wa::simulator

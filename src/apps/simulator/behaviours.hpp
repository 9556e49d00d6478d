// behaviours.json, embedded.
#pragma once

#include <span>
#include <string_view>

#include "apps/simulator/page_files.hpp"

namespace wa::simulator {

std::span<const PageFile> behaviour_files();
inline std::string_view behaviours_json() {
    return behaviour_files().front().bytes;
}

}  // namespace wa::simulator

// A small file of the Koffer that holds one JSON object.
#pragma once

#include <string>

#include "adapters/system/system.hpp"
#include "base/json.hpp"

namespace wa::node {

/// What the file says; empty when there is none, or nothing that can be read.
inline json::object read_json(const std::string& path) {
    const auto text = system::read_file(path);
    const auto value = text ? parse_json(*text) : std::nullopt;
    return value && value->is_object() ? value->get_object() : json::object{};
}

}  // namespace wa::node

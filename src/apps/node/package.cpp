#include "apps/node/package.hpp"

#include <algorithm>

#include "sync/compression.hpp"

namespace wa::node {

namespace {

/// A working set larger than this is no tour but a whole register.
constexpr std::size_t package_max = 64 * 1024 * 1024;

bool holds_objects(const json::object& object, std::string_view name) {
    const auto& list = array_of(object, name);
    return std::all_of(list.begin(), list.end(), [](const json::value& one) { return one.is_object(); });
}

}  // namespace

std::optional<json::object> read_package(std::span<const std::uint8_t> bytes) {
    const auto text = sync::decompress(bytes, 0, package_max);
    auto value = text ? parse_json(as_view(*text)) : std::nullopt;
    if (!value || !value->is_object()) return std::nullopt;
    auto& package = value->get_object();
    for (const auto* list : {"keys", "rows", "streets"})
        if (!holds_objects(package, list)) return std::nullopt;
    const auto& functions = array_of(object_of(package, "tenant"), "functions");
    if (!std::all_of(functions.begin(), functions.end(), [](const auto& one) { return one.is_string(); }))
        return std::nullopt;
    return std::move(package);
}

json::array read_tours(const json::object& answer) {
    json::array tours;
    for (const auto& entry : array_of(answer, "tours")) {
        const auto* tour = entry.if_object();
        const auto* staff = tour ? tour->if_contains("staff") : nullptr;
        if (staff && staff->is_array() && holds_objects(*tour, "staff")) tours.push_back(*tour);
    }
    return tours;
}

}  // namespace wa::node

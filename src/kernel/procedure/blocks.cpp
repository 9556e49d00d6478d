#include "kernel/procedure/blocks.hpp"

#include <map>
#include <string>

#include "base/assert.hpp"
#include "kernel/data.hpp"

namespace wa {
namespace {

constexpr std::string_view folder = "procedure/blocks/";
/// Blocks may contain blocks; more levels than this are a circle.
constexpr int deepest_level = 8;

/// The members of a block, changed where the field that uses it says so: {"override": {member: {"when": …}}}.
json::array members_of(const json::object& block, const json::object& override) {
    auto members = array_of(block, "fields");
    for (auto& member : members)
        for (const auto& [key, value] : object_of(override, text_of(member.get_object(), "name")))
            member.get_object()[key] = value;
    return members;
}

std::map<std::string, json::object, std::less<>> read_blocks() {
    std::map<std::string, json::object, std::less<>> blocks;
    for (const auto path : data::kernel::files(folder)) {
        auto content = parse_json(data::kernel::file(path));
        WA_ASSERT(content && content->is_object());
        const auto id = text_of(content->get_object(), "id");
        WA_ASSERT(path == std::string(folder) + id + ".json");
        blocks.emplace(id, std::move(content->get_object()));
    }
    return blocks;
}

/// The fields of a block that a declaration names with "only", in the block's order; without it all.
json::array chosen(const json::array& fields, const json::array& only) {
    if (only.empty()) return fields;
    json::array out;
    for (const auto& field : fields)
        for (const auto& name : only)
            if (field.as_object().at("name") == name) out.push_back(field);
    WA_ASSERT(out.size() == only.size());  // each named once, and in the block
    return out;
}

json::array expanded(const json::array& declaration, int level) {
    WA_ASSERT(level < deepest_level);
    json::array fields;
    fields.reserve(declaration.size());
    for (const auto& entry : declaration) {
        WA_ASSERT(entry.is_object());
        auto field = entry.get_object();
        if (!field.contains("fields") && field.contains("block"))
            field["fields"] = chosen(members_of(block(text_of(field, "block")), object_of(field, "override")),
                                     array_of(field, "only"));
        if (field.contains("fields")) field["fields"] = expanded(array_of(field, "fields"), level + 1);
        fields.emplace_back(std::move(field));
    }
    return fields;
}

}  // namespace

const json::object& block(std::string_view name) {
    static const auto blocks = read_blocks();
    const auto found = blocks.find(name);
    WA_ASSERT(found != blocks.end());
    return found->second;
}

json::array with_blocks(const json::array& declaration) {
    return expanded(declaration, 0);
}

}  // namespace wa

#include "base/json.hpp"

#include <algorithm>
#include <vector>

namespace wa {

std::optional<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = 32;
    boost::system::error_code error;
    auto value = json::parse({text.data(), text.size()}, error, {}, options);
    if (error) return std::nullopt;
    return value;
}

std::string text_of(const json::object& object, std::string_view key, std::string_view otherwise) {
    const auto* value = object.if_contains({key.data(), key.size()});
    if (value && value->is_string()) return std::string(value->get_string());
    return std::string(otherwise);
}

std::int64_t integer_of(const json::object& object, std::string_view key, std::int64_t otherwise) {
    const auto* value = object.if_contains({key.data(), key.size()});
    if (!value) return otherwise;
    if (value->is_int64()) return value->get_int64();
    if (value->is_uint64() && value->get_uint64() <= INT64_MAX) return std::int64_t(value->get_uint64());
    return otherwise;
}

bool flag_of(const json::object& object, std::string_view key, bool otherwise) {
    const auto* value = object.if_contains({key.data(), key.size()});
    return value && value->is_bool() ? value->get_bool() : otherwise;
}

const json::array& array_of(const json::object& object, std::string_view key) {
    static const json::array none;
    const auto* value = object.if_contains({key.data(), key.size()});
    return value && value->is_array() ? value->get_array() : none;
}

const json::object& object_of(const json::object& object, std::string_view key) {
    static const json::object none;
    const auto* value = object.if_contains({key.data(), key.size()});
    return value && value->is_object() ? value->get_object() : none;
}

namespace {

void write_canonical(const json::value& value, std::string& out) {
    if (const auto* object = value.if_object()) {
        std::vector<std::string_view> keys;
        for (const auto& member : *object) keys.emplace_back(member.key().data(), member.key().size());
        std::sort(keys.begin(), keys.end());
        out += '{';
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (i) out += ',';
            out += json::serialize(json::string_view(keys[i].data(), keys[i].size()));
            out += ':';
            write_canonical(object->at({keys[i].data(), keys[i].size()}), out);
        }
        out += '}';
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i) out += ',';
            write_canonical((*array)[i], out);
        }
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

std::string canonical_json(const json::value& value) {
    std::string out;
    write_canonical(value, out);
    return out;
}

}  // namespace wa

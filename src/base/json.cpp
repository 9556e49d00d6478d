#include "base/json.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/json_text.hpp"

namespace wa {

namespace {

using JsonError = boost::system::error_code;

/// Builds the value as Boost's own parser does, and counts the members as they are written, repeated names
/// too: the text is read once.
struct Builder {
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();
    explicit Builder(std::span<unsigned char> buffer) : stack({}, buffer.data(), buffer.size()) {
        stack.reset();
    }
    json::value_stack stack;
    std::size_t members = 0;

    bool on_document_begin(JsonError&) { return true; }
    bool on_document_end(JsonError&) { return true; }
    bool on_array_begin(JsonError&) { return true; }
    bool on_array_end(std::size_t count, JsonError&) { return stack.push_array(count), true; }
    bool on_object_begin(JsonError&) { return true; }
    bool on_object_end(std::size_t count, JsonError&) {
        members += count;
        return stack.push_object(count), true;
    }
    bool on_string_part(json::string_view text, std::size_t, JsonError&) {
        return stack.push_chars(text), true;
    }
    bool on_string(json::string_view text, std::size_t, JsonError&) { return stack.push_string(text), true; }
    bool on_key_part(json::string_view text, std::size_t, JsonError&) { return stack.push_chars(text), true; }
    bool on_key(json::string_view text, std::size_t, JsonError&) { return stack.push_key(text), true; }
    bool on_number_part(json::string_view, JsonError&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, JsonError&) {
        return stack.push_int64(number), true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, JsonError&) {
        return stack.push_uint64(number), true;
    }
    bool on_double(double number, json::string_view, JsonError&) { return stack.push_double(number), true; }
    bool on_bool(bool flag, JsonError&) { return stack.push_bool(flag), true; }
    bool on_null(JsonError&) { return stack.push_null(), true; }
    bool on_comment_part(json::string_view, JsonError&) { return true; }
    bool on_comment(json::string_view, JsonError&) { return true; }
};

std::size_t members_of(const json::value& value) {
    std::size_t count = 0;
    if (const auto* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object) count += members_of(member.value());
    } else if (const auto* array = value.if_array()) {
        for (const auto& item : *array) count += members_of(item);
    }
    return count;
}

}  // namespace

std::optional<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = 32;
    std::array<unsigned char, 4096> buffer;  // enough for most texts without memory from the heap
    json::basic_parser<Builder> parser(options, std::span(buffer));
    JsonError error;
    const auto read = parser.write_some(false, text.data(), text.size(), error);
    if (error || read < text.size()) return std::nullopt;
    auto value = parser.handler().stack.release();
    // The same name twice in one object: two readers could take two different values for the same signed
    // text.
    if (parser.handler().members != members_of(value)) return std::nullopt;
    return value;
}

json::object object_in(std::string_view text) {
    auto value = parse_json(text);
    return value && value->is_object() ? std::move(value->get_object()) : json::object{};
}

json::array array_in(std::string_view text) {
    auto value = parse_json(text);
    return value && value->is_array() ? std::move(value->get_array()) : json::array{};
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

void write_text(json::string_view text, std::string& out) {
    const auto as_it_is = [](char c) { return c != '"' && c != '\\' && (c >= ' ' || c < 0) && c != '\x7f'; };
    if (!std::all_of(text.begin(), text.end(), as_it_is)) {
        out += json::serialize(text);
        return;
    }
    out += '"';
    out.append(text.data(), text.size());
    out += '"';
}

void write_canonical(const json::value& value, std::string& out);

void write_canonical(const json::object& object, std::string& out) {
    std::vector<const json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return a->key() < b->key(); });
    out += '{';
    for (const auto* member : members) {
        if (member != members.front()) out += ',';
        write_text(member->key(), out);
        out += ':';
        write_canonical(member->value(), out);
    }
    out += '}';
}

void write_canonical(const json::value& value, std::string& out) {
    if (const auto* object = value.if_object()) {
        write_canonical(*object, out);
    } else if (const auto* array = value.if_array()) {
        out += '[';
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i) out += ',';
            write_canonical((*array)[i], out);
        }
        out += ']';
    } else if (const auto* text = value.if_string()) {
        write_text(*text, out);
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

std::string canonical_json(const json::object& object) {
    std::string out;
    write_canonical(object, out);
    return out;
}

}  // namespace wa

// JSON as everywhere in the project: Boost.JSON. No I/O; parsing of foreign text goes through parse_json.
#pragma once

#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace wa {

namespace json = boost::json;

/// Parses foreign text: at most 32 levels deep, valid UTF-8, no name twice in one object. Empty when it is
/// not such JSON.
std::optional<json::value> parse_json(std::string_view text);

/// The members of an object with a default: what is absent or of another type reads as the default.
std::string text_of(const json::object& object, std::string_view key, std::string_view otherwise = "");
std::int64_t integer_of(const json::object& object, std::string_view key, std::int64_t otherwise = 0);
bool flag_of(const json::object& object, std::string_view key, bool otherwise = false);
const json::array& array_of(const json::object& object, std::string_view key);
const json::object& object_of(const json::object& object, std::string_view key);

/// One text for one value: keys sorted, no white space. What is hashed and signed is always this form.
std::string canonical_json(const json::value& value);
std::string canonical_json(const json::object& object);  // made into a value, it would be copied

}  // namespace wa

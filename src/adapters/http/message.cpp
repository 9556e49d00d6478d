#include "adapters/http/message.hpp"

#include <algorithm>

namespace wa::http {

namespace {
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}
}  // namespace

bool IgnoreCase::operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
}

std::string_view Request::header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::parameter(std::string_view name) const {
    const auto found = query.find(std::string(name));
    return found == query.end() ? std::string_view() : std::string_view(found->second);
}

Response json_response(int status, const json::value& value) {
    return {status, {{"Content-Type", "application/json"}}, json::serialize(value)};
}

}  // namespace wa::http

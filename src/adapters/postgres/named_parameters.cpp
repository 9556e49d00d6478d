#include "adapters/postgres/named_parameters.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace wa::postgres {
namespace {

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Behind what is quoted or said as a comment from `at` on; `at` itself when it is neither.
std::size_t behind_quiet(std::string_view text, std::size_t at) {
    const auto behind = [&](std::string_view end, std::size_t from) {
        const auto found = text.find(end, from);
        return found == text.npos ? text.size() : found + end.size();
    };
    if (text[at] == '\'' || text[at] == '"') return behind(text.substr(at, 1), at + 1);
    if (text.substr(at, 2) == "--") return behind("\n", at);
    if (text.substr(at, 2) == "/*") return behind("*/", at + 2);
    return at;
}

}  // namespace

NumberedStatement numbered(std::string_view text) {
    NumberedStatement out;
    for (std::size_t at = 0; at < text.size();) {
        if (const auto end = behind_quiet(text, at); end != at) {
            out.text += text.substr(at, end - at);
            at = end;
            continue;
        }
        if (text[at] == ';') WA_ASSERT(text.find_first_not_of("; \n\t", at) == text.npos && "one statement");
        if (text[at] != '$') {
            out.text += text[at++];
            continue;
        }
        auto end = at + 1;
        while (end < text.size() && is_name(text[end])) ++end;
        const auto name = text.substr(at + 1, end - at - 1);
        WA_ASSERT(!name.empty());
        auto known = std::find(out.params.begin(), out.params.end(), name);
        if (known == out.params.end()) known = out.params.insert(known, std::string(name));
        out.text += '$' + std::to_string(known - out.params.begin() + 1);
        at = end;
    }
    return out;
}

bool has_optional_filters(std::string_view text) {
    for (auto at = text.find("($"); at != text.npos; at = text.find("($", at + 2)) {
        auto rest = text.substr(at + 2);
        rest.remove_prefix(std::min(rest.size(), rest.find(' ')));
        if (rest.starts_with(" = '' OR ") || rest.starts_with(" = 0 OR ")) return true;
    }
    return false;
}

}  // namespace wa::postgres

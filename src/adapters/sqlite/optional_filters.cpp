#include "adapters/sqlite/optional_filters.hpp"

#include <algorithm>
#include <optional>

namespace wa::sqlite {
namespace {

struct Filter {
    std::string_view param;      ///< without the $
    std::string_view nothing;    ///< "''" or "0": the value that leaves it out
    std::string_view condition;  ///< behind the first OR
    std::size_t end = 0;         ///< behind the closing parenthesis
};

/// Behind the parenthesis that closes what is open at `at`; npos without one. Knows texts in quotes.
std::size_t closing(std::string_view text, std::size_t at) {
    int open = 1;
    for (bool quoted = false; at < text.size(); ++at) {
        if (text[at] == '\'') quoted = !quoted;
        if (quoted) continue;
        if (text[at] == '(') ++open;
        if (text[at] == ')' && --open == 0) return at + 1;
    }
    return std::string_view::npos;
}

/// The filter whose "($" stands at `at`.
std::optional<Filter> filter_at(std::string_view text, std::size_t at) {
    const auto name = at + 2;
    const auto name_end = text.find(' ', name);
    if (name_end == std::string_view::npos) return std::nullopt;
    for (const std::string_view nothing : {"''", "0"}) {
        const auto middle = " = " + std::string(nothing) + " OR ";
        if (text.substr(name_end, middle.size()) != middle) continue;
        const auto from = name_end + middle.size();
        const auto end = closing(text, from);
        if (end == std::string_view::npos) return std::nullopt;
        return Filter{text.substr(name, name_end - name), nothing, text.substr(from, end - 1 - from), end};
    }
    return std::nullopt;
}

/// Whether the value leaves the filter out; nothing when that cannot be told.
std::optional<bool> left_out(const Filter& filter, std::span<const Param> params) {
    const auto found = std::find_if(params.begin(), params.end(),
                                    [&](const Param& param) { return param.name == filter.param; });
    if (found == params.end()) return std::nullopt;
    if (const auto* text = std::get_if<std::string>(&found->value); text && filter.nothing == "''")
        return text->empty();
    if (const auto* number = std::get_if<std::int64_t>(&found->value); number && filter.nothing == "0")
        return *number == 0;
    return std::nullopt;
}

}  // namespace

bool has_optional_filters(std::string_view text) {
    for (auto at = text.find("($"); at != std::string_view::npos; at = text.find("($", at + 2))
        if (filter_at(text, at)) return true;
    return false;
}

std::string decided_filters(std::string_view text, std::span<const Param> params) {
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find("($"); at != std::string_view::npos; at = text.find("($", at + 1)) {
        const auto filter = filter_at(text, at);
        if (!filter) continue;
        const auto without = left_out(*filter, params);
        if (!without) continue;
        out.append(text, done, at - done);
        out.append("($").append(filter->param).append(*without ? " = " : " <> ").append(filter->nothing);
        if (!*without) out.append(" AND (").append(filter->condition).append(")");
        out += ')';
        done = filter->end;
        at = done - 1;
    }
    return out.append(text, done);
}

}  // namespace wa::sqlite

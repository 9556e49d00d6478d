#include "base/search_form.hpp"
#include "kernel/data.hpp"
#include "kernel/kernel.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

/// Every word of the question begins a word of the text, in any order, also in other spellings.
bool matches(const std::vector<std::string>& asked, const std::string& text) {
    const auto words = search_tokens(text);
    return std::all_of(asked.begin(), asked.end(), [&](const auto& question) {
        return std::any_of(words.begin(), words.end(),
                           [&](const auto& word) { return word.rfind(question, 0) == 0; });
    });
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : std::string(text) + ' ') {
        if (c != ' ') {
            word += c;
            continue;
        }
        if (auto form = search_form(word); !form.empty()) words.push_back(std::move(form));
        word.clear();
    }
    return words;
}

Result<json::object> search_reference(QueryContext& context, const json::object& params) {
    const auto list = text_of(params, "list");
    if (!context.reference.has_list(list)) return fail(problems::not_found);
    const auto text = text_of(params, "text");
    const auto asked = words_of(text);
    const auto limit = std::size_t(integer_of(params, "limit", 20));
    json::array entries;
    for (const auto& entry : context.reference.entries(list)) {
        if (entries.size() >= limit) break;
        if (!entry.valid_on(context.today)) continue;
        const bool by_code = !text.empty() && entry.code.rfind(text, 0) == 0;
        if (!by_code && !matches(asked, entry.text)) continue;
        entries.push_back(json::object{{"code", entry.code}, {"text", entry.text}, {"extra", entry.extra}});
    }
    return json::object{{"entries", std::move(entries)}};
}

}  // namespace

void install_reference_queries(Registry& registry) {
    registry.bind_query("reference.search", search_reference);
}

}  // namespace wa

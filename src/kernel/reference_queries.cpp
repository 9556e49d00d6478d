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

/// What a command or query rests on as it is declared ("BMG § 6 Abs. 1; handbook § 6"), without the parts
/// that are no law.
std::string law_of(const std::string& name) {
    const auto* command = registry().command(name);
    const auto* query = registry().query(name);
    const auto declared = command ? text_of(command->declaration, "law")
                          : query ? text_of(query->declaration, "law")
                                  : "";
    std::string law;
    constexpr std::string_view separator = "; ";
    for (std::size_t at = 0; at < declared.size();) {
        const auto end = std::min(declared.find(separator, at), declared.size());
        const auto part = declared.substr(at, end - at);
        if (!part.starts_with("handbook")) law += (law.empty() ? "" : std::string(separator)) + part;
        at = end + separator.size();
    }
    return law;
}

Result<json::object> list_journal(QueryContext& context, const json::object& params) {
    const auto time = [&](std::string_view name, std::int64_t otherwise) {
        const auto at = parse_timestamp(text_of(params, name));
        return at ? at->ms : otherwise;
    };
    Params asked{{"before", integer_of(params, "before", INT64_MAX)},
                 {"from", time("from", 0)},
                 {"until", time("until", INT64_MAX)},
                 {"actor", text_of(params, "actor")},
                 {"limit", integer_of(params, "limit", 100)}};
    auto statement = sql::kernel::journal_newest;
    for (const auto& [field, type] : {std::pair{"case_id", "case"}, std::pair{"person_id", "person"}})
        if (auto id = text_of(params, field); !id.empty()) {
            statement = sql::kernel::journal_newest_of;
            context.show(type, id);
            asked.push_back({"subject_type", std::string(type)});
            asked.push_back({"subject_id", std::move(id)});
            break;
        }
    json::array entries;
    for (const auto& row : context.tx.query(statement, asked)) {
        auto entry = row_to_json(row);
        entry["law"] = law_of(row.text("name"));
        entries.push_back(std::move(entry));
    }
    return json::object{{"entries", std::move(entries)}};
}

}  // namespace

void install_reference_queries(Registry& registry) {
    registry.bind_query("reference.search", search_reference);
    registry.bind_query("journal.list", list_journal);
}

}  // namespace wa

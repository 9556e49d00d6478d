#include "kernel/numbers.hpp"

#include <fmt/format.h>

#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

/// The block goes on behind that number, or is spent. A state that stays is not written, nor is its index
/// then.
void go_behind(CommandContext& context, const Row& block, std::int64_t number) {
    const std::string state = number == block.integer("last_number") ? "spent" : "open";
    Columns changes{{"next_number", number + 1}};
    if (state != block.text("state")) changes.push_back({"state", state});
    context.records.hold("number_block", block);
    context.records.update("number_block", block.text("id"), std::move(changes));
}

/// What stands before the digits: Quittung.
std::string_view letter_of(std::string_view kind) {
    return kind == "receipt" ? "Q" : "";
}

}  // namespace

std::string number_text(std::string_view kind, std::string_view series, std::int64_t number) {
    return fmt::format("{}-{}{:06}", series, letter_of(kind), number);
}

Result<std::string> draw_number(CommandContext& context, std::string_view kind, std::string_view holder) {
    const auto blocks = context.records.query(sql::kernel::open_blocks,
                                              {{"kind", std::string(kind)}, {"holder", std::string(holder)}});
    if (blocks.empty()) return fail(problems::number_block_empty, {{"kind", std::string(kind)}});
    const auto& block = blocks.front();
    const auto number = block.integer("next_number");
    go_behind(context, block, number);
    return number_text(kind, block.text("series"), number);
}

std::string number_holder(const CommandContext& context) {
    return context.side == Side::hub && !context.replayed ? "hub" : context.origin.device;
}

void note_number(CommandContext& context, std::string_view kind, std::string_view number) {
    const auto dash = number.rfind('-');
    if (dash == std::string_view::npos) return;
    auto digits = number.substr(dash + 1);
    if (const auto letter = letter_of(kind); digits.starts_with(letter)) digits.remove_prefix(letter.size());
    std::int64_t value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return;
        value = value * 10 + (digit - '0');
    }
    for (const auto& block :
         context.records.query(sql::kernel::block_of_number, {{"kind", std::string(kind)},
                                                              {"series", std::string(number.substr(0, dash))},
                                                              {"number", value}})) {
        if (block.integer("next_number") <= value) go_behind(context, block, value);
    }
}

std::string lease_numbers(CommandContext& context, std::string_view kind, std::string_view holder,
                          std::string_view series, std::int64_t count) {
    const auto last = context.records.query(sql::kernel::last_of_series,
                                            {{"kind", std::string(kind)}, {"series", std::string(series)}});
    const auto first = (last.empty() ? 0 : last.front().integer("last_number")) + 1;
    const auto id = context.ids.next();
    context.records.insert("number_block", id,
                           {{"kind", std::string(kind)},
                            {"series", std::string(series)},
                            {"next_number", first},
                            {"last_number", first + count - 1},
                            {"holder", std::string(holder)},
                            {"state", std::string("open")}});
    return id;
}

namespace {

Result<json::object> lease(CommandContext& context, const json::object& payload) {
    return json::object{
        {"block_id", lease_numbers(context, text_of(payload, "kind"), text_of(payload, "holder"),
                                   text_of(payload, "series"), integer_of(payload, "count"))}};
}

}  // namespace

void install_numbers(Registry& registry) {
    registry.bind_command("numbers.lease", lease);
}

}  // namespace wa

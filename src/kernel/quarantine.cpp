#include "kernel/quarantine.hpp"

#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

/// The decision and its reason are journalled here; the wiring then runs settle_quarantine (arrivals.hpp) in
/// the same transaction, because running the stored work again needs the engine.
Result<json::object> settle(CommandContext& context, const json::object& payload) {
    const auto rows =
        context.records.query(sql::kernel::quarantined, {{"command_id", text_of(payload, "command_id")}});
    if (rows.empty()) return fail(problems::not_found);
    // Who takes over answers for the work of somebody who cannot be asked any more.
    if (text_of(payload, "choice") == "take_over" && !context.actor.may("register.release"))
        return fail(problems::permission_denied, {{"permission", "register.release"}});
    context.records.about("case", rows.front().text("stream"));
    return json::object{{"outcome", text_of(payload, "choice")}};
}

Result<json::object> list_quarantine(QueryContext& context, const json::object& params) {
    json::array entries;
    for (const auto& row :
         context.tx.query(sql::kernel::list_quarantine, {{"state", text_of(params, "state", "open")}})) {
        auto entry = row_to_json(row);
        Problem problem(row.text("code"), {});
        if (auto details = parse_json(row.text("details")); details && details->is_object())
            problem.details = std::move(details->get_object());
        entry["words"] = words_for(registry(), problem);
        entries.push_back(std::move(entry));
    }
    return json::object{{"entries", std::move(entries)}};
}

}  // namespace

void install_quarantine(Registry& registry) {
    registry.bind_command("quarantine.settle", settle);
    registry.bind_query("quarantine.list", list_quarantine);
}

}  // namespace wa

// A dwelling that the register knows gets another status, or ends, from a day on: with its history, and with
// what follows for others.
#include <algorithm>

#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"

namespace wa::residence {

bool is_lived_in_here(const Row& dwelling, const Tenant& tenant) {
    return dwelling.integer("current") == 1 && dwelling.text("ags") == tenant.ags;
}

bool lives_here(CommandContext& context, const std::string& person_id) {
    const auto rows = context.records.query(sql::residence::dwellings_of, {{"person_id", person_id}});
    return std::any_of(rows.begin(), rows.end(),
                       [&](const Row& row) { return is_lived_in_here(row, context.tenant); });
}

void change_dwelling_status(CommandContext& context, const Row& dwelling, const std::string& status,
                            const std::string& on, const std::string& source, const std::string& case_id,
                            const std::string& document_id) {
    if (dwelling.text("status") == status) return;
    context.records.see("dwelling", dwelling);
    note_dwelling(context, dwelling, {"status", status, "change", source, document_id}, on);
    context.records.update("dwelling", dwelling.text("id"), {{"status", status}});
    if (dwelling.text("ags") != context.tenant.ags) return;
    const auto about = case_id.empty() ? dwelling.text("source_case") : case_id;
    if (status == "N") tell_tax_office(context, dwelling.text("person_id"), about, on);
    if (dwelling.text("status") == "N") put_main_address(context, dwelling.text("id"), about);
}

void end_dwelling(CommandContext& context, const Row& dwelling, const std::string& on,
                  const std::string& source, const std::string& document_id) {
    context.records.see("dwelling", dwelling);
    note_dwelling(context, dwelling, {"moved_out", on, "change", source, document_id}, on);
    context.records.update(
        "dwelling", dwelling.text("id"),
        {{"current", std::int64_t(0)}, {"moved_out", on}, {"deregistered_on", to_iso(context.today)}});
}

}  // namespace wa::residence

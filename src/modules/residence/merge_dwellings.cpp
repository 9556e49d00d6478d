// A person known twice, with a main dwelling in each record: whoever joins them says which it is.
#include <algorithm>

#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/merge.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

Rows current_dwellings(CommandContext& context, const std::string& person_id) {
    auto rows = context.records.query(statements::dwellings_of, {{"person_id", person_id}});
    std::erase_if(rows, [](const Row& row) { return row.integer("current") == 0; });
    return rows;
}

/// Each once, whichever record has it.
Rows current_of_both(CommandContext& context, const TwoRecords& records) {
    auto all = current_dwellings(context, records.kept_id());
    for (auto& row : current_dwellings(context, records.other_id())) {
        const bool known =
            std::any_of(all.begin(), all.end(), [&](const Row& one) { return is_same_dwelling(one, row); });
        if (!known) all.push_back(std::move(row));
    }
    return all;
}

/// A sole one, or one main dwelling among secondary ones (BMG § 21).
bool have_one_main(const Rows& current) {
    const auto with = [&](const char* status) {
        return std::count_if(current.begin(), current.end(),
                             [&](const Row& row) { return row.text("status") == status; });
    };
    return with("E") + with("H") <= 1 && (with("E") == 0 || current.size() == 1);
}

const Row* find_dwelling(const Rows& rows, const std::string& id) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.text("id") == id; });
    return found == rows.end() ? nullptr : &*found;
}

/// Every one that is said to be over is a current one, not the main one, and ended after it began.
bool is_possible(const MainDwelling& decided, const Rows& current, const Date& today) {
    if (!find_dwelling(current, decided.id) || decided.ended.count(decided.id)) return false;
    return std::all_of(decided.ended.begin(), decided.ended.end(), [&](const auto& one) {
        const auto* row = find_dwelling(current, one.first);
        return row && one.second >= row->text("moved_in") && one.second <= to_iso(today);
    });
}

/// Their office keeps the same status as we do (BMG § 33): told with our dwelling, if there is one.
void tell_office_there(CommandContext& context, const Row& person, const Row& there,
                       const std::string& status) {
    const auto current = current_dwellings(context, person.text("id"));
    const auto ours = std::find_if(current.begin(), current.end(),
                                   [&](const Row& row) { return is_lived_in_here(row, context.tenant); });
    const auto ags = there.text("ags");
    if (ours == current.end() || ags.empty() || ags == context.tenant.ags) return;
    const Dispute decided{context.command_id, "Meldebehörde " + ags, ours->text("source_case"),
                          person.text("id")};
    tell_decision(context, decided, person, *ours, facts_of(there), status);
}

/// Two main dwellings were told to those who keep one of everybody.
void tell_main_address(CommandContext& context, const Row& main) {
    const auto now = read_row(context.records.tx(), "dwelling", main.text("id"));
    // A secondary one that becomes the main one is told with its new status already.
    if (is_lived_in_here(*now, context.tenant) && main.text("status") != "N")
        put_main_address(context, main.text("id"), main.text("source_case"));
}

}  // namespace

Result<MainDwelling> decided_main_dwelling(CommandContext& context, const TwoRecords& records,
                                           const json::object& payload) {
    const auto current = current_of_both(context, records);
    MainDwelling decided{text_of(payload, "main_dwelling_id"), {}};
    for (const auto& entry : array_of(payload, "ended_dwellings"))
        decided.ended[text_of(entry.as_object(), "dwelling_id")] = text_of(entry.as_object(), "moved_out");
    const bool nothing_said = decided.id.empty() && decided.ended.empty();
    if (nothing_said && have_one_main(current)) return decided;
    if (!is_possible(decided, current, context.today)) return fail(problems::residence_merge_main_dwelling);
    return decided;
}

void settle_dwellings(CommandContext& context, const std::string& person_id, const MainDwelling& decided,
                      const std::string& source) {
    if (decided.id.empty()) return;
    for (const auto& row : current_dwellings(context, person_id))
        if (const auto over = decided.ended.find(row.text("id")); over != decided.ended.end())
            end_dwelling(context, row, over->second, source);
    const auto current = current_dwellings(context, person_id);
    const auto today = to_iso(context.today);
    const auto person = context.records.find("person", person_id);
    const auto status_of = [&](const Row& row) {
        return std::string(row.text("id") != decided.id ? "N" : current.size() == 1 ? "E" : "H");
    };
    for (const auto& row : current) change_dwelling_status(context, row, status_of(row), today, source);
    for (const auto& row : current) {
        if (row.text("id") == decided.id) tell_main_address(context, row);
        if (row.text("status") != status_of(row)) tell_office_there(context, *person, row, status_of(row));
    }
    if (person->text("status") == "resident" && !lives_here(context, person_id))
        change_person(context, *person, {{"status", "departed", "correction", source}});
}

}  // namespace wa::residence

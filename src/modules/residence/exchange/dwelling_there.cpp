// A dwelling in another municipality, as its office tells of it (BMG § 3 Abs. 1 Nr. 12).
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

/// The row of a dwelling there; null when it is unknown, or known only as an earlier stay.
std::optional<Row> known_there(CommandContext& context, const std::string& person_id,
                               const DwellingThere& there) {
    const auto key = key_of_address(there.address, context.reference, context.today);
    std::optional<Row> known;
    for (auto& row : context.records.query(sql::residence::dwellings_of, {{"person_id", person_id}})) {
        const auto ended = row.text("moved_out");
        const bool earlier = !ended.empty() && ended < there.moved_in;
        if (row.text("address_key") != key || row.text("ags") != text_of(there.address, "ags") || earlier)
            continue;
        if (!known) known = std::move(row);  // the current ones come first
    }
    return known;
}

/// It counted as given up, or as where somebody has left for, and is kept beside the one here.
void let_stand(CommandContext& context, const Row& dwelling, const std::string& source) {
    context.records.see("dwelling", dwelling);
    if (!dwelling.text("moved_out").empty())
        note_dwelling(context, dwelling, {"moved_out", "", "correction", source});
    context.records.update("dwelling", dwelling.text("id"),
                           {{"current", std::int64_t(1)}, {"moved_out", std::string()}});
}

void add_dwelling_there(CommandContext& context, const std::string& person_id, const DwellingThere& there) {
    auto columns = dwelling_columns(there.address, context.reference, context.today);
    columns.push_back({"person_id", person_id});
    columns.push_back({"status", there.status});
    columns.push_back({"current", std::int64_t(there.current)});
    columns.push_back({"moved_in", there.moved_in});
    columns.push_back({"source", there.source});
    const auto id = context.ids.next();
    context.records.insert("dwelling", id, columns);
    const auto row = context.records.find("dwelling", id);
    note_dwelling(context, *row, {"dwelling", address_line(*row), "change", there.source}, there.moved_in);
}

}  // namespace

void note_dwelling_there(CommandContext& context, const std::string& person_id, const DwellingThere& there) {
    if (there.address.empty()) return;
    const auto before = index_entries(context.records.tx(), person_id);
    const auto known = known_there(context, person_id, there);
    if (!known) {
        add_dwelling_there(context, person_id, there);
    } else if (there.current) {
        const bool stands = there.decided || known->text("moved_out").empty();
        if (stands && known->integer("current") == 0) let_stand(context, *known, there.source);
        const auto now = read_row(context.records.tx(), "dwelling", known->text("id"));
        if (now->integer("current") == 1)
            change_dwelling_status(context, *now, there.status,
                                   there.moved_in.empty() ? to_iso(context.today) : there.moved_in,
                                   there.source);
    }
    write_index(context.records, person_id, before, index_entries(context.records.tx(), person_id));
}

}  // namespace wa::residence

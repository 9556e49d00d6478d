// A person known twice: the rows of both records under one id.
#include <algorithm>
#include <array>

#include "modules/residence/data.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;
using Joined = std::map<std::string, std::string>;

/// What the row that stays does not say, from the one that goes.
void fill_gaps(CommandContext& context, const char* table, const Row& stays, const Row& goes,
               std::initializer_list<const char*> columns) {
    Columns filled;
    for (const auto* column : columns)
        if (const auto text = stays.text(column); (text.empty() || text == "{}") && goes.text(column) != text)
            filled.push_back({column, goes.at(column)});
    if (!filled.empty()) context.records.update(table, stays.text("id"), filled);
}

/// Its history stays, and says why it is gone.
void join_dwelling(CommandContext& context, const Row& stays, const Row& goes, const std::string& source) {
    fill_gaps(context, "dwelling", stays, goes,
              {"registered_on", "deregistered_on", "lessor", "source_case"});
    note_dwelling(context, stays, {"dwelling", address_line(stays), "correction", source});
    context.records.erase("dwelling", goes.text("id"));
}

bool is_same_paper(const Row& one, const Row& two) {
    return one.text("doc_type") == two.text("doc_type") && one.text("serial") == two.text("serial");
}

/// Rows of the other record that the kept one has, too.
template <class Same, class Join>
void join_rows(const Rows& kept, const Rows& other, Joined& joined, Same same, Join join) {
    for (const auto& goes : other) {
        const auto stays =
            std::find_if(kept.begin(), kept.end(), [&](const Row& row) { return same(row, goes); });
        if (stays == kept.end()) continue;
        join(*stays, goes);
        joined.emplace(goes.text("id"), stays->text("id"));
    }
}

/// Of one datum for one purpose the later answer holds, as always (exchange/auswertung.cpp); inquiries after
/// somebody's whereabouts stand side by side.
void join_zone_data(CommandContext& context, const TwoRecords& records) {
    const auto holding = [&](const std::string& id) {
        return context.records.query(statements::zone_data_of, {{"person_id", id}});
    };
    for (const auto& one : holding(records.kept_id()))
        for (const auto& two : holding(records.other_id())) {
            if (one.text("purpose") == "whereabouts" || one.text("field") != two.text("field")) continue;
            const bool later = two.integer("recorded_at_ms") > one.integer("recorded_at_ms");
            context.records.erase("zone_datum", (later ? one : two).text("id"));
            if (later) break;
        }
}

std::string with_ids(std::string text, const Joined& ids) {
    for (const auto& [old_id, new_id] : ids)
        for (auto at = text.find(old_id); at != std::string::npos; at = text.find(old_id, at + new_id.size()))
            text.replace(at, old_id.size(), new_id);
    return text;
}

/// A list that named both names one.
std::string once_each(const std::string& text) {
    const auto list = parse_json(text);
    if (!list || !list->is_array()) return text;
    json::array once;
    for (const auto& entry : list->get_array())
        if (std::find(once.begin(), once.end(), entry) == once.end()) once.push_back(entry);
    return json::serialize(once);
}

/// What other modules keep: they find their own rows.
void rename_elsewhere(CommandContext& context, const std::string& old_id, const std::string& new_id) {
    const auto naming = registry().extractors().find("rows_naming_person");
    if (naming == registry().extractors().end()) return;
    std::vector<std::pair<std::string, Row>> rows;
    naming->second(context.records.tx(), old_id, rows);
    for (const auto& [table, row] : rows) {
        Columns columns;
        for (const auto& name : row.names())
            if (row.at(name) == Value(old_id)) columns.push_back({name, new_id});
        context.records.update(table, row.text("id"), columns);
    }
}

}  // namespace

bool is_same_dwelling(const Row& one, const Row& two) {
    static constexpr std::array columns{"ags",     "address_key", "apartment_no", "sub_no",       "addition",
                                        "country", "moved_in",    "moved_out",    "foreign_lines"};
    return one.integer("current") == two.integer("current") &&
           std::all_of(columns.begin(), columns.end(),
                       [&](const char* column) { return one.text(column) == two.text(column); });
}

bool is_same_relation(const Row& one, const Row& two) {
    if (one.text("kind") != two.text("kind") || one.text("valid_to") != two.text("valid_to")) return false;
    const auto a = one.text("other_id"), b = two.text("other_id");
    if (!a.empty() && !b.empty()) return a == b;
    return one.text("birth_date") == two.text("birth_date") &&
           name_key(one.text("given_names")) == name_key(two.text("given_names")) &&
           name_key(one.text("family_name")) == name_key(two.text("family_name"));
}

Joined join_equal_rows(CommandContext& context, const TwoRecords& records, const std::string& source) {
    Joined joined;
    const auto rows = [&](const Statement& statement, const std::string& id) {
        return context.records.query(statement, {{"person_id", id}});
    };
    const auto join = [&](const Statement& statement, auto same, auto what) {
        join_rows(rows(statement, records.kept_id()), rows(statement, records.other_id()), joined, same,
                  what);
    };
    join(statements::dwellings_of, is_same_dwelling,
         [&](const Row& stays, const Row& goes) { join_dwelling(context, stays, goes, source); });
    join(statements::documents_of, is_same_paper,
         [&](const Row&, const Row& goes) { context.records.erase("person_document", goes.text("id")); });
    const auto drop_relation = [&](const Row& stays, const Row& goes) {
        fill_gaps(context, "relation", stays, goes, {"other_id", "valid_from", "note"});
        context.records.erase("relation", goes.text("id"));
    };
    join(statements::raw_relations, is_same_relation, drop_relation);
    // The relatives' side: whoever is linked with both is linked once.
    const auto of_one_relative = [](const Row& one, const Row& two) {
        return one.text("person_id") == two.text("person_id") && one.text("kind") == two.text("kind") &&
               one.text("valid_to") == two.text("valid_to");
    };
    join(statements::relations_to, of_one_relative, drop_relation);
    join_zone_data(context, records);
    return joined;
}

void rename_everywhere(CommandContext& context, const TwoRecords& records, const Joined& joined) {
    auto ids = joined;
    ids.emplace(records.other_id(), records.kept_id());
    auto& store = context.records;
    for (const auto& row : store.query(statements::findings_naming, {{"person_id", records.other_id()}}))
        store.update("case_finding", row.text("id"), {{"details", with_ids(row.text("details"), ids)}});
    for (const auto& [old_id, new_id] : joined) {
        for (const auto& row : store.query(statements::dwelling_history_at,
                                           {{"person_id", records.other_id()}, {"dwelling_id", old_id}}))
            store.update("dwelling_history", row.text("id"), {{"dwelling_id", new_id}});
        for (const auto& row : store.query(statements::rows_from_document,
                                           {{"person_id", records.other_id()}, {"document_id", old_id}}))
            store.update(row.text("table_name"), row.text("id"), {{"document_id", new_id}});
    }
    for (const auto& row : store.query(statements::rows_naming, {{"id", records.other_id()}})) {
        const auto column = row.text("column_name");
        const auto value = once_each(with_ids(row.text("value"), ids));
        store.update(row.text("table_name"), row.text("id"), {{column, value}});
    }
    rename_elsewhere(context, records.other_id(), records.kept_id());
}

}  // namespace wa::residence

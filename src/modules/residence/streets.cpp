// The municipality's directory of streets, and what follows when a street gets another name: an official
// change of all dwellings in it, which nobody declares (handbook P02, § 7).
#include "modules/residence/streets.hpp"

#include <algorithm>
#include <map>

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search_index.hpp"

namespace wa {

namespace residence {

namespace {

namespace statements = sql::residence;

/// A street has another name than before.
struct Renaming {
    std::string key, old_name, new_name;
    std::optional<Date> first;  ///< day of the old name; absent: since ever
    std::optional<Date> last;   ///< of the old name; absent: it was wrong, and never its name
};

/// One dwelling under the name its street has now, with a row of history.
void rename(CommandContext& context, const Row& dwelling, const Renaming& street) {
    const auto person_id = dwelling.text("person_id"), id = dwelling.text("id");
    const auto before = index_entries(context.records.tx(), person_id);
    const auto moved_in = dwelling.text("moved_in");
    const auto since = std::max(moved_in, street.first ? to_iso(*street.first) : "");
    const auto last = street.last ? to_iso(*street.last) : "";
    // Who moved in when it had the new name already never lived in a street of the old one.
    const bool correction = !street.last || since > last;
    context.records.insert("dwelling_history", context.ids.next(),
                           {{"person_id", person_id},
                            {"dwelling_id", id},
                            {"field", std::string("street")},
                            {"value", dwelling.text("street")},
                            {"new_value", street.new_name},
                            {"valid_from", correction ? moved_in : since},
                            {"valid_to", correction ? std::string() : last},
                            {"recorded_at_ms", context.at.ms},
                            {"recorded_by", context.command_id},
                            {"kind", std::string(correction ? "correction" : "change")},
                            {"source", std::string("Straßenverzeichnis")},
                            {"sheet", std::string(sheet_of("dwelling"))}});
    context.records.update("dwelling", id,
                           {{"street", street.new_name},
                            {"address_key", address_key(street.new_name, dwelling.integer("house_no"),
                                                        dwelling.text("house_letter"))}});
    context.records.about("person", person_id);
    write_index(context.records, person_id, before, index_entries(context.records.tx(), person_id));
}

/// All dwellings somebody has in a street under its old name; how many. In parts, because a long street has
/// thousands; in one command, because half a street would be two.
std::int64_t rename_all(CommandContext& context, const Renaming& street) {
    const auto building = street_form(street.old_name) + "|";
    Params params{{"from", building},         {"until", after(building)}, {"ags", context.tenant.ags},
                  {"street_key", street.key}, {"name", street.new_name},  {"after", std::string()}};
    std::int64_t count = 0;
    for (;;) {
        const auto part = context.records.query(statements::dwellings_to_rename, params);
        if (part.empty()) return count;
        for (const auto& dwelling : part) rename(context, dwelling, street);
        count += std::int64_t(part.size());
        params.back().value = part.back().text("id");
    }
}

/// From each former name to the one that followed, so that none that a dwelling had is missing in its
/// history.
std::int64_t rename_through(CommandContext& context, const std::string& key,
                            std::vector<const CodeEntry*> names, const CodeEntry& now) {
    std::sort(names.begin(), names.end(),
              [](const auto* a, const auto* b) { return a->valid_from < b->valid_from; });
    std::int64_t count = 0;
    std::optional<Date> first;
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
        const auto &old = *names[i], &next = *names[i + 1];
        if (i == 0 || names[i - 1]->text != old.text) first = old.valid_from;
        const bool over = old.valid_to && *old.valid_to < context.today;
        const bool begun = !next.valid_from || *next.valid_from <= context.today;
        // A name that came back is the right one.
        if (over && begun && old.text != next.text && old.text != now.text)
            count += rename_all(context, {key, old.text, next.text, first, old.valid_to});
    }
    return count;
}

/// Daily: a new name holds from its day on. By the directory the program works with, so that what it looks
/// for is what it finds.
Result<json::object> rename_dwellings(CommandContext& context, const json::object&) {
    std::map<std::string, std::vector<const CodeEntry*>> by_key;
    for (const auto& street : context.reference.entries("street"))
        if (text_of(street.extra, "ags") == context.tenant.ags) by_key[street.code].push_back(&street);
    std::int64_t count = 0;
    for (const auto& [key, names] : by_key) {
        const auto* now = context.reference.code("street", key, context.today);
        if (now) count += rename_through(context, key, names, *now);
    }
    return json::object{{"count", count}};
}

/// A street has one name at a time: a name from a later day on ends the one before.
void end_former_names(CommandContext& context, const json::object& street) {
    const auto from = parse_date(text_of(street, "valid_from"));
    if (!from) return;
    const auto last = to_iso(add_days(*from, -1));
    for (const auto& old :
         context.records.query(statements::streets_of_key, {{"key", text_of(street, "key")}})) {
        const auto to = old.text("valid_to");
        if (old.text("valid_from") <= last && (to.empty() || to > last) &&
            old.text("name") != text_of(street, "name"))
            context.records.update("street", old.text("id"), {{"valid_to", last}});
    }
}

void set_street(CommandContext& context, const json::object& street) {
    Columns columns{{"form", street_form(text_of(street, "name"))},
                    {"ranges", json::serialize(array_of(street, "ranges"))}};
    for (const auto* field : {"key", "name", "postcode", "city", "district", "valid_from", "valid_to"})
        columns.push_back({field, text_of(street, field)});
    // The same street from the same day on is corrected, not doubled.
    const auto key = text_of(street, "key"), name = text_of(street, "name"),
               from = text_of(street, "valid_from");
    const auto same = context.records.query(statements::street_of_key, {{"key", key}, {"valid_from", from}});
    if (same.empty()) {
        end_former_names(context, street);
        context.records.insert("street", context.ids.next(), columns);
        return;
    }
    context.records.update("street", same.front().text("id"), columns);
    // The wrong name stands nowhere any more: now or never.
    if (const auto wrong = same.front().text("name"); wrong != name)
        rename_all(context, {key, wrong, name, parse_date(from), std::nullopt});
}

Result<json::object> set_streets(CommandContext& context, const json::object& payload) {
    const auto& streets = array_of(payload, "streets");
    for (std::size_t i = 0; i < streets.size(); ++i) {
        if (!streets[i].is_object()) return faulty_record(i, "street");
        const auto& street = streets[i].get_object();
        if (text_of(street, "key").empty()) return faulty_record(i, "key");
        if (text_of(street, "name").empty()) return faulty_record(i, "name");
        for (const auto* field : {"valid_from", "valid_to"})
            if (const auto day = text_of(street, field); !day.empty() && !parse_date(day))
                return faulty_record(i, field);
    }
    for (const auto& entry : streets) set_street(context, entry.get_object());
    return json::object{{"count", std::int64_t(streets.size())}};
}

}  // namespace

void install_streets(Registry& registry) {
    registry.bind_command("residence.set_streets", set_streets);
    registry.bind_command("residence.rename_dwellings", rename_dwellings);
}

}  // namespace residence

std::vector<CodeEntry> load_streets(Transaction& tx, const std::string& ags) {
    std::vector<CodeEntry> streets;
    for (const auto& row : tx.query(sql::residence::all_streets)) {
        CodeEntry entry;
        entry.code = row.text("key");
        entry.text = row.text("name");
        entry.valid_from = parse_date(row.text("valid_from"));
        entry.valid_to = parse_date(row.text("valid_to"));
        entry.extra["ags"] = ags;
        for (const auto* field : {"postcode", "city", "district"}) entry.extra[field] = row.text(field);
        if (auto ranges = parse_json(row.text("ranges"))) entry.extra["ranges"] = std::move(*ranges);
        streets.push_back(std::move(entry));
    }
    return streets;
}

}  // namespace wa

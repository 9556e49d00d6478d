// admin journal: the journal for the auditor. Reading it is journalled itself.
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/admin.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "kernel/data.hpp"

namespace wa::admin {

namespace {

struct JournalOptions {
    std::string tenant, reason, the_case, person, actor, from, until, out;
    bool lines = false;
};

const char* const columns[] = {"seq",         "at",    "kind",   "name", "actor_name", "roles", "second_name",
                               "device_name", "place", "reason", "law",  "outcome",    "erased"};

std::string quoted(const std::string& text) {
    if (text.find_first_of(";\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

/// Local midnight of a day, or a moment as it is.
std::string moment(const std::string& text, bool end_of_day) {
    if (const auto at = parse_timestamp(text)) return to_rfc3339(*at);
    const auto day = parse_date(text);
    if (!day)
        throw std::runtime_error(text + " is neither a day (2026-11-05) nor a moment (2026-11-05T12:00:00Z)");
    const auto begin = start_of_local_day(*day);
    return to_rfc3339(end_of_day ? start_of_local_day(add_days(*day, 1)) : begin);
}

std::string case_id_of(TenantTool& tool, const std::string& asked) {
    std::string id;
    tool.runner().read([&](Transaction& tx) {
        const auto rows = tx.query(sql::kernel::case_by_number, {{"number", asked}});
        if (!rows.empty()) id = rows.front().text("id");
        if (read_row(tx, "case_file", asked)) id = asked;
    });
    if (id.empty()) throw std::runtime_error("there is no case " + asked);
    return id;
}

void write_entry(std::ostream& out, json::object entry, bool as_line) {
    entry["at"] = to_rfc3339({integer_of(entry, "at_ms")});
    if (as_line) {
        out << json::serialize(entry) << "\n";
        return;
    }
    const char* separator = "";
    for (const auto* column : columns) {
        const auto* value = entry.if_contains(column);
        out << separator
            << quoted(value && value->is_string() ? text_of(entry, column) : json::serialize(*value));
        separator = ";";
    }
    out << "\n";
}

int journal(Place& place, const JournalOptions& options) {
    TenantTool tool(place.data_dir, options.tenant);
    const auto reason = said_at_the_command_line("journal", options.reason);
    json::object params{{"limit", 500}};
    if (!options.the_case.empty()) params["case_id"] = case_id_of(tool, options.the_case);
    if (!options.person.empty()) params["person_id"] = options.person;
    if (!options.actor.empty()) params["actor"] = user_id_of(tool.runner(), options.actor);
    if (!options.from.empty()) params["from"] = moment(options.from, false);
    if (!options.until.empty()) params["until"] = moment(options.until, true);
    std::ofstream file;
    if (!options.out.empty()) {
        if (system::read_file(options.out)) throw std::runtime_error(options.out + " exists already");
        file.open(options.out, std::ios::trunc);
        if (!file) throw std::runtime_error("cannot write " + options.out);
    }
    auto& out = options.out.empty() ? std::cout : file;
    if (!options.lines)
        for (const auto* column : columns) out << (column == columns[0] ? "" : ";") << column;
    if (!options.lines) out << "\n";
    for (;;) {
        const auto entries = array_of(tool.ask("journal.list", params, reason), "entries");
        for (const auto& entry : entries) write_entry(out, entry.as_object(), options.lines);
        if (entries.size() < 500) break;
        params["before"] = integer_of(entries.back().as_object(), "seq");
    }
    out.flush();
    if (!out) throw std::runtime_error("the journal could not be written out");
    return 0;
}

}  // namespace

void AdminVerbs::add_journal(CLI::App& verb) {
    auto options = std::make_shared<JournalOptions>();
    auto& read = add(verb, "journal", "Read or export the journal, newest first; the reading is journalled",
                     [options](Place& place) { return journal(place, *options); });
    read.add_option("tenant", options->tenant)->required();
    read.add_option("--reason", options->reason, "Why it is read; stands in the journal")->required();
    read.add_option("--case", options->the_case, "Only this case (number or id)");
    read.add_option("--person", options->person, "Only this person (id)");
    read.add_option("--actor", options->actor, "Only what this account did (login)");
    read.add_option("--from", options->from, "From this day or moment on");
    read.add_option("--until", options->until, "Until the end of this day, or before this moment");
    read.add_flag("--lines", options->lines, "One JSON object a line instead of a table with semicolons");
    read.add_option("--out", options->out, "Into this file");
}

}  // namespace wa::admin

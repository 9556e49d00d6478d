// The journal for who watches (handbook § 11): read, drawn from at random, asked about; and its end by rule.
#include <map>
#include <optional>

#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/journal.hpp"
#include "kernel/kernel.hpp"
#include "kernel/tasks.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

/// Entries of one part of the nightly work, so that nobody waits long for the writer.
constexpr std::int64_t ended_at_once = 2000;

/// Reads and sign-ins end with the calendar year that follows (BMG § 40; handbook § 10); so long they are
/// kept whatever the parameter says.
Date reads_before(const Reference& reference, const Date& today) {
    const auto years = std::max<std::int64_t>(1, reference.parameter("journal.keep_years", today));
    return {today.year - int(years), 1, 1};
}

Result<json::object> end_reads(CommandContext& context, const json::object&) {
    const auto before = start_of_local_day(reads_before(context.reference, context.today));
    const auto ended = end_entries(context.records.tx(), before, ended_at_once);
    if (ended.count > 0)
        context.records.about(journal_range, std::to_string(ended.first) + "-" + std::to_string(ended.last));
    return json::object{{"count", ended.count}, {"more", ended.count == ended_at_once}};
}

/// The entry, if it is a read that somebody did and that still says so.
std::optional<Row> read_entry(Transaction& tx, std::int64_t seq) {
    auto rows = tx.query(statements::journal_page, {{"from", seq}, {"until", seq}});
    const bool read = !rows.empty() && rows.front().text("kind") == "read" &&
                      rows.front().is_null("content") && !rows.front().text("actor").empty();
    if (!read) return std::nullopt;
    return std::move(rows.front());
}

/// Whoever cannot close a task here is asked in another way.
bool can_answer(Transaction& tx, const std::string& user_id) {
    const auto account = read_row(tx, "user_account", user_id);
    return account && account->text("state") == "active" && actor_of(*account).may("case.write");
}

/// A task for who has read, which nobody else sees; asked once about each read.
Result<json::object> ask_reason(CommandContext& context, const json::object& payload) {
    const auto seq = integer_of(payload, "seq");
    auto& tx = context.records.tx();
    const auto entry = read_entry(tx, seq);
    if (!entry) return fail(problems::not_found);
    if (!can_answer(tx, entry->text("actor"))) return fail(problems::journal_not_askable);
    const ReadReason asked{entry->text("actor"), seq};
    if (const auto there = tx.query(statements::read_reason_of, {{"subject", asked.text()}}); !there.empty())
        return json::object{{"task_id", there.front().text("id")}};
    context.records.about("user", asked.user_id);
    const auto when = to_german(Timestamp{entry->integer("at_ms")});
    const auto task = put_task(context, {.kind = std::string(read_reason),
                                         .subject = asked.text(),
                                         .title = "Revision fragt: Wofür haben Sie gelesen (" + when + ")?"});
    return json::object{{"task_id", task}};
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

/// What was asked about reads and answered, by the number of the entry, newest question first.
std::vector<std::pair<std::int64_t, json::object>> questions(Transaction& tx, std::int64_t limit) {
    std::vector<std::pair<std::int64_t, json::object>> all;
    for (const auto& row : tx.query(statements::read_reasons, {{"limit", limit}}))
        all.emplace_back(ReadReason::of(row.text("subject")).seq,
                         json::object{{"task_id", row.text("id")},
                                      {"state", row.text("state")},
                                      {"asked_at_ms", row.integer("created_at_ms")},
                                      {"answered_at_ms", row.integer("closed_at_ms")},
                                      {"answer", row.text("result")}});
    return all;
}

/// Who was known twice stands under one id by now, and is meant by each.
std::string standing_id(Transaction& tx, const std::string& id) {
    const auto rows = tx.query(statements::stands_for, {{"id", id}});
    return rows.empty() ? id : rows.front().text("person_id");
}

/// The statement and what it asks for, by the parameters of journal.list.
Rows entries_asked_for(QueryContext& context, const json::object& params) {
    const auto time = [&](std::string_view name, std::int64_t otherwise) {
        const auto at = parse_timestamp(text_of(params, name));
        return at ? at->ms : otherwise;
    };
    Params asked{
        {"from", time("from", 0)}, {"until", time("until", INT64_MAX)}, {"actor", text_of(params, "actor")}};
    if (const auto sample = integer_of(params, "sample"); sample > 0) {
        asked.push_back({"limit", sample});
        return context.tx.query(statements::journal_sample, asked);
    }
    asked.push_back({"before", integer_of(params, "before", INT64_MAX)});
    asked.push_back({"limit", integer_of(params, "limit", 100)});
    for (const auto& [field, type] : {std::pair{"case_id", "case"}, std::pair{"person_id", "person"}})
        if (auto id = standing_id(context.tx, text_of(params, field)); !id.empty()) {
            context.show(type, id);
            asked.push_back({"subject_type", std::string(type)});
            asked.push_back({"subject_id", std::move(id)});
            return context.tx.query(statements::journal_newest_of, asked);
        }
    return context.tx.query(statements::journal_newest, asked);
}

json::object shown_entry(const Row& row) {
    auto entry = row_to_json(row);
    entry["law"] = law_of(row.text("name"));
    return entry;
}

/// Only what was asked about, in the order of the questions.
json::array asked_about(Transaction& tx, std::int64_t limit) {
    json::array entries;
    for (auto& [seq, question] : questions(tx, limit)) {
        const Params only{{"before", seq + 1},
                          {"from", std::int64_t(0)},
                          {"until", INT64_MAX},
                          {"actor", std::string()},
                          {"limit", std::int64_t(1)}};
        auto entry = shown_entry(tx.query(statements::journal_newest, only).front());
        entry["question"] = std::move(question);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<json::object> list_journal(QueryContext& context, const json::object& params) {
    if (flag_of(params, "asked"))
        return json::object{{"entries", asked_about(context.tx, integer_of(params, "limit", 100))}};
    std::map<std::int64_t, json::object> asked;
    for (auto& one : questions(context.tx, 500)) asked.insert(std::move(one));
    json::array entries;
    for (const auto& row : entries_asked_for(context, params)) {
        auto entry = shown_entry(row);
        if (const auto question = asked.find(row.integer("seq")); question != asked.end())
            entry["question"] = std::move(question->second);
        entries.push_back(std::move(entry));
    }
    return json::object{{"entries", std::move(entries)}};
}

}  // namespace

void install_journal(Registry& registry) {
    registry.bind_command("journal.end_reads", end_reads);
    registry.bind_command("journal.ask_reason", ask_reason);
    registry.bind_query("journal.list", list_journal);
}

}  // namespace wa

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/exports/data.hpp"
#include "modules/exports/module.hpp"

namespace wa {

std::vector<OpenExport> open_exports(Transaction& tx) {
    std::vector<OpenExport> all;
    for (const auto& row : tx.query(sql::exports::open_exports))
        all.push_back({row.text("id"), row.text("state")});
    return all;
}

}  // namespace wa

namespace wa::exports {

namespace {

constexpr const char* table = "tenant_export";

std::string word(std::string_view state) {
    return std::string(state);
}

bool is_in(const Row& row, std::string_view state) {
    return row.text("state") == state;
}

std::int64_t keep_days(const Reference& reference, const Date& today) {
    return reference.parameter("export.keep_days", today);
}

/// What a row's state is to people: that of the release too, which its task knows.
std::string told_state(Transaction& tx, const Row& row) {
    if (!is_in(row, export_state::asked)) return row.text("state");
    const auto task = read_row(tx, "task", row.text("task_id"));
    const auto closed = task ? task->text("state") : "dropped";
    return closed == "done" ? "released" : closed == "dropped" ? "refused" : word(export_state::asked);
}

/// The last day of what is there now: of the request, of its release, of the file.
std::string last_day(Transaction& tx, const Row& row, std::int64_t days) {
    if (!row.is_null("until")) return row.text("until");
    auto from = row.integer("asked_at_ms");
    if (const auto task = read_row(tx, "task", row.text("task_id")); task && !task->is_null("closed_at_ms"))
        from = task->integer("closed_at_ms");
    return to_iso(add_days(local_date(Timestamp{from}), days));
}

void set_state(CommandContext& context, const Row& row, std::string_view state, Columns more = {}) {
    more.push_back({"state", word(state)});
    more.push_back({"state_at_ms", context.at.ms});
    context.records.update(table, row.text("id"), std::move(more));
}

/// Nobody is asked any more whether it may be made.
void end(CommandContext& context, const Row& row, std::string_view why) {
    set_state(context, row, export_state::ended);
    context.records.about("export", row.text("id"));
    const auto task = read_row(context.records.tx(), "task", row.text("task_id"));
    if (!task || task->text("state") != "open") return;
    context.records.update("task", task->text("id"),
                           {{"state", std::string("dropped")},
                            {"closed_at_ms", context.at.ms},
                            {"closed_by", context.actor.user_id},
                            {"result", std::string(why)}});
}

Result<Row> load(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "export_id");
    auto row = context.records.find(table, id);
    if (!row) return fail(problems::not_found);
    context.records.about("export", id);
    return std::move(*row);
}

/// Two tasks as for many erasures (kernel/tasks.hpp): the first is done with the question, so that who has
/// asked cannot do the other.
std::string ask_for_release(CommandContext& context, const std::string& reason) {
    const auto put = [&](std::string_view kind) {
        return Task{.kind = std::string(kind),
                    .subject = context.command_id,
                    .title = "Auszug aller Daten der Behörde freigeben",
                    .note = reason};
    };
    put_task(context, put(tenant_export_asked));
    finish_task(context, put(tenant_export_asked), "beantragt");
    return put_task(context, put(tenant_export));
}

Result<json::object> ask(CommandContext& context, const json::object& payload) {
    auto& tx = context.records.tx();
    for (const auto& row : context.records.query(sql::exports::open_exports)) {
        if (told_state(tx, row) != "refused") return fail(problems::exports_under_way);
        end(context, row, "");
    }
    const auto reason = text_of(payload, "reason");
    context.records.because(reason);
    context.records.about("export", context.command_id);
    context.records.insert(table, context.command_id,
                           {{"state", word(export_state::asked)},
                            {"state_at_ms", context.at.ms},
                            {"reason", reason},
                            {"asked_at_ms", context.at.ms},
                            {"asked_by", context.actor.user_id},
                            {"task_id", ask_for_release(context, reason)}});
    return json::object{{"export_id", context.command_id}};
}

/// Released, not for too long, and not by who would fetch it.
Result<void> may_begin(CommandContext& context, const Row& row) {
    if (is_in(row, export_state::making)) return fail(problems::exports_being_made);
    auto& tx = context.records.tx();
    const auto task = read_row(tx, "task", row.text("task_id"));
    const bool released = task && task->text("state") == "done" && !is_in(row, export_state::ended);
    if (!released || last_day(tx, row, keep_days(context.reference, context.today)) < to_iso(context.today))
        return fail(problems::exports_not_released);
    if (task->text("closed_by") == context.actor.user_id) return fail(problems::message_needs_second_person);
    context.records.about(second_person, task->text("closed_by"));
    return {};
}

Result<json::object> begin(CommandContext& context, const json::object& payload) {
    WA_TRY(row, load(context, payload));
    WA_CHECK(may_begin(context, row));
    context.records.because(row.text("reason"));
    set_state(context, row, export_state::making, {{"made_by", context.actor.user_id}, {"size", Value()}});
    return json::object{{"reason", row.text("reason")}};
}

/// Told of one that was ended meanwhile, it stays ended: the hub finds no row for the file and erases it.
Result<json::object> note(CommandContext& context, const json::object& payload) {
    WA_TRY(row, load(context, payload));
    if (is_in(row, export_state::ended)) return json::object{};
    if (text_of(payload, "state") == export_state::interrupted) {
        set_state(context, row, export_state::interrupted, {{"size", Value()}});
        return json::object{};
    }
    const auto days = keep_days(context.reference, context.today);
    const auto until = row.is_null("until") ? to_iso(add_days(context.today, days)) : row.text("until");
    set_state(context, row, export_state::ready, {{"size", integer_of(payload, "size")}, {"until", until}});
    return json::object{};
}

Result<json::object> hand_out(CommandContext& context, const json::object& payload) {
    WA_TRY(row, load(context, payload));
    if (!is_in(row, export_state::ready)) return fail(problems::exports_not_ready);
    context.records.because(row.text("reason"));
    return json::object{};
}

Result<json::object> discard(CommandContext& context, const json::object& payload) {
    WA_TRY(row, load(context, payload));
    if (!is_in(row, export_state::ended)) end(context, row, "zurückgezogen");
    return json::object{};
}

/// One that is being made is ended the next day at the earliest: it has the days of its file before it. The
/// desk says as long again that there was one; then only the journal does.
Result<json::object> expire(CommandContext& context, const json::object&) {
    std::int64_t count = 0;
    const auto days = keep_days(context.reference, context.today);
    const auto long_ago = context.at.ms - days * 86'400'000;
    for (const auto& row : context.records.query(sql::exports::ended_exports, {{"before_ms", long_ago}}))
        context.records.erase(table, row.text("id"));
    for (const auto& row : context.records.query(sql::exports::open_exports)) {
        if (is_in(row, export_state::making) && row.is_null("until")) continue;
        if (last_day(context.records.tx(), row, days) >= to_iso(context.today)) continue;
        end(context, row, "nicht freigegeben");
        ++count;
    }
    return json::object{{"count", count}};
}

std::string name_of(Transaction& tx, const std::string& user_id) {
    const auto account = read_row(tx, "user_account", user_id);
    return account ? account->text("name") : "";
}

Result<json::object> get(QueryContext& context, const json::object&) {
    const auto rows = context.tx.query(sql::exports::latest_export);
    if (rows.empty()) return json::object{};
    const auto& row = rows.front();
    const auto task = read_row(context.tx, "task", row.text("task_id"));
    return json::object{
        {"export",
         json::object{{"id", row.text("id")},
                      {"state", told_state(context.tx, row)},
                      {"reason", row.text("reason")},
                      {"asked_by", name_of(context.tx, row.text("asked_by"))},
                      {"asked_at_ms", row.integer("asked_at_ms")},
                      {"decided_by", task ? name_of(context.tx, task->text("closed_by")) : ""},
                      {"decision", task ? task->text("result") : ""},
                      {"state_at_ms", row.integer("state_at_ms")},
                      {"size", row.integer("size")},
                      {"until", last_day(context.tx, row, keep_days(context.reference, context.today))}}}};
}

}  // namespace

}  // namespace wa::exports

namespace wa {

void install_exports(Registry& registry) {
    registry.declare(data::exports::file("api.json"));
    registry.declare_problems(data::exports::file("problems.json"));
    registry.add_schema(data::exports::schema_sqlite());
    registry.add_journalled_table("tenant_export");
    registry.bind_command("export.ask", exports::ask);
    registry.bind_command("export.begin", exports::begin);
    registry.bind_command("export.note", exports::note);
    registry.bind_command("export.hand_out", exports::hand_out);
    registry.bind_command("export.discard", exports::discard);
    registry.bind_command("export.expire", exports::expire);
    registry.bind_query("export.get", exports::get);
}

}  // namespace wa

#include "kernel/conflicts.hpp"

#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

void write_conflicts(Records& records, const Actor& actor, const Origin& origin, Timestamp at) {
    // Ids beyond those a handler draws: the same on every replay, and never in its way.
    std::uint32_t counter = 1u << 24;
    const auto command = parse_id(records.command_id());
    WA_ASSERT(command);
    for (const auto& report : records.conflicts()) {
        const auto id = derive_id(*command, counter++, at.ms).text();
        records.insert("conflict", id,
                       {{"command_id", records.command_id()},
                        {"stream", report.id},
                        {"subject_table", report.table},
                        {"subject_id", report.id},
                        {"field", report.field},
                        {"title", report.title},
                        {"here_value", report.here_value},
                        {"here_at_ms", report.here_at_ms},
                        {"here_by", report.here_by},
                        {"here_origin", report.here_origin},
                        {"there_value", report.there_value},
                        {"there_at_ms", at.ms},
                        {"there_by", actor.name},
                        {"there_origin", origin.device_name.empty() ? origin.place : origin.device_name},
                        {"state", std::string("open")}});
        records.about("conflict", id);
        // The node has written its own value into its copy; until somebody decides, ours is the register's.
        records.show_again(report.table, report.id);
    }
}

namespace {

Result<json::object> decide_conflict(CommandContext& context, const json::object& payload) {
    const auto id = text_of(payload, "conflict_id");
    const auto conflict = context.records.find("conflict", id);
    if (!conflict) return fail(problems::not_found);
    if (conflict->text("state") != "open") return fail(problems::conflict_settled);
    const auto table = conflict->text("subject_table"), subject = conflict->text("subject_id");
    context.records.about("conflict", id);
    context.records.about(table, subject);
    if (table == "person") WA_CHECK(may_change(context, subject));
    if (text_of(payload, "choice") == "there") {
        const auto* apply = registry().conflict_applier(table);
        WA_ASSERT(apply != nullptr);
        WA_CHECK((*apply)(context, subject, conflict->text("field"), conflict->text("there_value")));
    }
    context.records.update("conflict", id,
                           {{"state", std::string("decided")},
                            {"decision", text_of(payload, "choice")},
                            {"decided_by", context.actor.name},
                            {"decided_at_ms", context.at.ms},
                            {"reason", text_of(payload, "reason")}});
    return json::object{};
}

Result<json::object> list_conflicts(QueryContext& context, const json::object& params) {
    ListedPersons persons(context);
    json::array conflicts;
    for (const auto& row :
         context.tx.query(sql::kernel::list_conflicts, {{"state", text_of(params, "state", "open")}})) {
        auto conflict = row_to_json(row);
        const auto table = row.text("subject_table"), subject = row.text("subject_id");
        persons.name(conflict, {table == "person" ? subject : std::string()}, row.text("title"),
                     {"id", "command_id", "subject_table", "field", "state", "here_at_ms", "there_at_ms"});
        if (conflict.contains("hidden"))
            conflict["title"] = conflict["person_name"];
        else
            context.show(table, subject);
        conflicts.push_back(std::move(conflict));
    }
    return json::object{{"conflicts", std::move(conflicts)}};
}

}  // namespace

void install_conflicts(Registry& registry) {
    registry.bind_command("conflict.decide", decide_conflict);
    registry.bind_query("conflict.list", list_conflicts);
}

}  // namespace wa

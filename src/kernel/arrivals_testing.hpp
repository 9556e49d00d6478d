// For tests and the simulator only: a registry of small commands on the kernel's own tables, with every
// behaviour the line has to cope with, and the keys and clerks to go with them.
#pragma once

#include <algorithm>
#include <string>

#include "base/assert.hpp"
#include "base/ids.hpp"
#include "kernel/arrivals.hpp"
#include "kernel/data.hpp"
#include "kernel/numbers.hpp"

namespace wa::testing {

inline constexpr std::string_view test_api = R"json({"commands": [
 {"name": "t.open", "version": 1, "kind": "fact", "permission": "work", "payload": [
   {"name": "title", "type": "text", "required": true}, {"name": "number", "type": "text"}]},
 {"name": "t.note", "version": 1, "kind": "fact", "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}, {"name": "text", "type": "text", "required": true}]},
 {"name": "t.attach", "version": 1, "kind": "fact", "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}, {"name": "hash", "type": "hash", "required": true},
   {"name": "size", "type": "integer", "required": true}]},
 {"name": "t.rename", "version": 1, "kind": "request", "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}, {"name": "title", "type": "text", "required": true}]},
 {"name": "t.correct", "version": 1, "kind": "request", "merges": true, "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}, {"name": "old", "type": "text"},
   {"name": "new", "type": "text", "required": true}]},
 {"name": "t.check", "version": 1, "kind": "request", "merges": true, "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}]},
 {"name": "t.break", "version": 1, "kind": "fact", "permission": "work", "payload": [
   {"name": "number", "type": "text", "required": true}]},
 {"name": "t.draft", "version": 1, "kind": "fact", "local": true, "permission": "work", "stream": "case_id", "payload": [
   {"name": "case_id", "type": "id", "required": true}]},
 {"name": "t.decide", "version": 1, "kind": "request", "where": "hub", "permission": "work", "payload": [
   {"name": "case_id", "type": "id", "required": true}]}
]})json";

inline void insert_case(CommandContext& context, const std::string& number, const std::string& title) {
    context.records.insert("case_file", context.command_id,
                           {{"number", number},
                            {"procedure", std::string("test")},
                            {"procedure_version", std::int64_t(1)},
                            {"status", std::string("draft")},
                            {"channel", context.origin.place},
                            {"title", title},
                            {"opened_at_ms", context.at.ms},
                            {"opened_by", context.actor.user_id},
                            {"form", std::string()}});
}

inline Result<Row> test_case(CommandContext& context, const json::object& payload) {
    auto row = context.records.find("case_file", text_of(payload, "case_id"));
    if (!row) return fail(problems::case_not_found);
    return std::move(*row);
}

inline Result<void> prepare_open(CommandContext& context, json::object& payload) {
    WA_TRY(number, draw_number(context, "case", context.origin.device));
    payload["number"] = number;
    return {};
}

inline Result<json::object> do_open(CommandContext& context, const json::object& payload) {
    const auto number = text_of(payload, "number");
    if (context.side == Side::hub) note_number(context, "case", number);
    insert_case(context, number, text_of(payload, "title"));
    return json::object{{"case_id", context.command_id}};
}

inline Result<json::object> do_note(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    context.records.update("case_file", row.text("id"),
                           {{"form", row.text("form") + text_of(payload, "text") + ";"}});
    return json::object{};
}

inline Result<json::object> do_attach(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    context.records.insert("case_document", context.ids.next(),
                           {{"case_id", row.text("id")},
                            {"kind", std::string("scan")},
                            {"hash", text_of(payload, "hash")},
                            {"title", std::string("scan")},
                            {"media_type", std::string("application/pdf")},
                            {"size", integer_of(payload, "size")},
                            {"added_at_ms", context.at.ms},
                            {"added_by", context.actor.user_id}});
    return json::object{};
}

inline Result<json::object> do_rename(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    context.records.update("case_file", row.text("id"), {{"title", text_of(payload, "title")}});
    return json::object{};
}

inline Result<json::object> do_correct(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    const auto here = row.text("channel"), wanted = text_of(payload, "new");
    if (here != text_of(payload, "old") && here != wanted) {
        ConflictReport report;
        report.table = "case_file";
        report.id = row.text("id");
        report.field = "channel";
        report.title = "test";
        report.here_value = here;
        report.there_value = wanted;
        context.records.report_conflict(std::move(report));
        return json::object{};
    }
    context.records.update("case_file", row.text("id"), {{"channel", wanted}});
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", row.text("id")},
                            {"code", std::string("corrected")},
                            {"state", std::string("done")},
                            {"details", std::string("{}")}});
    return json::object{};
}

/// Good at a node; at the hub refused while the title says so.
inline Result<json::object> do_check(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    if (context.side == Side::hub && row.text("title").starts_with("refuse"))
        return fail(problems::case_wrong_status, {{"status", row.text("status")}});
    context.records.update("case_file", row.text("id"), {{"status", std::string("prechecked")}});
    return json::object{};
}

/// A statement that fails where the number is taken.
inline Result<json::object> do_break(CommandContext& context, const json::object& payload) {
    insert_case(context, text_of(payload, "number"), "break");
    return json::object{};
}

inline Result<json::object> do_nothing(CommandContext&, const json::object&) {
    return json::object{};
}

inline Result<json::object> do_decide(CommandContext& context, const json::object& payload) {
    WA_TRY(row, test_case(context, payload));
    context.records.update("case_file", row.text("id"), {{"decided_at_ms", context.at.ms}});
    return json::object{};
}

/// Adds the small commands to a registry that has the kernel's problems and schema already.
inline void bind_test_commands(Registry& registry) {
    registry.declare(test_api);
    registry.bind_command("t.open", do_open, prepare_open);
    registry.bind_command("t.note", do_note);
    registry.bind_command("t.attach", do_attach);
    registry.bind_command("t.rename", do_rename);
    registry.bind_command("t.correct", do_correct);
    registry.bind_command("t.check", do_check);
    registry.bind_command("t.break", do_break);
    registry.bind_command("t.draft", do_nothing);
    registry.bind_command("t.decide", do_decide);
}

/// A registry of the small commands alone.
inline void install_test_commands(Registry& registry) {
    registry.declare_problems(data::kernel::file("problems.json"));
    registry.add_schema(data::kernel::schema_sqlite());
    bind_test_commands(registry);
    for (const auto* table : {"case_file", "case_document"}) registry.add_working_table(table);
    for (const auto* table : {"case_file", "case_document", "conflict", "number_block"})
        registry.add_journalled_table(table);
    registry.seal();
}

inline Key32 seed_of(std::string_view text) {
    return Key32(sha256(text));
}

inline TenantScope test_scope(Side side) {
    TenantScope scope;
    scope.tenant.id = "9-00001";
    scope.side = side;
    scope.digest_key = seed_of("digests");
    scope.reference = Reference::of_lists({});
    return scope;
}

inline Actor test_clerk() {
    return {"clerk-1", "Ida Beispiel", Permissions({"work", "case.read", "case.write"})};
}

/// A node's block of case numbers, as leased at check-out.
inline void lease_block(Transaction& tx, const std::string& device, const Key32& digest_key,
                        std::int64_t at_ms, const std::string& kind = "case") {
    const auto random = sha256(device + (kind == "case" ? "" : kind));
    const auto id = make_id(at_ms, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
    Records records(tx, id, digest_key);
    records.insert("number_block", id,
                   {{"kind", kind},
                    {"series", device},
                    {"next_number", std::int64_t(1)},
                    {"last_number", std::int64_t(100000)},
                    {"holder", device},
                    {"state", std::string("open")}});
    JournalEntry entry;
    entry.at = Timestamp{at_ms};
    entry.kind = "command";
    entry.name = "numbers.lease";
    entry.command_id = id;
    entry.outcome = "done";
    entry.changes = records.changes();
    append_journal(tx, entry);
}

}  // namespace wa::testing

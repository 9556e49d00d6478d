// For tests only: the real kernel in memory, with one small Leistung and a command that puts a task.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/engine.hpp"
#include "kernel/identity.hpp"
#include "kernel/inbox.hpp"
#include "kernel/kernel.hpp"
#include "kernel/outbox.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa::testing {

inline constexpr std::string_view move_procedure = R"json({
  "id": "test.move", "version": 1, "title": {"de": "Umzug"}, "depth": {"counter": 5, "koffer_offline": 4},
  "waits_for": ["documents", "second_person"], "appointments": ["sticker"],
  "endings": {"not_competent": {"office": {"de": "Meldebehörde"}},
    "refused": {"grounds": [{"value": "nobody", "de": "Niemand ist umgezogen."}, {"value": "other", "de": "Anderes."}]}},
  "sections": [{"id": "who", "title": {"de": "Wer?"}, "fields": [
    {"name": "family_name", "type": "person_name", "required": true}, {"name": "lets", "type": "boolean"}]}],
  "evidence": [{"id": "lease", "title": {"de": "Mietvertrag"}, "required_when": {"eq": [{"field": "lets"}, true]}},
    {"id": "picture", "title": {"de": "Bild"}, "required_when": {"eq": [{"channel": true}, "kiosk"]}}]
})json";

inline constexpr std::string_view move_api = R"json({"commands": [
  {"name": "test.put_task", "version": 1, "kind": "fact", "permission": "case.write", "stream": "case_id", "payload": [
    {"name": "case_id", "type": "id"}, {"name": "person_id", "type": "id"},
    {"name": "subject", "type": "text"}, {"name": "due", "type": "date"}]},
  {"name": "test.put_message", "version": 1, "kind": "fact", "permission": "case.write", "payload": [
    {"name": "type", "type": "text"}, {"name": "to", "type": "text"}, {"name": "case_id", "type": "id"},
    {"name": "payload", "type": "object"}]}],
 "messages": [
  {"name": "test.notice", "direction": "both", "to": "Meldebehörde", "to_list": "municipality", "law": "BMG § 33",
   "deadline": "rueckmeldung.three_working_days",
   "answer": {"type": "test.answer", "deadline": "auswertung.three_working_days", "missing_task": "auswertung_missing"},
   "fields": [{"name": "person", "type": "group", "block": "register_person", "only": ["family_name"], "required": true}]},
  {"name": "test.answer", "direction": "both", "to": "Meldebehörde", "to_list": "municipality",
   "fields": [{"name": "result", "type": "text", "required": true}]}]})json";

inline Result<json::object> put_test_message(CommandContext& context, const json::object& payload) {
    Message message;
    message.message_type = text_of(payload, "type");
    message.recipient_key = text_of(payload, "to");
    message.case_id = text_of(payload, "case_id");
    message.payload = object_of(payload, "payload");
    return json::object{{"message_id", put_message(context, message)}};
}

/// Knows nobody called Niemand, and refuses whoever is called Falsch.
inline Result<Received> take_test_notice(CommandContext&, const IncomingMessage& message) {
    const auto name = text_of(object_of(message.payload, "person"), "family_name");
    if (name == "Falsch") return fail(problems::not_found);
    Received received;
    received.person_id = message.chosen_person;
    if (name != "Niemand" || !message.decision.empty()) return received;
    received.state = "open";
    received.problem = Problem(problems::not_found);
    return received;
}

inline Result<Received> take_test_answer(CommandContext&, const IncomingMessage& message) {
    Received received;
    received.case_id = message.request->text("case_id");
    return received;
}

inline Result<json::object> put_test_task(CommandContext& context, const json::object& payload) {
    Task task;
    task.kind = "sticker";
    task.subject = text_of(payload, "subject");
    task.title = "Aufkleber auf den Personalausweis";
    task.case_id = text_of(payload, "case_id");
    task.person_id = text_of(payload, "person_id");
    task.due_on = parse_date(text_of(payload, "due"));
    return json::object{{"task_id", put_task(context, task)}};
}

inline const Registry& kernel_registry() {
    static const Registry* const made = [] {
        auto* fresh = new Registry;
        install_kernel(*fresh);
        fresh->add_procedure(move_procedure);
        fresh->declare(move_api);
        fresh->bind_command("test.put_task", put_test_task);
        fresh->bind_command("test.put_message", put_test_message);
        fresh->bind_message("test.notice", take_test_notice);
        fresh->bind_message("test.answer", take_test_answer);
        fresh->seal();
        return fresh;
    }();
    return *made;
}

/// A hub or a node of one tenant; `begin` is Thursday, 5 November 2026, 9:00 in Berlin.
class KernelWorld {
  public:
    explicit KernelWorld(Side side = Side::hub)
        : engine_(kernel_registry()), store_(open_sqlite_store({.path = ":memory:"})) {
        set_registry(kernel_registry());
        store_->migrate(kernel_registry().schema());
        scope_.side = side;
        scope_.tenant.id = scope_.tenant.ags = "99001001";
        scope_.tenant.land = "NI";
        scope_.reference = Reference::load("NI", {});
        tx_ = store_->begin_write();
        if (side == Side::hub)
            for (const auto* kind : {"case", "receipt"})
                must("numbers.lease", {{"kind", kind}, {"holder", "hub"}, {"series", "Z"}, {"count", 100}},
                     system_actor());
    }

    CommandResult run(CommandRequest request) { return engine_.run(*tx_, scope_, std::move(request)); }
    CommandRequest request(const std::string& name, json::object payload, const Actor& actor) {
        const auto* spec = kernel_registry().command(name);
        return {next_id(),
                name,
                spec ? spec->version : 1,
                std::move(payload),
                actor,
                {"counter", "hub", "Zentrale", ""},
                at};
    }
    /// Runs what has to work.
    json::object must(const std::string& name, json::object payload, const Actor& actor) {
        auto result = run(request(name, std::move(payload), actor));
        EXPECT_EQ(result.outcome, Outcome::done)
            << name << ": " << result.problem.code << " " << json::serialize(result.problem.details);
        return result.answer;
    }
    json::object must(const std::string& name, json::object payload) {
        return must(name, std::move(payload), clerk);
    }
    /// The code it is refused with; "" when it was not.
    std::string refusal(const std::string& name, json::object payload, const Actor& actor) {
        return run(request(name, std::move(payload), actor)).problem.code;
    }
    std::string refusal(const std::string& name, json::object payload) {
        return refusal(name, std::move(payload), clerk);
    }
    Result<json::object> ask(const std::string& name, json::object params, const Actor& actor) {
        return engine_.ask(*tx_, scope_, {name, std::move(params), "Test", actor, {}, at});
    }
    json::object ask(const std::string& name, json::object params) {
        auto answer = ask(name, std::move(params), clerk);
        EXPECT_TRUE(answer) << name;
        return answer ? *answer : json::object{};
    }
    std::optional<Row> row(std::string_view table, const std::string& id) {
        return read_row(*tx_, table, id);
    }
    JournalReport verify() {
        return verify_journal(*tx_, scope_.digest_key, kernel_registry().journalled_tables());
    }

    std::string next_id() { return derive_id(Id{}, ++counter_, at.ms).text(); }
    Transaction& tx() { return *tx_; }
    TenantScope& scope() { return scope_; }

    Actor clerk{"00000000000000000000000C1K", "Erika Amt", permissions_of({"clerk"})};
    Timestamp at = *parse_timestamp("2026-11-05T08:00:00Z");

  private:
    Engine engine_;
    std::shared_ptr<Store> store_;
    TenantScope scope_;
    std::unique_ptr<Transaction> tx_;
    std::uint32_t counter_ = 0;
};

}  // namespace wa::testing

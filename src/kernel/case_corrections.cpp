// What can be put right in a case before it is booked: open it again, take a wrong document away.
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/registry.hpp"

namespace wa {

void void_signatures(CommandContext& context, const std::string& case_id, const std::string& reason);

namespace {

void take_away(CommandContext& context, const std::string& document_id, std::string state,
               const std::string& reason) {
    context.records.update("case_document", document_id,
                           {{"state", std::move(state)},
                            {"state_reason", reason},
                            {"state_at_ms", context.at.ms},
                            {"state_by", context.actor.user_id}});
}

Result<json::object> reopen(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto status = the_case.status();
    if (status == case_status::draft || status == case_status::captured)
        return fail(problems::case_not_signed);
    if (is_over(status)) return fail(problems::case_wrong_status, {{"status", status}});
    const auto reason = text_of(payload, "reason");
    // Without the moment of submission it cannot be signed as it is: it must be submitted again.
    context.records.update("case_file", the_case.id(),
                           {{"status", std::string(case_status::captured)},
                            {"submitted_at_ms", Value()},
                            {"signed_hash", Value()}});
    void_signatures(context, the_case.id(), reason);
    const json::object details{
        {"reason", reason}, {"from", status}, {"by", context.actor.name}, {"at", to_rfc3339(context.at)}};
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", the_case.id()},
                            {"code", std::string("reopened")},
                            {"state", std::string("done")},
                            {"details", json::serialize(details)}});
    return json::object{};
}

Result<json::object> detach(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto status = the_case.status();
    if (is_over(status)) return fail(problems::case_wrong_status, {{"status", status}});
    if (status != case_status::draft && status != case_status::captured)
        return fail(problems::case_is_signed);
    const auto document = context.records.find("case_document", text_of(payload, "document_id"));
    if (!document || document->text("case_id") != the_case.id() || document->text("state") != "attached")
        return fail(problems::case_document_not_attached);
    take_away(context, document->text("id"), "detached", text_of(payload, "reason"));
    return json::object{};
}

}  // namespace

void void_signatures(CommandContext& context, const std::string& case_id, const std::string& reason) {
    for (const auto& document :
         context.records.query(sql::kernel::signatures_of_case, {{"case_id", case_id}}))
        take_away(context, document.text("id"), "voided", reason);
}

void install_case_corrections(Registry& registry) {
    registry.bind_command("case.reopen", reopen);
    registry.bind_command("case.detach", detach);
}

}  // namespace wa

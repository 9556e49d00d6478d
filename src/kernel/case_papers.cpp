// What a case takes in and gives out on paper: documents, what was handed over, the numbered receipt.
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/numbers.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

Result<json::object> attach(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto id = context.ids.next();
    context.records.insert(
        "case_document", id,
        {{"case_id", the_case.id()},
         {"kind", text_of(payload, "kind")},
         {"hash", text_of(payload, "hash")},
         {"title", text_of(payload, "title")},
         {"media_type", text_of(payload, "media_type")},
         {"size", integer_of(payload, "size")},
         {"added_at_ms", context.at.ms},
         {"added_by", context.actor.user_id},
         {"original_seen", std::int64_t(flag_of(payload, "original_seen"))},
         {"preview", payload.contains("preview") ? Value(text_of(payload, "preview")) : Value()}});
    return json::object{{"document_id", id}};
}

Result<json::object> hand_over(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto id = context.ids.next();
    context.records.insert("case_finding", id,
                           {{"case_id", the_case.id()},
                            {"code", "handed_over." + text_of(payload, "what")},
                            {"state", std::string("done")},
                            {"details", json::serialize(json::object{{"way", text_of(payload, "way")},
                                                                     {"at", to_rfc3339(context.at)}})}});
    return json::object{};
}

Result<void> prepare_receipt(CommandContext& context, json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (!the_case.row.is_null("signed_hash")) {
        WA_TRY(number, draw_number(context, "receipt", number_holder(context)));
        payload["number"] = number;
        return {};
    }
    return fail(problems::case_not_signed);
}

Result<json::object> issue_receipt(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto number = text_of(payload, "number");
    if (context.replayed) note_number(context, "receipt", number);
    context.records.insert(
        "case_finding", context.ids.next(),
        {{"case_id", the_case.id()},
         {"code", std::string("receipt")},
         {"state", std::string("done")},
         {"details", json::serialize(json::object{{"number", number}, {"at", to_rfc3339(context.at)}})}});
    return json::object{{"number", number}};
}

}  // namespace

void install_case_papers(Registry& registry) {
    registry.bind_command("case.attach", attach);
    registry.bind_command("case.hand_over", hand_over);
    registry.bind_command("case.issue_receipt", issue_receipt, prepare_receipt);
    registry.refuse_before_writing({"case.attach", "case.hand_over", "case.issue_receipt"});
}

}  // namespace wa

// residence.forget_papers: years after a registration is decided its form, scans, signatures and messages are
// destroyed (handbook § 10), and what belongs to none (the list is in loose_papers.cpp). What was registered
// stands in the register, that somebody registered in the case, and who did what in the journal, whose
// digests hold without the data.
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Of a scan or its preview, unless another case has the same one.
void drop_bytes(CommandContext& context, const std::string& hash) {
    const Params by_hash{{"hash", hash}};
    if (hash.empty() || !context.records.query(sql::kernel::case_names_document, by_hash).empty()) return;
    context.records.execute_unjournalled(sql::kernel::drop_document_chunks, by_hash);
    context.records.execute_unjournalled(sql::kernel::drop_document, by_hash);
}

void destroy_documents(CommandContext& context, const Params& of_case) {
    const auto rows = context.records.query(statements::papers_of_case, of_case);
    for (const auto& row : rows) context.records.erase("case_document", row.text("id"));
    for (const auto& row : rows) {
        drop_bytes(context, row.text("hash"));
        drop_bytes(context, row.text("preview"));
    }
}

void empty_messages(CommandContext& context, const Params& of_case) {
    for (const auto& row : context.records.query(sql::kernel::messages_of_case, of_case))
        empty_sent(context, row.text("id"));
    for (const auto& row : context.records.query(statements::inbox_of_case, of_case))
        empty_received(context, row.text("id"));
}

/// Work from a tour that clashed or could not be done. That and by whom it was decided stays.
void empty_conflicts(CommandContext& context, const std::string& case_id) {
    for (const auto& row : context.records.query(sql::kernel::conflicts_of, {{"subject_id", case_id}}))
        empty_conflict(context, row.text("id"));
    context.records.execute_unjournalled(statements::empty_quarantine,
                                         {{"none", Bytes()}, {"case_id", case_id}});
}

Result<json::object> forget_papers(CommandContext& context, const json::object&) {
    json::object answer{{"more", false}};
    for (const auto& rule : papers_rules())
        if (rule.forget) erase_due(context, rule, answer);
    ask_about_resting(context);
    return answer;
}

}  // namespace

void destroy_papers(CommandContext& context, const std::string& id) {
    const auto the_case = read_row(context.records.tx(), "case_file", id);
    WA_ASSERT(the_case.has_value());
    const Params of_case{{"case_id", id}};
    destroy_documents(context, of_case);
    empty_messages(context, of_case);
    empty_conflicts(context, id);
    for (const auto& row : context.records.query(sql::kernel::case_findings, of_case))
        context.records.erase("case_finding", row.text("id"));
    for (const auto& row : context.records.query(statements::tasks_of_papers, of_case))
        context.records.erase("task", row.text("id"));
    context.records.execute_unjournalled(sql::kernel::drop_draft, of_case);
    const bool revoked = the_case->text("decision") == "revoked";  // what else stands there may be a reason
    context.records.update("case_file", id,
                           {{"form", std::string("{}")},
                            {"title", std::string(papers_gone)},
                            {"signed_hash", Value()},
                            {"decision", revoked ? Value(std::string("revoked")) : Value()}});
}

void install_papers(Registry& registry) {
    registry.bind_command("residence.forget_papers", forget_papers);
}

}  // namespace wa::residence

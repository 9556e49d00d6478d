// residence.forget_papers: years after a registration is decided its form, scans, signatures and messages are
// destroyed (handbook § 10). What was registered stands in the register, that somebody registered in the
// case, and who did what in the journal, whose digests hold without the data.
#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Title of a case whose papers are destroyed; the statement papers_past and its index know it, too.
constexpr std::string_view papers_gone = "Unterlagen vernichtet";

/// Cases at a time: scans are large.
constexpr std::int64_t part = 50;

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

/// That it was sent, to whom and when, stays: whoever got a datum is told when it is corrected.
void empty_messages(CommandContext& context, const Params& of_case) {
    const std::string none;
    for (const auto& row : context.records.query(sql::kernel::messages_of_case, of_case))
        context.records.update("outbox", row.text("id"),
                               {{"payload", std::string("{}")}, {"problem", none}, {"reason", none}});
    for (const auto& row : context.records.query(statements::inbox_of_case, of_case))
        context.records.update("inbox", row.text("id"),
                               {{"payload", std::string("{}")},
                                {"candidates", std::string("[]")},
                                {"problem", none},
                                {"note", none}});
}

/// Work from a tour that clashed or could not be done. That and by whom it was decided stays.
void empty_conflicts(CommandContext& context, const std::string& case_id) {
    for (const auto& row : context.records.query(sql::kernel::conflicts_of, {{"subject_id", case_id}}))
        context.records.update("conflict", row.text("id"),
                               {{"title", std::string(papers_gone)},
                                {"here_value", std::string()},
                                {"there_value", std::string()},
                                {"reason", Value()}});
    context.records.execute_unjournalled(statements::empty_quarantine,
                                         {{"none", Bytes()}, {"case_id", case_id}});
}

void destroy_papers(CommandContext& context, const Row& the_case) {
    const auto id = the_case.text("id");
    const Params of_case{{"case_id", id}};
    destroy_documents(context, of_case);
    empty_messages(context, of_case);
    empty_conflicts(context, id);
    for (const auto& row : context.records.query(sql::kernel::case_findings, of_case))
        context.records.erase("case_finding", row.text("id"));
    for (const auto& row : context.records.query(statements::tasks_of_papers, of_case))
        context.records.erase("task", row.text("id"));
    context.records.execute_unjournalled(sql::kernel::drop_draft, of_case);
    const bool revoked = the_case.text("decision") == "revoked";  // what else stands there may be a reason
    context.records.update("case_file", id,
                           {{"form", std::string("{}")},
                            {"title", std::string(papers_gone)},
                            {"signed_hash", Value()},
                            {"decision", revoked ? Value(std::string("revoked")) : Value()}});
    context.records.about("case", id);
}

Result<json::object> forget_papers(CommandContext& context, const json::object&) {
    const auto due = papers_due(context.records.tx(), papers_before(context.reference, context.today), part);
    for (const auto& the_case : due) destroy_papers(context, the_case);
    const auto count = std::int64_t(due.size());
    return json::object{{"count", count}, {"more", count == part}};
}

}  // namespace

Date papers_before(const Reference& reference, const Date& today) {
    return add_months(today, -int(reference.parameter("papers.keep_months", today)));
}

Rows papers_due(Transaction& tx, const Date& before, std::int64_t limit) {
    return tx.query(statements::papers_past, {{"procedure", std::string(registration)},
                                              {"before", start_of_local_day(before).ms},
                                              {"limit", limit}});
}

void install_papers(Registry& registry) {
    registry.bind_command("residence.forget_papers", forget_papers);
}

}  // namespace wa::residence

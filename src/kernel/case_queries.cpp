#include <algorithm>

#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/journal.hpp"
#include "kernel/outbox.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

namespace {

/// A column that holds JSON, shown as JSON.
void unfold(json::object& row, const char* column) {
    if (auto value = parse_json(text_of(row, column))) row[column] = std::move(*value);
}

json::array rows_of(const Rows& rows, const char* json_column = nullptr) {
    json::array out;
    for (const auto& row : rows) {
        auto object = row_to_json(row);
        if (json_column) unfold(object, json_column);
        out.push_back(std::move(object));
    }
    return out;
}

json::value draft_of(QueryContext& context, const std::string& case_id) {
    const auto rows = context.tx.query(sql::kernel::draft_of, {{"case_id", case_id}});
    if (rows.empty()) return nullptr;
    auto draft = row_to_json(rows.front());
    unfold(draft, "form");
    return draft;
}

Result<json::object> get_case(QueryContext& context, const json::object& params) {
    const auto id = text_of(params, "case_id");
    WA_TRY(the_case, load_case(context, id));
    auto head = row_to_json(the_case.row);
    for (const auto* inside : {"form", "meant_id"}) head.erase(inside);
    if (!the_case.row.is_null("submitted_at_ms")) head["form_hash"] = form_hash(the_case.form);
    const Params by_case{{"case_id", id}};
    return json::object{
        {"case", std::move(head)},
        {"form", the_case.form},
        {"draft", draft_of(context, id)},
        {"documents", rows_of(context.tx.query(sql::kernel::case_documents, by_case))},
        {"documents_removed", rows_of(context.tx.query(sql::kernel::case_documents_removed, by_case))},
        {"tasks", tasks_of_case(context, id)},
        {"findings", rows_of(context.tx.query(sql::kernel::case_findings, by_case), "details")},
        {"journal", rows_of(journal_of(context.tx, "case", id))},
        {"outbox", show_outbox(context, {{"case_id", id}})},
        {"conflicts", rows_of(context.tx.query(sql::kernel::conflicts_of, {{"subject_id", id}}))},
        {"quarantine",
         rows_of(context.tx.query(sql::kernel::quarantine_of_stream, {{"stream", id}}), "details")}};
}

/// Somebody has a number before them: a case's, or that of a receipt, which in older ones look alike.
json::array cases_of_number(QueryContext& context, const std::string& number) {
    // The details of a receipt begin with its number, as the index of them does.
    const auto receipt = "{\"number\":" + json::serialize(json::string(number));
    return show_cases(
        context,
        context.tx.query(sql::kernel::cases_of_number,
                         {{"number", number}, {"receipt_from", receipt}, {"receipt_until", receipt + "~"}}));
}

void drop_hidden(json::array& cases) {
    const auto seen = std::remove_if(cases.begin(), cases.end(), [](const json::value& one) {
        return one.as_object().contains("hidden");
    });
    cases.erase(seen, cases.end());
}

Result<json::object> list_cases(QueryContext& context, const json::object& params) {
    if (const auto number = text_of(params, "number"); !number.empty())
        return json::object{{"cases", cases_of_number(context, number)}};
    const auto person = text_of(params, "person_id");
    if (!person.empty()) context.show("person", person);
    WA_CHECK(may_see(context, person));
    const auto rows =
        context.tx.query(sql::kernel::list_cases, {{"status", text_of(params, "status")},
                                                   {"tour_id", text_of(params, "tour_id")},
                                                   {"person_id", person},
                                                   {"finding", text_of(params, "finding")},
                                                   {"limit", integer_of(params, "limit", 100)}});
    auto cases = show_cases(context, rows);
    // Whoever finds a hidden case by what was found in it, knows that of it.
    if (!text_of(params, "finding").empty()) drop_hidden(cases);
    return json::object{{"cases", std::move(cases)}};
}

/// What a case waits for and until when; not the note, which may name people.
json::value waiting_of(const json::object& row) {
    const auto said = parse_json(text_of(row, "waiting"));
    if (!said) return nullptr;
    return json::object{{"for", text_of(said->as_object(), "for")},
                        {"until", text_of(said->as_object(), "until")}};
}

}  // namespace

json::array show_cases(QueryContext& context, const Rows& rows) {
    ListedPersons persons(context);
    json::array cases;
    for (const auto& row : rows) {
        auto one = row_to_json(row);
        one.erase("meant_id");
        one["waiting"] = waiting_of(one);
        persons.name(one, {meant_by(context.tx, context.actor, row), row.text("person_id")},
                     row.text("title"),
                     {"id", "number", "procedure", "status", "channel", "tour_id", "opened_at_ms",
                      "submitted_at_ms", "decided_at_ms", "found_by"});
        if (one.contains("hidden")) one["title"] = one["person_name"];
        cases.push_back(std::move(one));
    }
    return cases;
}

void install_case_queries(Registry& registry) {
    registry.bind_query("case.get", get_case);
    registry.bind_query("case.list", list_cases);
}

}  // namespace wa

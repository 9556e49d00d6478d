// The prefilled form (vorausgefüllter Meldeschein): asked with what the person said, kept until the case is
// over.
#include <algorithm>
#include <optional>

#include "base/json_text.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/exchange/form_differences.hpp"
#include "modules/residence/keeping.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// What has been said so far: the draft, else the submitted form.
json::object said_so_far(Transaction& tx, const CaseView& the_case) {
    const auto rows = tx.query(wa::sql::kernel::draft_of, {{"case_id", the_case.id()}});
    if (rows.empty()) return the_case.form;
    return object_in(rows.front().text("form"));
}

/// The key of the retrieval: names, birth date, last address, exactly as said.
Result<json::object> retrieval_key(const json::object& form, std::size_t index, const std::string& own_ags) {
    const auto& previous = object_of(form, "previous_dwelling");
    const auto ags = text_of(previous, "ags");
    if (text_of(form, "previous_kind") != "germany" || ags == own_ags)
        return fail(problems::residence_no_previous_dwelling);
    const auto& person = said_person(form, index);
    json::object facts{{"person", person}, {"address", previous}};
    if (index == 0 && array_of(form, "persons").size() > 1) facts["with_family"] = true;
    auto key = fill("vms_request", facts);
    json::array missing;
    for (const auto* field : {"family_name", "birth_date"})
        if (text_of(person, field).empty()) missing.push_back(json::string(field));
    if (text_of(person, "given_names").empty() && !flag_of(person, "single_name"))
        missing.push_back("given_names");
    if (ags.empty()) missing.push_back("previous_dwelling.ags");
    if (!missing.empty())
        return fail(problems::residence_retrieval_key_incomplete, {{"fields", std::move(missing)}});
    return key;
}

/// Runs at the place where the form is: a draft never leaves it.
Result<void> prepare_request(CommandContext& context, json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    WA_TRY(key, retrieval_key(said_so_far(context.records.tx(), the_case),
                              std::size_t(integer_of(payload, "person")), context.tenant.ags));
    if (const auto birth_name = text_of(payload, "birth_name"); !birth_name.empty())
        key["person"].as_object()["birth_name"] = birth_name;
    payload["key"] = std::move(key);
    return {};
}

std::string erase_after(const CommandContext& context) {
    const auto months = int(context.reference.parameter("vms.log_months", context.today));
    return to_iso(add_months(context.today, months));
}

Result<json::object> request_form(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (is_over(the_case.status())) return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    const auto& key = object_of(payload, "key");
    const auto id = context.ids.next();
    Message message;
    message.message_type = "vms_request";
    message.recipient_key = text_of(object_of(key, "address"), "ags");
    message.case_id = the_case.id();
    message.payload = key;
    // Only the hub sends; the number is the same on both sides.
    const auto message_id = context.side == Side::hub ? put_message(context, message) : context.ids.next();
    context.records.insert("received_form", id,
                           {{"case_id", the_case.id()},
                            {"person_index", integer_of(payload, "person")},
                            {"state", std::string("asked")},
                            {"office", "Meldebehörde " + message.recipient_key},
                            {"request_key", json::serialize(key)},
                            {"message_id", message_id},
                            {"requested_at_ms", context.at.ms},
                            {"requested_by", context.actor.user_id}});
    return json::object{{"request_id", id}, {"state", context.side == Side::hub ? "asked" : "recorded"}};
}

/// Who retrieved what and when stays for twelve months; the data do not.
void log_retrieval(CommandContext& context, const Row& request, const std::string& result) {
    context.records.insert("retrieval_log", context.ids.next(),
                           {{"direction", std::string("out")},
                            {"office", request.text("office")},
                            {"case_id", request.text("case_id")},
                            {"person_id", std::string()},
                            {"by_user", request.text("requested_by")},
                            {"at_ms", request.integer("requested_at_ms")},
                            {"result", result},
                            {"erase_after", erase_after(context)}});
}

Result<Received> take_form(CommandContext& context, const IncomingMessage& message) {
    WA_ASSERT(message.request);
    Received received;
    received.case_id = message.request->text("case_id");
    const auto rows = context.records.query(statements::received_form_of_message,
                                            {{"message_id", message.request->text("id")}});
    if (rows.empty()) return received;  // the case was over and its forms are erased
    const auto& row = rows.front();
    const auto result = text_of(message.payload, "result");
    context.records.update(
        "received_form", row.text("id"),
        {{"state", result}, {"received_at_ms", context.at.ms}, {"form", json::serialize(message.payload)}});
    log_retrieval(context, row, result);
    const auto the_case = read_row(context.records.tx(), "case_file", received.case_id);
    if (result == "blocked" && the_case) take_late_block(context, *the_case, row);
    return received;
}

/// asked, but for too long: the clerk goes on without; a late answer is still taken.
std::string state_of(const QueryContext& context, const Row& row) {
    const auto state = row.text("state");
    if (state != "asked") return state;
    if (context.side == Side::node) return "recorded";
    const auto patience = context.reference.parameter("vms.patience_seconds", context.today) * 1000;
    return context.at.ms - row.integer("requested_at_ms") > patience ? "silent" : "asked";
}

/// The last request about the person who stands at that place of the form now.
std::optional<Row> request_about(Transaction& tx, const std::string& case_id, const json::object& said,
                                 std::size_t index) {
    std::optional<Row> last;
    for (auto& row : tx.query(statements::received_forms_of_case, {{"case_id", case_id}}))
        if (asked_about(row, array_of(said, "persons")) == index) last = std::move(row);
    return last;
}

Result<json::object> received_form(QueryContext& context, const json::object& params) {
    WA_TRY(the_case, load_case(context, text_of(params, "case_id")));
    const auto index = std::size_t(integer_of(params, "person"));
    const auto said = said_so_far(context.tx, the_case);
    const auto request = request_about(context.tx, the_case.id(), said, index);
    if (!request) return json::object{{"state", "none"}, {"received", nullptr}};
    const auto& row = *request;
    json::object answer{{"state", state_of(context, row)},
                        {"request_id", row.text("id")},
                        {"requested_at_ms", row.integer("requested_at_ms")},
                        {"received_at_ms", row.integer("received_at_ms")},
                        {"office", row.text("office")},
                        {"received", nullptr}};
    const auto form = parse_json(row.text("form"));
    if (row.text("state") != "hit" || !form || !form->is_object()) return answer;
    answer["received"] = form->get_object();
    answer["differences"] =
        form_differences(form->get_object(), said, index, context.reference, context.today);
    return answer;
}

/// Erases the rows of a statement; how many, at most a part of a day.
std::int64_t erase_all(CommandContext& context, const char* table, const Statement& past,
                       Params params = {}) {
    params.push_back({"limit", daily_part});
    const auto rows = context.records.query(past, params);
    const auto names = rows.empty() ? std::vector<std::string>() : rows.front().names();
    const bool of_persons = std::find(names.begin(), names.end(), "person_id") != names.end();
    for (const auto& row : rows) {
        context.records.erase(table, row.text("id"));
        if (of_persons) context.records.about("person", row.text("person_id"));
    }
    return std::ssize(rows);
}

/// Received forms live as long as their case. An answer may come after it, and say that there is a block (BMG
/// § 51): a request that nobody has answered stays as long as the log of it would.
std::int64_t forget_received(CommandContext& context) {
    const auto months = int(context.reference.parameter("vms.log_months", context.today));
    const auto given_up = start_of_local_day(add_months(context.today, -months)).ms;
    return erase_all(context, "received_form", statements::forms_of_finished_cases, {{"given_up", given_up}});
}

/// Five years longer than the document is valid (BMG § 14 Abs. 2).
const ErasureRule expired_documents[]{
    {"documents", "Angaben abgelaufener Ausweise",
     [](const Reference& reference, const Date& on) {
         return months_before(reference, "id_document.keep_months", on);
     },
     statements::documents_past, as_day,
     [](CommandContext& context, const std::string& id) { context.records.erase("person_document", id); }}};

/// What is kept of the exchange for a time, and data of identity documents. The blocking password and sum
/// belong to the documents (BMG § 3 Abs. 1 Nr. 17): where there is none any more, or never was one, they go
/// too.
Result<json::object> forget_forms(CommandContext& context, const json::object&) {
    json::object counts;
    counts["forms"] = forget_received(context);
    counts["log_entries"] =
        erase_all(context, "retrieval_log", statements::log_entries_past, {{"today", to_iso(context.today)}});
    counts["inquiries"] = forget_inquiries(context);
    // What an Auswertung replaced is given back no more.
    counts["superseded"] = erase_all(context, "zone_datum", statements::zone_data_superseded);
    for (const auto& rule : expired_documents) erase_due(context, rule, counts);
    counts["secrets"] = erase_all(context, "zone_datum", statements::secrets_without_document);
    const bool more = std::any_of(counts.begin(), counts.end(),
                                  [](const auto& count) { return count.value() == daily_part; });
    counts["more"] = more;
    return counts;
}

}  // namespace

std::span<const ErasureRule> document_rules() {
    return expired_documents;
}

void install_form_request(Registry& registry) {
    registry.bind_command("residence.request_form", request_form, prepare_request);
    registry.bind_command("residence.forget_forms", forget_forms);
    registry.bind_query("residence.received_form", received_form);
    registry.bind_message("vms_response", take_form);
}

}  // namespace wa::residence

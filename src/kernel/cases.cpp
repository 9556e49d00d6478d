#include "kernel/cases.hpp"

#include <algorithm>
#include <set>

#include "kernel/data.hpp"
#include "kernel/journal.hpp"
#include "kernel/numbers.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"

namespace wa {

/// Signatures of a form that is no longer the one that was signed, also on a scanned sheet
/// (case_corrections.cpp).
void void_signatures(CommandContext& context, const std::string& case_id, const std::string& reason);

namespace {

Result<CaseView> view_of(std::optional<Row> row) {
    if (!row) return fail(problems::case_not_found);
    auto form = parse_json(row->text("form"));
    WA_ASSERT(form && form->is_object());
    return CaseView{std::move(*row), std::move(form->get_object())};
}

/// What lists call the case, once its form says whom it is about: the person at the procedure's `named_by`.
std::string title_by_form(const Procedure& procedure, const json::object& payload, std::string opened_as) {
    const auto* place = procedure.description().if_contains("named_by");
    const auto* form = payload.if_contains("form");
    boost::system::error_code nobody;
    const auto* person = place && form ? form->find_pointer(place->as_string(), nobody) : nullptr;
    if (!person || !person->is_object()) return opened_as;
    const auto given = text_of(person->get_object(), "given_names"),
               family = text_of(person->get_object(), "family_name");
    const auto name = given.empty() || family.empty() ? given + family : given + " " + family;
    return name.empty() ? opened_as : name;
}

/// Whom the form means, of those whom not everybody may see: until they are booked the case is theirs by this
/// alone. A node cannot say.
Value meant_id(CommandContext& context, const Procedure& procedure, const json::object& form) {
    const auto meant = registry().meant(procedure.id());
    auto id = meant && context.side == Side::hub ? meant(context.records.tx(), form) : std::string();
    return id.empty() ? Value() : Value(std::move(id));
}

FormContext form_context(const CommandContext& context, const CaseView& the_case) {
    return {context.today, the_case.row.text("channel"), &context.reference};
}

std::string channel_key(const CommandContext& context, const CaseView& the_case) {
    const auto channel = the_case.row.text("channel");
    if (channel != "koffer") return channel;
    return context.side == Side::hub ? "koffer_online" : "koffer_offline";
}

/// For what is worked out before the next command of this case.
void note_kind(const CommandContext& context, const std::string& case_id, CaseKind kind) {
    if (context.known_cases) context.known_cases->note(case_id, std::move(kind));
}

/// What every command of a case does first with it.
Result<void> take_up(CommandContext& context, const Row& the_case) {
    const auto id = the_case.text("id");
    note_kind(context, id, {the_case.text("procedure"), the_case.text("channel")});
    context.records.about("case", id);
    if (const auto person = the_case.text("person_id"); !person.empty())
        context.records.about("person", person);
    return may_change_case(context, the_case);
}

/// What is found of a form by itself: depends on nothing but what stands here.
struct JudgedForm : Foresight {
    const Procedure* procedure = nullptr;
    std::string channel;
    Date today;
    const Reference* reference = nullptr;
    std::vector<FieldFault> faults;
    std::vector<std::string> evidence;
    std::string text;  ///< in canonical form
    std::string hash;  ///< of that, as form_hash says it

    bool holds_for(const Procedure& asked, const FormContext& context) const {
        return procedure == &asked && channel == context.channel && today == context.today &&
               reference == context.reference;
    }
};

std::shared_ptr<const JudgedForm> judge(const Procedure& procedure, const json::object& form,
                                        const FormContext& context) {
    auto judged = std::make_shared<JudgedForm>();
    judged->procedure = &procedure;
    judged->channel = context.channel;
    judged->today = context.today;
    judged->reference = context.reference;
    judged->faults = procedure.validate(form, context);
    const bool wrong = std::any_of(judged->faults.begin(), judged->faults.end(),
                                   [](const FieldFault& fault) { return fault.severity == "error"; });
    if (wrong) return judged;
    judged->evidence = procedure.required_evidence(form, context);
    judged->text = canonical_json(form);
    judged->hash = to_hex(sha256(judged->text));
    return judged;
}

/// Takes the case for what it was when it was last seen; the writer looks whether it still is.
std::shared_ptr<const Foresight> foresee_submit(const ForesightContext& context,
                                                const json::object& payload) {
    const auto kind = context.cases.find(text_of(payload, "case_id"));
    const auto* procedure = kind ? registry().procedure(kind->procedure) : nullptr;
    if (!procedure) return nullptr;
    return judge(*procedure, object_of(payload, "form"), {context.today, kind->channel, &context.reference});
}

std::shared_ptr<const JudgedForm> judged_form(const CommandContext& context, const Procedure& procedure,
                                              const json::object& form, const FormContext& as) {
    auto foreseen = std::dynamic_pointer_cast<const JudgedForm>(context.foreseen);
    return foreseen && foreseen->holds_for(procedure, as) ? foreseen : judge(procedure, form, as);
}

/// A draft as it is kept.
struct DraftText : Foresight {
    explicit DraftText(const json::object& payload) : text(json::serialize(object_of(payload, "form"))) {}
    std::string text;
};

std::shared_ptr<const Foresight> foresee_draft(const ForesightContext&, const json::object& payload) {
    return std::make_shared<DraftText>(payload);
}

Result<void> may_open(CommandContext& context, const json::object& payload);

Result<void> prepare_open(CommandContext& context, json::object& payload) {
    WA_CHECK(may_open(context, payload));
    WA_TRY(number, draw_number(context, "case", number_holder(context)));
    payload["number"] = number;
    return {};
}

/// At the counter everything is at hand: what a case names must be there. A Koffer holds only its tour, and
/// what came from one is recorded as it was.
bool is_at_hand(CommandContext& context, const std::string& table, const std::string& id) {
    if (id.empty() || context.side != Side::hub || context.replayed) return true;
    const auto& tables = registry().journalled_tables();
    return std::find(tables.begin(), tables.end(), table) == tables.end() || context.records.find(table, id);
}

Result<void> may_open(CommandContext& context, const json::object& payload) {
    const auto* procedure = registry().procedure(text_of(payload, "procedure"));
    if (!procedure ||
        (!procedure->function().empty() && context.tenant.functions.count(procedure->function()) == 0))
        return fail(problems::procedure_unknown);
    for (const auto* table : {"person", "appointment", "tour"})
        if (!is_at_hand(context, table, text_of(payload, table + std::string("_id"))))
            return fail(problems::not_found);
    return may_change(context, text_of(payload, "person_id"));
}

Result<json::object> open_case(CommandContext& context, const json::object& payload) {
    // At its origin that was asked before the number was drawn.
    if (context.replayed) WA_CHECK(may_open(context, payload));
    const auto* procedure = registry().procedure(text_of(payload, "procedure"));
    const auto number = text_of(payload, "number");
    if (context.replayed) note_number(context, "case", number);
    auto text_or_null = [&](const char* key) -> Value {
        auto text = text_of(payload, key);
        return text.empty() ? Value() : Value(std::move(text));
    };
    context.records.insert("case_file", context.command_id,
                           {{"number", number},
                            {"procedure", procedure->id()},
                            {"procedure_version", std::int64_t(procedure->version())},
                            {"status", std::string(case_status::draft)},
                            {"channel", text_of(payload, "channel")},
                            {"tour_id", text_or_null("tour_id")},
                            {"appointment_id", text_or_null("appointment_id")},
                            {"person_id", text_or_null("person_id")},
                            {"title", text_of(payload, "title")},
                            {"opened_at_ms", context.at.ms},
                            {"opened_by", context.actor.user_id},
                            {"form", std::string("{}")}});
    note_kind(context, context.command_id, {procedure->id(), text_of(payload, "channel")});
    context.records.about("case", context.command_id);
    if (const auto person = text_of(payload, "person_id"); !person.empty())
        context.records.about("person", person);
    return json::object{{"case_id", context.command_id}, {"number", number}};
}

Result<json::object> save_draft(CommandContext& context, const json::object& payload) {
    const Params of_case{{"case_id", text_of(payload, "case_id")}};
    const auto found = context.records.query(sql::kernel::case_to_type, of_case);
    if (found.empty()) return fail(problems::case_not_found);
    const auto& the_case = found.front();
    WA_CHECK(take_up(context, the_case));
    const auto status = the_case.text("status");
    if (is_over(status)) return fail(problems::case_wrong_status, {{"status", status}});
    // A clock that was put right meanwhile would make what is typed last look older than what it replaces,
    // and on its way home from a Koffer it would be let go. (The statement sees to the draft before.)
    const auto findings =
        status == case_status::draft ? Rows() : context.records.query(sql::kernel::case_findings, of_case);
    const auto outdated = typing_outdated_ms(the_case, findings);
    const auto foreseen = std::dynamic_pointer_cast<const DraftText>(context.foreseen);
    context.records.execute_unjournalled(sql::kernel::save_draft,
                                         {{"case_id", the_case.text("id")},
                                          {"form", foreseen ? foreseen->text : DraftText(payload).text},
                                          {"saved_at_ms", std::max(context.at.ms, outdated + 1)},
                                          {"saved_by", context.actor.user_id}});
    return json::object{{"saved_at", to_rfc3339(context.at)}};
}

Result<json::object> submit(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto status = the_case.status();
    if (status != case_status::draft && status != case_status::captured)
        return fail(problems::case_wrong_status, {{"status", status}});
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    const auto& form = object_of(payload, "form");
    const auto judged = judged_form(context, *procedure, form, form_context(context, the_case));
    std::vector<FieldFault> errors, notices;
    for (const auto& fault : judged->faults) (fault.severity == "error" ? errors : notices).push_back(fault);
    if (!errors.empty()) return fail(problems::case_incomplete, {{"fields", faults_to_json(errors)}});
    // A sheet may be scanned before the case is marked as signed.
    if (judged->text != canonical_json(the_case.form))
        void_signatures(context, the_case.id(), "Die Angaben wurden danach geändert.");
    context.records.update("case_file", the_case.id(),
                           {{"form", judged->text},
                            {"title", title_by_form(*procedure, payload, the_case.row.text("title"))},
                            {"meant_id", meant_id(context, *procedure, form)},
                            {"status", std::string(case_status::captured)},
                            {"submitted_at_ms", context.at.ms}});
    context.records.execute_unjournalled(sql::kernel::drop_draft, {{"case_id", the_case.id()}});
    json::array evidence;
    for (const auto& id : judged->evidence) evidence.push_back(json::string(id));
    return json::object{
        {"form_hash", judged->hash}, {"notices", faults_to_json(notices)}, {"evidence", std::move(evidence)}};
}

Result<void> evidence_complete(CommandContext& context, const CaseView& the_case) {
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    const auto documents = context.records.query(sql::kernel::case_documents, {{"case_id", the_case.id()}});
    for (const auto& kind : procedure->required_evidence(the_case.form, form_context(context, the_case))) {
        const bool there = std::any_of(documents.begin(), documents.end(),
                                       [&](const Row& row) { return row.text("kind") == kind; });
        if (!there) return fail(problems::case_evidence_missing, {{"evidence", kind}});
    }
    return {};
}

/// At the place where somebody signs, the procedure's rule holds. A signature that arrives was given: nobody
/// signs a second time because a Koffer of an older version wrote down only a part of the right name.
Result<void> signer_fits(CommandContext& context, const CaseView& the_case, const std::string& signer) {
    const auto* may_sign = registry().signer_check(the_case.row.text("procedure"));
    if (!may_sign) return {};
    auto allowed = (*may_sign)(the_case.form, signer, context.reference, context.today);
    if (!allowed && context.replayed && flag_of(allowed.error().details, "part_of_name")) return {};
    return allowed;
}

Result<json::object> sign_case(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (the_case.status() != case_status::captured)
        return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    if (the_case.row.is_null("submitted_at_ms")) return fail(problems::case_not_submitted);
    if (text_of(payload, "form_hash") != form_hash(the_case.form))
        return fail(problems::case_changed_since_signed);
    WA_CHECK(signer_fits(context, the_case, text_of(payload, "signer")));
    WA_CHECK(evidence_complete(context, the_case));
    context.records.update(
        "case_file", the_case.id(),
        {{"status", std::string(case_status::was_signed)}, {"signed_hash", text_of(payload, "form_hash")}});
    if (const auto signature = text_of(payload, "signature"); !signature.empty())
        context.records.insert("case_document", context.ids.next(),
                               {{"case_id", the_case.id()},
                                {"kind", std::string("signature")},
                                {"hash", signature},
                                {"title", text_of(payload, "signer")},
                                {"media_type", std::string("image/png")},
                                {"size", std::int64_t(0)},
                                {"added_at_ms", context.at.ms},
                                {"added_by", context.actor.user_id},
                                {"original_seen", std::int64_t(1)}});
    return json::object{{"signed_at", to_rfc3339(context.at)}};
}

Result<json::object> precheck(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    const auto status = the_case.status();
    if (status != case_status::was_signed && status != case_status::prechecked_offline &&
        status != case_status::prechecked)
        return fail(problems::case_not_signed);
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    if (const auto depth = procedure->depth(channel_key(context, the_case)); depth < 4)
        return fail(problems::procedure_depth, {{"depth", depth}});
    auto list = write_findings(context, the_case);
    const auto next =
        std::string(context.side == Side::hub && !context.replayed ? case_status::prechecked
                                                                   : case_status::prechecked_offline);
    context.records.update("case_file", the_case.id(),
                           {{"status", next}, {"meant_id", meant_id(context, *procedure, the_case.form)}});
    return json::object{{"status", next}, {"findings", std::move(list)}};
}

/// Whom the draft means that a case is ended with: it stays with the case, for who may see them.
Value meant_by_draft(CommandContext& context, const CaseView& the_case) {
    const auto* procedure = registry().procedure(the_case.row.text("procedure"));
    WA_ASSERT(procedure != nullptr);
    for (const auto& row : context.records.query(sql::kernel::draft_of, {{"case_id", the_case.id()}}))
        if (const auto form = parse_json(row.text("form")); form && form->is_object())
            return meant_id(context, *procedure, form->get_object());
    return {};
}

Result<json::object> withdraw(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (is_over(the_case.status())) return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    end_case(context, the_case, case_status::withdrawn, text_of(payload, "reason"));
    return json::object{};
}

}  // namespace

void end_case(CommandContext& context, const CaseView& the_case, std::string_view status,
              const std::string& decision) {
    Columns over{{"status", std::string(status)}, {"decision", decision}, {"decided_at_ms", context.at.ms}};
    if (auto meant = meant_by_draft(context, the_case); !std::holds_alternative<std::monostate>(meant))
        over.push_back({"meant_id", std::move(meant)});
    context.records.update("case_file", the_case.id(), over);
    end_waiting(context, the_case.id(), decision);
    drop_tasks(context, the_case.id(), decision);
}

Result<CaseView> load_case(CommandContext& context, std::string_view case_id) {
    WA_TRY(the_case, view_of(context.records.find("case_file", case_id)));
    WA_CHECK(take_up(context, the_case.row));
    return the_case;
}

Result<CaseView> load_case(QueryContext& context, std::string_view case_id) {
    WA_TRY(the_case, view_of(read_row(context.tx, "case_file", case_id)));
    context.show("case", case_id);
    if (const auto person = the_case.row.text("person_id"); !person.empty()) context.show("person", person);
    WA_CHECK(may_see_case(context, the_case.row));
    return the_case;
}

bool is_over(std::string_view status) {
    static const std::set<std::string_view> ends{case_status::booked, case_status::closed,
                                                 case_status::withdrawn, case_status::not_competent,
                                                 case_status::refused};
    return ends.contains(status);
}

bool has_worked_on(Transaction& tx, const Row& the_case, std::string_view user_id) {
    if (the_case.text("opened_by") == user_id) return true;
    static const std::set<std::string, std::less<>> work{"case.submit", "case.sign", "case.reopen"};
    const auto story = journal_of(tx, "case", the_case.text("id"));
    return std::any_of(story.begin(), story.end(), [&](const Row& entry) {
        return entry.text("actor") == user_id && work.contains(entry.text("name")) &&
               !entry.text("outcome").starts_with("refused");
    });
}

std::int64_t typing_outdated_ms(const Row& the_case, const Rows& findings) {
    auto last = the_case.is_null("submitted_at_ms") ? 0 : the_case.integer("submitted_at_ms");
    for (const auto& finding : findings) {
        if (finding.text("code") != "reopened") continue;
        const auto details = parse_json(finding.text("details"));
        if (!details || !details->is_object()) continue;
        if (const auto at = parse_timestamp(text_of(details->get_object(), "at")))
            last = std::max(last, at->ms);
    }
    return last;
}

std::string form_hash(const json::object& form) {
    return to_hex(sha256(canonical_json(form)));
}

Date declared_on(const Row& the_case, const Date& today) {
    if (the_case.is_null("submitted_at_ms")) return today;
    return local_date(Timestamp{the_case.integer("submitted_at_ms")});
}

std::vector<std::pair<std::string, Finding>> run_checks(CheckRun& run, std::string_view procedure) {
    std::vector<std::pair<std::string, Finding>> findings;
    const auto* description = registry().procedure(procedure);
    WA_ASSERT(description != nullptr);
    for (const auto& name : description->checks())
        findings.emplace_back(name, (*registry().check(name))(run));
    return findings;
}

namespace {

/// The same on a laptop and at the hub, and for every command that runs this check.
std::string finding_id(const std::string& case_id, const std::string& code) {
    const auto id = parse_id(case_id);
    WA_ASSERT(id);
    const auto sum = sha256(code);
    std::uint32_t counter = 0;
    for (std::size_t i = 0; i < 4; ++i) counter = counter << 8 | sum[i];
    return derive_id(*id, counter, id->at_ms()).text();
}

}  // namespace

json::array write_findings(CommandContext& context, const CaseView& the_case) {
    CheckRun run{context.records.tx(), context.side,
                 context.reference,    declared_on(the_case.row, context.today),
                 the_case.form,        nullptr};
    return write_findings(context, the_case, run);
}

json::array write_findings(CommandContext& context, const CaseView& the_case, CheckRun& run) {
    static const Actor anybody;
    run.seen_by = &anybody;
    const auto case_id = the_case.id();
    std::map<std::string, std::string> existing;
    for (const auto& row : context.records.query(sql::kernel::case_findings, {{"case_id", case_id}}))
        existing[row.text("code")] = row.text("id");
    json::array list;
    for (const auto& [code, finding] : run_checks(run, the_case.row.text("procedure"))) {
        const auto details = json::serialize(finding.details);
        if (const auto it = existing.find(code); it != existing.end())
            context.records.update("case_finding", it->second,
                                   {{"state", finding.state}, {"details", details}});
        else
            context.records.insert(
                "case_finding", finding_id(case_id, code),
                {{"case_id", case_id}, {"code", code}, {"state", finding.state}, {"details", details}});
        list.push_back(json::object{{"code", code}, {"state", finding.state}, {"details", finding.details}});
    }
    return list;
}

void install_case_queries(Registry& registry);      // case_queries.cpp
void install_case_corrections(Registry& registry);  // case_corrections.cpp
void install_case_papers(Registry& registry);       // case_papers.cpp
void install_case_endings(Registry& registry);      // case_endings.cpp
void install_case_waiting(Registry& registry);      // case_waiting.cpp

void install_cases(Registry& registry) {
    registry.bind_command("case.open", open_case, prepare_open);
    registry.bind_command("draft.save", save_draft);
    registry.bind_command("case.submit", submit);
    registry.bind_command("case.sign", sign_case);
    registry.bind_command("case.precheck", precheck);
    registry.bind_command("case.withdraw", withdraw);
    registry.bind_foreseer("draft.save", foresee_draft);
    registry.bind_foreseer("case.submit", foresee_submit);
    registry.refuse_before_writing(
        {"case.open", "draft.save", "case.submit", "case.sign", "case.precheck", "case.withdraw"});
    install_case_papers(registry);
    install_case_corrections(registry);
    install_case_endings(registry);
    install_case_waiting(registry);
    install_case_queries(registry);
}

}  // namespace wa

#include "kernel/engine.hpp"

#include "base/assert.hpp"
#include "kernel/conflicts.hpp"
#include "kernel/data.hpp"
#include "kernel/procedure/field_types.hpp"

namespace wa {

std::string_view outcome_name(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return "done";
        case Outcome::conflict:
            return "conflict";
        case Outcome::refused:
            break;
    }
    return "refused";
}

namespace {

/// A name from outside is not written into the journal: it could be anything.
constexpr const char* unknown_name = "unknown";

Outcome outcome_of(std::string_view name) {
    if (name == "done") return Outcome::done;
    return name == "conflict" ? Outcome::conflict : Outcome::refused;
}

/// Rows that have changed since the node read them: their version is no longer the one it saw.
std::vector<Seen> stale_rows(Transaction& tx, const std::vector<Seen>& seen) {
    std::vector<Seen> stale;
    for (const auto& one : seen) {
        const auto row = read_row(tx, one.table, one.id);
        if (!row || row->text("version") != one.version) stale.push_back(one);
    }
    return stale;
}

Hash digest_of(const json::object& payload, const Key32& digest_key) {
    return keyed_hash(digest_key, canonical_json(payload));
}

JournalEntry entry_for(const CommandRequest& request, const CommandResult& result,
                       const Hash& payload_digest) {
    JournalEntry entry;
    entry.at = request.at;
    entry.kind = "command";
    entry.name = request.name;
    entry.command_id = request.id;
    entry.actor = request.actor.user_id;
    entry.roles = request.actor.roles;
    entry.device = request.origin.device;
    entry.place = request.origin.place;
    entry.reason = result.reason;
    entry.payload_digest = payload_digest;
    entry.outcome = result.outcome == Outcome::refused ? "refused:" + result.problem.code
                                                       : std::string(outcome_name(result.outcome));
    entry.changes = result.changes;
    entry.subjects = result.subjects;
    return entry;
}

/// Refused for who asks, not for how the thing stands.
bool is_denied(const Registry& words, const Problem& problem) {
    return integer_of(object_of(words.problems(), problem.code), "status") == 403;
}

CommandResult repeated(const Row& mark) {
    CommandResult result;
    result.repeated = true;
    result.outcome = outcome_of(mark.text("outcome"));
    const auto answer = parse_json(mark.text("answer"));
    WA_ASSERT(answer && answer->is_object());
    if (result.outcome == Outcome::done)
        result.answer = answer->get_object();
    else
        result.problem =
            Problem(text_of(answer->get_object(), "code"), object_of(answer->get_object(), "details"));
    return result;
}

}  // namespace

Result<void> Engine::allowed(const TenantScope& scope, const std::string& permission,
                             const std::string& function, bool hub_only, const Actor& actor) const {
    if (!actor.may(permission)) return fail(problems::permission_denied, {{"permission", permission}});
    if (!function.empty() && scope.tenant.functions.count(function) == 0)
        return fail(problems::function_missing, {{"function", function}});
    if (hub_only && scope.side != Side::hub) return fail(problems::needs_hub);
    return {};
}

bool Engine::is_repeat(const TenantScope& scope, const CommandRequest& request, const Row& mark) const {
    const auto* spec = registry_.command(request.name);
    return spec && mark.text("name") == request.name &&
           allowed(scope, spec->permission, spec->function, spec->hub_only, request.actor);
}

CommandCheck Engine::check(const TenantScope& scope, const CommandRequest& request) const {
    const auto* spec = registry_.command(request.name);
    CommandCheck checked;
    checked.command_id = request.id;
    checked.today = local_date(request.at);
    const auto fine = [&]() -> Result<void> {
        if (!spec) return fail(problems::command_unknown);
        if (spec->version != request.version)
            return fail(problems::command_version, {{"version", request.version}});
        WA_CHECK(allowed(scope, spec->permission, spec->function, spec->hub_only, request.actor));
        if (!parse_id(request.id)) return fail(problems::command_bad_id);
        const auto faults =
            spec->payload.validate(request.payload, {checked.today, "counter", scope.reference.get()});
        if (!faults.empty()) return fail(problems::payload_invalid, {{"fields", faults_to_json(faults)}});
        return {};
    }();
    if (!fine)
        checked.refusal = fine.error();
    else if (spec->foreseer)
        checked.foreseen =
            spec->foreseer({checked.today, *scope.reference, *scope.known_cases}, request.payload);
    const bool prepared = spec && spec->preparer && !request.replayed;
    if (!prepared && !(spec && spec->local))
        checked.payload_digest = digest_of(request.payload, scope.digest_key);
    return checked;
}

Result<json::object> Engine::carry_out(const TenantScope& scope, const CommandRequest& request,
                                       const CommandCheck& checked, Records& records,
                                       std::optional<json::object>& prepared) const {
    const auto* spec = registry_.command(request.name);
    CommandContext context{scope.tenant,
                           request.actor,
                           request.origin,
                           scope.side,
                           request.at,
                           checked.today,
                           request.id,
                           IdSource(*parse_id(request.id), request.at.ms),
                           records,
                           *scope.reference,
                           request.replayed,
                           checked.foreseen,
                           scope.known_cases.get()};
    if (!request.replayed && spec->preparer) {
        prepared = request.payload;
        WA_CHECK(spec->preparer(context, *prepared));
    }
    const bool weigh = request.replayed && spec->kind == CommandKind::request && !spec->merges;
    if (weigh)
        if (const auto stale = stale_rows(records.tx(), request.seen); !stale.empty())
            return fail(problems::conflict_stale, {{"table", stale.front().table}, {"id", stale.front().id}});
    return spec->handler(context, prepared ? *prepared : request.payload);
}

bool Engine::needs_savepoint(const CommandRequest& request, const CommandCheck& checked) const {
    // What comes from a node was done there, and what a store cannot take of it is kept for a person:
    // whoever takes it in goes back that far (arrivals_run.cpp).
    if (request.replayed) return true;
    return !checked.refusal && !registry_.command(request.name)->refuses_before_writing;
}

CommandResult Engine::run(Transaction& tx, const TenantScope& scope, const CommandRequest& request,
                          const CommandCheck& checked) const {
    WA_ASSERT(checked.command_id == request.id);
    const auto marks = tx.query(sql::kernel::command_mark, {{"command_id", request.id}});
    // The answer of before is for who may ask for it, and for the same command.
    if (!marks.empty() && (request.replayed || is_repeat(scope, request, marks.front())))
        return repeated(marks.front());

    CommandResult result;
    const bool saved = needs_savepoint(request, checked);
    if (saved) tx.savepoint();
    Records records(tx, request.id, scope.digest_key);
    auto answer = [&]() -> Result<json::object> {
        const bool faulty = checked.refusal && checked.refusal->is(problems::payload_invalid);
        if (checked.refusal && !faulty) return fail(*checked.refusal);
        if (!marks.empty()) return fail(problems::command_bad_id);
        if (faulty) return fail(*checked.refusal);
        return carry_out(scope, request, checked, records, result.prepared);
    }();
    result.seen = records.seen();
    result.subjects = records.subjects();
    result.reason = records.reason();
    if (answer) {
        write_conflicts(records, request.actor, request.origin, request.at);
        result.changes = records.changes();
        result.outcome = records.conflicts().empty() ? Outcome::done : Outcome::conflict;
        result.answer = std::move(answer).value();
        if (result.outcome == Outcome::conflict) result.problem = Problem(problems::conflict_open);
        if (saved) tx.release_savepoint();
    } else {
        if (saved) tx.rollback_to_savepoint();
        // Nothing of it may stay, and there is no other way back.
        if (!saved && records.wrote())
            throw StoreError(StoreError::Kind::other, request.name + " was refused after it had written");
        result.problem = std::move(answer).error();
        result.outcome = result.problem.is(problems::conflict_stale) ? Outcome::conflict : Outcome::refused;
    }
    write_down(tx, scope, request, checked, result);
    return result;
}

void Engine::write_down(Transaction& tx, const TenantScope& scope, const CommandRequest& request,
                        const CommandCheck& checked, const CommandResult& result) const {
    const auto* known = registry_.command(request.name);
    // A draft is nobody's event; knocking where nothing is granted is.
    if (known && known->local && !is_denied(registry_, result.problem)) return;
    const bool refused_here = result.outcome == Outcome::refused && !request.replayed;
    // What a person got wrong in a form is no event of the register: it may be asked again with the same id.
    if (refused_here && result.problem.is(problems::payload_invalid)) return;
    auto entry = entry_for(request, result,
                           checked.payload_digest ? *checked.payload_digest
                                                  : digest_of(result.payload_of(request), scope.digest_key));
    if (!known) entry.name = unknown_name;
    append_journal(tx, std::move(entry));
    // A refusal at the origin is not final either: the clerk corrects and sends again, under the same id.
    if (refused_here) return;
    const auto answer = result.outcome == Outcome::done
                            ? json::serialize(result.answer)
                            : json::serialize(json::object{{"code", result.problem.code},
                                                           {"details", result.problem.details}});
    tx.execute(sql::kernel::mark_command, {{"command_id", request.id},
                                           {"name", request.name},
                                           {"outcome", std::string(outcome_name(result.outcome))},
                                           {"answer", answer},
                                           {"at_ms", request.at.ms}});
}

bool Engine::needs_journal(const TenantScope& scope, const QueryRequest& request) const {
    const auto* spec = registry_.query(request.name);
    return !spec || spec->personal ||
           (!spec->personal_with.empty() && request.params.contains(spec->personal_with)) ||
           !allowed(scope, spec->permission, spec->function, false, request.actor);
}

namespace {

/// Blanks alone are no reason.
std::string said(const std::string& reason) {
    return reason.find_first_not_of(" \t\r\n") == std::string::npos ? std::string() : reason;
}

/// Why personal data are read is kept as it was said: words of a bounded length.
std::vector<FieldFault> reason_faults(const std::string& reason) {
    std::vector<FieldFault> faults;
    if (reason.empty()) return faults;
    for (auto& finding : check_field_text(reason, DinType::C, 300))
        faults.push_back({"reason", finding.code, std::move(finding.details), "error"});
    return faults;
}

JournalEntry entry_for(const QueryRequest& request, const Result<json::object>& answer,
                       const Key32& digest_key) {
    JournalEntry entry;
    entry.at = request.at;
    entry.kind = answer ? "read" : "access";
    entry.name = request.name;
    entry.actor = request.actor.user_id;
    entry.roles = request.actor.roles;
    entry.device = request.origin.device;
    entry.place = request.origin.place;
    entry.outcome = answer ? "done" : "refused:" + answer.error().code;
    entry.payload_digest = digest_of(request.params, digest_key);
    return entry;
}

}  // namespace

Result<json::object> Engine::ask(Transaction& tx, const TenantScope& scope,
                                 const QueryRequest& request) const {
    const auto* spec = registry_.query(request.name);
    auto reason = said(request.reason);
    auto faulty_reason = reason_faults(reason);
    if (!faulty_reason.empty()) reason.clear();
    QueryContext context{scope.tenant, request.actor,          request.origin,   scope.side,
                         request.at,   local_date(request.at), *scope.reference, tx,
                         {},           std::move(reason)};
    auto answer = [&]() -> Result<json::object> {
        if (!spec) return fail(problems::command_unknown);
        WA_CHECK(allowed(scope, spec->permission, spec->function, spec->hub_only, request.actor));
        auto faults =
            spec->params.validate(request.params, {context.today, "counter", scope.reference.get()});
        for (auto& fault : faulty_reason) faults.push_back(std::move(fault));
        if (!faults.empty()) return fail(problems::payload_invalid, {{"fields", faults_to_json(faults)}});
        return spec->handler(context, request.params);
    }();
    // What a person mistyped is no event; what was read, not granted or looked for in vain is.
    if (!needs_journal(scope, request) || (!answer && answer.error().is(problems::payload_invalid)))
        return answer;
    auto entry = entry_for(request, answer, scope.digest_key);
    entry.reason = std::move(context.reason);
    if (!spec) entry.name = unknown_name;
    entry.subjects = std::move(context.subjects);
    append_journal(tx, std::move(entry));
    return answer;
}

}  // namespace wa

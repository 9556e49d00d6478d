// residence.book: what was declared, signed and checked becomes the register, for all persons or for none.
#include <algorithm>
#include <set>

#include "kernel/data.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/checks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

using Findings = std::vector<std::pair<std::string, Finding>>;

/// Four-eyes steps of the handbook: overriding these takes somebody else from the lead.
const std::set<std::string> four_eyes{"residence.back_dating", "residence.one_main_dwelling",
                                      "residence.persons_in_dwelling"};

const Finding* find_finding(const Findings& findings, std::string_view code) {
    const auto found =
        std::find_if(findings.begin(), findings.end(), [&](const auto& one) { return one.first == code; });
    return found == findings.end() ? nullptr : &found->second;
}

/// Who each person of the form is: as chosen now; the one the case was opened for, if the declaration names
/// the same; else "", a new person.
Result<std::vector<std::string>> chosen_persons(const Row& the_case, const MoveForm& move,
                                                const json::object& payload, const Findings& findings) {
    std::vector<std::string> chosen(move.persons.size());
    std::set<std::string> taken;
    std::set<std::size_t> named;
    for (const auto& entry : array_of(payload, "persons")) {
        const auto& one = entry.as_object();
        const auto index = std::size_t(integer_of(one, "index"));
        const auto id = text_of(one, "person_id");
        if (index >= chosen.size() || !named.insert(index).second)
            return fail(problems::residence_no_such_person, {{"index", std::int64_t(index)}});
        if (!id.empty() && !taken.insert(id).second)
            return fail(problems::residence_person_twice, {{"index", std::int64_t(index)}});
        chosen[index] = id;
    }
    const auto own = the_case.text("person_id");
    if (own.empty() || taken.count(own)) return chosen;
    for (std::size_t i = 0; i < chosen.size(); ++i)
        if (!named.count(i) && same_as(findings, i).count(own)) {
            chosen[i] = own;
            break;
        }
    return chosen;
}

/// True when each person that seems to be known has been identified with one of those.
bool all_identified(const Findings& findings, const std::vector<std::string>& chosen) {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto same = same_as(findings, i);
        if (!same.empty() && !same.count(chosen[i])) return false;
    }
    return true;
}

/// Blocking findings must be settled: by choosing the known persons, or with a reason.
Result<void> settle(CommandContext& context, const Row& the_case, const json::object& payload,
                    const std::vector<std::string>& chosen, const Findings& findings) {
    std::set<std::string> overridden;
    for (const auto& entry : array_of(payload, "overrides"))
        overridden.insert(text_of(entry.as_object(), "finding"));
    json::array open;
    bool released = false;
    for (const auto& [code, finding] : findings) {
        if (finding.state != "blocking") continue;
        if (code == "residence.duplicates" && all_identified(findings, chosen)) continue;
        if (!overridden.count(code))
            open.push_back(json::string(code));
        else
            released |= four_eyes.count(code) > 0;
    }
    if (!open.empty()) return fail(problems::residence_findings_open, {{"findings", std::move(open)}});
    if (released && !is_second_person(context, the_case))
        return fail(problems::residence_needs_second_person);
    if (released) context.records.about(second_person, the_case.text("opened_by"));
    return {};
}

void add_finding(CommandContext& context, const std::string& case_id, const std::string& code,
                 const std::string& state, const json::object& details, const std::string& note) {
    context.records.insert("case_finding", context.ids.next(),
                           {{"case_id", case_id},
                            {"code", code},
                            {"state", state},
                            {"details", json::serialize(details)},
                            {"note", note}});
}

Result<void> bookable(const CommandContext& context, const CaseView& the_case) {
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    const auto status = the_case.status();
    const bool checked = status == case_status::prechecked || status == case_status::prechecked_offline;
    if (!checked || the_case.row.text("signed_hash") != form_hash(the_case.form))
        return fail(problems::residence_case_not_ready, {{"status", status}});
    if (text_of(the_case.form, "exemption") != "none") return fail(problems::residence_not_needed);
    const auto ags = text_of(object_of(the_case.form, "new_dwelling"), "ags");
    // A county has no register of its own; a tenant's key of eight digits is its municipality.
    if (context.tenant.ags.size() == 8 && ags != context.tenant.ags)
        return fail(problems::residence_other_municipality, {{"ags", ags}});
    return {};
}

/// Whom the clerk may not see the lead decides about, before a finding is named: each would tell something.
Result<void> may_decide(CommandContext& context, const MoveForm& move) {
    for (const auto& mover : move.persons)
        for (const auto& known : same_persons(context.records.tx(), mover.person, Among::blocked))
            WA_CHECK(may_change(context, known.person.text("id")));
    return {};
}

/// What holds the booking up though whoever books does not see it (who lives in a dwelling, BMG § 51) the
/// lead decides about. Asked last: a case that is held up anyway must not tell who lives where.
Result<void> nothing_hidden_blocks(const Findings& seen, const Findings& all) {
    for (const auto& [code, finding] : all)
        if (finding.state == "blocking" && find_finding(seen, code)->state != "blocking")
            return fail(problems::residence_person_blocked);
    return {};
}

/// Where nobody signed on the pad, the sheet that was signed lies with the case: on paper it can only be seen
/// there whether somebody signed, and what.
Result<void> signature_is_there(CommandContext& context, const CaseView& the_case) {
    for (const auto& document :
         context.records.query(sql::kernel::case_documents, {{"case_id", the_case.id()}}))
        if (const auto kind = document.text("kind"); kind == "signature" || kind == "signed_sheet") return {};
    return fail(problems::residence_signed_sheet_missing);
}

/// The persons one by one; a failure undoes everything, because the command then leaves nothing behind.
Result<std::vector<BookedPerson>> book_persons(CommandContext& context, const CaseView& the_case,
                                               const MoveForm& move, const std::vector<std::string>& chosen,
                                               const std::string& registered_on) {
    std::vector<BookedPerson> booked;
    for (const auto& mover : move.persons) {
        const auto& known = chosen[mover.index];
        const auto before = known.empty() ? IndexEntries() : index_entries(context.records.tx(), known);
        json::array differs;
        WA_TRY(id, take_person(context, known, move, mover, differs));
        context.records.about("person", id);
        const auto dwelling = move_dwellings(context, id, the_case, move, mover, registered_on);
        if (!differs.empty()) {
            add_finding(context, the_case.id(), "residence.data_differ", "hint",
                        {{"index", std::int64_t(mover.index)}, {"fields", differs}}, "");
            put_correction(context, the_case.id(), id, differs);
        }
        write_index(context.records, id, before, index_entries(context.records.tx(), id));
        booked.push_back({Row(), &mover.item, dwelling, move.new_status(), known.empty()});
        booked.back().person = *read_row(context.records.tx(), "person", id);
    }
    return booked;
}

Result<json::object> book(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    WA_CHECK(bookable(context, the_case));
    WA_CHECK(signature_is_there(context, the_case));
    const auto& form = the_case.form;
    // The day the person declared it, also when the Koffer came home later.
    const auto declared = declared_on(the_case.row, context.today);
    const auto registered_on = to_iso(declared);
    const MoveForm move(form, context.reference, declared);
    WA_CHECK(may_decide(context, move));
    CheckRun run{context.records.tx(), context.side, context.reference, declared, form, &context.actor};
    const auto seen = run_checks(run, registration);
    run.seen_by = nullptr;
    const auto findings = run_checks(run, registration);
    WA_TRY(chosen, chosen_persons(the_case.row, move, payload, findings));
    WA_CHECK(settle(context, the_case.row, payload, chosen, seen));
    WA_CHECK(nothing_hidden_blocks(seen, findings));
    if (move.new_status().empty()) return fail(problems::residence_main_dwelling_undecided);
    write_findings(context, the_case, run);
    for (const auto& entry : array_of(payload, "overrides")) {
        const auto& one = entry.as_object();
        add_finding(context, the_case.id(), "override." + text_of(one, "finding"), "done",
                    {{"by", context.actor.user_id}}, text_of(one, "reason"));
    }

    WA_TRY(booked, book_persons(context, the_case, move, chosen, registered_on));
    take_blocks(context, the_case, booked);
    relate_persons(context, move, booked);
    put_tasks(context, the_case, move, booked, findings);
    put_messages(context, {the_case.row, form, booked, registered_on});
    for (const auto& one : booked) {
        tell_changes(context, one.person.text("id"), the_case.id());
        tell_tax_data(context, one.person.text("id"), the_case.id());
    }

    json::array persons, record;
    for (std::size_t i = 0; i < booked.size(); ++i) {
        json::object one{{"index", std::int64_t(i)},
                         {"person_id", booked[i].person.text("id")},
                         {"dwelling_id", booked[i].dwelling_id},
                         {"is_new", booked[i].is_new}};
        record.push_back(one);
        one["status"] = booked[i].status;
        persons.push_back(std::move(one));
    }
    add_finding(context, the_case.id(), "booking", "done",
                {{"command_id", context.command_id}, {"persons", std::move(record)}}, "");
    const auto person_id = booked.front().person.text("id"), dwelling_id = booked.front().dwelling_id;
    context.records.update("case_file", the_case.id(),
                           {{"status", std::string(case_status::booked)},
                            {"person_id", person_id},
                            {"meant_id", Value()},
                            {"decision", std::string("booked")},
                            {"decided_at_ms", context.at.ms}});
    end_waiting(context, the_case.id(), "gebucht");
    return json::object{{"person_id", person_id},
                        {"dwelling_id", dwelling_id},
                        {"persons", std::move(persons)},
                        {"registered_on", registered_on}};
}

}  // namespace

std::set<std::string> same_as(const Findings& findings, std::size_t index) {
    std::set<std::string> ids;
    const auto* finding = find_finding(findings, "residence.duplicates");
    if (!finding) return ids;
    for (const auto& entry : array_of(finding->details, "persons")) {
        const auto& one = entry.as_object();
        if (std::size_t(integer_of(one, "index")) != index) continue;
        for (const auto& id : array_of(one, "same"))
            if (id.is_string()) ids.insert(std::string(id.get_string()));
    }
    return ids;
}

bool is_second_person(CommandContext& context, const Row& the_case) {
    return context.actor.may("register.release") &&
           !has_worked_on(context.records.tx(), the_case, context.actor.user_id);
}

void install_booking(Registry& registry) {
    registry.bind_command("residence.book", book);
}

}  // namespace wa::residence

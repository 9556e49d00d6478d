// residence.book: what was declared, signed and checked becomes the register.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "kernel/cases.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Four-eyes steps of the handbook: overriding these takes somebody else from the lead.
const std::set<std::string> four_eyes{"residence.back_dating", "residence.one_main_dwelling",
                                      "residence.persons_in_dwelling"};

bool names_person(const Finding& finding, const std::string& person_id) {
    const auto& same = array_of(finding.details, "same");
    return std::any_of(same.begin(), same.end(), [&](const json::value& id) {
        return id.is_string() && std::string_view(id.get_string()) == person_id;
    });
}

/// Blocking findings must be settled: by choosing the known person, or with a reason.
Result<void> settle(const CommandContext& context, const Row& the_case, const json::object& payload,
                    const std::string& person_id,
                    const std::vector<std::pair<std::string, Finding>>& findings) {
    std::set<std::string> overridden;
    for (const auto& entry : array_of(payload, "overrides"))
        overridden.insert(text_of(entry.as_object(), "finding"));
    json::array open;
    bool second_person = false;
    for (const auto& [code, finding] : findings) {
        if (finding.state != "blocking") continue;
        if (code == "residence.duplicates" && !person_id.empty() && names_person(finding, person_id))
            continue;
        if (!overridden.count(code))
            open.push_back(json::string(code));
        else
            second_person |= four_eyes.count(code) > 0;
    }
    if (!open.empty()) return fail(problems::residence_findings_open, {{"findings", std::move(open)}});
    if (second_person &&
        (!context.actor.may("register.release") || context.actor.user_id == the_case.text("opened_by")))
        return fail(problems::residence_needs_second_person);
    return {};
}

/// The person chosen now; else the one the case was opened for, if the declaration names the same.
std::string chosen_person(const Row& the_case, const json::object& payload,
                          const std::vector<std::pair<std::string, Finding>>& findings) {
    if (auto id = text_of(payload, "person_id"); !id.empty()) return id;
    const auto id = the_case.text("person_id");
    for (const auto& [code, finding] : findings)
        if (code == "residence.duplicates" && !id.empty() && names_person(finding, id)) return id;
    return "";
}

std::string insert_dwelling(CommandContext& context, const std::string& person_id, const json::object& block,
                            const Date& on, Columns more) {
    const auto id = context.ids.next();
    auto columns = dwelling_columns(block, context.reference, on);
    columns.push_back({"person_id", person_id});
    for (auto& column : more) columns.push_back(std::move(column));
    context.records.insert("dwelling", id, columns);
    return id;
}

void end_dwelling(CommandContext& context, const Row& dwelling, const std::string& moved_out,
                  const std::string& source) {
    note_dwelling(context, dwelling, "moved_out", moved_out, "change", source);
    context.records.update(
        "dwelling", dwelling.text("id"),
        {{"current", std::int64_t(0)}, {"moved_out", moved_out}, {"deregistered_on", to_iso(context.today)}});
}

void change_status(CommandContext& context, const Row& dwelling, const std::string& status,
                   const std::string& source) {
    if (dwelling.text("status") == status) return;
    note_dwelling(context, dwelling, "status", status, "change", source);
    context.records.update("dwelling", dwelling.text("id"), {{"status", status}});
}

std::string key_of(const CommandContext& context, const json::object& block) {
    return residence::address_key(street_name(block, context.reference, context.today),
                                  integer_of(block, "house_no"), text_of(block, "house_letter"));
}

/// What the person still has here besides the new dwelling, and what ends with the move.
void settle_old_dwellings(CommandContext& context, const std::string& person_id, const MoveForm& move,
                          std::set<std::string>& known_keys) {
    const auto source = source_of(move.form);
    const auto& previous = object_of(move.form, "previous_dwelling");
    const auto previous_key = key_of(context, previous);
    const auto out = text_or(move.form, "previous_moved_out", move.moved_in);
    for (const auto& row : context.records.query(statements::dwellings_of, {{"person_id", person_id}})) {
        if (row.integer("current") == 0) continue;
        context.records.see("dwelling", row);
        const auto key = row.text("address_key");
        std::string keeps;
        if (move.previous_kept && key == previous_key) keeps = move.previous_status();
        for (const auto& entry : array_of(move.form, "other_dwellings"))
            if (key_of(context, object_of(entry.as_object(), "dwelling")) == key)
                keeps = text_of(entry.as_object(), "dwelling_status");
        if (keeps.empty()) {
            end_dwelling(context, row, std::max(out, row.text("moved_in")), source);
        } else {
            change_status(context, row, keeps, source);
            known_keys.insert(key);
        }
    }
}

/// Dwellings elsewhere that the register keeps: the last one outside, and further ones (BMG § 3 no. 12).
void note_dwellings_elsewhere(CommandContext& context, const std::string& person_id, const MoveForm& move,
                              const std::set<std::string>& known_keys) {
    const auto& form = move.form;
    const auto note = [&](const json::object& block, const std::string& status, bool current,
                          const std::string& in, const std::string& out) {
        if (block.empty() || known_keys.count(key_of(context, block))) return;
        insert_dwelling(context, person_id, block, context.today,
                        {{"status", status},
                         {"current", std::int64_t(current)},
                         {"moved_in", in},
                         {"moved_out", out},
                         {"source_case", std::string()},
                         {"source", std::string("Angabe der Person")}});
    };
    const auto& previous = object_of(form, "previous_dwelling");
    const bool elsewhere = text_of(previous, "ags") != context.tenant.ags;
    if (elsewhere)
        note(previous, move.previous_kept ? move.previous_status() : "E", move.previous_kept, "",
             move.previous_kept ? "" : text_or(form, "previous_moved_out", move.moved_in));
    note(object_of(form, "previous_abroad"), "E", false, "", move.moved_in);
    note(object_of(form, "last_german_dwelling"), "E", false, "", "");
    for (const auto& entry : array_of(form, "other_dwellings")) {
        const auto& other = entry.as_object();
        const auto out = text_of(other, "moved_out");
        note(object_of(other, "dwelling"), text_of(other, "dwelling_status"), out.empty(),
             text_of(other, "moved_in"), out);
    }
}

void add_documents(CommandContext& context, const std::string& person_id, const json::object& form) {
    std::set<std::string> known;
    for (const auto& row : context.records.query(statements::documents_of, {{"person_id", person_id}}))
        known.insert(row.text("doc_type") + row.text("serial"));
    for (const auto& entry : array_of(form, "id_documents")) {
        const auto& document = entry.as_object();
        const auto type = text_of(document, "doc_type");
        const auto serial = text_or(document, "serial", text_of(document, "serial_other"));
        if (!known.insert(type + serial).second) continue;
        context.records.insert("person_document", context.ids.next(),
                               {{"person_id", person_id},
                                {"doc_type", type},
                                {"serial", serial},
                                {"issuing_authority", text_of(document, "issuing_authority")},
                                {"issuing_country", text_of(document, "issuing_country")},
                                {"issue_date", text_of(document, "issue_date")},
                                {"valid_until", text_of(document, "valid_until")},
                                {"state", std::string("valid")}});
    }
}

void add_spouse(CommandContext& context, const std::string& person_id, const json::object& form) {
    const auto& person = object_of(form, "person");
    const auto& spouse = object_of(person, "spouse");
    if (spouse.empty()) return;
    const std::string kind = text_of(person, "marital_status") == "LP" ? "partner" : "spouse";
    for (const auto& row : context.records.query(statements::raw_relations, {{"person_id", person_id}}))
        if (row.text("kind") == kind && row.text("valid_to").empty()) return;
    context.records.insert("relation", context.ids.next(),
                           {{"person_id", person_id},
                            {"kind", kind},
                            {"other_id", std::string()},
                            {"family_name", text_of(spouse, "family_name")},
                            {"given_names", text_of(spouse, "given_names")},
                            {"birth_date", text_of(spouse, "birth_date")},
                            {"note", std::string()},
                            {"valid_from", text_of(person, "marital_status_since")},
                            {"valid_to", std::string()}});
}

void note_overrides(CommandContext& context, const std::string& case_id, const json::object& payload,
                    const json::array& differs) {
    const auto add = [&](const std::string& code, const std::string& state, const json::object& details,
                         const std::string& note) {
        context.records.insert("case_finding", context.ids.next(),
                               {{"case_id", case_id},
                                {"code", code},
                                {"state", state},
                                {"details", json::serialize(details)},
                                {"note", note}});
    };
    for (const auto& entry : array_of(payload, "overrides")) {
        const auto& one = entry.as_object();
        add("override." + text_of(one, "finding"), "done", {{"by", context.actor.user_id}},
            text_of(one, "reason"));
    }
    if (!differs.empty()) add("residence.data_differ", "hint", {{"fields", differs}}, "");
}

std::string insert_new_dwelling(CommandContext& context, const std::string& person_id,
                                const CaseView& the_case, const MoveForm& move,
                                const std::string& registered_on) {
    const auto on = parse_date(move.moved_in).value_or(context.today);
    const auto id = insert_dwelling(context, person_id, move.new_dwelling, on,
                                    {{"status", move.new_status()},
                                     {"current", std::int64_t(1)},
                                     {"moved_in", move.moved_in},
                                     {"registered_on", registered_on},
                                     {"lessor", json::serialize(object_of(the_case.form, "lessor"))},
                                     {"source_case", the_case.id()},
                                     {"source", source_of(the_case.form)}});
    const auto row = context.records.find("dwelling", id);
    note_dwelling(context, *row, "dwelling", address_line(*row), "change",
                  "Anmeldung " + the_case.row.text("number") + ", " + source_of(the_case.form));
    return id;
}

Result<void> bookable(const CommandContext& context, const CaseView& the_case) {
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    const auto status = the_case.status();
    const bool checked = status == case_status::prechecked || status == case_status::prechecked_offline;
    if (!checked || the_case.row.text("signed_hash") != form_hash(the_case.form))
        return fail(problems::residence_case_not_ready, {{"status", status}});
    const auto ags = text_of(object_of(the_case.form, "new_dwelling"), "ags");
    // A county has no register of its own; a tenant's key of eight digits is its municipality.
    if (context.tenant.ags.size() == 8 && ags != context.tenant.ags)
        return fail(problems::residence_other_municipality, {{"ags", ags}});
    return {};
}

Result<json::object> book(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    WA_CHECK(bookable(context, the_case));
    const auto& form = the_case.form;
    const auto findings =
        run_checks(context.records.tx(), context.side, context.reference, context.today, registration, form);
    const auto known_person = chosen_person(the_case.row, payload, findings);
    WA_CHECK(settle(context, the_case.row, payload, known_person, findings));
    write_findings(context, the_case.id(), findings);

    json::array differs;
    WA_TRY(person_id, take_person(context, known_person, form, differs));
    const auto before =
        known_person.empty() ? IndexEntries() : index_entries(context.records.tx(), person_id);
    context.records.about("person", person_id);

    const MoveForm move(form, context.reference);
    // The day the person declared it, also when the Koffer came home later.
    const auto registered_on = to_iso(local_date(Timestamp{the_case.row.integer("submitted_at_ms")}));
    std::set<std::string> known_keys;
    settle_old_dwellings(context, person_id, move, known_keys);
    const auto dwelling_id = insert_new_dwelling(context, person_id, the_case, move, registered_on);
    note_dwellings_elsewhere(context, person_id, move, known_keys);
    add_documents(context, person_id, form);
    add_spouse(context, person_id, form);
    note_overrides(context, the_case.id(), payload, differs);
    write_index(context.records, person_id, before, index_entries(context.records.tx(), person_id));

    const auto person = read_row(context.records.tx(), "person", person_id);
    put_messages(context, {the_case.row, form, *person, dwelling_id, move.new_status(), registered_on});
    context.records.update("case_file", the_case.id(),
                           {{"status", std::string(case_status::booked)},
                            {"person_id", person_id},
                            {"decision", std::string("booked")},
                            {"decided_at_ms", context.at.ms}});
    return json::object{
        {"person_id", person_id}, {"dwelling_id", dwelling_id}, {"registered_on", registered_on}};
}

}  // namespace

void install_booking(Registry& registry) {
    registry.bind_command("residence.book", book);
}

}  // namespace wa::residence

// person.propose_merge and person.merge: somebody finds that two records are one person, and somebody else
// from the lead, who has looked as well, joins them (handbook P01 step 6; BMG § 6 Abs. 1).
#include "modules/residence/merge.hpp"

#include <set>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/subjects.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

constexpr std::string_view merge_task = "merge_persons";

/// "<kept> <other> <command>" as the subject of the task: each proposal is a task of its own, so that who
/// made it stands in the task.
struct Proposal {
    std::string kept_id, other_id;
    explicit Proposal(const Row& task) {
        const auto words = words_of(task.text("subject"));
        WA_ASSERT(words.size() == 3);
        kept_id = words[0], other_id = words[1];
    }
};

Record record_of(CommandContext& context, const std::string& id) {
    const auto row = context.records.find("person", id);
    WA_ASSERT(row.has_value());
    const bool secured = is_secured(context.records.tx(), *row, context.reference, context.today);
    return {*row, secured ? secured_person(*row) : *row};
}

/// Both, as they stand by now. Whom the actor may not see is refused like somebody who is not there.
Result<TwoRecords> two_records(CommandContext& context, const std::string& one, const std::string& two) {
    auto& tx = context.records.tx();
    const auto kept = standing_id(tx, one), other = standing_id(tx, two);
    WA_CHECK(may_name(context, kept));
    WA_CHECK(may_name(context, other));
    if (kept == other) return fail(problems::residence_same_record);
    for (const auto& id : {kept, other}) context.records.about("person", id);
    TwoRecords records{record_of(context, kept), record_of(context, other)};
    const auto fields = contradictions(tx, records);
    if (fields.empty()) return records;
    json::array codes;
    std::string words;
    for (const auto& field : fields) {
        codes.push_back(json::string(field));
        words += (words.empty() ? "" : ", ") + field_text(field);
    }
    return fail(problems::residence_records_differ, {{"fields", std::move(codes)}, {"words", words}});
}

/// Open proposals about these two, in whichever direction.
Rows proposals(CommandContext& context, const TwoRecords& records) {
    const std::set<std::string> both{records.kept_id(), records.other_id()};
    auto rows = context.records.query(statements::merges_proposed);
    std::erase_if(rows, [&](const Row& row) {
        const Proposal proposal(row);
        return !both.contains(proposal.kept_id) || !both.contains(proposal.other_id);
    });
    return rows;
}

Result<json::object> propose(CommandContext& context, const json::object& payload) {
    WA_TRY(records, two_records(context, text_of(payload, "person_id"), text_of(payload, "other_id")));
    if (const auto known = proposals(context, records); !known.empty())
        return json::object{{"task_id", known.front().text("id")}};
    // A task is as secret as whom it names: the one with a block, if there is one.
    const auto& named = is_blocked(records.other.whole) ? records.other : records.kept;
    return json::object{
        {"task_id", put_task(context, {.kind = std::string(merge_task),
                                       .subject = records.kept_id() + " " + records.other_id() + " " +
                                                  context.command_id,
                                       .title = "Doppelt geführte Person: zusammenführen oder ablehnen",
                                       .person_id = named.id(),
                                       .note = text_of(payload, "source")})}};
}

/// The other record says for a moment what the kept one says by now, so that who was told by it learns what
/// is new to them, and only that (BMG § 6 Abs. 1).
void tell_those_of_the_other(CommandContext& context, const TwoRecords& records) {
    const auto kept = context.records.find("person", records.kept_id());
    const auto changes = lacking(records.other, {*kept, *kept}, "");
    Columns columns;
    for (const auto& change : changes) columns.push_back({change.field, kept->at(change.field)});
    if (columns.empty()) return;
    context.records.update("person", records.other_id(), columns);
    for (const auto& change : changes)
        tell_recipients(context, records.other_id(), change.field, change.kind);
}

/// Who joined what, when and why, in the history of the person.
void note_merge(CommandContext& context, const TwoRecords& records, const std::string& source) {
    context.records.insert("person_history", context.ids.next(),
                           {{"person_id", records.kept_id()},
                            {"field", std::string(merged_field)},
                            {"value", std::string()},
                            {"new_value", full_name(records.other.whole) + ", " + records.other_id()},
                            {"valid_from", std::string()},
                            {"valid_to", std::string()},
                            {"recorded_at_ms", context.at.ms},
                            {"recorded_by", context.command_id},
                            {"kind", std::string("correction")},
                            {"source", source},
                            {"sheet", std::string()}});
}

/// It says nothing any more but into which it went. Its internal mark is never given to anybody else.
void leave_tombstone(CommandContext& context, const TwoRecords& records) {
    auto columns = emptied_columns(records.other.whole,
                                   {"id", "version", "order_mark", "status", "merged_into", "erased_on"});
    columns.push_back({"status", std::string("merged")});
    columns.push_back({"merged_into", records.kept_id()});
    columns.push_back({"erased_on", to_iso(context.today)});
    context.records.update("person", records.other_id(), columns);
}

/// A Koffer may have had only the other one.
void show_all_again(CommandContext& context, const std::string& person_id) {
    std::vector<std::pair<std::string, Row>> rows;
    registry().extractors().at("person")(context.records.tx(), person_id, rows);
    for (const auto& [table, row] : rows) context.records.show_again(table, row.text("id"));
}

void join(CommandContext& context, const TwoRecords& records, const MainDwelling& decided,
          const std::string& source) {
    const auto kept = records.kept_id(), other = records.other_id();
    auto& tx = context.records.tx();
    change_person(context, records.kept.whole, lacking(records.kept, records.other, source));
    tell_changes(context, kept, "");
    tell_those_of_the_other(context, records);
    const auto kept_index = index_entries(tx, kept), other_index = index_entries(tx, other);
    rename_everywhere(context, records, join_equal_rows(context, records, source));
    settle_dwellings(context, kept, decided, source);
    note_merge(context, records, source);
    leave_tombstone(context, records);
    write_index(context.records, other, other_index, {});
    write_index(context.records, kept, kept_index, index_entries(tx, kept));
    tell_tax_data(context, kept);
    show_all_again(context, kept);
}

std::string name_of_user(CommandContext& context, const std::string& user_id) {
    const auto user = read_row(context.records.tx(), "user_account", user_id);
    return user ? user->text("name") : "";
}

Result<json::object> merge(CommandContext& context, const json::object& payload) {
    const auto task = context.records.find("task", text_of(payload, "task_id"));
    if (!task || task->text("kind") != merge_task) return fail(problems::task_not_found);
    if (!task->is_null("closed_at_ms")) return fail(problems::task_closed);
    const Proposal proposal(*task);
    WA_TRY(records, two_records(context, proposal.kept_id, proposal.other_id));
    const auto proposer = task->text("created_by");
    if (proposer == context.actor.user_id) return fail(problems::residence_merge_needs_second_person);
    context.records.about(second_person, proposer);
    WA_TRY(decided, decided_main_dwelling(context, records, payload));
    const auto source = "Zusammenführung: " + text_of(payload, "source") + std::string(proposed_by) +
                        name_of_user(context, proposer);
    for (const auto& row : proposals(context, records))
        context.records.update("task", row.text("id"),
                               {{"state", std::string("done")},
                                {"closed_at_ms", context.at.ms},
                                {"closed_by", context.actor.user_id},
                                {"result", text_of(payload, "source")}});
    join(context, records, decided, source);
    return json::object{{"person_id", records.kept_id()}};
}

}  // namespace

std::string standing_id(Transaction& tx, const std::string& person_id) {
    const auto rows = tx.query(statements::merged_into, {{"person_id", person_id}});
    return rows.empty() ? person_id : rows.front().text("merged_into");
}

void hide_proposals(CommandContext& context, const std::string& person_id) {
    const auto person = read_row(context.records.tx(), "person", person_id);
    if (!person || !is_blocked(*person)) return;
    for (const auto& row : context.records.query(statements::merges_naming, {{"person_id", person_id}}))
        context.records.update("task", row.text("id"), {{"person_id", person_id}});
}

void install_merge(Registry& registry) {
    registry.bind_command("person.propose_merge", propose);
    registry.bind_command("person.merge", merge);
}

}  // namespace wa::residence

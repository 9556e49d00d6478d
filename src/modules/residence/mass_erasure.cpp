// How a rule of retention is carried out, and four eyes before many are erased at once (handbook § 10:
// "four-eyes for mass deletes"). A rule that would erase more than erasure.release_above stops and puts two
// tasks, which two persons close (kernel/tasks.cpp). Then it erases what was due on the day they were put, if
// that is still the same, one by one, and nothing that came later; else it asks again.
//
// Who holds some of them up (residence.hold) before a list is asked for makes it shorter, perhaps so short
// that it needs nobody. That is right: what is held stays, and four eyes are about how many go at once.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/hash.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"

namespace wa::residence {

namespace {

constexpr std::int64_t all_of_them = 1'000'000;

/// What the two tasks are about, and their subject says: what was due by a rule on a day, and exactly that.
struct DueList {
    Date on;
    std::int64_t count = 0;
    std::string digest;  ///< of the ids, in their order
    bool operator==(const DueList&) const = default;
};

DueList due_list(CommandContext& context, const ErasureRule& rule, const Date& on) {
    const auto rows = due_on(context.records.tx(), rule, context.reference, on, all_of_them);
    std::string ids;
    for (const auto& row : rows) ids += row.text("id") + "\n";
    return {on, std::ssize(rows), to_hex(sha256(ids))};
}

std::string subject_of(const ErasureRule& rule, const DueList& list) {
    return fmt::format("{} {} {} {}", rule.name, to_iso(list.on), list.count, list.digest);
}

/// A task from before lists had digests names none: it is asked again.
DueList list_of(const Row& task) {
    std::istringstream subject(task.text("subject"));
    std::string rule, day;
    DueList list;
    subject >> rule >> day >> list.count >> list.digest;
    const auto on = parse_date(day);
    WA_ASSERT(on.has_value());
    list.on = *on;
    return list;
}

/// The lead's task and the second person's, while their list is not worked off; also refused ones, until it
/// is asked again.
Rows asked_for(Transaction& tx, const ErasureRule& rule) {
    return tx.query(sql::residence::mass_erasure_tasks, {{"subject", std::string(rule.name) + " %"}});
}

bool is_done(const Row& task) {
    return task.text("state") == "done";
}

bool is_refused(const Row& task) {
    return task.text("state") == "dropped";
}

/// The rest of a list that does not end tonight: released with it.
void keep_released(CommandContext& context, const ErasureRule& rule, const Date& on) {
    const auto asked = asked_for(context.records.tx(), rule);
    if (asked.empty()) return;
    const auto subject = subject_of(rule, due_list(context, rule, on));
    for (const auto& task : asked) context.records.update("task", task.text("id"), {{"subject", subject}});
}

/// Their list is worked off, refused or not right any more. A release lets go nothing else.
void end_list(CommandContext& context, const ErasureRule& rule) {
    for (const auto& task : asked_for(context.records.tx(), rule)) {
        if (is_done(task) || is_refused(task))
            context.records.update("task", task.text("id"),
                                   {{"subject", "worked off: " + task.text("subject")}});
        else
            context.records.update("task", task.text("id"),
                                   {{"state", std::string("dropped")},
                                    {"closed_at_ms", context.at.ms},
                                    {"closed_by", context.actor.user_id},
                                    {"result", std::string("nicht mehr nötig")}});
    }
}

/// The title says how many, not who: the list is residence.erasures, which only the lead may ask.
void ask_for_release(CommandContext& context, const ErasureRule& rule, const DueList& list) {
    for (const auto& [kind, by] :
         {std::pair(mass_erasure, "die Leitung"), std::pair(mass_erasure_second, "eine zweite Person")})
        put_task(context,
                 {.kind = std::string(kind),
                  .subject = subject_of(rule, list),
                  .title = fmt::format("Massenlöschung freigeben ({}: {}): {}", rule.words, list.count, by)});
}

/// As of which day the rule may erase tonight. Empty: not tonight, two tasks ask for it.
std::optional<Date> may_erase(CommandContext& context, const ErasureRule& rule) {
    const auto most = context.reference.parameter("erasure.release_above", context.today);
    const auto due =
        std::ssize(due_on(context.records.tx(), rule, context.reference, context.today, most + 1));
    const auto asked = asked_for(context.records.tx(), rule);
    // What two persons were asked about is theirs also when it gets few: who refuses is not overruled by
    // whoever holds some of it up.
    if (due == 0 || (due <= most && asked.empty())) return context.today;
    if (asked.size() == 2 && std::none_of(asked.begin(), asked.end(), is_refused)) {
        // A register that was taken over meanwhile may bring others that were due on that day, and a hold
        // keep some: nobody has looked at that list.
        if (const auto list = list_of(asked.front()); list == due_list(context, rule, list.on))
            return std::all_of(asked.begin(), asked.end(), is_done) ? std::optional(list.on) : std::nullopt;
    }
    end_list(context, rule);
    ask_for_release(context, rule, due_list(context, rule, context.today));
    return std::nullopt;
}

}  // namespace

Rows due_on(Transaction& tx, const ErasureRule& rule, const Reference& reference, const Date& on,
            std::int64_t limit) {
    return tx.query(rule.past, {{"before", rule.limit(rule.before(reference, on))}, {"limit", limit}});
}

void erase_due(CommandContext& context, const ErasureRule& rule, json::object& answer) {
    const auto as_of = may_erase(context, rule);
    const auto rows =
        as_of ? due_on(context.records.tx(), rule, context.reference, *as_of, rule.part) : Rows();
    for (const auto& row : rows) {
        rule.forget(context, row.text("id"));
        for (const auto* type : {"person", "case"})
            if (const auto id = row.text(std::string(type) + "_id"); !id.empty())
                context.records.about(type, id);
    }
    answer[rule.name] = std::ssize(rows);
    if (std::ssize(rows) == rule.part) {
        answer["more"] = true;
        keep_released(context, rule, *as_of);
    } else if (as_of) {
        end_list(context, rule);
    }
}

json::array releases_of(QueryContext& context, const ErasureRule& rule) {
    json::array out;
    for (const auto& task : asked_for(context.tx, rule)) {
        if (is_refused(task)) continue;
        const auto by = read_row(context.tx, "user_account", task.text("closed_by"));
        out.push_back(json::object{{"by", task.text("kind") == mass_erasure ? "lead" : "second"},
                                   {"since", to_iso(list_of(task).on)},
                                   {"count", list_of(task).count},
                                   {"released_by", is_done(task) && by ? by->text("name") : ""}});
    }
    return out;
}

}  // namespace wa::residence

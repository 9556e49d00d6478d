// Tasks: what is still to be done after or beside a case, by a person, until a day (a sticker for the
// identity card, a letter to the landlord, a rejected message). One list for all modules.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/command.hpp"

namespace wa {

class Registry;

struct Task {
    std::string kind;  ///< "id_card_sticker", "lessor_missing", …: named by the module that puts it
    std::string
        subject;  ///< what of the case it is about, if one kind may come more than once (a person, a message)
    std::string title;           ///< what is to be done, in German; without personal data
    std::string case_id;         ///< empty: not about a case
    std::string person_id;       ///< empty: not about one person
    std::optional<Date> due_on;  ///< the last day for it; empty: none
    std::string note;
};

/// Puts a task as part of the command's changes and returns its id. One task per case (or person), kind and
/// subject: the id is derived from them, so that a repeated or replayed command puts it once. One that is
/// open, scheduled or done stays as it is; one that was dropped is open again.
std::string put_task(CommandContext& context, const Task& task);

/// Closes as done the task that put_task would put, when it is still to do.
void finish_task(CommandContext& context, const Task& task, std::string_view result);

/// Kind of the task that keeps data from being erased (Löschsperre, handbook § 10): only people end it.
inline constexpr std::string_view legal_hold = "legal_hold";

/// Kind of the task in which the auditor asks somebody what they read for (handbook § 11): nobody else sees
/// it, and they alone answer it.
inline constexpr std::string_view read_reason = "read_reason";
/// Its subject: who is asked, and about which entry of the journal.
struct ReadReason {
    std::string user_id;
    std::int64_t seq = 0;
    std::string text() const { return user_id + " " + std::to_string(seq); }
    static ReadReason of(const std::string& subject);
};

/// Kind of the task that takes what somebody said before a refusal (VwVfG § 28) as its result.
inline constexpr std::string_view hearing_answer = "hearing_answer";

/// Kinds of two tasks about one subject that let many data be erased (Massenlöschung, handbook § 10: four
/// eyes): the lead closes the one, somebody else the other.
inline constexpr std::string_view mass_erasure = "mass_erasure";
inline constexpr std::string_view mass_erasure_second = "mass_erasure_second";

/// The same of an export of everything the tenant owns: who asks for it closes the one by asking, the lead
/// the other.
inline constexpr std::string_view tenant_export_asked = "tenant_export_asked";
inline constexpr std::string_view tenant_export = "tenant_export";

/// Which tasks list_tasks gives; what is empty filters nothing.
struct TaskFilter {
    std::string asked = {};  ///< who asks: what others are asked in confidence (read_reason) is left out
    std::string state = {};  ///< of task.list, "todo" among them
    std::string kind = {};
    std::string due_until = {};  ///< ISO day
    std::string case_id = {};
    std::string person_id = {};
    std::int64_t limit = 500;
    Params params() const;
};

/// Drops what is still to do for a case that is over without it (withdrawn, taken back); a legal hold stays.
void drop_tasks(CommandContext& context, std::string_view case_id, std::string_view result);

/// Tasks of a case as they are shown, for pages that show a case.
json::array tasks_of_case(QueryContext& context, std::string_view case_id);

/// task.*
void install_tasks(Registry& registry);

}  // namespace wa

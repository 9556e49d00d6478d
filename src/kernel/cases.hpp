// Cases (Vorgänge): one piece of work for one concern, the same object over all channels (handbook § 1.5).
#pragma once

#include "kernel/command.hpp"

namespace wa {

class Registry;
struct Task;

/// The states of a case, in the words of the handbook's skeleton.
namespace case_status {
inline constexpr std::string_view draft = "draft";
inline constexpr std::string_view captured = "captured";  ///< the declaration is complete
inline constexpr std::string_view was_signed = "signed";  ///< shown whole and signed
inline constexpr std::string_view prechecked_offline =
    "prechecked_offline";                                     ///< checked as far as a node can
inline constexpr std::string_view prechecked = "prechecked";  ///< checked against the whole register
inline constexpr std::string_view booked = "booked";
inline constexpr std::string_view closed = "closed";
inline constexpr std::string_view withdrawn = "withdrawn";
inline constexpr std::string_view not_competent = "not_competent";  ///< another authority's, which is named
inline constexpr std::string_view refused = "refused";              ///< by written notice (VwVfG § 39)
}  // namespace case_status

struct CaseView {
    Row row;
    json::object form;
    std::string status() const { return row.text("status"); }
    std::string id() const { return row.text("id"); }
};
/// The case, remembered as seen and named in the journal. Refused to who may not see everybody it is about.
Result<CaseView> load_case(CommandContext& context, std::string_view case_id);
/// The same for a query; named as shown.
Result<CaseView> load_case(QueryContext& context, std::string_view case_id);

/// Cases as lists show them: who they are about in the title, unless the actor may not see them.
json::array show_cases(QueryContext& context, const Rows& rows);

/// Replaces the findings of a case by what the checks say now to anybody: who may see more asks again.
json::array write_findings(CommandContext& context, const CaseView& the_case);
/// The same with a run that was asked for others, while nothing was written since; afterwards it is over.
json::array write_findings(CommandContext& context, const CaseView& the_case, struct CheckRun& run);
/// The day that a case's checks count from: that of the declaration. What was in time then stays so, however
/// late it is checked or booked. Today, while nothing is declared.
Date declared_on(const Row& the_case, const Date& today);
/// Runs all checks of a procedure. The same run may be asked again for another viewer, as long as nothing was
/// written between.
std::vector<std::pair<std::string, struct Finding>> run_checks(struct CheckRun& run,
                                                               std::string_view procedure);

/// Whether this person had a hand in what a case says: opened it, took the declaration or the signature, or
/// opened it again. Whoever did is no second pair of eyes (handbook § 1.5).
bool has_worked_on(Transaction& tx, const Row& the_case, std::string_view user_id);

/// Booked, closed or ended without: nothing is captured any more.
bool is_over(std::string_view status);

/// Ends a case that will not be booked: with this state, for that reason. It waits for nothing any more, and
/// what is still to do for it is dropped.
void end_case(CommandContext& context, const CaseView& the_case, std::string_view status,
              const std::string& decision);

/// Takes off what the case waits for and finishes the task of each. @param code only "waiting" or "hearing";
/// empty: both
void end_waiting(CommandContext& context, std::string_view case_id, const std::string& result,
                 std::string_view code = "");
/// Writes down that the case waits, with the task that reminds of it; ends the waiting of the same code
/// before. Returns the task's id. @param details what is said of it; who and when are added
std::string begin_waiting(CommandContext& context, std::string_view code, const Task& task,
                          json::object details);

/// What the last finding of this code says; empty when there is none. @param state only of this state; empty:
/// of any
json::object last_finding(Transaction& tx, std::string_view case_id, std::string_view code,
                          std::string_view state = "");

/// Until when (ms) something typed for this case is older than its form: its submission, or its being opened
/// again after one. Zero when neither. A draft is always stamped behind it, whatever the clock says.
std::int64_t typing_outdated_ms(const Row& the_case, const Rows& findings);

/// SHA-256 of the form in canonical form: what is shown, signed and booked is the same.
std::string form_hash(const json::object& form);

/// case.* and draft.save
void install_cases(Registry& registry);

}  // namespace wa

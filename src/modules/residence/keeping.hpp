// Inside the module: how long data are kept (handbook § 10), and of those who have left or died may be read
// (BMG § 13 Abs. 2).
#pragma once

#include <set>
#include <span>

#include "kernel/registry.hpp"

namespace wa::residence {

/// Rows of one kind that a daily command takes at a time, so that nobody waits long for the writer. Where it
/// found so many its answer says "more", and the round asks again.
inline constexpr std::int64_t daily_part = 500;

/// Secured (gesichert): five calendar years after that of departure or death. Of such a person only names,
/// birth, tax number, addresses with the day of moving out, blocks and death may be processed. Told from the
/// day itself, so that no night can miss it.
bool is_secured(Transaction& tx, const Row& person, const Reference& reference, const Date& today);
/// Whether a column of such a person may still be read, and then also put right.
bool stays_readable(std::string_view column);
/// Behind the words of such a person's status.
inline const std::string secured_text = ", Daten gesichert";
/// The row of a secured person or of one of their dwellings, without what may not be processed.
Row secured_person(const Row& person);
Row secured_dwelling(const Row& dwelling);
/// All columns but the kept ones, as if nothing were known.
Columns emptied_columns(const Row& row, const std::set<std::string_view>& kept);

/// A rule of retention (handbook § 10): what is older than its period is erased in the daily round, or listed
/// for people to do.
struct ErasureRule {
    const char* name;   ///< in the command's answer, in residence.erasures and in the tasks for its release
    const char* words;  ///< what it erases, in German
    Date (*before)(const Reference&, const Date& on);
    const Statement& past;  ///< rows with id, person_id and case_id (empty: of none), less than $limit
    Value (*limit)(const Date& before);  ///< as the statement compares $before: as_day or as_moment
    void (*forget)(CommandContext&, const std::string& id);  ///< null: people do it
    std::int64_t part = daily_part;                          ///< at a time
};
Value as_day(const Date& day);
Value as_moment(const Date& day);
/// So many months before a day, as the parameter says.
Date months_before(const Reference& reference, const char* parameter, const Date& on);
/// What is due on a day.
Rows due_on(Transaction& tx, const ErasureRule& rule, const Reference& reference, const Date& on,
            std::int64_t limit);
/// Erases what a rule says; where many are due, only what two persons have released (mass_erasure.cpp). Notes
/// in the answer how many, and in "more" whether there may be others.
void erase_due(CommandContext& context, const ErasureRule& rule, json::object& answer);
/// Whose release a rule waits for, as residence.erasures shows it.
json::array releases_of(QueryContext& context, const ErasureRule& rule);

/// Of identity documents (form_request.cpp); of the papers of registrations, of what belongs to none and of
/// registrations nobody decides (loose_papers.cpp).
std::span<const ErasureRule> document_rules();
std::span<const ErasureRule> papers_rules();

/// Title of a case, or of values that contradicted each other, that says nothing any more; the statements
/// papers_past and conflicts_past and their indexes know it, too.
inline constexpr std::string_view papers_gone = "Unterlagen vernichtet";
/// The papers of a decided registration and their bytes. (papers.cpp)
void destroy_papers(CommandContext& context, const std::string& case_id);
/// A message or conflict without what it says. That it was there, between whom and when, stays.
void empty_sent(CommandContext& context, const std::string& id);
void empty_received(CommandContext& context, const std::string& id);
void empty_conflict(CommandContext& context, const std::string& id);
/// Asks the lead about registrations that have rested: nothing of them is erased before somebody ends them.
void ask_about_resting(CommandContext& context);

/// residence.forget_papers
void install_papers(Registry& registry);
/// Whom a case has registered its legal hold knows by their dwellings. Once the booking is taken back there
/// are none: the hold is put at each of them as well (handbook § 10). @param hold a row of task
void hold_persons(CommandContext& context, const std::string& case_id, const Row& hold);

/// residence.forget_departed, residence.erasures, residence.hold
void install_keeping(Registry& registry);

}  // namespace wa::residence

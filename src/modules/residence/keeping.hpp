// Inside the module: how long data of those who have left or died may be read (BMG § 13 Abs. 2).
#pragma once

#include <set>

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

/// The papers of registrations decided before this day are destroyed (papers.cpp; handbook § 10).
Date papers_before(const Reference& reference, const Date& today);
/// The first of those cases of which nothing is open or held.
Rows papers_due(Transaction& tx, const Date& before, std::int64_t limit);
/// residence.forget_papers
void install_papers(Registry& registry);
/// Whom a case has registered its legal hold knows by their dwellings. Once the booking is taken back there
/// are none: the hold is put at each of them as well (handbook § 10). @param hold a row of task
void hold_persons(CommandContext& context, const std::string& case_id, const Row& hold);

/// residence.forget_departed, residence.erasures, residence.hold
void install_keeping(Registry& registry);

}  // namespace wa::residence

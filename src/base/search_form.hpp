// Finding names that are written in different ways. All of this gives suggestions, never identity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wa {

/// The search form of DIN 91379: capital basic letters, expanded (Ä→AE, Å→AA, Ø→OE, ß→SS, Þ→TH), diacritics
/// stripped; and, our rule, without spaces, hyphens, apostrophes and the other non-letters of group N1.
/// Digits and everything else stay, in upper case.
std::string search_form(std::string_view text);

/// The same without expansion of letters that carry diacritics: Müller→MULLER, Ø→O, Å→A; still ß→SS, Æ→AE.
std::string stripped_form(std::string_view text);

/// The parts of a name (at spaces and hyphens) in both forms, then the whole joined in both forms; each once,
/// in order of appearance. "Müller-Lüdenscheidt": MUELLER MULLER LUEDENSCHEIDT LUDENSCHEIDT MUELLERLUEDEN…
std::vector<std::string> search_tokens(std::string_view name);

/// Kölner Phonetik (Postel 1969) of the search form: digits; empty when there is no letter A to Z.
std::string cologne_phonetics(std::string_view text);

/// Levenshtein distance in code points; `limit + 1` as soon as it is greater than `limit`.
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

/// A key whose byte order is that of name lists (DIN 5007-2: ä = ae, other diacritics as their letter; word
/// by word, hyphen as space). Stable for ever, so it may be stored; names with equal keys are sorted by
/// themselves. A column that holds it must compare bytes (PostgreSQL: COLLATE "C").
std::string sort_key(std::string_view name);

}  // namespace wa

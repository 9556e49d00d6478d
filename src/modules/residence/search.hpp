// Finding persons: criteria, where candidates come from, and how well each fits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/registry.hpp"

namespace wa::residence {

struct Criteria {
    std::vector<std::string> family;  ///< words of the family name, as typed
    std::vector<std::string> given;   ///< words of the given names
    bool any_name = false;            ///< `family` may as well be a given name (one box, one word)
    std::string birth_date;           ///< partial, or empty
    std::string street;
    int house_no = 0;
};

/// Better first.
enum class Match { exact, beginning, spelling, sound };

struct Hit {
    Row person;
    Rows dwellings;
    Match match = Match::exact;
};

/// Handbook § 5: a name part of two letters and one further criterion, or street and house number.
bool sufficient(const Criteria& criteria);

/// How the person fits, address included or not; empty when not at all.
std::optional<Match> fits(const Row& person, const Rows& dwellings, const Criteria& criteria,
                          bool with_address);

/// Persons under these keys of the index with a name that begins like the family name or sounds like it:
/// decided on the index, so that nobody else's row is read.
std::vector<std::string> with_sound(Transaction& tx, const std::vector<std::string>& keys,
                                    const std::string& family);

/// Candidates for the same person: exact spelling, other spelling or sound of the names with a birth date
/// that may be the same; deregistered and dead ones too. At most `limit`.
std::vector<Hit> find_duplicates(Transaction& tx, const Criteria& criteria, std::size_t limit = 10);

/// "1962" of a partial date; empty when the year is not known.
inline std::string year_of(const std::string& date) {
    return date.size() < 4 || date.substr(0, 4) == "0000" ? "" : date.substr(0, 4);
}

/// True when the person has a block under § 51 BMG (or § 53): only for who may see it.
bool is_blocked(const Row& person, std::string_view column = "blocks");
/// What stands in lists instead of such a person's name.
inline constexpr std::string_view hidden_name = "Auskunftssperre – nur Leitung";
/// Blocks as stored, "[]" read as empty.
json::array blocks_of(const Row& person, std::string_view column = "blocks");
/// "Einwohner", "weggezogen", "verstorben"
std::string status_text(std::string_view status);
std::string match_name(Match match);
/// Address of the sole or main dwelling, else of the first current one, else "".
std::string current_address(const Rows& dwellings);

/// One hit as people see it; a blocked person without anything but the fact, for who may not see more.
json::object show_hit(QueryContext& context, const Hit& hit);

/// person.search
void install_search(Registry& registry);

}  // namespace wa::residence

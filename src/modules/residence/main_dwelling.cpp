// Which of several dwellings is the main one: by facts, never by choice (BMG §§ 21, 22; handbook P04).
#include <algorithm>

#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

using Indexes = std::vector<std::size_t>;

bool says(const HeldDwelling& dwelling, std::string_view fact) {
    return flag_of(*dwelling.use, fact);
}

std::int64_t nights(const HeldDwelling& dwelling) {
    return integer_of(*dwelling.use, "nights_per_month");
}

/// The one that is used most; with equal nights the one at the centre of life. Empty when still undecided.
std::optional<std::size_t> most_used(const std::vector<HeldDwelling>& dwellings, const Indexes& among,
                                     bool& by_centre) {
    std::int64_t most = -1;
    for (const auto i : among) most = std::max(most, nights(dwellings[i]));
    Indexes best;
    for (const auto i : among)
        if (nights(dwellings[i]) == most) best.push_back(i);
    if (best.size() == 1) return best.front();
    by_centre = true;
    Indexes central;
    for (const auto i : best)
        if (says(dwellings[i], "centre_of_life")) central.push_back(i);
    if (central.size() == 1) return central.front();
    return std::nullopt;
}

}  // namespace

std::string determine_statuses(const json::object& form, const std::vector<Mover>& persons,
                               std::vector<HeldDwelling>& dwellings, const Date& today) {
    if (dwellings.size() == 1) {
        dwellings.front().status = "E";
        return "only";
    }
    // The fact that decides for these persons, and the dwellings it holds for.
    std::string fact, ground;
    const bool couple =
        std::any_of(persons.begin(), persons.end(), [](const Mover& one) { return one.has_spouse(); });
    const auto majority = int(built_in_parameter("person.age_of_majority", today).value_or(18));
    const bool all_minors =
        !persons.empty() && std::all_of(persons.begin(), persons.end(),
                                        [&](const Mover& one) { return one.younger_than(majority, today); });
    if (couple && !flag_of(form, "separated")) {
        fact = "family_lives";
        ground = "family_dwelling";
    } else if (all_minors || flag_of(form, "disabled_under_25")) {
        fact = "custodians_live";
        ground = all_minors ? "custodians" : "disabled_under_25";
    }
    Indexes among;
    for (std::size_t i = 0; i < dwellings.size(); ++i)
        if (fact.empty() || says(dwellings[i], fact)) among.push_back(i);
    bool by_centre = false;
    const auto main = most_used(dwellings, among, by_centre);
    if (!main) return "";
    for (std::size_t i = 0; i < dwellings.size(); ++i) dwellings[i].status = i == *main ? "H" : "N";
    if (!ground.empty()) return ground;
    return by_centre ? "centre_of_life" : "predominantly_used";
}

}  // namespace wa::residence

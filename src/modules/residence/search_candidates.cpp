#include "modules/residence/search_candidates.hpp"

#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

/// Candidates looked at per way of searching. Who is beyond them is not shown; that there are more is said.
constexpr std::size_t max_candidates = 60;
/// Suggestions by sound are looked for among so many.
constexpr std::size_t max_sounds = 100;
/// Persons born on one day, or with an incomplete date that may mean it.
constexpr std::size_t max_born = 400;
/// Streets that begin as typed, and second letters behind a single one.
constexpr std::size_t max_keys = 40;
/// Houses of the streets that begin as typed, when no number was.
constexpr std::size_t max_houses = 600;

namespace statements = sql::residence;

/// The longest word: the one that narrows most.
std::string best_key(const std::vector<std::string>& words) {
    std::string best;
    for (const auto& word : words)
        if (auto key = name_key(word); key.size() > best.size()) best = std::move(key);
    return best;
}

/// Key of the family name, or of a given name where there is none.
std::string one_name_key(const Criteria& criteria) {
    return criteria.family.empty() ? best_key(criteria.given) : name_key(joined(criteria.family));
}

std::string key_among(Among among, const std::string& key) {
    return among == Among::all ? key : blocked_key(key);
}

}  // namespace

/// Adds what the statement finds, as many as there is still room for.
void IndexSearch::add(Candidates& found, std::size_t most, const Statement& statement, Params params) {
    if (found.cut) return;
    const auto room = most - found.ids.size();
    params.push_back({"limit", std::int64_t(room) + 1});
    auto rows = tx_.query(statement, params);
    found.cut = rows.size() > room;
    if (found.cut) rows.pop_back();
    for (const auto& row : rows) found.ids.push_back(row.text("person_id"));
}

Candidates IndexSearch::by_birthday(const Criteria& criteria) {
    const auto name = one_name_key(criteria);
    Candidates found;
    for (const auto& key : birth_keys(criteria.birth_date))
        add(found, max_born, statements::search_born, {{"key", key}, {"from", name}, {"until", after(name)}});
    return found;
}

std::vector<std::string> IndexSearch::by_name_and_birthday(const std::string& name,
                                                           const std::string& birth_date, Among among) {
    Candidates found;
    // Nobody is found twice: key, name and day stand there once for each person.
    add(found, max_candidates, statements::search_same_day,
        {{"key", key_among(among, year_key(birth_date, name))}, {"first", name}, {"second", birth_date}});
    return std::move(found.ids);
}

Candidates IndexSearch::by_names(const Criteria& criteria, Among among) {
    const auto family = name_key(joined(criteria.family)), given = best_key(criteria.given);
    Candidates found;
    if (family.empty() || given.empty()) return found;
    for (const auto& key : pair_keys(family, given, among))
        add(found, max_candidates, statements::search_names,
            {{"key", key},
             {"from", family},
             {"until", after(family)},
             {"second", given},
             {"second_until", after(given)},
             {"year", year_of(criteria.birth_date)}});
    return found;
}

/// A key has two letters of each name: where only one was typed, all that begin with it.
std::vector<std::string> IndexSearch::pair_keys(const std::string& family, const std::string& given,
                                                Among among) {
    const auto whole = key_among(among, pair_key(family, given));
    if (given.size() < 2) return keys_from(whole, max_keys);
    std::vector<std::string> keys{whole};
    if (family.size() < 2)
        for (char second = 'A'; second <= 'Z'; ++second)
            keys.push_back(key_among(among, pair_key(family + second, given)));
    return keys;
}

/// The different keys of the index that begin so, each found by one step through it; of a street's houses
/// only the first unless `each_house`.
std::vector<std::string> IndexSearch::keys_from(const std::string& beginning, std::size_t most,
                                                bool each_house) {
    std::vector<std::string> keys;
    keys_cut_ = false;
    auto from = beginning;
    for (;;) {
        const auto rows =
            tx_.query(statements::next_index_key, {{"from", from}, {"until", after(beginning)}});
        if (rows.empty()) return keys;
        keys_cut_ = keys.size() == most;
        if (keys_cut_) return keys;
        keys.push_back(rows.front().text("key"));
        const auto& last = keys.back();
        from = each_house ? last + '\x01' : last.substr(0, last.rfind('|')) + '}';
    }
}

std::vector<std::string> IndexSearch::house_keys(const Criteria& criteria) {
    const auto street = street_key_of(street_form(criteria.street));
    if (criteria.house_no == 0) return keys_from(street, max_houses);
    auto keys = keys_from(street, max_keys, false);
    for (auto& key : keys) key = house_key(key, criteria.house_no);
    return keys;
}

Candidates IndexSearch::by_street(const Criteria& criteria) {
    const auto family = name_key(joined(criteria.family)), given = best_key(criteria.given);
    Candidates found;
    for (const auto& key : house_keys(criteria)) {
        const auto at_house = [&](const std::string& family_name, const std::string& given_name) {
            add(found, max_candidates, statements::search_house,
                {{"key", key},
                 {"from", family_name},
                 {"until", after(family_name)},
                 {"given", given_name},
                 {"year", year_of(criteria.birth_date)}});
        };
        at_house(family, given);
        if (criteria.any_name && !family.empty()) at_house("", family);
    }
    found.cut |= keys_cut_;
    return found;
}

Candidates IndexSearch::by_year(const Criteria& criteria, Among among) {
    const auto name = one_name_key(criteria);
    const auto month = criteria.birth_date.substr(5, 2);
    Candidates found;
    add(found, max_candidates, statements::search_year,
        {{"key", key_among(among, year_key(criteria.birth_date, name))},
         {"from", name},
         {"until", after(name)},
         {"month", month == "00" ? std::string() : month}});
    return found;
}

Candidates IndexSearch::by_sound(const Criteria& criteria) {
    Candidates found;
    if (criteria.family.empty() || criteria.given.empty()) return found;
    const auto key = sound_key(joined(criteria.family), criteria.given.front());
    if (!key.empty())
        add(found, max_sounds, statements::search_sound,
            {{"key", key}, {"year", year_of(criteria.birth_date)}});
    return found;
}

Candidates IndexSearch::by_sound_at_house(const Criteria& criteria) {
    return {with_sound(tx_, house_keys(criteria), joined(criteria.family)), false};
}

}  // namespace wa::residence

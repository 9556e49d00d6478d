// Who may be the same person: by sound and birth date, over everybody the register has ever known.
#include <algorithm>

#include "base/search_form.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace statements = sql::residence;

std::vector<std::string> with_sound(Transaction& tx, const std::vector<std::string>& keys,
                                    const std::string& family) {
    const auto name = name_key(family), sound = cologne_phonetics(family);
    const auto begins = [](std::string_view text, std::string_view with) {
        return text.substr(0, with.size()) == with;
    };
    std::vector<std::string> ids;
    for (const auto& key : keys)
        for (const auto& row :
             tx.query(statements::names_of_key, {{"key", key}, {"limit", std::int64_t(2000)}})) {
            const auto token = row.text("first");
            if (begins(token, name) || (!sound.empty() && begins(cologne_phonetics(token), sound)))
                ids.push_back(row.text("person_id"));
        }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<Hit> find_duplicates(Transaction& tx, const Criteria& criteria, std::size_t limit) {
    const auto family = joined(criteria.family);
    // Incomplete dates can mean a whole year; then the names alone narrow.
    std::vector<std::string> ids;
    if (const auto& day = criteria.birth_date; day.size() == 10 && day.substr(5, 2) != "00")
        ids = with_sound(tx, birth_keys(day), family);
    if (!criteria.given.empty())
        if (const auto key = sound_key(family, criteria.given.front()); !key.empty())
            for (const auto& row :
                 tx.query(statements::search_sound,
                          {{"key", key}, {"year", year_of(criteria.birth_date)}, {"limit", 400}}))
                ids.push_back(row.text("person_id"));
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::vector<Hit> found;
    for (const auto& id : ids) {
        auto person = read_row(tx, "person", id);
        if (!person) continue;
        const auto match = fits(*person, {}, criteria, false);
        if (!match) continue;
        found.push_back(
            {std::move(*person), tx.query(statements::dwellings_of, {{"person_id", id}}), *match});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Hit& a, const Hit& b) { return a.match < b.match; });
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace wa::residence

#include "modules/residence/search.hpp"

#include <algorithm>
#include <map>

#include "base/search_form.hpp"
#include "kernel/registry.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"
#include "modules/residence/search_text.hpp"

namespace wa::residence {

namespace {

/// Candidates looked at per way of searching; more of them could not be shown anyway.
constexpr std::int64_t max_candidates = 60;
/// Suggestions by sound are looked for among so many.
constexpr std::int64_t max_sounds = 100;
/// A Koffer's working set is small: every person of the tour is looked at.
constexpr std::int64_t max_tour_persons = 2000;
/// Sounds are added only while the hits are this few.
constexpr std::size_t enough_hits = 5;

namespace statements = sql::residence;

/// First text that does not begin with `prefix` any more.
std::string after(const std::string& prefix) {
    return prefix + "\U0010FFFF";
}

std::string joined_key(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += word;
    return name_key(all);
}

/// The longest word: the one that narrows most.
std::string best_key(const std::vector<std::string>& words) {
    std::string best;
    for (const auto& word : words)
        if (auto key = name_key(word); key.size() > best.size()) best = std::move(key);
    return best;
}

class Search {
  public:
    Search(QueryContext& context, bool sees_blocked, std::size_t max_hits)
        : context_(context), sees_blocked_(sees_blocked), max_hits_(max_hits) {}

    void run(const Criteria& criteria) {
        if (context_.side == Side::node)
            collect(ids_of(context_.tx.query(statements::all_persons, {{"limit", max_tour_persons}})),
                    criteria, true);
        else
            by_index(criteria);
    }

    bool full() const { return hits_.size() > max_hits_; }
    /// Whether suggestions by sound help: with few hits, and not when name, given name and birthday have
    /// found somebody exactly.
    bool wants_sounds(const Criteria& criteria) const {
        const bool exact = std::any_of(hits_.begin(), hits_.end(),
                                       [](const auto& one) { return one.second.match == Match::exact; });
        const bool all_three = is_day(criteria) && !criteria.family.empty() && !criteria.given.empty();
        return hits_.size() < enough_hits && !(exact && all_three);
    }

    std::vector<Hit> sorted() {
        std::vector<std::pair<std::string, Hit>> keyed;
        for (auto& [id, hit] : hits_) {
            auto key = std::to_string(int(hit.match)) + sort_key(list_name(hit.person)) + "|" +
                       hit.person.text("birth_date") + id;
            keyed.emplace_back(std::move(key), std::move(hit));
        }
        std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<Hit> out;
        for (auto& [key, hit] : keyed) out.push_back(std::move(hit));
        return out;
    }

    /// Other spellings were found by the index already; these only sound alike.
    void by_sound(const Criteria& criteria) {
        if (context_.side == Side::node) return;
        if (criteria.family.empty()) return;
        std::string family;
        for (const auto& word : criteria.family) family += word;
        if (is_day(criteria)) {
            collect(born_with_sound(context_.tx, criteria.birth_date, family), criteria, true);
            return;
        }
        if (criteria.given.empty()) return;
        const auto key = sound_key(family, criteria.given.front());
        if (!key.empty())
            collect(
                ids_of(context_.tx.query(statements::search_sound, {{"key", key}, {"limit", max_sounds}})),
                criteria, true);
    }

  private:
    static bool is_day(const Criteria& criteria) {
        return criteria.birth_date.size() == 10 && criteria.birth_date.substr(8) != "00";
    }

    void by_index(const Criteria& criteria) {
        if (is_day(criteria) && !criteria.family.empty()) {
            const auto key = joined_key(criteria.family);
            collect(ids_of(persons_born(criteria, key)), criteria, false);
        } else if (is_day(criteria)) {
            collect(ids_of(persons_born(criteria, best_key(criteria.given))), criteria, false);
        } else if (!criteria.family.empty() && !criteria.given.empty()) {
            by_names(criteria);
        } else if (!criteria.street.empty()) {
            by_street(criteria);
        } else if (!criteria.birth_date.empty()) {
            by_year(criteria);
        }
    }

    /// Rows of that day and of the incomplete dates that may mean it.
    Rows persons_born(const Criteria& criteria, const std::string& key) {
        const auto& day = criteria.birth_date;
        Rows all;
        for (const auto& date : {day, day.substr(0, 8) + "00", day.substr(0, 5) + "00-00"})
            for (auto& row : context_.tx.query(statements::search_born, {{"key", birth_key(date)},
                                                                         {"from", key},
                                                                         {"until", after(key)},
                                                                         {"limit", std::int64_t(400)}}))
                all.push_back(std::move(row));
        return all;
    }

    void by_names(const Criteria& criteria) {
        const auto family = joined_key(criteria.family), given = best_key(criteria.given);
        if (family.empty() || given.empty()) return;
        const auto pair = pair_key(family, given);
        const auto street = street_form(criteria.street);
        Params params{
            {"from", family},
            {"until", after(family)},
            {"second", given},
            {"second_until", after(given)},
            {"born", criteria.birth_date.empty() ? std::string() : criteria.birth_date.substr(0, 4)},
            {"street", street},
            {"street_until", after(street)},
            {"house_no", std::int64_t(criteria.house_no)},
            {"limit", max_candidates},
            {"key", pair}};
        // A single letter of the given name is the beginning of a key, not a whole one.
        const bool whole = given.size() >= 2;
        if (!whole) params.push_back({"key_until", after(pair)});
        collect(ids_of(context_.tx.query(whole ? statements::search_names : statements::search_names_begun,
                                         params)),
                criteria, false);
    }

    void by_street(const Criteria& criteria) {
        const auto form = street_form(criteria.street);
        const auto name = criteria.family.empty() ? std::string() : joined_key(criteria.family);
        const Params params{{"from", name},
                            {"until", after(name)},
                            {"house_no", criteria.house_no > 0 ? house_number_key(criteria.house_no) : ""},
                            {"limit", max_candidates}};
        auto whole = params, begun = params;
        whole.push_back({"key", street_key_of(form)});
        begun.push_back({"key_from", street_key_of(form) + '\x01'});
        begun.push_back({"key_until", after(street_key_of(form))});
        auto rows = context_.tx.query(statements::search_street, whole);
        if (rows.size() < std::size_t(max_candidates))
            for (auto& row : context_.tx.query(statements::search_street_begun, begun))
                rows.push_back(std::move(row));
        collect(ids_of(rows), criteria, false);
    }

    /// The year or the month is known; people with an unknown month belong to every one.
    void by_year(const Criteria& criteria) {
        const auto name = criteria.family.empty() ? best_key(criteria.given) : joined_key(criteria.family);
        const auto month = criteria.birth_date.substr(5, 2);
        collect(ids_of(context_.tx.query(statements::search_year,
                                         {{"key", year_key(criteria.birth_date, name)},
                                          {"from", name},
                                          {"until", after(name)},
                                          {"month", month == "00" ? std::string() : month},
                                          {"limit", max_candidates}})),
                criteria, false);
    }

    static std::vector<std::string> ids_of(const Rows& rows) {
        std::vector<std::string> ids;
        for (const auto& row : rows) ids.push_back(row.text("person_id"));
        return ids;
    }

    void collect(const std::vector<std::string>& candidates, const Criteria& criteria, bool sounds) {
        for (const auto& id : candidates) {
            if (hits_.count(id) && hits_.at(id).match <= Match::beginning) continue;
            auto person = read_row(context_.tx, "person", id);
            if (!person) continue;
            const bool hidden = !sees_blocked_ && is_blocked(*person);
            // An address must not be found out by asking for it: it neither finds nor excludes.
            if (hidden && !findable_without_address(criteria)) continue;
            auto dwellings = context_.tx.query(statements::dwellings_of, {{"person_id", id}});
            const auto match = fits(*person, dwellings, criteria, !hidden);
            if (!match || (*match == Match::sound && !sounds)) continue;
            const auto found = hits_.find(id);
            if (found == hits_.end())
                hits_.emplace(id, Hit{std::move(*person), std::move(dwellings), *match});
            else
                found->second.match = std::min(found->second.match, *match);
            if (full()) return;
        }
    }

    static bool findable_without_address(Criteria criteria) {
        criteria.street.clear();
        return sufficient(criteria);
    }

    QueryContext& context_;
    bool sees_blocked_;
    std::size_t max_hits_;
    std::map<std::string, Hit> hits_;
};

/// What was typed into one box, in every order of family name and given names.
std::vector<Criteria> alternatives(const SearchText& text) {
    Criteria base;
    base.birth_date = text.birth_date;
    base.street = text.street;
    base.house_no = text.house_no;
    auto names = text.names;
    if (names.size() > 5) names.resize(5);
    std::vector<Criteria> all;
    if (names.size() <= 1) {
        base.family = names;
        base.any_name = true;
        return {base};
    }
    for (std::size_t k = 1; k < names.size(); ++k) {
        auto one = base, other = base;
        const auto middle = names.begin() + std::ptrdiff_t(k);
        one.family.assign(names.begin(), middle);
        one.given.assign(middle, names.end());
        other.family = one.given;
        other.given = one.family;
        all.push_back(std::move(one));
        all.push_back(std::move(other));
    }
    // A family name of several words may stand alone beside a birth date or street.
    if (!base.birth_date.empty() || !base.street.empty()) {
        base.family = names;
        all.push_back(std::move(base));
    }
    return all;
}

std::vector<Criteria> criteria_of(QueryContext& context, const json::object& params) {
    if (const auto text = text_of(params, "text"); !text.empty()) {
        const auto known = [&](std::string_view street) {
            const auto form = street_form(street);
            return !form.empty() &&
                   !context.tx.query(statements::street_begins, {{"from", form}, {"until", after(form)}})
                        .empty();
        };
        return alternatives(parse_search_text(text, context.today, known));
    }
    Criteria criteria;
    criteria.family = words_of(text_of(params, "name"));
    criteria.given = words_of(text_of(params, "given_names"));
    criteria.birth_date = text_of(params, "birth_date");
    criteria.street = text_of(params, "street");
    criteria.house_no = int(integer_of(params, "house_no"));
    return {criteria};
}

Result<json::object> search_persons(QueryContext& context, const json::object& params) {
    auto all = criteria_of(context, params);
    all.erase(std::remove_if(all.begin(), all.end(), [](const auto& one) { return !sufficient(one); }),
              all.end());
    if (all.empty()) return fail(problems::residence_search_too_wide);
    // More hits are said, never paged through (handbook § 5).
    const auto max_hits = std::size_t(context.reference.parameter("search.max_hits", context.today));
    Search search(context, context.actor.may("register.blocked"), max_hits);
    for (const auto& criteria : all) {
        search.run(criteria);
        if (search.full()) break;
    }
    for (const auto& criteria : all)
        if (search.wants_sounds(criteria)) search.by_sound(criteria);
    const bool too_many = search.full();
    auto hits = search.sorted();
    if (hits.size() > max_hits) hits.resize(max_hits);
    json::array shown;
    for (const auto& hit : hits) shown.push_back(show_hit(context, hit));
    return json::object{{"hits", std::move(shown)},
                        {"too_many", too_many},
                        {"scope", context.side == Side::hub ? "register" : "tour"}};
}

}  // namespace

json::object show_hit(QueryContext& context, const Hit& hit) {
    const auto id = hit.person.text("id");
    context.show("person", id);
    if (is_blocked(hit.person) && !context.actor.may("register.blocked"))
        return {{"person_id", id},
                {"blocked", true},
                {"name", "Auskunftssperre – nur Leitung"},
                {"match", match_name(hit.match)}};
    json::array blocks;
    for (const auto& block : blocks_of(hit.person))
        if (block.is_object()) blocks.push_back(json::string(text_of(block.get_object(), "text")));
    static constexpr std::array<const char*, 4> words{"", "", "andere Schreibweise", "klingt ähnlich"};
    return {{"person_id", id},
            {"blocked", is_blocked(hit.person)},
            {"name", list_name(hit.person)},
            {"family_name", hit.person.text("family_name")},
            {"given_names", hit.person.text("given_names")},
            {"usual_name", usual_name(hit.person.text("given_names"), hit.person.integer("rufname_index"))},
            {"birth_name", hit.person.text("birth_name")},
            {"doctorate", hit.person.text("doctorate")},
            {"birth_date", hit.person.text("birth_date")},
            {"address", current_address(hit.dwellings)},
            {"status", hit.person.text("status")},
            {"status_text", status_text(hit.person.text("status"))},
            {"blocks", std::move(blocks)},
            {"match", match_name(hit.match)},
            {"match_text", words[std::size_t(hit.match)]}};
}

void install_search(Registry& registry) {
    registry.bind_query("person.search", search_persons);
}

}  // namespace wa::residence

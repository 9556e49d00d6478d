#include "modules/residence/search.hpp"

#include <algorithm>
#include <map>

#include "base/search_form.hpp"
#include "kernel/registry.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_candidates.hpp"
#include "modules/residence/search_index.hpp"
#include "modules/residence/search_text.hpp"

namespace wa::residence {

namespace {

/// A Koffer's working set is small: every person of the tour is looked at.
constexpr std::int64_t max_tour_persons = 2000;
/// Sounds are added only while the hits are this few.
constexpr std::size_t enough_hits = 5;

namespace statements = sql::residence;

class Search {
  public:
    Search(QueryContext& context, bool sees_blocked, std::size_t max_hits)
        : context_(context), sees_blocked_(sees_blocked), max_hits_(max_hits) {}

    void run(const Criteria& criteria) {
        if (context_.side == Side::node)
            in_tour(criteria);
        else
            by_index(criteria);
    }

    bool full() const { return hits_.size() > max_hits_; }
    /// Whether there may be more persons than were looked at.
    bool more() const { return full() || cut_; }
    /// Whether suggestions by sound help: with few hits, and not when name, given name and birthday or house
    /// have found somebody exactly.
    bool wants_sounds(const Criteria& criteria) const {
        const bool exact = std::any_of(hits_.begin(), hits_.end(),
                                       [](const auto& one) { return one.second.match == Match::exact; });
        const bool all_three = (is_day(criteria) || criteria.house_no > 0) && !criteria.family.empty() &&
                               !criteria.given.empty();
        return hits_.size() < enough_hits && !(exact && all_three);
    }

    std::vector<Hit> sorted() {
        std::vector<std::pair<std::string, Hit>> keyed;
        for (auto& [id, hit] : hits_) {
            // Below every letter and blank: "Anna" stands before "Anna Maria".
            auto key = std::to_string(int(hit.match)) + sort_key(list_name(hit.person)) + "\x01" +
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
        if (context_.side == Side::node || criteria.family.empty()) return;
        const auto family = joined(criteria.family);
        IndexSearch index(context_.tx);
        if (is_day(criteria))
            collect({with_sound(context_.tx, birth_keys(criteria.birth_date), family), false}, criteria,
                    true);
        else if (!criteria.street.empty() && criteria.house_no > 0)
            // The house alone has brought them here: only who is no secret there.
            collect(index.by_sound_at_house(criteria), criteria, true, Hidden::skipped);
        else
            collect(index.by_sound(criteria), criteria, true);
    }

  private:
    /// What becomes of persons of whom the clerk may know only that they are blocked.
    enum class Hidden { found, skipped };

    static bool is_day(const Criteria& criteria) {
        return criteria.birth_date.size() == 10 && criteria.birth_date.substr(8) != "00";
    }

    void in_tour(const Criteria& criteria) {
        Candidates all;
        for (const auto& row : context_.tx.query(statements::all_persons, {{"limit", max_tour_persons}}))
            all.ids.push_back(row.text("person_id"));
        collect(all, criteria, true);
    }

    void by_index(const Criteria& criteria) {
        IndexSearch index(context_.tx);
        const bool family = !criteria.family.empty(), given = !criteria.given.empty();
        if (is_day(criteria) && (family || given)) {
            collect(index.by_birthday(criteria), criteria, false);
        } else if (!criteria.street.empty()) {
            collect(index.by_street(criteria), criteria, false);
            // Whose address must not be found out is found by the rest, whatever address was typed.
            if (sees_blocked_) return;
            if (family && given)
                collect(index.by_names(criteria, Among::blocked), criteria, false);
            else if ((family || given) && !criteria.birth_date.empty())
                collect(index.by_year(criteria, Among::blocked), criteria, false);
        } else if (family && given) {
            collect(index.by_names(criteria), criteria, false);
        } else if (!criteria.birth_date.empty()) {
            collect(index.by_year(criteria), criteria, false);
        }
    }

    void collect(const Candidates& candidates, const Criteria& criteria, bool sounds,
                 Hidden kept = Hidden::found) {
        cut_ |= candidates.cut;
        for (const auto& id : candidates.ids) {
            if (hits_.count(id) && hits_.at(id).match <= Match::beginning) continue;
            auto person = read_row(context_.tx, "person", id);
            if (!person) continue;
            const bool hidden = !sees_blocked_ && is_blocked(*person);
            // An address must not be found out by asking for it: it neither finds nor excludes.
            if (hidden && (kept == Hidden::skipped || !findable_without_address(criteria))) continue;
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
    bool cut_ = false;
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
    const bool too_many = search.more();
    auto hits = search.sorted();
    if (hits.size() > max_hits) hits.resize(max_hits);
    json::array shown;
    for (const auto& hit : hits) shown.push_back(show_hit(context, hit));
    return json::object{{"hits", std::move(shown)},
                        {"too_many", too_many},
                        {"scope", context.side == Side::hub ? "register" : "tour"}};
}

}  // namespace

json::object show_hit(QueryContext& context, const Hit& found) {
    const bool secured = is_secured(context.tx, found.person, context.reference, context.today);
    const Hit hit{secured ? secured_person(found.person) : found.person, found.dwellings, found.match};
    const auto id = hit.person.text("id");
    context.show("person", id);
    if (is_blocked(hit.person) && !context.actor.may("register.blocked"))
        return {
            {"person_id", id}, {"blocked", true}, {"name", hidden_name}, {"match", match_name(hit.match)}};
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
            {"status_text", status_text(hit.person.text("status")) + (secured ? secured_text : "")},
            {"blocks", std::move(blocks)},
            {"match", match_name(hit.match)},
            {"match_text", words[std::size_t(hit.match)]}};
}

void install_search(Registry& registry) {
    registry.bind_query("person.search", search_persons);
}

}  // namespace wa::residence

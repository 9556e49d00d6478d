// Households: who lives together, since when, and where before.
#include <fmt/format.h>

#include <algorithm>

#include "apps/testland/named.hpp"
#include "apps/testland/names.hpp"
#include "apps/testland/persons.hpp"
#include "apps/testland/places.hpp"
#include "apps/testland/testland.hpp"

namespace wa::testland {

namespace {

struct Member {
    json::object record;
    std::string id, family, given;
    Date born;
};

class Town {
  public:
    Town(int municipality, int residents, std::uint64_t seed)
        : municipality_(municipality), chance_(seed * 31 + std::uint64_t(municipality)) {
        flats_ = flats(municipality, residents / 2 + 50, chance_);
        persons_ = named_records(municipality);
        while (count_ < residents) household();
    }

    std::vector<json::object> take() { return std::move(persons_); }

  private:
    void household() {
        const auto& flat = flats_[next_flat_++ % flats_.size()];
        const int kind = chance_.below(100);
        std::vector<Member> members;
        const auto [family, nationality] = family_name(chance_);
        const bool couple = kind >= 42;
        const bool children = kind >= 72;
        const int age = children ? chance_.between(24, 52) : chance_.between(19, 93);
        const char sex = chance_.percent(50) ? 'm' : 'w';
        members.push_back(adult(family, nationality, sex, age));
        if (couple) {
            members.push_back(adult(family, nationality, sex == 'm' ? 'w' : 'm',
                                    std::clamp(age + chance_.between(-6, 6), 19, 97)));
            if (chance_.percent(children ? 80 : 70)) marry(members[0], members[1]);
        }
        const int count = children ? 1 + chance_.below(100) / 55 + chance_.below(100) / 90 : 0;
        for (int i = 0; i < count; ++i)
            members.push_back(child(members, std::max(0, std::min(20, age - chance_.between(22, 36)))));
        place(members, flat);
        for (auto& member : members) persons_.push_back(std::move(member.record));
        count_ += int(members.size());
        if (chance_.percent(5)) former(flat);
    }

    Member person(const std::string& family, std::string_view nationality, char sex, const Date& born) {
        Member member;
        member.id = person_id(municipality_, ++index_);
        member.family = family;
        member.given = given_names(chance_, sex, nationality);
        member.born = born;
        const auto names = std::count(member.given.begin(), member.given.end(), ' ') + 1;
        static const std::vector<std::string> religions{"ev", "rk", "vd", "vd", "ev", "rk", "vd", "lt"};
        auto& out = member.record;
        out = {{"id", member.id},
               {"family_name", family},
               {"given_names", member.given},
               {"rufname_index", chance_.percent(90) ? 1 : chance_.between(1, int(names))},
               {"birth_date", to_iso(born)},
               {"birth_place", chance_.percent(60) ? municipality(municipality_).name : "Musterdorf"},
               {"sex", std::string(1, sex)},
               {"nationalities", json::array{json::string(nationality)}},
               {"religion", chance_.pick(religions)},
               {"marital_status", "LD"},
               {"tax_id", test_tax_id(chance_)}};
        if (chance_.permille(8)) out["doctorate"] = "Dr.";
        if (nationality != "000" && chance_.permille(25))
            out["birth_date"] = fmt::format("{:04}-00-00", born.year);
        return member;
    }

    Member adult(const std::string& family, std::string_view nationality, char sex, int age) {
        auto member = person(family, nationality, sex, birth_day(chance_, age));
        if (nationality == "000" && chance_.percent(92))
            member.record["documents"] = json::array{identity_card(
                chance_, "Stadt " + municipality(municipality_).name, municipality_, member.born)};
        if (age > 60 && chance_.percent(25))
            member.record["marital_status"] = "VW";
        else if (age > 30 && chance_.percent(18))
            member.record["marital_status"] = "GS";
        return member;
    }

    static json::object relation(const char* kind, const Member& other, const std::string& from) {
        return {{"kind", kind},
                {"other_id", other.id},
                {"family_name", other.family},
                {"given_names", other.given},
                {"birth_date", to_iso(other.born)},
                {"valid_from", from}};
    }

    static void relate(Member& one, json::object with) {
        auto& list = one.record["relations"];
        if (!list.is_array()) list = json::array();
        list.as_array().push_back(std::move(with));
    }

    void marry(Member& one, Member& other) {
        const auto younger = std::max(one.born, other.born);
        const auto day = add_days(add_months(younger, 12 * 18), chance_.below(700));
        const auto since = to_iso(std::min(day, reference_day));
        for (auto* member : {&one, &other}) {
            member->record["marital_status"] = "VH";
            member->record["marital_status_since"] = since;
        }
        auto& with_birth_name = chance_.percent(70) ? other : one;
        with_birth_name.record["birth_name"] = family_name(chance_).first;
        relate(one, relation("spouse", other, since));
        relate(other, relation("spouse", one, since));
    }

    Member child(std::vector<Member>& parents, int age) {
        const char sex = chance_.percent(51) ? 'm' : 'w';
        const auto nationality = std::string(parents[0].record["nationalities"].as_array()[0].as_string());
        auto member = person(parents[0].family, nationality == "000" ? "000" : nationality, sex,
                             birth_day(chance_, age));
        if (age_on(member.born, reference_day).value_or(0) >= 18) return member;
        const auto born = to_iso(member.born);
        for (std::size_t i = 0; i < 2 && i < parents.size(); ++i) {
            if (parents[i].born > add_months(member.born, -12 * 16)) continue;
            relate(member, relation("parent", parents[i], born));
            relate(parents[i], relation("child", member, born));
        }
        return member;
    }

    /// The dwelling everybody shares, the one before, and sometimes a second one.
    void place(std::vector<Member>& members, const Flat& flat) {
        const auto moved = add_days(reference_day, -chance_.between(20, 9000));
        const int before = chance_.below(100);
        const auto& old_flat = chance_.pick(flats_);
        for (auto& member : members) {
            const auto since = std::max(moved, member.born);
            auto home = address_of(municipality_, flat);
            home["status"] = "E";
            home["moved_in"] = to_iso(since);
            home["registered_on"] = to_iso(std::min(add_days(since, chance_.between(0, 20)), reference_day));
            json::array dwellings;
            const bool second = chance_.permille(25);
            if (second) {
                home["status"] = "H";
                auto other = address_of(1 - municipality_, {chance_.below(20), chance_.between(1, 20), 0, 0});
                other["status"] = "N";
                other["moved_in"] = to_iso(since);
                dwellings.push_back(std::move(other));
            }
            if (before < 70 && since > member.born) {
                const bool inside = before < 42;
                auto old =
                    inside ? address_of(municipality_, old_flat)
                           : address_of(1 - municipality_, {chance_.below(30), chance_.between(1, 20), 0, 0});
                const auto from = std::max(member.born, add_days(since, -chance_.between(200, 6000)));
                old["status"] = "E";
                old["moved_in"] = to_iso(from);
                old["moved_out"] = to_iso(since);
                if (inside) {
                    old["registered_on"] = to_iso(from);
                    old["deregistered_on"] = home["registered_on"];
                }
                dwellings.push_back(std::move(old));
            }
            dwellings.push_back(std::move(home));
            member.record["dwellings"] = std::move(dwellings);
        }
    }

    /// Somebody who has left or died; the register still knows.
    void former(const Flat& flat) {
        const auto [family, nationality] = family_name(chance_);
        const bool dead = chance_.percent(40);
        auto member = person(family, nationality, chance_.percent(50) ? 'm' : 'w',
                             birth_day(chance_, dead ? chance_.between(60, 99) : chance_.between(18, 80)));
        const auto end = add_days(reference_day, -chance_.between(30, 1700));
        auto home = address_of(municipality_, flat);
        home["status"] = "E";
        home["moved_in"] = to_iso(add_days(end, -chance_.between(300, 4000)));
        home["moved_out"] = to_iso(end);
        home["deregistered_on"] = to_iso(end);
        member.record["dwellings"] = json::array{std::move(home)};
        member.record["status"] = dead ? "deceased" : "departed";
        if (dead) member.record["death_date"] = to_iso(end);
        persons_.push_back(std::move(member.record));
    }

    int municipality_;
    Chance chance_;
    std::vector<Flat> flats_;
    std::size_t next_flat_ = 0;
    int count_ = 0;
    int index_ = 1000;  // below: the named persons
    std::vector<json::object> persons_;
};

}  // namespace

std::vector<json::array> person_batches(int municipality, int residents, std::uint64_t seed,
                                        std::size_t per_batch) {
    auto persons = Town(municipality == 0 ? 0 : 1, residents, seed).take();
    std::vector<json::array> batches;
    for (auto& person : persons) {
        if (batches.empty() || batches.back().size() >= per_batch) batches.emplace_back().reserve(per_batch);
        batches.back().push_back(std::move(person));
    }
    return batches;
}

}  // namespace wa::testland

// What the checks of a registration share.
#pragma once

#include <map>

#include "kernel/cases.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"
#include "modules/residence/search_candidates.hpp"

namespace wa::residence {

/// A known person with dwellings.
struct Known {
    Row person;
    Rows dwellings;
};

/// What the checks of a registration go by. What one has asked the register, the next need not ask again.
class CheckInput {
  public:
    explicit CheckInput(CheckRun& run);

    Transaction& tx;
    const Reference& reference;
    const Date declared_on;  ///< today as long as nothing is declared
    const MoveForm move;
    const bool at_node;

    /// Null: for the booking itself.
    const Actor* seen_by() const { return run_.seen_by; }
    bool hides(const std::string& person_id) const {
        return seen_by() && view_of(tx, *seen_by(), "person", person_id).hidden();
    }
    /// Who the register knows under a mover's names and birth date (same_persons).
    const std::vector<Known>& known(const Mover& mover) const;
    /// Those of them who have a block.
    const std::vector<Known>& known_blocked(const Mover& mover) const;
    /// Who else may be the mover (duplicates_of).
    const std::vector<Hit>& similar(const Mover& mover) const;
    /// Who lives in the building of the new dwelling (current_at_address).
    const Rows& neighbours() const;

  private:
    CheckRun& run_;
    mutable std::map<std::size_t, std::vector<Known>> known_, known_blocked_;
    mutable std::map<std::size_t, std::vector<Hit>> similar_;
    mutable std::optional<Rows> neighbours_;
};
/// That of a run, made by the first check that asks for it.
const CheckInput& input_of(CheckRun& run);

using Check = Finding (*)(const CheckInput&);
void bind_check(Registry& registry, const char* name, Check check);
/// A check that compares the persons of the form with what the register knows of them. Whoever may not see
/// one of these hears that the lead decides, whatever the form says: else they could try where somebody lives
/// whose address must not be found out (BMG § 51).
void bind_check_of_known(Registry& registry, const char* name, Check check);

inline Finding ok(json::object details = {}) {
    return {"ok", std::move(details)};
}
inline Finding hint(json::object details) {
    return {"hint", std::move(details)};
}
inline Finding blocking(json::object details) {
    return {"blocking", std::move(details)};
}
/// The working set of a Koffer cannot say; the hub will.
inline Finding unknown() {
    return {"unknown", {{"why", "needs_register"}}};
}

/// In time until `last_day`; late, but let pass, so many days longer; after that a hint (BMG §§ 17, 54).
Finding filed(const Date& last_day, const Date& declared_on, std::int64_t tolerance_days);

/// Who has the same names (in any spelling of umlauts and accents; today's, birth or former family name) and
/// the same birth date: meant to be the same person until somebody says otherwise. Deregistered and dead ones
/// too. @param among of whom: to ask only whether somebody with a block is meant costs next to nothing
std::vector<Known> same_persons(Transaction& tx, const json::object& person, Among among = Among::all);
/// Who else may be it: other spellings, sound, parts of double names.
std::vector<Hit> duplicates_of(Transaction& tx, const json::object& person);

/// What prefilled forms let suspect (form_check.cpp).
struct BlockedElsewhere {
    std::int64_t answered = 0;  ///< persons of whom the former office says that they are blocked
    json::array missing;        ///< places of spouse or children whom the form of the family leaves out
};
BlockedElsewhere blocked_elsewhere(const CheckInput& in);

/// Details of persons of the form that something was found for.
class PerPerson {
  public:
    void add(const Mover& mover, json::object details) {
        details["index"] = std::int64_t(mover.index);
        list_.push_back(std::move(details));
    }
    bool empty() const { return list_.empty(); }
    json::object details() && { return {{"persons", std::move(list_)}}; }

  private:
    json::array list_;
};

/// Checks of persons (checks_person.cpp).
void install_person_checks(Registry& registry);

}  // namespace wa::residence

// Who sees a person of the register: with a block under BMG § 51 (or § 53) the lead alone, and with a reason
// (handbook § 5, zone 4).
#include "modules/residence/checks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

SubjectView view_of_person(Transaction& tx, const Actor& actor, const std::string& id) {
    const auto rows = tx.query(sql::residence::person_head, {{"person_id", id}});
    if (rows.empty()) return {};
    const auto& person = rows.front();
    if (!is_blocked(person)) return {full_name(person), {}, {}};
    if (!actor.may("register.blocked"))
        return {std::string(hidden_name), Problem(problems::residence_person_blocked), {}};
    return {full_name(person), {}, Problem(problems::residence_reason_needed)};
}

std::string hidden_mover(Transaction& tx, const json::object& form) {
    for (const auto& mover : array_of(form, "persons"))
        if (mover.is_object())  // what is typed may be anything
            for (const auto& known :
                 same_persons(tx, object_of(mover.get_object(), "person"), Among::blocked))
                return known.person.text("id");
    return {};
}

}  // namespace

void install_subject(Registry& registry) {
    registry.bind_subject("person", view_of_person);
    registry.bind_meant(std::string(registration), hidden_mover);
}

}  // namespace wa::residence

// residence.form_differences: nothing is booked that differs from the prefilled form without the person's
// word on it (handbook P01, vms_differences[]; BMG § 23 Abs. 3).
#include <map>
#include <set>

#include "modules/residence/booking.hpp"
#include "modules/residence/checks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/exchange/form_differences.hpp"

namespace wa::residence {

namespace {

Finding confirmed_differences(const CheckInput& in) {
    if (in.at_node) return unknown();
    // Nobody was asked about who comes from abroad or from nowhere.
    if (in.move.previous_kind != "germany") return ok();
    json::array open;
    for (const auto& [index, received] : received_forms(in.tx, in.move.form)) {
        const auto differences =
            form_differences(received, in.move.form, index, in.reference, in.declared_on, true);
        for (const auto& entry : undecided_differences(differences, in.move.form)) {
            const auto& one = entry.as_object();
            open.push_back(json::object{{"path", one.at("path")}, {"label", one.at("label")}});
        }
    }
    return open.empty() ? ok() : blocking({{"fields", std::move(open)}});
}

/// Spouse or a minor child: whom the form of the family has, unless there is a block (BMG § 51).
bool belongs_to_family(const Mover& mover, const CheckInput& in) {
    const auto of_age = int(in.reference.parameter("person.age_of_majority", in.declared_on));
    return mover.role == "spouse" || (mover.role == "child" && mover.younger_than(of_age, in.declared_on));
}

Rows answers_for(Transaction& tx, const json::object& form) {
    return tx.query(sql::residence::received_forms_of_signed, {{"signed_hash", form_hash(form)}});
}

}  // namespace

BlockedElsewhere blocked_elsewhere(const CheckInput& in) {
    BlockedElsewhere found;
    const auto& persons = array_of(in.move.form, "persons");
    const auto blocked = answered_as_blocked(answers_for(in.tx, in.move.form), persons);
    found.answered = std::ssize(blocked.places) + blocked.somebody_else;
    const auto forms = received_forms(in.tx, in.move.form);
    const auto of_family = forms.find(0);
    if (of_family == forms.end()) return found;
    std::set<std::size_t> told;
    for (const auto& member : array_of(of_family->second, "persons"))
        if (const auto place = place_of(object_of(member.as_object(), "person"), persons))
            told.insert(*place);
    // Who was asked about one by one is not missing.
    for (const auto& [place, form] : forms) told.insert(place);
    told.insert(blocked.places.begin(), blocked.places.end());
    for (const auto& mover : in.move.persons)
        if (belongs_to_family(mover, in) && !told.count(mover.index))
            found.missing.push_back(std::int64_t(mover.index));
    return found;
}

/// A check sees the form alone: its case is the one whose signature stands under it.
std::map<std::size_t, json::object> received_forms(Transaction& tx, const json::object& form) {
    std::map<std::size_t, json::object> forms;
    for (const auto& row : answers_for(tx, form)) {
        const auto place = asked_about(row, array_of(form, "persons"));
        if (!place) continue;
        const auto received = parse_json(row.text("form"));
        forms.erase(*place);
        if (row.text("state") == "hit" && received && received->is_object())
            forms[*place] = received->get_object();
    }
    return forms;
}

void install_form_check(Registry& registry) {
    bind_check(registry, "residence.form_differences", confirmed_differences);
}

}  // namespace wa::residence

// residence.form_differences: nothing is booked that differs from the prefilled form without the person's
// word on it (handbook P01, vms_differences[]; BMG § 23 Abs. 3).
#include <map>

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

}  // namespace

/// A check sees the form alone: its case is the one whose signature stands under it.
std::map<std::size_t, json::object> received_forms(Transaction& tx, const json::object& form) {
    std::map<std::size_t, json::object> forms;
    for (const auto& row :
         tx.query(sql::residence::received_forms_of_signed, {{"signed_hash", form_hash(form)}})) {
        const auto index = std::size_t(row.integer("person_index"));
        const auto received = parse_json(row.text("form"));
        forms.erase(index);
        if (row.text("state") == "hit" && received && received->is_object())
            forms[index] = received->get_object();
    }
    return forms;
}

void install_form_check(Registry& registry) {
    bind_check(registry, "residence.form_differences", confirmed_differences);
}

}  // namespace wa::residence

// For tests: forms of a registration against the rules of its description.
#pragma once

#include "modules/residence/world_test.hpp"

namespace wa {

inline const Procedure& procedure() {
    return *test_registry().procedure("residence.registration");
}
inline std::vector<FieldFault> faults_of(const json::object& form) {
    static const auto reference = Reference::load("NI", {});
    return procedure().validate(form, {{2026, 11, 5}, "counter", reference.get()});
}

struct Rule {
    const char* what;
    void (*change)(json::object&);
    const char* code;      ///< empty: nothing wrong
    const char* path;      ///< empty: not compared
    const char* severity;  ///< error | notice
};

inline void expect_rules(const json::object& complete, const std::vector<Rule>& rules) {
    for (const auto& rule : rules) {
        auto form = complete;
        rule.change(form);
        const auto faults = faults_of(form);
        const auto shown = std::string(rule.what) + json::serialize(faults_to_json(faults));
        if (rule.code[0] == '\0') {
            EXPECT_TRUE(faults.empty()) << shown;
            continue;
        }
        ASSERT_EQ(faults.size(), 1u) << shown;
        EXPECT_EQ(faults[0].code, rule.code) << shown;
        EXPECT_EQ(faults[0].severity, rule.severity) << shown;
        if (rule.path[0] != '\0') {
            EXPECT_EQ(faults[0].path, rule.path) << shown;
        }
    }
}

using Form = json::object&;

inline json::object abroad_form() {
    auto form = test_form();
    form["previous_kind"] = "abroad";
    form.erase("previous_dwelling");
    form.erase("previous_kept");
    form["previous_abroad"] = json::object{
        {"country_foreign", "151"}, {"foreign_lines", json::array{json::object{{"line", "Ring 1, Wien"}}}}};
    mover_of(form)["marital_status_proved"] = true;
    return form;
}

inline json::object representative(const char* type, const char* consent) {
    json::object out{
        {"rep_type", type},
        {"rep_person",
         json::object{{"family_name", "Schmidt"}, {"given_names", "Karl"}, {"birth_date", "1959-01-01"}}}};
    if (consent[0] != '\0') out["consent_of_other_custodian"] = consent;
    return out;
}

inline json::object carer(bool power) {
    auto out = representative("legal_carer", "");
    out["proof"] = "Betreuerausweis 7 XVII 12/24";
    out["proof_seen_at"] = "2026-11-05";
    out["scope"] = "Aufenthalt, Gesundheit";
    out["residence_power"] = power;
    return out;
}

}  // namespace wa

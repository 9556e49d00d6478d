// The registration offices that are played: whom they know, and how they behave, both as data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace wa::simulator {

/// What a recipient does with a message.
struct Behaviour {
    std::string what = "answer";  ///< the words of behaviours.json
    std::int64_t after_ms = 0;    ///< the answer comes so much later
    json::object rule;            ///< the rule that decided; empty: none did
};

class Offices {
  public:
    /// Behaviours as in behaviours.json, and Testland's Musterstedt.
    static Offices testland();
    /// @param behaviours an object as behaviours.json; records as residence.import takes them
    Offices(json::object behaviours, std::vector<json::object> records);

    Behaviour behaviour(const std::string& type, const std::string& recipient,
                        const json::object& payload) const;
    /// Replaces the rules (a test, the page).
    void set_rules(json::array rules) { behaviours_["rules"] = std::move(rules); }
    const json::array& rules() const { return array_of(behaviours_, "rules"); }

    /// The payload of a vms_response to a vms_request at the office of this municipality. Never a person with
    /// a block in somebody else's form.
    json::object prefilled_form(const std::string& ags, const json::object& request,
                                const Behaviour& behaviour) const;
    /// The payload of an auswertung.
    json::object auswertung(const std::string& ags, const json::object& rueckmeldung,
                            const Behaviour& behaviour) const;
    /// The payload of a bzst_number: a test number (first digit 0), the same for the same person.
    json::object tax_number(const json::object& request) const;
    /// Somebody by name and birth date at that municipality; null when unknown there.
    const json::object* find(const std::string& ags, const json::object& person) const;

  private:
    json::array family_of(const std::string& ags, const json::object& head) const;

    json::object behaviours_;
    std::vector<json::object> records_;
};

}  // namespace wa::simulator

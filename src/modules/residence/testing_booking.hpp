// For tests: whose registration is booked, as whom, from which sheet.
#pragma once

#include "modules/residence/world_test.hpp"

namespace wa::booking {

inline json::array as(const std::string& person) {
    return {json::object{{"index", 0}, {"person_id", person}}};
}

inline const std::string& booked_case(TestWorld& world, std::string& id, json::object form = test_form()) {
    id = prepared_case(world, std::move(form));
    return id;
}

inline json::object resident(const char* status = "E") {
    auto dwelling = test_dwelling("00102", "Marktplatz", 7);
    dwelling["status"] = status;
    dwelling["moved_in"] = "2010-01-01";
    return {{"family_name", "Müller-Lüdenscheidt"},
            {"given_names", "Anna Maria"},
            {"birth_date", "1962-04-03"},
            {"rufname_index", 2},
            {"sex", "w"},
            {"birth_place", "Musterstedt"},
            {"nationalities", json::array{"000"}},
            {"religion", "rk"},
            {"marital_status", "VH"},
            {"tax_id", "02476291358"},
            {"dwellings", json::array{std::move(dwelling)}}};
}

inline void attach_sheet(TestWorld& world, const std::string& case_id) {
    world.must("case.attach", {{"case_id", case_id},
                               {"kind", "signed_sheet"},
                               {"hash", std::string(64, 'b')},
                               {"title", "Meldeschein"},
                               {"media_type", "application/pdf"},
                               {"size", 20}});
}

}  // namespace wa::booking

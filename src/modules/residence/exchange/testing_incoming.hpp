// For tests: an office that hears who has moved where.
#pragma once

#include "modules/residence/exchange/world.hpp"

namespace wa::incoming {

struct Incoming : testing::Test {
    ExchangeWorld world;

    std::string resident(const char* family, const char* given, const char* born = "1991-02-23",
                         const char* status = "E", int house = 7) {
        auto dwelling = test_dwelling("00102", "Marktplatz", house);
        dwelling["status"] = status;
        dwelling["moved_in"] = "2018-09-01";
        return world.import_person({{"family_name", family},
                                    {"given_names", given},
                                    {"birth_date", born},
                                    {"sex", "w"},
                                    {"nationalities", json::array{"000"}},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    static json::object moved(const char* family, const char* given, const char* on = "2026-10-20") {
        return {{"person",
                 json::object{{"family_name", family}, {"given_names", given}, {"birth_date", "1991-02-23"}}},
                {"new_dwelling", json::object{{"ags", "99001002"},
                                              {"postcode", "99102"},
                                              {"city", "Musterstedt"},
                                              {"street", "Alte Gasse"},
                                              {"house_no", 9}}},
                {"moved_in", on},
                {"registered_on", "2026-11-04"},
                {"dwelling_status", "E"},
                {"your_dwelling", test_dwelling("00102", "Marktplatz", 7)},
                {"your_dwelling_kept", false}};
    }
    std::string here(const std::string& person, const char* column) {
        return world.value(std::string("SELECT ") + column +
                               " FROM dwelling WHERE person_id = $id AND ags = '99001001' ORDER BY moved_in",
                           {{"id", person}});
    }
    /// The dwellings there that the register knows.
    std::string there() {
        std::string all;
        for (const auto& row : world.rows("SELECT * FROM dwelling WHERE ags = '99001002' ORDER BY id"))
            all += (all.empty() ? "" : ", ") + row.text("status") + " " +
                   std::to_string(row.integer("current")) + " " + row.text("moved_in");
        return all;
    }
    std::string status(const std::string& person) {
        return world.value("SELECT status FROM person WHERE id = $id", {{"id", person}});
    }
    std::string answered() { return text_of(world.payload("auswertung"), "result"); }
};

}  // namespace wa::incoming

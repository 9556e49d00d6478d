// For tests: somebody who has left or died, and the nights after that.
#pragma once

#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa::keeping {

struct Keeping : testing::Test {
    ExchangeWorld world;

    static json::object dwelling_until(const char* moved_out, const char* deregistered = "") {
        auto dwelling = test_dwelling("00102", "Marktplatz", 7);
        dwelling["status"] = "E";
        dwelling["moved_in"] = "2018-09-01";
        dwelling["moved_out"] = moved_out;
        dwelling["deregistered_on"] = deregistered[0] ? deregistered : moved_out;
        dwelling["lessor"] = json::object{{"lessor_name", "Wilhelm Vermieter"}};
        return dwelling;
    }
    std::string person(const char* status, json::object dwelling, json::object more = {}) {
        json::object record{{"family_name", "Fehling"},   {"given_names", "Ragna"},
                            {"birth_date", "1991-02-23"}, {"religion", "ev"},
                            {"status", status},           {"dwellings", json::array{std::move(dwelling)}}};
        for (auto& [name, value] : more) record[name] = value;
        return world.import_person(std::move(record));
    }
    std::string departed(const char* on, const char* deregistered = "") {
        return person("departed", dwelling_until(on, deregistered));
    }
    std::string deceased(const char* on) {
        return person("deceased", dwelling_until("2010-01-01"), {{"death_date", on}});
    }
    json::object night(const char* day) {
        world.at = *parse_timestamp(std::string(day) + "T08:00:00Z");
        return world.must("residence.forget_departed", {}, system_actor());
    }
    std::string religion(const std::string& id) {
        return world.value("SELECT religion FROM person WHERE id = $id", {{"id", id}});
    }
    std::string lessor(const std::string& id) {
        return world.value("SELECT lessor FROM dwelling WHERE person_id = $id AND ags = '99001001'",
                           {{"id", id}});
    }
    void zone(const std::string& person_id, const char* purpose, int number = 3) {
        world.change(
            "INSERT INTO zone_datum (id, version, person_id, zone, purpose, field, sheet, value, "
            "recorded_at_ms, source) VALUES ($id, 'V', $person, $zone, $purpose, 'f', '', 'true', 0, '')",
            {{"id", person_id + purpose},
             {"person", person_id},
             {"zone", std::int64_t(number)},
             {"purpose", std::string(purpose)}});
    }
    void hold(const char* column, const std::string& id, const char* state = "open") {
        world.change(std::string("INSERT INTO task (id, version, kind, subject, title, ") + column +
                         ", state, created_at_ms, created_by) VALUES "
                         "($task, 'V', 'legal_hold', '', 'Löschsperre', $id, $state, 0, '')",
                     {{"task", id + "h"}, {"id", id}, {"state", std::string(state)}});
    }
};

}  // namespace wa::keeping

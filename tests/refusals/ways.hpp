// Every way in to a desk, with what a person has decided about it in permissions.json. Used for the hub's
// desk and for a Koffer's.
#pragma once

#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "base/source_file_test.hpp"
#include "world.hpp"

namespace wa::refusals {

inline const json::object& decided() {
    static const json::object all = [] {
        const auto text = system::read_file(source_file("tests/refusals/permissions.json"));
        return parse_json(text.value())->as_object();
    }();
    return all;
}

struct Way {
    service::Route route;
    std::string section, key;  ///< in the table
    std::string name;          ///< in the journal, where it is refused at the door
    std::string runs;          ///< in the journal, where the permission is asked for
    std::set<std::string> granted_to;
};

/// All but those that are for anyone.
inline std::vector<Way> ways(const service::DeskApi& api) {
    // What is asked for by these routes is a command or query, and stands in the journal as that.
    static const std::map<std::string, std::string> runs{{"GET /api/documents/", "case.get"},
                                                         {"GET /api/losses/", "koffer.loss"},
                                                         {"GET /api/disclosures/", "residence.disclosure"},
                                                         {"POST /api/devices/prepare", "device.prepare"},
                                                         {"POST /api/exports", "export.begin"},
                                                         {"GET /api/exports/", "export.hand_out"}};
    std::vector<Way> all;
    for (const auto& route : api.routes()) {
        if (route.gate == service::Gate::anyone) continue;
        const auto called = route.method + " " + route.path;
        Way way{route, "routes", called, called, called, {}};
        for (const auto& [section, prefix] : {std::pair{"commands", "/api/commands/"},
                                              {"queries", "/api/queries/"},
                                              {"letters", "/api/letters/"}})
            if (route.path.starts_with(prefix)) {
                way.section = section;
                way.key = route.path.substr(std::string_view(prefix).size());
                way.name = way.runs = (way.section == "letters" ? "letter." : "") + way.key;
            }
        if (const auto it = runs.find(called); it != runs.end()) way.runs = it->second;
        for (const auto& role : array_of(object_of(decided(), way.section), way.key))
            way.granted_to.emplace(role.as_string());
        all.push_back(std::move(way));
    }
    return all;
}

/// What is asked with it: the payload of a command, the parameters of a query, the body of a route.
inline std::string body_of(const Way& way, const json::object& payload) {
    if (way.section == "commands")
        return json::serialize(json::object{{"id", system::new_id()}, {"payload", payload}});
    return json::serialize(way.section == "queries" ? json::object{{"params", payload}} : payload);
}

}  // namespace wa::refusals

#include "modules/tours/module.hpp"

#include "modules/tours/data.hpp"
#include "modules/tours/tours.hpp"

namespace wa {

namespace {

/// Whoever was known twice is visited as who they are now (person.merge).
void naming_person(Transaction& tx, const std::string& id, std::vector<std::pair<std::string, Row>>& rows) {
    for (auto& row : tx.query(sql::tours::appointments_naming, {{"person_id", id}}))
        rows.emplace_back("appointment", std::move(row));
}

}  // namespace

void install_tours(Registry& registry) {
    registry.declare(data::tours::file("api.json"));
    registry.declare_problems(data::tours::file("problems.json"));
    registry.add_schema(data::tours::schema_sqlite());
    for (const auto* table : {"site", "tour", "appointment"}) {
        registry.add_working_table(table);
        registry.add_journalled_table(table);
    }
    tours::install_planning(registry);
    tours::install_replanning(registry);
    tours::install_travel(registry);
    tours::install_keeping(registry);
    tours::install_reads(registry);
    registry.add_journalled_table("loss");
    tours::install_losses(registry);
    tours::install_queries(registry);
    registry.bind_extractor("rows_naming_person", naming_person);
}

}  // namespace wa

#include "modules/tours/module.hpp"

#include "modules/tours/data.hpp"
#include "modules/tours/tours.hpp"

namespace wa {

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
}

}  // namespace wa

#include "apps/service/wiring.hpp"

#include "kernel/data.hpp"
#include "kernel/kernel.hpp"
#include "modules/exports/data.hpp"
#include "modules/exports/module.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/module.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"

namespace wa::service {

const Registry& full_registry() {
    static const Registry* const all = [] {
        auto* made = new Registry;
        install_kernel(*made);
        install_residence(*made);
        install_tours(*made);
        install_exports(*made);
        made->seal();
        set_registry(*made);
        return made;
    }();
    return *all;
}

const std::vector<SchemaStep>& postgres_schema() {
    static const std::vector<SchemaStep> all = [] {
        std::vector<SchemaStep> steps;
        for (const auto* some : {&data::kernel::schema_postgres(), &data::residence::schema_postgres(),
                                 &data::tours::schema_postgres(), &data::exports::schema_postgres()})
            steps.insert(steps.end(), some->begin(), some->end());
        return steps;
    }();
    return all;
}

}  // namespace wa::service

#include "apps/service/wiring.hpp"

#include "kernel/kernel.hpp"
#include "modules/residence/module.hpp"
#include "modules/tours/module.hpp"

namespace wa::service {

const Registry& full_registry() {
    static const Registry* const all = [] {
        auto* made = new Registry;
        install_kernel(*made);
        install_residence(*made);
        install_tours(*made);
        made->seal();
        set_registry(*made);
        return made;
    }();
    return *all;
}

}  // namespace wa::service

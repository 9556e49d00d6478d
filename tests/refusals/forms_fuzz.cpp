// Any JSON as the form of every procedure: findings, or none; never a failure.
#include "apps/service/wiring.hpp"
#include "base/assert.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = wa::parse_json({reinterpret_cast<const char*>(data), size});
    if (!form || !form->is_object()) return 0;
    static const auto reference = wa::Reference::load("NI", {});
    const wa::FormContext context{*wa::parse_date("2026-11-05"), "counter", reference.get()};
    for (const auto& [id, procedure] : wa::service::full_registry().procedures()) {
        for (const auto& fault : procedure.validate(form->get_object(), context))
            WA_ASSERT(wa::service::full_registry().problems().contains(fault.code));
        (void)procedure.required_evidence(form->get_object(), context);
    }
    return 0;
}

// Any bytes: a scenario, or a reason in words; never both, never neither.
#include "base/assert.hpp"
#include "language.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = wa::worlds::parse_scenario("fuzz.txt", text);
    WA_ASSERT(parsed.scenario.has_value() == parsed.error.empty());
    if (parsed.scenario) {
        WA_ASSERT(!parsed.scenario->title.empty());
        for (const auto& line : parsed.scenario->lines) {
            WA_ASSERT(line.sentence != nullptr && line.number > 0);
            WA_ASSERT(line.details.empty() || line.sentence->takes_details);
        }
    }
    // One line alone, as a sentence and as a detail.
    std::string why;
    for (const auto* slot : {"tag", "uhr", "zahl", "pfad", "code", "stand"})
        WA_ASSERT(wa::worlds::read_slot(slot, text, why) || !why.empty());
    return 0;
}

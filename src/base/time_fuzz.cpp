// Foreign text as times and dates; any number as a moment.
#include <cstdint>
#include <cstring>

#include "base/assert.hpp"
#include "base/calendar.hpp"
#include "base/time.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto at = wa::parse_timestamp(text)) WA_ASSERT(wa::parse_timestamp(wa::to_rfc3339(*at)) == at);
    if (const auto date = wa::parse_date(text)) WA_ASSERT(wa::to_iso(*date) == text);
    if (const auto date = wa::parse_partial_date(text)) {
        WA_ASSERT(wa::to_iso(*date) == text);
        wa::to_german(*date);
        WA_ASSERT(wa::age_on(*date, {2026, 11, 5}) <= wa::highest_age_on(*date, {2026, 11, 5}));
    }
    if (const auto value = wa::parse_json(text); value && value->is_array())
        wa::expand_holidays(value->get_array(), "NI", 2026, true);
    wa::Timestamp at;
    if (size >= sizeof at.ms) std::memcpy(&at.ms, data, sizeof at.ms);
    WA_ASSERT(wa::is_valid(wa::local_date(at)) && wa::local_time(at).size() == 5);
    WA_ASSERT(wa::parse_timestamp(wa::to_rfc3339(at)).has_value());
    return 0;
}

// Foreign JSON: what is accepted has one meaning, and the canonical text of it is stable.
#include "base/assert.hpp"
#include "base/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = wa::parse_json({reinterpret_cast<const char*>(data), size});
    if (!value) return 0;
    const auto text = wa::canonical_json(*value);
    const auto again = wa::parse_json(text);
    // Numbers beyond the range of a double become infinite, which no text of JSON can say.
    if (!again) return 0;
    WA_ASSERT(wa::canonical_json(*again) == text);
    return 0;
}

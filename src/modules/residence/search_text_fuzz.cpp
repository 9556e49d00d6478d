#include <cstddef>
#include <cstdint>

#include "modules/residence/names.hpp"
#include "modules/residence/search_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto found = wa::residence::parse_search_text(
        text, {2026, 11, 5}, [](std::string_view street) { return street.size() % 2 == 0; });
    if (found.house_no < 0 || found.house_no > 9999) __builtin_trap();
    if (!found.birth_date.empty() && !wa::parse_partial_date(found.birth_date)) __builtin_trap();
    for (const auto& token : wa::residence::name_tokens(text))
        if (token.empty()) __builtin_trap();
    return 0;
}

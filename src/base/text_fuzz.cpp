// Foreign text through every function on text.
#include <cstdint>

#include "base/assert.hpp"
#include "base/search_form.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const bool valid = wa::is_valid_utf8(text);
    const auto normal = wa::to_nfc(text);
    WA_ASSERT(!valid || wa::is_nfc(normal));
    for (const auto type : {wa::DinType::A, wa::DinType::B, wa::DinType::C}) {
        const auto fault = wa::check_text(text, type);
        if (fault) WA_ASSERT(fault->position < wa::din_length(text));
        if (!fault) WA_ASSERT(valid && wa::is_nfc(text));
        WA_ASSERT(valid == (!fault || fault->kind != wa::TextFault::Kind::invalid_utf8));
    }
    const auto half = wa::din_length(text) / 2;
    const auto first = wa::truncate(text, half);
    WA_ASSERT(text.starts_with(first) && wa::din_length(first) == half);
    const auto spaced = wa::collapse_spaces(text);
    WA_ASSERT(wa::collapse_spaces(spaced) == spaced);
    const auto search = wa::search_form(text);
    WA_ASSERT(wa::is_valid_utf8(search) && wa::is_valid_utf8(wa::stripped_form(text)));
    WA_ASSERT(wa::is_valid_utf8(wa::sort_key(text)));
    wa::search_tokens(text);
    wa::cologne_phonetics(text);
    wa::has_invisible(text);
    if (valid) WA_ASSERT(wa::is_valid_utf8(wa::to_upper(text)) && wa::is_valid_utf8(wa::to_lower(text)));
    if (size < 200) wa::edit_distance(text, search, 2);
    return 0;
}

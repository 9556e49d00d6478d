#include "adapters/letters/code128.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace wa::letters {
namespace {

constexpr std::uint8_t code_c = 99, code_b = 100, start_b = 104, start_c = 105, stop = 106;
constexpr std::size_t longest = 80;

// Widths of three bars and three spaces for each symbol value; the stop character has a fourth bar.
constexpr const char* patterns[] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

std::size_t digits_from(std::string_view text, std::size_t at) {
    std::size_t n = 0;
    while (at + n < text.size() && is_digit(text[at + n])) ++n;
    return n;
}

// Whether changing to (or starting in) set C saves symbols: four digits at either end, six in the middle.
bool worth_packing(std::string_view text, std::size_t at) {
    const auto run = digits_from(text, at);
    if (run == text.size()) return run >= 2 && run % 2 == 0;
    const bool at_an_end = at == 0 || at + run == text.size();
    return run >= (at_an_end ? 4U : 6U);
}

}  // namespace

std::optional<std::vector<std::uint8_t>> code128_symbols(std::string_view text) {
    if (text.empty() || text.size() > longest) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 32 && c <= 126; }))
        return std::nullopt;
    std::vector<std::uint8_t> symbols;
    bool packed = worth_packing(text, 0);
    symbols.push_back(packed ? start_c : start_b);
    for (std::size_t i = 0; i < text.size();) {
        if (packed && digits_from(text, i) < 2) {
            symbols.push_back(code_b);
            packed = false;
        } else if (!packed && digits_from(text, i) % 2 == 0 && worth_packing(text, i)) {
            symbols.push_back(code_c);
            packed = true;
        }
        if (packed) {
            symbols.push_back(static_cast<std::uint8_t>((text[i] - '0') * 10 + (text[i + 1] - '0')));
            i += 2;
        } else {
            symbols.push_back(static_cast<std::uint8_t>(text[i++] - 32));
        }
    }
    unsigned sum = symbols[0];
    for (std::size_t i = 1; i < symbols.size(); ++i) sum += static_cast<unsigned>(i) * symbols[i];
    symbols.push_back(static_cast<std::uint8_t>(sum % 103));
    symbols.push_back(stop);
    return symbols;
}

std::vector<std::uint8_t> code128_widths(const std::vector<std::uint8_t>& symbols) {
    std::vector<std::uint8_t> widths;
    for (auto symbol : symbols) {
        WA_ASSERT(symbol <= stop);
        for (const char* p = patterns[symbol]; *p; ++p) widths.push_back(static_cast<std::uint8_t>(*p - '0'));
    }
    return widths;
}

}  // namespace wa::letters

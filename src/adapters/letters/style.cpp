#include "adapters/letters/style.hpp"

#include <fmt/format.h>

namespace wa::letters {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

Colour colour_of(std::string_view hex) {
    constexpr Colour otherwise{0x1f / 255.0, 0x4e / 255.0, 0x79 / 255.0};
    if (hex.size() != 7 || hex[0] != '#') return otherwise;
    double parts[3];
    for (std::size_t i = 0; i < 3; ++i) {
        const int high = hex_digit(hex[1 + 2 * i]), low = hex_digit(hex[2 + 2 * i]);
        if (high < 0 || low < 0) return otherwise;
        parts[i] = (high * 16 + low) / 255.0;
    }
    return {parts[0], parts[1], parts[2]};
}

Colour tint(Colour colour, double strength) {
    const auto mix = [strength](double part) { return 1 - strength * (1 - part); };
    return {mix(colour.red), mix(colour.green), mix(colour.blue)};
}

const FrameWords& frame_words(std::string_view language) {
    static const FrameWords german{
        "Aktenzeichen", "Dienststelle", "Telefon", "Datum",
        [](int number, int count) { return fmt::format("Seite {} von {}", number, count); }};
    static const FrameWords english{"Reference", "Office", "Phone", "Date", [](int number, int count) {
                                        return fmt::format("Page {} of {}", number, count);
                                    }};
    const auto primary = language.substr(0, language.find('-'));
    return primary == "en" ? english : german;
}

}  // namespace wa::letters

// Measures and colours of a letter, in one place. Lengths in points unless the name says mm.
#pragma once

#include <string>
#include <string_view>

namespace wa::letters {

constexpr double mm(double millimetres) {
    return millimetres * 72.0 / 25.4;
}

struct Colour {
    double red = 0, green = 0, blue = 0;  ///< 0 to 1, sRGB
};

inline constexpr Colour ink{0.102, 0.114, 0.133};
inline constexpr Colour quiet{0.353, 0.388, 0.439};
inline constexpr Colour hairline{0.835, 0.851, 0.871};
inline constexpr Colour faint{0.925, 0.933, 0.945};

/// "#rrggbb"; anything else is the default accent of the model.
Colour colour_of(std::string_view hex);
/// The colour mixed with white: 0 is white, 1 the colour itself.
Colour tint(Colour colour, double strength);

struct TextStyle {
    double size = 10;       ///< of the letters
    double leading = 14.5;  ///< from line to line
    Colour colour = ink;
    bool bold = false;
};

inline constexpr TextStyle body_style{};
inline constexpr TextStyle subject_style{15, 20, ink, true};
inline constexpr TextStyle heading_style{11, 15.5, ink, true};
inline constexpr TextStyle label_style{9, 14.5, quiet};
inline constexpr TextStyle value_style{10, 14.5, ink};
inline constexpr TextStyle small_style{7.5, 10.5, quiet};
inline constexpr TextStyle tiny_style{6.8, 9.4, quiet};

// A4 after DIN 5008, form B.
inline constexpr double page_width = mm(210), page_height = mm(297);
inline constexpr double left_margin = mm(25), right_margin = mm(20);
inline constexpr double text_width = page_width - left_margin - right_margin;
inline constexpr double address_top = mm(62.7), address_width = mm(80), return_line_top = mm(55.5);
inline constexpr double info_left = mm(125), info_top = mm(55.5),
                        info_width = page_width - right_margin - mm(125);
inline constexpr double body_top_with_address = mm(103.4);
inline constexpr double following_page_top = mm(31);
inline constexpr double foot_bottom = mm(286);

/// The words of the frame around a letter.
struct FrameWords {
    std::string reference, office, phone, date;
    /// "Seite 1 von 2"
    std::string (*page)(int number, int count);
};
/// In the language of a BCP 47 tag; German where there is no translation (the official language, § 23 VwVfG).
const FrameWords& frame_words(std::string_view language);

}  // namespace wa::letters

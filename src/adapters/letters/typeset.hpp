// A text broken into lines, ready to be drawn line by line (so that it can be split across pages).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/letters/fonts.hpp"
#include "adapters/letters/style.hpp"

namespace wa::letters {

enum class Align { left, centre, right };

/// Every line has the height `style.leading`. Words longer than the width are broken without a hyphen: a
/// hyphen would change a name. Copies share the layout.
class Text {
  public:
    /// Broken UTF-8 is replaced by U+FFFD, control characters but line feed and tabulator by a space.
    /// `most_lines` > 0 cuts with an ellipsis.
    Text(PangoContext& context, std::string_view utf8, const TextStyle& style, double width,
         Align align = Align::left, int most_lines = 0);

    int lines() const { return lines_; }
    double height() const { return lines_ * style_.leading; }
    double height_of(int lines) const { return lines * style_.leading; }
    /// The width of the longest line.
    double width() const;
    /// Draws `count` lines beginning with line `first`; (x, y) is the upper left corner of the first of them.
    void draw(cairo_t* cairo, double x, double y, int first, int count) const;
    void draw(cairo_t* cairo, double x, double y) const { draw(cairo, x, y, 0, lines_); }

  private:
    std::shared_ptr<PangoLayout> layout_;
    TextStyle style_;
    double width_;
    Align align_;
    int lines_;
};

/// The text as valid UTF-8 without control characters (but line feed and tabulator).
std::string printable(std::string_view text);

void set_colour(cairo_t* cairo, Colour colour);

}  // namespace wa::letters

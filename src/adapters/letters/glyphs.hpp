// Draws a line of text so that the characters can be taken out of the PDF again.
#pragma once

#include <pango/pangocairo.h>

namespace wa::letters {

/// Like pango_cairo_show_layout_line, beginning at (x, y) on the baseline, but a letter and its combining
/// marks form one unit with its own ActualText: poppler (and with it many readers) otherwise tears M̂ apart,
/// because the circumflex stands higher than the line. Spaces at the end of a line are kept for readers.
void show_line(cairo_t* cairo, PangoLayoutLine* line, const char* text, double x, double y);

}  // namespace wa::letters

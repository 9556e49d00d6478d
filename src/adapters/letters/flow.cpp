#include "adapters/letters/flow.hpp"

#include <algorithm>

namespace wa::letters {

void Flow::new_page() {
    pages.emplace_back();
    y = following_page_top;
}

void Flow::need(double height) {
    if (height > room() && y > following_page_top && height <= page_room()) new_page();
}

void Flow::skip(double height) {
    if (y <= following_page_top) return;
    y = std::min(y + height, bottom_);
}

void Flow::open(const char* tag) {
    page().content.push_back([tag](cairo_t* cairo) { cairo_tag_begin(cairo, tag, nullptr); });
}

void Flow::close(const char* tag) {
    page().content.push_back([tag](cairo_t* cairo) { cairo_tag_end(cairo, tag); });
}

void Flow::content(const char* tag, Draw draw) {
    page().content.push_back([tag, draw = std::move(draw)](cairo_t* cairo) {
        cairo_tag_begin(cairo, tag, nullptr);
        draw(cairo);
        cairo_tag_end(cairo, tag);
    });
}

void Flow::text(const char* tag, const Text& text, double x) {
    const double leading = text.height_of(1);
    for (int first = 0; first < text.lines();) {
        const int left = text.lines() - first;
        int fit = static_cast<int>((room() + 0.01) / leading);
        if (fit < left) {
            if (left - fit == 1) --fit;                      // no single line at the top of the next page
            if (fit < 2 && y > following_page_top) fit = 0;  // nor at the bottom of this one
        }
        fit = std::min(fit, left);
        if (fit <= 0) {
            if (y <= following_page_top)
                fit = 1;  // an empty page without room for a line: never loop
            else {
                new_page();
                continue;
            }
        }
        content(tag, [text, x, top = y, first, fit](cairo_t* c) { text.draw(c, x, top, first, fit); });
        y += fit * leading;
        first += fit;
    }
}

}  // namespace wa::letters

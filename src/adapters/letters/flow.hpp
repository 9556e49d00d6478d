// Pages being filled from top to bottom. What is placed is drawn later, when the number of pages is known.
#pragma once

#include <cairo.h>

#include <functional>
#include <string>
#include <vector>

#include "adapters/letters/typeset.hpp"

namespace wa::letters {

using Draw = std::function<void(cairo_t*)>;

struct Page {
    std::vector<Draw> under;    ///< watermark
    std::vector<Draw> content;  ///< in reading order, with the tags of the structure
};

/// The cursor of the body. Container tags may stay open across pages; tags with content never do.
class Flow {
  public:
    Flow(double top, double bottom) : pages(1), y(top), bottom_(bottom) {}

    Page& page() { return pages.back(); }
    double room() const { return bottom_ - y; }
    /// The most that fits on one page.
    double page_room() const { return bottom_ - following_page_top; }
    void new_page();
    /// Starts a new page unless `height` fits here, or would not fit on an empty page either.
    void need(double height);
    /// Vertical space, swallowed at the top of a following page.
    void skip(double height);
    /// Vertical space that is kept wherever it falls (padding inside a table or box).
    void skip_always(double height) { y += height; }

    void open(const char* tag);
    void close(const char* tag);
    /// Draws inside a tag that holds content, e.g. "P". The tag must be a literal.
    void content(const char* tag, Draw draw);
    /// Draws something that carries no meaning (lines, areas): no tag.
    void ornament(Draw draw) { page().content.push_back(std::move(draw)); }
    /// Places lines at x and moves the cursor; splits across pages, never leaving one line alone.
    void text(const char* tag, const Text& text, double x);

    std::vector<Page> pages;
    double y;

  private:
    double bottom_;
};

}  // namespace wa::letters

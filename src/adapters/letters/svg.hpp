// A small part of SVG 1.1, enough for coats of arms: g, path, rect, circle, ellipse, line, polyline, polygon
// with plain fill and stroke, transform and viewBox. No text, gradients, style sheets, pictures or links:
// such elements are skipped, nothing outside the text is ever loaded.
#pragma once

#include <cairo.h>

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/letters/style.hpp"

namespace wa::letters {

struct SvgShape {
    struct Step {
        enum class Kind { move, line, curve, close } kind;
        double points[6] = {};  ///< x, y pairs in the user space of the drawing
    };
    std::vector<Step> steps;
    std::optional<Colour> fill, stroke;
    double stroke_width = 1;
    bool even_odd = false;
};

struct SvgDrawing {
    double left = 0, top = 0, width = 0, height = 0;  ///< the view box; width and height are positive
    std::vector<SvgShape> shapes;
};

/// Empty when the text holds nothing that can be drawn, is longer than 1 MB, or is nested deeper than 64.
std::optional<SvgDrawing> parse_svg(std::string_view text);

/// Draws into the box, keeping the proportions, centred.
void draw_svg(cairo_t* cairo, const SvgDrawing& drawing, double x, double y, double width, double height);

}  // namespace wa::letters

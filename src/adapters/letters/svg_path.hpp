// Path data and lists of numbers of SVG.
#pragma once

#include <cairo.h>

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/letters/svg.hpp"

namespace wa::letters {

/// Reads numbers separated by white space and commas, as in SVG ("1-2.5.5e3" are three).
class SvgNumbers {
  public:
    explicit SvgNumbers(std::string_view text) : text_(text) {}
    /// Empty at the end, and for anything that is no number of ordinary size (below 1e7).
    std::optional<double> next();
    /// The 0 or 1 of an arc, which needs no separator after it.
    std::optional<bool> flag();
    /// The next command letter, if one stands here.
    std::optional<char> letter();

  private:
    void skip();
    std::string_view text_;
};

/// Collects steps; points are moved by the matrix as they arrive.
class SvgPathBuilder {
  public:
    explicit SvgPathBuilder(const cairo_matrix_t& matrix) : matrix_(matrix) {}
    void move(double x, double y);
    void line(double x, double y);
    void curve(double x1, double y1, double x2, double y2, double x, double y);
    void arc(double rx, double ry, double turn_degrees, bool large, bool sweep, double x, double y);
    void close();
    double x = 0, y = 0;  ///< the current point, before the matrix
    std::vector<SvgShape::Step> steps;

  private:
    void add(SvgShape::Step::Kind kind, std::initializer_list<double> points);
    cairo_matrix_t matrix_;
    double start_x_ = 0, start_y_ = 0;
};

/// Draws the `d` attribute up to its first error, as SVG demands.
void read_svg_path(std::string_view d, SvgPathBuilder& path);

}  // namespace wa::letters

// Pictures inside a letter (PNG).
#pragma once

#include <cairo.h>

#include <memory>
#include <span>

#include "base/bytes.hpp"

namespace wa::letters {

struct RasterPicture {
    std::shared_ptr<cairo_surface_t> surface;  ///< opaque RGB, transparency laid on white
    int width = 0, height = 0;                 ///< pixels, both at least 1
};

/// Throws std::runtime_error when the bytes are not a readable PNG of at most 40 million pixels.
RasterPicture read_picture(std::span<const std::uint8_t> png);

/// Draws at (x, y) with `scale` points per pixel, without smoothing between pixels (PDF/A forbids it).
void draw_picture(cairo_t* cairo, const RasterPicture& picture, double x, double y, double scale);

}  // namespace wa::letters

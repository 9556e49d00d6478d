// Coats of arms are uploaded by administrators: any text must be read without harm, and drawn.
#include "adapters/letters/svg.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto drawing = wa::letters::parse_svg({reinterpret_cast<const char*>(data), size});
    if (!drawing) return 0;
    auto* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 16, 16);
    auto* cairo = cairo_create(surface);
    wa::letters::draw_svg(cairo, *drawing, 0, 0, 16, 16);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return 0;
}

// Signatures and scans come from outside as PNG: any bytes are a picture or refused, and a picture is drawn.
#include <stdexcept>

#include "adapters/letters/picture.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // What is larger is only slow.
    if (size >= 24 && (data[16] || data[17] || data[18] > 3 || data[20] || data[21] || data[22] > 3))
        return 0;
    try {
        const auto picture = wa::letters::read_picture({data, size});
        auto* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 16, 16);
        auto* cairo = cairo_create(surface);
        wa::letters::draw_picture(cairo, picture, 0, 0, 0.1);
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    } catch (const std::runtime_error&) {  // not readable: said in words
    }
    return 0;
}

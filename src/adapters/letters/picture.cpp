#include "adapters/letters/picture.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace wa::letters {
namespace {

constexpr std::uint64_t most_pixels = 40'000'000;
constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

std::uint32_t big_endian(const std::uint8_t* p) {
    return std::uint32_t(p[0]) << 24 | std::uint32_t(p[1]) << 16 | std::uint32_t(p[2]) << 8 | p[3];
}

// The size stands in the first 24 bytes; it is checked before anything is unpacked.
bool has_sane_size(std::span<const std::uint8_t> png) {
    if (png.size() < 33 || !std::equal(std::begin(signature), std::end(signature), png.begin())) return false;
    const std::uint64_t width = big_endian(&png[16]), height = big_endian(&png[20]);
    return width > 0 && height > 0 && width <= 30'000 && height <= 30'000 && width * height <= most_pixels;
}

cairo_status_t read_some(void* closure, unsigned char* out, unsigned int length) {
    auto& rest = *static_cast<std::span<const std::uint8_t>*>(closure);
    if (length > rest.size()) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(out, rest.data(), length);
    rest = rest.subspan(length);
    return CAIRO_STATUS_SUCCESS;
}

std::shared_ptr<cairo_surface_t> own(cairo_surface_t* surface) {
    return {surface, cairo_surface_destroy};
}

}  // namespace

RasterPicture read_picture(std::span<const std::uint8_t> png) {
    if (!has_sane_size(png)) throw std::runtime_error("letter: a picture is not a PNG of a readable size");
    auto rest = png;
    const auto source = own(cairo_image_surface_create_from_png_stream(read_some, &rest));
    if (cairo_surface_status(source.get()) != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error("letter: a picture is not a readable PNG");
    RasterPicture out;
    out.width = cairo_image_surface_get_width(source.get());
    out.height = cairo_image_surface_get_height(source.get());
    out.surface = own(cairo_image_surface_create(CAIRO_FORMAT_RGB24, out.width, out.height));
    std::shared_ptr<cairo_t> cairo(cairo_create(out.surface.get()), cairo_destroy);
    cairo_set_source_rgb(cairo.get(), 1, 1, 1);
    cairo_paint(cairo.get());
    cairo_set_source_surface(cairo.get(), source.get(), 0, 0);
    cairo_paint(cairo.get());
    if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error("letter: a picture is not a readable PNG");
    return out;
}

void draw_picture(cairo_t* cairo, const RasterPicture& picture, double x, double y, double scale) {
    cairo_save(cairo);
    cairo_translate(cairo, x, y);
    cairo_scale(cairo, scale, scale);
    cairo_set_source_surface(cairo, picture.surface.get(), 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
    cairo_rectangle(cairo, 0, 0, picture.width, picture.height);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

}  // namespace wa::letters

#include "adapters/letters/typeset.hpp"

#include <algorithm>

#include "adapters/letters/glyphs.hpp"

namespace wa::letters {

std::string printable(std::string_view text) {
    std::unique_ptr<char, decltype(&g_free)> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
    std::string out(valid.get());
    for (char& c : out) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) c = ' ';
    }
    return out;
}

void set_colour(cairo_t* cairo, Colour colour) {
    cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue);
}

Text::Text(PangoContext& context, std::string_view utf8, const TextStyle& style, double width, Align align,
           int most_lines)
    : layout_(own_object(pango_layout_new(&context))), style_(style), width_(width), align_(align) {
    auto* layout = layout_.get();
    std::shared_ptr<PangoFontDescription> font(pango_font_description_new(), pango_font_description_free);
    pango_font_description_set_family_static(font.get(), "Noto Sans");
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font.get());
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    std::shared_ptr<PangoAttrList> attributes(pango_attr_list_new(), pango_attr_list_unref);
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    // Ligatures would hide the two letters of "ff" from readers, and German words join in the middle.
    pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("liga=0, clig=0"));
    pango_layout_set_attributes(layout, attributes.get());
    if (most_lines > 0) {
        pango_layout_set_height(layout, -most_lines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    const auto text = printable(utf8);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    lines_ = pango_layout_get_line_count(layout);
}

double Text::width() const {
    PangoRectangle extents;
    pango_layout_get_extents(layout_.get(), nullptr, &extents);
    return static_cast<double>(extents.width) / PANGO_SCALE;
}

void Text::draw(cairo_t* cairo, double x, double y, int first, int count) const {
    set_colour(cairo, style_.colour);
    // The baseline lies so that small letters stand in the middle of the line.
    const double baseline = style_.leading / 2 + style_.size * 0.34;
    for (int i = first; i < std::min(first + count, lines_); ++i) {
        auto* line = pango_layout_get_line_readonly(layout_.get(), i);
        PangoRectangle extents;
        pango_layout_line_get_extents(line, nullptr, &extents);
        const double free = width_ - static_cast<double>(extents.width) / PANGO_SCALE;
        const double shift = align_ == Align::left ? 0 : align_ == Align::right ? free : free / 2;
        show_line(cairo, line, pango_layout_get_text(layout_.get()), x + shift,
                  y + (i - first) * style_.leading + baseline);
    }
}

}  // namespace wa::letters

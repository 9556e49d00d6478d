#include "adapters/letters/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <stdexcept>

namespace wa::letters {
namespace {

// Math holds the three signs of DIN 91379 that Noto Sans lacks: infinity, less or equal, greater or equal.
constexpr const char* files[] = {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansMath-Regular.ttf"};

std::shared_ptr<FcConfig> private_configuration(const std::string& folder) {
    std::shared_ptr<FcConfig> config(FcConfigCreate(), [](FcConfig* c) { FcConfigDestroy(c); });
    for (const char* file : files) {
        const auto path = folder + "/" + file;
        if (!FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str())))
            throw std::runtime_error("font is missing: " + path + " (Debian package fonts-noto-core)");
    }
    return config;
}

// Pango asks fontconfig to read the machine's configuration even when it is given another one. An empty
// current configuration (process-wide; nothing else here uses fontconfig) spares the time.
void ignore_the_machines_fonts() {
    static const bool done = FcConfigSetCurrent(FcConfigCreate());
    if (!done) throw std::runtime_error("fontconfig cannot be set up");
}

std::shared_ptr<cairo_font_options_t> unhinted() {
    std::shared_ptr<cairo_font_options_t> options(cairo_font_options_create(), cairo_font_options_destroy);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    return options;
}

PangoFontMap* new_font_map() {
    ignore_the_machines_fonts();
    return pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
}

// Pango's font map does not let go of its configuration by itself.
void release(PangoFontMap* map) {
    if (!map) return;
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), nullptr);
    g_object_unref(map);
}

}  // namespace

FontSet::FontSet(const std::string& folder) : map_(new_font_map(), release) {
    if (!map_) throw std::runtime_error("pango was built without FreeType");
    // The font map takes its own reference to the configuration.
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), private_configuration(folder).get());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
}

std::shared_ptr<PangoContext> FontSet::context() const {
    auto context = own_object(pango_font_map_create_context(map_.get()));
    pango_cairo_context_set_font_options(context.get(), unhinted().get());
    pango_cairo_context_set_resolution(context.get(), 72);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    return context;
}

int FontSet::missing_glyphs(std::string_view utf8) const {
    const auto owner = context();
    const auto layout = own_object(pango_layout_new(owner.get()));
    std::shared_ptr<PangoFontDescription> font(pango_font_description_from_string("Noto Sans 10"),
                                               pango_font_description_free);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), utf8.data(), static_cast<int>(utf8.size()));
    return pango_layout_get_unknown_glyphs_count(layout.get());
}

}  // namespace wa::letters

#include "adapters/letters/glyphs.hpp"

#include <pango/pangofc-font.h>

#include <cstring>
#include <vector>

namespace wa::letters {
namespace {

constexpr gunichar zero_width_space = 0x200b;

bool is_mark(gunichar c) {
    const auto type = g_unichar_type(c);
    return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

// Marks that lie over two letters: K͟h is one unit of three characters (DIN 91379).
bool joins_next(gunichar c) {
    return c >= 0x035c && c <= 0x0362;
}

PangoGlyph glyph_of(PangoFont* font, gunichar c) {
    return pango_fc_font_get_glyph(PANGO_FC_FONT(font), c);
}

/// One run of one font, as cairo wants it: glyphs, and clusters that say which bytes they stand for.
class Run {
  public:
    Run(const PangoGlyphItem& item, const char* text, double x, double y)
        : font_(item.item->analysis.font),
          text_(text + item.item->offset),
          length_(item.item->length),
          x_(x),
          y_(y) {
        const auto* string = item.glyphs;
        for (int i = 0; i < string->num_glyphs && good_; ++i) {
            const int end = i + 1 < string->num_glyphs ? string->log_clusters[i + 1] : length_;
            add(string->glyphs[i], string->log_clusters[i], end);
        }
        finish_unit();
    }

    /// False when a glyph is missing or the order is not from left to right; pango then draws the run.
    bool good() const { return good_ && font_; }

    void show(cairo_t* cairo) const {
        cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font_)));
        cairo_show_text_glyphs(cairo, text_, length_, glyphs_.data(), static_cast<int>(glyphs_.size()),
                               clusters_.data(), static_cast<int>(clusters_.size()),
                               static_cast<cairo_text_cluster_flags_t>(0));
    }

  private:
    bool starts_unit(int at) {
        if (at == 0) return true;
        if (at <= unit_start_) return false;  // a further glyph of the same characters
        const auto before = g_utf8_get_char(g_utf8_prev_char(text_ + at));
        return !is_mark(g_utf8_get_char(text_ + at)) && !joins_next(before);
    }

    void add(const PangoGlyphInfo& info, int at, int end) {
        auto glyph = info.glyph;
        if (at > end || (glyph != PANGO_GLYPH_EMPTY && (glyph & PANGO_GLYPH_UNKNOWN_FLAG))) good_ = false;
        if (glyph == PANGO_GLYPH_EMPTY) glyph = text_[at] == ' ' ? glyph_of(font_, ' ') : 0;
        if (!good_) return;
        if (starts_unit(at)) {
            finish_unit();
            unit_start_ = at;
        } else {
            joined_ = true;
        }
        if (glyph) {
            glyphs_.push_back({glyph, x_ + static_cast<double>(info.geometry.x_offset) / PANGO_SCALE,
                               y_ + static_cast<double>(info.geometry.y_offset) / PANGO_SCALE});
            ++unit_glyphs_;
        }
        x_ += static_cast<double>(info.geometry.width) / PANGO_SCALE;
        unit_end_ = end;
    }

    // An invisible glyph ends a letter with marks where the letter ends: readers measure a unit from its
    // first glyph to its last, and the last mark stands in the middle of the letter.
    void finish_unit() {
        if (joined_) {
            if (const auto end = glyph_of(font_, zero_width_space)) {
                glyphs_.push_back({end, x_, y_});
                ++unit_glyphs_;
            }
        }
        if (unit_end_ > covered_) clusters_.push_back({unit_end_ - covered_, unit_glyphs_});
        covered_ = unit_end_;
        unit_glyphs_ = 0;
        joined_ = false;
    }

    PangoFont* font_;
    const char* text_;
    int length_;
    double x_, y_;
    std::vector<cairo_glyph_t> glyphs_;
    std::vector<cairo_text_cluster_t> clusters_;
    int unit_start_ = 0, unit_end_ = 0, covered_ = 0, unit_glyphs_ = 0;
    bool joined_ = false, good_ = true;
};

}  // namespace

void show_line(cairo_t* cairo, PangoLayoutLine* line, const char* text, double x, double y) {
    for (auto* next = line->runs; next; next = next->next) {
        auto* item = static_cast<PangoGlyphItem*>(next->data);
        const Run run(*item, text, x, y);
        if (item->item->analysis.level % 2 == 0 && run.good()) {
            run.show(cairo);
        } else {
            cairo_move_to(cairo, x, y);
            pango_cairo_show_glyph_item(cairo, text, item);
        }
        x += static_cast<double>(pango_glyph_string_get_width(item->glyphs)) / PANGO_SCALE;
    }
}

}  // namespace wa::letters

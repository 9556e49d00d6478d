#include "adapters/letters/blocks.hpp"

#include <algorithm>

#include "adapters/letters/picture.hpp"

namespace wa::letters {
namespace {

constexpr double label_width = mm(50), column_gap = mm(5), row_padding = mm(1.15);
constexpr double value_left = left_margin + label_width + column_gap;
constexpr double bullet_indent = mm(5), box_padding = mm(4.2), box_bar = mm(1);

/// A row of a table, its texts broken into lines once: that is most of the work of a letter.
struct TableRow {
    TableRow(PangoContext& context, Labels& labels, const letter::FieldTable::Row& row)
        : label(labels.of(context, row.label)),
          value(context, row.value, value_style, left_margin + text_width - value_left) {}
    double height() const { return std::max(label.height(), value.height()) + 2 * row_padding; }

    Text label, value;
};

class BodyPlacer {
  public:
    BodyPlacer(Flow& flow, PangoContext& context, Labels& labels, const Letter& letter,
               std::vector<std::string>& figures)
        : flow_(flow),
          context_(context),
          labels_(labels),
          accent_(colour_of(letter.sender.accent_colour)),
          figures_(figures) {}

    /// What comes after the block placed next; null after the last.
    void before(const letter::Block* next) { next_ = next; }

    void operator()(const letter::Heading& block) {
        const Text text(context_, block.text, heading_style, text_width);
        flow_.skip(mm(4));
        flow_.need(text.height() + mm(1.5) + beginning_of_next());  // a heading never stands alone
        flow_.text("H2", text, left_margin);
        flow_.skip(mm(1.2));
    }

    void operator()(const letter::Paragraph& block) {
        flow_.text("P", Text(context_, block.text, body_style, text_width), left_margin);
        flow_.skip(mm(2.8));
    }

    void operator()(const letter::SmallPrint& block) {
        flow_.skip(mm(1.5));
        flow_.text("P", Text(context_, block.text, small_style, text_width), left_margin);
        flow_.skip(mm(2));
    }

    void operator()(const letter::PageBreak&) { flow_.new_page(); }

    void operator()(const letter::FieldTable& block) {
        if (block.rows.empty()) return;
        flow_.skip(mm(1));
        std::vector<TableRow> rows;
        for (const auto& row : block.rows) rows.emplace_back(context_, labels_, row);
        flow_.need(rows.front().height() + mm(0.5));  // the line above never stands alone
        flow_.open("Table");
        rule();
        for (const auto& row : rows) table_row(row);
        flow_.close("Table");
        flow_.skip(mm(4.5));
    }

    void operator()(const letter::BulletList& block) {
        if (block.items.empty()) return;
        flow_.open("L");
        for (const auto& item : block.items) list_item(item);
        flow_.close("L");
        flow_.skip(mm(1.8));
    }

    void operator()(const letter::Notice& block) {
        TextStyle strong = body_style;
        strong.bold = true;
        const double inner = text_width - 2 * box_padding - box_bar;
        std::vector<Text> texts;
        if (!block.title.empty()) texts.emplace_back(context_, block.title, strong, inner);
        if (!block.text.empty()) texts.emplace_back(context_, block.text, body_style, inner);
        if (texts.empty()) return;
        double height = 2 * box_padding;
        for (const auto& text : texts) height += text.height();
        flow_.skip(mm(1.5));
        flow_.need(height);
        flow_.open("Sect");
        if (height <= flow_.room())
            boxed(texts, height);
        else  // longer than a page: plain text keeps every word
            for (const auto& text : texts) flow_.text("P", text, left_margin + box_bar + box_padding);
        flow_.close("Sect");
        flow_.skip(mm(5));
    }

    void operator()(const letter::Picture& block) {
        RasterPicture picture;
        try {
            picture = read_picture(block.png);
        } catch (const std::runtime_error&) {
            // The paper is needed all the same, and says what is missing on it.
            return (*this)(letter::Notice{block.alt, "Dieses Bild ist nicht lesbar."});
        }
        const double tallest = mm(std::clamp(block.max_height_mm, 1.0, 230.0));
        const double scale = std::min(tallest / picture.height, text_width * 0.999 / picture.width);
        const double height = picture.height * scale;
        const Text caption(context_, block.caption, small_style, text_width);
        const double below = block.caption.empty() ? 0 : mm(2) + caption.height();
        flow_.need(height + below);
        flow_.content("Figure", [picture, scale, top = flow_.y](cairo_t* cairo) {
            draw_picture(cairo, picture, left_margin, top, scale);
        });
        figures_.push_back(printable(block.alt));
        flow_.skip(height + mm(0.6));
        if (!block.caption.empty()) {
            line(std::max(mm(70), std::min(caption.width(), text_width)), quiet, 0.5);
            flow_.skip(mm(1));
            flow_.text("P", caption, left_margin);
        }
        flow_.skip(mm(3.5));
    }

  private:
    /// A table begins with its first row, everything else with two lines.
    double beginning_of_next() const {
        const auto* table = next_ ? std::get_if<letter::FieldTable>(next_) : nullptr;
        return table && !table->rows.empty()
                   ? mm(1.5) + TableRow(context_, labels_, table->rows.front()).height()
                   : 2 * body_style.leading;
    }

    void line(double width, Colour colour, double thickness) {
        flow_.ornament([=, y = flow_.y](cairo_t* cairo) {
            set_colour(cairo, colour);
            cairo_set_line_width(cairo, thickness);
            cairo_move_to(cairo, left_margin, y);
            cairo_rel_line_to(cairo, width, 0);
            cairo_stroke(cairo);
        });
    }
    void rule() { line(text_width, hairline, 0.6); }

    void table_row(const TableRow& row) {
        const double height = row.height();
        if (height > flow_.room()) {
            flow_.need(height);
            if (flow_.y <= following_page_top) rule();
        }
        flow_.skip_always(row_padding);
        // Label and value begin on one line, wherever the value then ends.
        flow_.need(std::min(row.label.height(), flow_.page_room()));
        flow_.open("TR");
        const double top = flow_.y;
        const auto page = flow_.pages.size();
        flow_.content("TH",
                      [label = row.label, top](cairo_t* cairo) { label.draw(cairo, left_margin, top); });
        cell(row.value);
        flow_.close("TR");
        if (page == flow_.pages.size()) flow_.y = std::max(flow_.y, top + row.label.height());
        flow_.skip_always(row_padding);
        rule();
    }

    /// Text alone; in paragraphs only where it goes on on the next page: half of a letter's file is such
    /// tags.
    void cell(const Text& text) {
        if (text.height() <= flow_.room()) return flow_.text("TD", text, value_left);
        flow_.open("TD");
        flow_.text("P", text, value_left);
        flow_.close("TD");
    }

    void list_item(const std::string& item) {
        const Text text(context_, item, body_style, text_width - bullet_indent);
        flow_.need(std::min(text.height(), 2 * body_style.leading));
        TextStyle mark_style = body_style;
        mark_style.colour = accent_;
        const Text mark(context_, "•", mark_style, bullet_indent);
        flow_.open("LI");
        flow_.content("Lbl", [mark, y = flow_.y](cairo_t* cairo) { mark.draw(cairo, left_margin + 1, y); });
        flow_.open("LBody");
        flow_.text("P", text, left_margin + bullet_indent);
        flow_.close("LBody");
        flow_.close("LI");
        flow_.skip(mm(1));
    }

    void boxed(const std::vector<Text>& texts, double height) {
        flow_.ornament([height, top = flow_.y, accent = accent_](cairo_t* cairo) {
            set_colour(cairo, tint(accent, 0.07));
            cairo_rectangle(cairo, left_margin, top, text_width, height);
            cairo_fill(cairo);
            set_colour(cairo, accent);
            cairo_rectangle(cairo, left_margin, top, box_bar, height);
            cairo_fill(cairo);
        });
        double y = flow_.y + box_padding;
        for (const auto& text : texts) {
            flow_.content("P",
                          [text, y](cairo_t* c) { text.draw(c, left_margin + box_bar + box_padding, y); });
            y += text.height();
        }
        flow_.skip_always(height);
    }

    Flow& flow_;
    PangoContext& context_;
    Labels& labels_;
    Colour accent_;
    std::vector<std::string>& figures_;
    const letter::Block* next_ = nullptr;
};

}  // namespace

Text Labels::of(PangoContext& context, const std::string& words) {
    const std::string key = pango_language_to_string(pango_context_get_language(&context)) + ("\n" + words);
    if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
    if (texts_.size() >= most) texts_.clear();
    return texts_.emplace(key, Text(context, words, label_style, label_width)).first->second;
}

void place_body(Flow& flow, PangoContext& context, Labels& labels, const Letter& letter,
                std::vector<std::string>& figures) {
    BodyPlacer placer(flow, context, labels, letter, figures);
    for (auto block = letter.body.begin(); block != letter.body.end(); ++block) {
        placer.before(std::next(block) == letter.body.end() ? nullptr : &*std::next(block));
        std::visit(placer, *block);
    }
}

}  // namespace wa::letters

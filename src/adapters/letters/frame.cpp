#include "adapters/letters/frame.hpp"

#include <algorithm>
#include <numbers>
#include <numeric>

#include "adapters/letters/code128.hpp"
#include "adapters/letters/svg.hpp"

namespace wa::letters {
namespace {

constexpr double foot_text_width = mm(96), barcode_height = mm(6.5), widest_barcode = mm(62);

void fill_box(cairo_t* cairo, Colour colour, double x, double y, double width, double height) {
    set_colour(cairo, colour);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

// Coat of arms, name of the authority, one line in its colour.
void place_letterhead(Flow& flow, PangoContext& context, const Letter& letter) {
    const auto accent = colour_of(letter.sender.accent_colour);
    double left = left_margin;
    constexpr double arms_top = mm(13.5), arms_height = mm(18);
    if (letter.official) {
        if (const auto arms = parse_svg(letter.sender.arms_svg)) {
            const double width = std::min(arms_height * arms->width / arms->height, mm(40));
            flow.ornament([arms = *arms, width](cairo_t* cairo) {
                draw_svg(cairo, arms, left_margin, arms_top, width, arms_height);
            });
            left += width + mm(5);
        }
    }
    const double room = page_width - right_margin - left;
    const Text name(context, letter.sender.authority, {17, 21, ink, true}, room, Align::left, 2);
    const Text office(context, letter.sender.office, {10, 13.5, quiet}, room, Align::left, 1);
    const double height = name.height() + office.height();
    const double top = arms_top + (arms_height - height) / 2;
    flow.content("P", [name, left, top](cairo_t* cairo) { name.draw(cairo, left, top); });
    flow.content("P",
                 [office, left, y = top + name.height()](cairo_t* cairo) { office.draw(cairo, left, y); });
    flow.ornament(
        [accent](cairo_t* cairo) { fill_box(cairo, accent, left_margin, mm(36.5), text_width, mm(0.7)); });
}

// DIN 5008: folds at 105 and 210 mm, the middle of the sheet for the punch.
void place_fold_marks(Flow& flow) {
    flow.ornament([](cairo_t* cairo) {
        fill_box(cairo, hairline, mm(5), mm(105), mm(4), 0.5);
        fill_box(cairo, hairline, mm(5), mm(148.5), mm(6), 0.5);
        fill_box(cairo, hairline, mm(5), mm(210), mm(4), 0.5);
    });
}

std::string return_line(const Letter::Sender& sender) {
    std::string out;
    for (const auto* part : {&sender.authority, &sender.street, &sender.place}) {
        if (part->empty()) continue;
        if (!out.empty()) out += " · ";
        out += *part;
    }
    return out;
}

/// The end of the address field.
double place_address(Flow& flow, PangoContext& context, const Letter& letter) {
    const Text back(context, return_line(letter.sender), {6.5, 9, quiet}, address_width, Align::left, 1);
    flow.content("P", [back](cairo_t* cairo) { back.draw(cairo, left_margin, return_line_top); });
    flow.ornament([width = std::min(back.width(), address_width)](cairo_t* cairo) {
        fill_box(cairo, hairline, left_margin, return_line_top + 9.6, width, 0.5);
    });
    std::string lines;
    for (const auto& line : letter.recipient_lines) lines += (lines.empty() ? "" : "\n") + line;
    const Text address(context, lines, {10, 13.6, ink}, address_width, Align::left);
    flow.content("P", [address](cairo_t* cairo) { address.draw(cairo, left_margin, address_top); });
    return address_top + address.height();
}

struct Fact {
    std::string label, value;
};

std::vector<Fact> facts_of(const Letter& letter) {
    const auto& words = frame_words(letter.language);
    std::vector<Fact> out;
    for (Fact fact : {Fact{words.reference, letter.reference}, Fact{words.office, letter.sender.office},
                      Fact{words.phone, letter.sender.phone}, Fact{words.date, letter.place_and_date}})
        if (!fact.value.empty()) out.push_back(std::move(fact));
    return out;
}

void place_fact(Flow& flow, const Text& label, const Text& value, double x, double y) {
    flow.content("P", [=](cairo_t* cairo) {
        label.draw(cairo, x, y);
        value.draw(cairo, x, y + label.height());
    });
}

/// Reference block at the right of the address field; its end.
double place_facts_beside(Flow& flow, PangoContext& context, const Letter& letter) {
    double y = info_top;
    for (const auto& fact : facts_of(letter)) {
        const Text label(context, fact.label, {7, 9, quiet}, info_width);
        const Text value(context, fact.value, {9, 12, ink}, info_width);
        place_fact(flow, label, value, info_left, y);
        y += label.height() + value.height() + mm(1.3);
    }
    return y;
}

/// Reference line below the letterhead, for letters without an address; its end.
double place_facts_below(Flow& flow, PangoContext& context, const Letter& letter) {
    const auto facts = facts_of(letter);
    if (facts.empty()) return mm(44);
    const double gap = mm(5), top = mm(42);
    const double width = (text_width + gap) / static_cast<double>(facts.size()) - gap;
    double end = top, x = left_margin;
    for (const auto& fact : facts) {
        const Text label(context, fact.label, {7, 9, quiet}, width);
        const Text value(context, fact.value, {9, 12, ink}, width);
        place_fact(flow, label, value, x, top);
        end = std::max(end, top + label.height() + value.height());
        x += width + gap;
    }
    return end;
}

struct Barcode {
    std::vector<std::uint8_t> widths;
    double module = 0, width = 0;
};

// As wide as can be printed well and still stands beside the text of the foot; none when it would be too
// fine.
Barcode barcode_of(const std::string& reference) {
    constexpr double best_module = mm(0.254), finest_module = mm(0.165);
    const auto symbols = code128_symbols(reference);
    if (!symbols) return {};
    Barcode out{code128_widths(*symbols)};
    const double modules = std::accumulate(out.widths.begin(), out.widths.end(), 0.0);
    out.module = std::min(best_module, widest_barcode / modules);
    if (out.module < finest_module) return {};
    out.width = out.module * modules;
    return out;
}

void draw_barcode(cairo_t* cairo, const Barcode& code, double x, double y) {
    cairo_set_source_rgb(cairo, 0, 0, 0);
    bool bar = true;
    for (auto width : code.widths) {
        if (bar) cairo_rectangle(cairo, x, y, width * code.module, barcode_height);
        x += width * code.module;
        bar = !bar;
    }
    cairo_fill(cairo);
}

/// What stands at the foot of every page but the page's number.
struct Foot {
    Text text, reference;
    Barcode code;
    double top, code_width;
};

Foot foot_of(PangoContext& context, const Letter& letter, double top) {
    auto code = barcode_of(letter.reference);
    // Below the code stand its words and the page's number beside each other, also when the code is short.
    const double width = code.widths.empty() ? widest_barcode : std::max(mm(40), code.width);
    return {Text(context, letter.footer, tiny_style, foot_text_width, Align::left, 8),
            Text(context, letter.reference, tiny_style, width - mm(20), Align::left, 1), std::move(code), top,
            width};
}

void place_foot(Page& page, PangoContext& context, const Foot& foot, const std::string& number) {
    const Text pages(context, number, {7.5, 9.4, ink}, mm(40), Align::right);
    page.content.push_back([=](cairo_t* cairo) {
        foot.text.draw(cairo, left_margin, foot.top);
        const double right = page_width - right_margin, base = foot_bottom - pages.height();
        pages.draw(cairo, right - mm(40), base);
        foot.reference.draw(cairo, right - foot.code_width, base);
        draw_barcode(cairo, foot.code, right - foot.code_width, base - mm(1.2) - barcode_height);
    });
}

void place_following_head(Page& page, PangoContext& context, const Letter& letter) {
    const auto accent = colour_of(letter.sender.accent_colour);
    const Text left(context, letter.sender.authority, {8, 11, quiet}, text_width * 0.48, Align::left, 1);
    const Text right(context, letter.subject, {8, 11, quiet}, text_width * 0.48, Align::right, 1);
    page.content.insert(page.content.begin(), [=](cairo_t* cairo) {
        left.draw(cairo, left_margin, mm(16));
        right.draw(cairo, left_margin + text_width * 0.52, mm(16));
        fill_box(cairo, accent, left_margin, mm(21.5), text_width, mm(0.4));
    });
}

void place_watermark(Page& page, PangoContext& context, const std::string& words) {
    if (words.empty()) return;
    // As large as the diagonal allows, and light enough to read through; no transparency (PDF/A).
    double size = 110;
    const double room = mm(250);
    const double width = Text(context, words, {size, size, faint, true}, 1e5, Align::left, 1).width();
    if (width > room) size *= room / width;
    const Text text(context, words, {size, size, faint, true}, room * 1.2, Align::centre, 1);
    page.under.push_back([text, room](cairo_t* cairo) {
        cairo_save(cairo);
        cairo_translate(cairo, page_width / 2, page_height / 2);
        cairo_rotate(cairo, -std::numbers::pi / 180 * 52);
        text.draw(cairo, -room * 0.6, -text.height() / 2);
        cairo_restore(cairo);
    });
}

}  // namespace

double foot_top(PangoContext& context, const Letter& letter) {
    double height = mm(1.2) + barcode_height + 9.4;
    if (!letter.footer.empty())
        height = std::max(height,
                          Text(context, letter.footer, tiny_style, foot_text_width, Align::left, 8).height());
    return foot_bottom - height;
}

void place_head(Flow& flow, PangoContext& context, const Letter& letter) {
    place_letterhead(flow, context, letter);
    double top;
    if (letter.recipient_lines.empty()) {
        top = place_facts_below(flow, context, letter) + mm(12);
    } else {
        place_fold_marks(flow);
        const double address_end = place_address(flow, context, letter);
        const double facts_end = place_facts_beside(flow, context, letter);
        top = std::max({body_top_with_address, address_end + mm(10), facts_end + mm(8)});
    }
    flow.y = top;
    if (!letter.subject.empty()) {
        flow.text("H1", Text(context, letter.subject, subject_style, text_width), left_margin);
        flow.skip(mm(4));
    }
}

void place_frame(Flow& flow, PangoContext& context, const Letter& letter, double foot_begins) {
    const auto foot = foot_of(context, letter, foot_begins);
    const auto count = static_cast<int>(flow.pages.size());
    for (int i = 0; i < count; ++i) {
        auto& page = flow.pages[static_cast<std::size_t>(i)];
        if (i > 0) place_following_head(page, context, letter);
        place_watermark(page, context, letter.watermark);
        place_foot(page, context, foot, frame_words(letter.language).page(i + 1, count));
    }
}

}  // namespace wa::letters

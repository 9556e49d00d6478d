#include "adapters/letters/svg.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "adapters/letters/svg_path.hpp"
#include "adapters/letters/typeset.hpp"

namespace wa::letters {
namespace {

constexpr std::size_t longest_text = 1'000'000, deepest = 64, most_steps = 200'000;
constexpr const char* spaces = " \t\r\n";
using Attributes = std::map<std::string_view, std::string_view>;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

std::string_view attribute(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string_view{} : found->second;
}

double number(const Attributes& attributes, std::string_view name, double otherwise = 0) {
    return SvgNumbers(attribute(attributes, name)).next().value_or(otherwise);
}

/// What elements hand down to those inside them.
struct Inherited {
    cairo_matrix_t matrix;
    std::optional<Colour> fill = Colour{}, stroke;
    double stroke_width = 1;
    bool even_odd = false;
    bool hidden = false;
};

// "none" and what is not understood (gradients) give nothing to paint with; absent keeps what was.
void read_paint(std::string_view text, std::optional<Colour>& paint) {
    static const std::map<std::string_view, std::string_view> names = {
        {"black", "#000000"}, {"white", "#ffffff"},  {"red", "#ff0000"},  {"green", "#008000"},
        {"blue", "#0000ff"},  {"yellow", "#ffff00"}, {"gold", "#ffd700"}, {"silver", "#c0c0c0"},
        {"gray", "#808080"},  {"navy", "#000080"}};
    text = trimmed(text);
    if (text.empty() || text == "inherit" || text == "currentColor") return;
    if (const auto found = names.find(text); found != names.end()) text = found->second;
    std::string hex(text);
    if (hex.size() == 4 && hex[0] == '#') hex = {'#', hex[1], hex[1], hex[2], hex[2], hex[3], hex[3]};
    paint.reset();
    if (hex.size() == 7 && hex[0] == '#') {
        paint = colour_of(hex);
    } else if (text.starts_with("rgb(")) {
        SvgNumbers parts(text.substr(4));
        const auto r = parts.next(), g = parts.next(), b = parts.next();
        const auto share = [](double v) { return std::clamp(v / 255, 0.0, 1.0); };
        if (r && g && b) paint = Colour{share(*r), share(*g), share(*b)};
    }
}

void read_property(std::string_view name, std::string_view value, Inherited& state) {
    value = trimmed(value);
    if (name == "fill")
        read_paint(value, state.fill);
    else if (name == "stroke")
        read_paint(value, state.stroke);
    else if (name == "stroke-width")
        state.stroke_width = SvgNumbers(value).next().value_or(state.stroke_width);
    else if (name == "fill-rule")
        state.even_odd = value == "evenodd";
    else if (name == "display")
        state.hidden = state.hidden || value == "none";
}

void read_transform(std::string_view text, cairo_matrix_t& matrix) {
    while (true) {
        const auto open = text.find('('), close = text.find(')');
        if (open == std::string_view::npos || close == std::string_view::npos || close < open) return;
        auto name = trimmed(text.substr(0, open));
        if (name.starts_with(',')) name = trimmed(name.substr(1));
        SvgNumbers reader(text.substr(open + 1, close - open - 1));
        double n[6] = {};
        int count = 0;
        while (count < 6) {
            const auto value = reader.next();
            if (!value) break;
            n[count++] = *value;
        }
        cairo_matrix_t step;
        cairo_matrix_init_identity(&step);
        constexpr double degree = std::numbers::pi / 180;
        if (name == "matrix" && count == 6)
            cairo_matrix_init(&step, n[0], n[1], n[2], n[3], n[4], n[5]);
        else if (name == "translate")
            cairo_matrix_init_translate(&step, n[0], n[1]);
        else if (name == "scale")
            cairo_matrix_init_scale(&step, n[0], count > 1 ? n[1] : n[0]);
        else if (name == "rotate") {
            cairo_matrix_init_translate(&step, n[1], n[2]);
            cairo_matrix_rotate(&step, n[0] * degree);
            cairo_matrix_translate(&step, -n[1], -n[2]);
        }
        cairo_matrix_multiply(&matrix, &step, &matrix);
        text.remove_prefix(close + 1);
    }
}

void ellipse(SvgPathBuilder& path, double cx, double cy, double rx, double ry) {
    if (rx <= 0 || ry <= 0) return;
    path.move(cx - rx, cy);
    path.arc(rx, ry, 0, false, true, cx + rx, cy);
    path.arc(rx, ry, 0, false, true, cx - rx, cy);
    path.close();
}

void rectangle(SvgPathBuilder& path, const Attributes& a) {
    const double x = number(a, "x"), y = number(a, "y"), w = number(a, "width"), h = number(a, "height");
    if (w <= 0 || h <= 0) return;
    double rx = number(a, "rx", number(a, "ry")), ry = number(a, "ry", rx);
    rx = std::clamp(rx, 0.0, w / 2);
    ry = std::clamp(ry, 0.0, h / 2);
    path.move(x + rx, y);
    path.line(x + w - rx, y);
    path.arc(rx, ry, 0, false, true, x + w, y + ry);
    path.line(x + w, y + h - ry);
    path.arc(rx, ry, 0, false, true, x + w - rx, y + h);
    path.line(x + rx, y + h);
    path.arc(rx, ry, 0, false, true, x, y + h - ry);
    path.line(x, y + ry);
    path.arc(rx, ry, 0, false, true, x + rx, y);
    path.close();
}

void polygon(SvgPathBuilder& path, std::string_view points, bool closed) {
    SvgNumbers numbers(points);
    for (bool first = true;; first = false) {
        const auto x = numbers.next(), y = numbers.next();
        if (!x || !y) break;
        first ? path.move(*x, *y) : path.line(*x, *y);
    }
    if (closed && !path.steps.empty()) path.close();
}

class SvgReader {
  public:
    explicit SvgReader(std::string_view text) : text_(text) {
        cairo_matrix_init_identity(&states_.emplace_back().matrix);
    }

    std::optional<SvgDrawing> run() {
        while (true) {
            const auto open = text_.find('<');
            if (open == std::string_view::npos) break;
            text_.remove_prefix(open);
            if (!tag()) return std::nullopt;
        }
        if (drawing_.shapes.empty() || drawing_.width <= 0 || drawing_.height <= 0) return std::nullopt;
        return std::move(drawing_);
    }

  private:
    bool skip_past(std::string_view end) {
        const auto at = text_.find(end);
        if (at == std::string_view::npos) return false;
        text_.remove_prefix(at + end.size());
        return true;
    }

    bool tag() {
        if (text_.starts_with("<!--")) return skip_past("-->");
        if (text_.starts_with("<![CDATA[")) return skip_past("]]>");
        if (text_.starts_with("<!") || text_.starts_with("<?")) return skip_past(">");
        if (text_.starts_with("</")) {
            if (states_.size() > 1) states_.pop_back();
            return skip_past(">");
        }
        text_.remove_prefix(1);
        const auto name = text_.substr(0, text_.find_first_of(" \t\r\n/>"));
        text_.remove_prefix(name.size());
        Attributes attributes;
        bool empty = false;
        if (!read_attributes(attributes, empty)) return false;
        element(name, attributes);
        if (empty) states_.pop_back();
        return states_.size() <= deepest && steps_ <= most_steps;
    }

    bool read_attributes(Attributes& attributes, bool& empty) {
        while (true) {
            const auto first = text_.find_first_not_of(spaces);
            if (first == std::string_view::npos) return false;
            text_.remove_prefix(first);
            if (text_[0] == '>' || text_.starts_with("/>")) {
                empty = text_[0] == '/';
                text_.remove_prefix(empty ? 2 : 1);
                return true;
            }
            const auto equals = text_.find('=');
            if (equals == std::string_view::npos) return false;
            const auto name = trimmed(text_.substr(0, equals));
            text_.remove_prefix(equals + 1);
            const auto quote = text_.find_first_of("\"'");
            if (quote == std::string_view::npos) return false;
            const auto end = text_.find(text_[quote], quote + 1);
            if (end == std::string_view::npos) return false;
            attributes[name] = text_.substr(quote + 1, end - quote - 1);
            text_.remove_prefix(end + 1);
        }
    }

    void element(std::string_view name, const Attributes& attributes) {
        Inherited state = states_.back();
        for (const auto& [key, value] : attributes) read_property(key, value, state);
        for (auto style = attribute(attributes, "style"); !style.empty();) {
            const auto end = std::min(style.find(';'), style.size());
            const auto part = style.substr(0, end);
            if (const auto colon = part.find(':'); colon != std::string_view::npos)
                read_property(trimmed(part.substr(0, colon)), part.substr(colon + 1), state);
            style.remove_prefix(std::min(end + 1, style.size()));
        }
        if (name == "svg")
            view_box(attributes);
        else if (name != "g")
            shape(name, attributes, state);
        read_transform(attribute(attributes, "transform"), state.matrix);
        states_.push_back(state);
    }

    void view_box(const Attributes& attributes) {
        if (drawing_.width > 0) return;  // only the outermost one counts
        SvgNumbers box(attribute(attributes, "viewBox"));
        const auto x = box.next(), y = box.next(), w = box.next(), h = box.next();
        drawing_.left = w && h ? x.value_or(0) : 0;
        drawing_.top = w && h ? y.value_or(0) : 0;
        drawing_.width = w && h ? *w : number(attributes, "width");
        drawing_.height = w && h ? *h : number(attributes, "height");
    }

    void shape(std::string_view name, const Attributes& a, Inherited& state) {
        cairo_matrix_t matrix = state.matrix;
        read_transform(attribute(a, "transform"), matrix);
        SvgPathBuilder path(matrix);
        if (name == "path")
            read_svg_path(attribute(a, "d"), path);
        else if (name == "rect")
            rectangle(path, a);
        else if (name == "circle")
            ellipse(path, number(a, "cx"), number(a, "cy"), number(a, "r"), number(a, "r"));
        else if (name == "ellipse")
            ellipse(path, number(a, "cx"), number(a, "cy"), number(a, "rx"), number(a, "ry"));
        else if (name == "polygon" || name == "polyline")
            polygon(path, attribute(a, "points"), name == "polygon");
        else if (name == "line") {
            path.move(number(a, "x1"), number(a, "y1"));
            path.line(number(a, "x2"), number(a, "y2"));
        } else {
            state.hidden = true;  // defs, clipPath, text, symbol …: nothing inside them is drawn
        }
        steps_ += path.steps.size();
        if (state.hidden || path.steps.empty() || (!state.fill && !state.stroke)) return;
        const double scale = std::sqrt(std::abs(matrix.xx * matrix.yy - matrix.xy * matrix.yx));
        drawing_.shapes.push_back(
            {std::move(path.steps), state.fill, state.stroke, state.stroke_width * scale, state.even_odd});
    }

    std::string_view text_;
    std::vector<Inherited> states_;
    SvgDrawing drawing_;
    std::size_t steps_ = 0;
};

void trace(cairo_t* cairo, const SvgShape& shape) {
    using Kind = SvgShape::Step::Kind;
    for (const auto& step : shape.steps) {
        const auto* p = step.points;
        if (step.kind == Kind::move)
            cairo_move_to(cairo, p[0], p[1]);
        else if (step.kind == Kind::line)
            cairo_line_to(cairo, p[0], p[1]);
        else if (step.kind == Kind::curve)
            cairo_curve_to(cairo, p[0], p[1], p[2], p[3], p[4], p[5]);
        else
            cairo_close_path(cairo);
    }
}

}  // namespace

std::optional<SvgDrawing> parse_svg(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    return SvgReader(text).run();
}

void draw_svg(cairo_t* cairo, const SvgDrawing& drawing, double x, double y, double width, double height) {
    const double scale = std::min(width / drawing.width, height / drawing.height);
    cairo_save(cairo);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_clip(cairo);
    cairo_translate(cairo, x + (width - drawing.width * scale) / 2,
                    y + (height - drawing.height * scale) / 2);
    cairo_scale(cairo, scale, scale);
    cairo_translate(cairo, -drawing.left, -drawing.top);
    for (const auto& shape : drawing.shapes) {
        cairo_new_path(cairo);
        trace(cairo, shape);
        cairo_set_fill_rule(cairo, shape.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
        if (shape.fill) {
            set_colour(cairo, *shape.fill);
            cairo_fill_preserve(cairo);
        }
        if (shape.stroke && shape.stroke_width > 0) {
            set_colour(cairo, *shape.stroke);
            cairo_set_line_width(cairo, shape.stroke_width);
            cairo_stroke_preserve(cairo);
        }
    }
    cairo_restore(cairo);
    cairo_new_path(cairo);  // restoring keeps the path, and the next fill would paint it again
}

}  // namespace wa::letters

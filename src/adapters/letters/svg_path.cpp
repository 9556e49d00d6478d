#include "adapters/letters/svg_path.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

namespace wa::letters {

void SvgNumbers::skip() {
    while (!text_.empty() && (text_[0] == ',' || text_[0] == ' ' || (text_[0] >= '\t' && text_[0] <= '\r')))
        text_.remove_prefix(1);
}

std::optional<double> SvgNumbers::next() {
    skip();
    auto text = text_;
    if (!text.empty() && text[0] == '+') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value) || std::abs(value) > 1e7) return std::nullopt;
    text_ = text_.substr(static_cast<std::size_t>(end - text_.data()));
    return value;
}

std::optional<bool> SvgNumbers::flag() {
    skip();
    if (text_.empty() || (text_[0] != '0' && text_[0] != '1')) return std::nullopt;
    const bool value = text_[0] == '1';
    text_.remove_prefix(1);
    return value;
}

std::optional<char> SvgNumbers::letter() {
    skip();
    if (text_.empty() || !std::isalpha(static_cast<unsigned char>(text_[0]))) return std::nullopt;
    const char c = text_[0];
    text_.remove_prefix(1);
    return c;
}

void SvgPathBuilder::add(SvgShape::Step::Kind kind, std::initializer_list<double> points) {
    SvgShape::Step step{kind};
    std::copy(points.begin(), points.end(), step.points);
    for (std::size_t i = 0; i + 1 < points.size(); i += 2)
        cairo_matrix_transform_point(&matrix_, &step.points[i], &step.points[i + 1]);
    steps.push_back(step);
}

void SvgPathBuilder::move(double to_x, double to_y) {
    add(SvgShape::Step::Kind::move, {to_x, to_y});
    start_x_ = x = to_x;
    start_y_ = y = to_y;
}

void SvgPathBuilder::line(double to_x, double to_y) {
    add(SvgShape::Step::Kind::line, {to_x, to_y});
    x = to_x;
    y = to_y;
}

void SvgPathBuilder::curve(double x1, double y1, double x2, double y2, double to_x, double to_y) {
    add(SvgShape::Step::Kind::curve, {x1, y1, x2, y2, to_x, to_y});
    x = to_x;
    y = to_y;
}

void SvgPathBuilder::close() {
    add(SvgShape::Step::Kind::close, {});
    x = start_x_;
    y = start_y_;
}

// SVG 1.1, appendix F.6: from end points to centre, then one Bézier curve for each quarter at most.
void SvgPathBuilder::arc(double rx, double ry, double turn_degrees, bool large, bool sweep, double to_x,
                         double to_y) {
    rx = std::abs(rx);
    ry = std::abs(ry);
    if ((x == to_x && y == to_y)) return;
    if (rx < 1e-9 || ry < 1e-9) return line(to_x, to_y);
    const double turn = turn_degrees * std::numbers::pi / 180, c = std::cos(turn), s = std::sin(turn);
    const double dx = (x - to_x) / 2, dy = (y - to_y) / 2;
    const double px = c * dx + s * dy, py = c * dy - s * dx;
    const double over = px * px / (rx * rx) + py * py / (ry * ry);
    if (over > 1) {
        rx *= std::sqrt(over);
        ry *= std::sqrt(over);
    }
    const double below = rx * rx * py * py + ry * ry * px * px;
    const double root =
        std::sqrt(std::max(0.0, (rx * rx * ry * ry - below) / below)) * (large == sweep ? -1 : 1);
    const double qx = root * rx * py / ry, qy = -root * ry * px / rx;
    const double cx = c * qx - s * qy + (x + to_x) / 2, cy = s * qx + c * qy + (y + to_y) / 2;
    const double from = std::atan2((py - qy) / ry, (px - qx) / rx);
    double span = std::atan2((-py - qy) / ry, (-px - qx) / rx) - from;
    if (sweep && span < 0) span += 2 * std::numbers::pi;
    if (!sweep && span > 0) span -= 2 * std::numbers::pi;
    const int parts =
        std::max(1, static_cast<int>(std::ceil(std::abs(span) / (std::numbers::pi / 2) - 1e-9)));
    const double step = span / parts, k = 4.0 / 3 * std::tan(step / 4);
    const auto at = [&](double u, double v) {
        return std::pair{cx + c * rx * u - s * ry * v, cy + s * rx * u + c * ry * v};
    };
    for (int i = 0; i < parts; ++i) {
        const double a = from + i * step, b = a + step;
        const auto [x1, y1] = at(std::cos(a) - k * std::sin(a), std::sin(a) + k * std::cos(a));
        const auto [x2, y2] = at(std::cos(b) + k * std::sin(b), std::sin(b) - k * std::cos(b));
        const auto [x3, y3] = at(std::cos(b), std::sin(b));
        curve(x1, y1, x2, y2, i + 1 == parts ? to_x : x3, i + 1 == parts ? to_y : y3);
    }
}

namespace {

class PathReader {
  public:
    PathReader(std::string_view d, SvgPathBuilder& path) : numbers_(d), path_(path) {}

    void run() {
        auto command = numbers_.letter();
        if (!command || (*command != 'M' && *command != 'm')) return;
        while (command) {
            if (*command == 'Z' || *command == 'z') {
                path_.close();
            } else {
                // Numbers without a new letter repeat the command; after a move they are lines.
                bool any = false;
                while (draw(*command)) {
                    any = true;
                    if (*command == 'M') command = 'L';
                    if (*command == 'm') command = 'l';
                }
                if (!any) return;
            }
            before_ = *command;
            command = numbers_.letter();
        }
    }

  private:
    bool take(int count) {
        for (int i = 0; i < count; ++i) {
            const auto number = numbers_.next();
            if (!number) return false;
            n_[i] = *number;
        }
        return true;
    }
    void absolute(int count) {
        for (int i = 0; i < count; i += 2) {
            n_[i] += path_.x;
            n_[i + 1] += path_.y;
        }
    }
    // The mirrored control point of S and T, or the current point when there is none.
    std::pair<double, double> mirrored(const char* kinds) const {
        if (std::string_view(kinds).find(before_) == std::string_view::npos) return {path_.x, path_.y};
        return {2 * path_.x - control_x_, 2 * path_.y - control_y_};
    }
    void quadratic(double cx, double cy, double x, double y) {
        control_x_ = cx;
        control_y_ = cy;
        path_.curve(path_.x + 2.0 / 3 * (cx - path_.x), path_.y + 2.0 / 3 * (cy - path_.y),
                    x + 2.0 / 3 * (cx - x), y + 2.0 / 3 * (cy - y), x, y);
    }
    void cubic(double x1, double y1, double x2, double y2, double x, double y) {
        control_x_ = x2;
        control_y_ = y2;
        path_.curve(x1, y1, x2, y2, x, y);
    }

    bool draw(char command) {
        const bool relative = command >= 'a';
        const char kind = static_cast<char>(std::toupper(static_cast<unsigned char>(command)));
        if (kind == 'A') return draw_arc(relative);
        const int count = kind == 'C'                  ? 6
                          : kind == 'S' || kind == 'Q' ? 4
                          : kind == 'H' || kind == 'V' ? 1
                                                       : 2;
        if (!take(count)) return false;
        if (relative && count > 1) absolute(count);
        switch (kind) {
            case 'M':
                path_.move(n_[0], n_[1]);
                break;
            case 'L':
                path_.line(n_[0], n_[1]);
                break;
            case 'H':
                path_.line(n_[0] + (relative ? path_.x : 0), path_.y);
                break;
            case 'V':
                path_.line(path_.x, n_[0] + (relative ? path_.y : 0));
                break;
            case 'C':
                cubic(n_[0], n_[1], n_[2], n_[3], n_[4], n_[5]);
                break;
            case 'S': {
                const auto [x, y] = mirrored("CcSs");
                cubic(x, y, n_[0], n_[1], n_[2], n_[3]);
                break;
            }
            case 'Q':
                quadratic(n_[0], n_[1], n_[2], n_[3]);
                break;
            case 'T': {
                const auto [x, y] = mirrored("QqTt");
                quadratic(x, y, n_[0], n_[1]);
                break;
            }
            default:
                return false;
        }
        before_ = command;
        return true;
    }

    bool draw_arc(bool relative) {
        if (!take(3)) return false;
        const double rx = n_[0], ry = n_[1], turn = n_[2];
        const auto large = numbers_.flag(), sweep = numbers_.flag();
        if (!large || !sweep || !take(2)) return false;
        if (relative) absolute(2);
        path_.arc(rx, ry, turn, *large, *sweep, n_[0], n_[1]);
        before_ = 'A';
        return true;
    }

    SvgNumbers numbers_;
    SvgPathBuilder& path_;
    double n_[6] = {};
    double control_x_ = 0, control_y_ = 0;
    char before_ = 'M';
};

}  // namespace

void read_svg_path(std::string_view d, SvgPathBuilder& path) {
    PathReader(d, path).run();
}

}  // namespace wa::letters

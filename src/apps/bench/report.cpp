#include "apps/bench/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wa::bench {

void Report::add(const Figure& figure) {
    const bool has_ratio = figure.bound && *figure.bound > 0;
    const double ratio = has_ratio ? figure.ours / *figure.bound : 0;
    const auto or_null = [](bool there, double value) {
        return there ? fmt::format("{:.3f}", value) : std::string("null");
    };
    if (json_) {
        fmt::print("{{\"name\":\"{}\",\"ours\":{:.3f},\"bound\":{},\"ratio\":{},\"unit\":\"{}\"}}\n",
                   figure.name, figure.ours, or_null(figure.bound.has_value(), figure.bound.value_or(0)),
                   or_null(has_ratio, ratio), figure.unit);
    } else {
        if (!headed_)
            fmt::print("{:<52} {:>12} {:>12} {:>8}  {}\n", "name", "ours", "bound", "ratio", "unit");
        fmt::print("{:<52} {:>12.2f} {:>12} {:>8}  {}\n", figure.name, figure.ours,
                   figure.bound ? fmt::format("{:.2f}", *figure.bound) : "-",
                   has_ratio ? fmt::format("{:.2f}", ratio) : "-", figure.unit);
    }
    headed_ = true;
    std::fflush(stdout);
}

double percentile(std::vector<double> values, double percent) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto rank = std::size_t(std::ceil(percent / 100 * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

void progress(const std::string& text) {
    fmt::print(stderr, "… {}\n", text);
    std::fflush(stderr);
}

}  // namespace wa::bench

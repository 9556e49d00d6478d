// Figures as they come: a table for people, or one JSON object a line.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wa::bench {

/// One figure beside what it is measured against.
struct Figure {
    std::string name;  ///< "node_step.case_open.p50"
    double ours = 0;
    std::optional<double>
        bound;         ///< a goal of the project, or what the machine does without us; absent: none is set
    std::string unit;  ///< with the direction that is good: "ms (less is better)"
};

/// Prints each figure at once, so that a run that is cut off has said what it knew.
class Report {
  public:
    explicit Report(bool json) : json_(json) {}
    void add(const Figure& figure);

  private:
    bool json_;
    bool headed_ = false;
};

inline constexpr const char* milliseconds_unit = "ms (less is better)";

/// The value below which `percent` of the values lie (nearest rank); 0 of nothing.
double percentile(std::vector<double> values, double percent);
inline double median(std::vector<double> values) {
    return percentile(std::move(values), 50);
}

/// What is being done now, for people, on the error channel.
void progress(const std::string& text);

}  // namespace wa::bench

#include "sync/pace.hpp"

#include <algorithm>

namespace wa::sync {

namespace {

/// What TCP itself sends in its first three round trips; before the third has ended nothing is measured.
constexpr std::int64_t window_unmeasured = 128 * 1024, window_quick = 4 * window_unmeasured;
constexpr std::int64_t window_min = 8 * 1024, window_max = 4 * 1024 * 1024;
constexpr std::int64_t fill_unmeasured = 16 * 1024, fill_min = 4 * 1024, fill_max = 256 * 1024;
constexpr std::int64_t part_unmeasured = 8 * 1024;
constexpr std::int64_t part_min = 2 * 1024, part_max = 48 * 1024;
constexpr Ticks rates_count_for = 10'000;
/// Less than this in flight says how long the line is, not how wide: a window made of it starved a quick line
/// just when TCP had begun to grow.
constexpr std::int64_t rate_sample_min = 16 * 1024;

}  // namespace

void Pace::reset() {
    last_rate_ = bytes_per_second();
    sent_ = received_ = 0;
    marks_.clear();
    rates_.clear();
    trip_ = 0;
    quick_ = false;
}

void Pace::expect_quick() {
    quick_ = true;
}

void Pace::sent(Ticks now, std::int64_t bytes) {
    // Nothing was on its way: the line was idle by our own choice, which says nothing about its rate.
    if (in_flight() == 0) received_at_ = now;
    sent_ += bytes;
    marks_.push_back({now, sent_, received_, received_at_});
}

void Pace::received(Ticks now, std::int64_t total) {
    total = std::min(total, sent_);
    if (total <= received_) return;
    received_ = total;
    received_at_ = now;
    while (!marks_.empty() && marks_.front().sent_after <= total) {
        const auto mark = marks_.front();
        marks_.pop_front();
        if (!marks_.empty() && marks_.front().sent_after <= total) continue;
        const auto trip = std::max<Ticks>(1, now - mark.at);
        trip_ = trip_ == 0 ? trip : std::min(trip_, trip);
        const auto elapsed = std::max<Ticks>(1, now - mark.received_at);
        const auto bytes = total - mark.received_then;
        if (bytes >= rate_sample_min) rates_.push_back({now, bytes * 1000 / elapsed});
    }
    forget_old_rates();
}

void Pace::measured(Ticks now, std::int64_t rate) {
    // While next to nothing is sent the kernel repeats what it measured last: often the end of a transfer.
    if (rate > 0 && in_flight() >= part_min) rates_.push_back({now, rate});
    forget_old_rates();
}

/// Reckoned from the last one: what a line has shown stands while nothing is sent.
void Pace::forget_old_rates() {
    while (!rates_.empty() && rates_.front().at < rates_.back().at - rates_count_for) rates_.pop_front();
}

std::int64_t Pace::rate() const {
    std::int64_t highest = 0;
    for (const auto& sample : rates_) highest = std::max(highest, sample.value);
    return highest;
}

std::int64_t Pace::bytes_per_second() const {
    return rates_.empty() ? last_rate_ : rate();
}

std::int64_t Pace::window() const {
    if (rates_.empty()) return quick_ ? window_quick : window_unmeasured;
    return std::clamp(std::max(4 * rate() * round_trip_ms() / 1000, rate() * 3 / 2), window_min, window_max);
}

std::int64_t Pace::part_size() const {
    return rates_.empty() ? part_unmeasured : std::clamp(rate() / 8, part_min, part_max);
}

std::int64_t Pace::fill() const {
    if (rates_.empty()) return fill_unmeasured;
    return std::clamp(rate() / 10, fill_min, fill_max);
}

}  // namespace wa::sync

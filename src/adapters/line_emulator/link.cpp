#include "adapters/line_emulator/link.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace wa {
namespace {
constexpr std::uint64_t slice_us = 100'000;
constexpr std::uint64_t window_us = 1'000'000;
}  // namespace

Link::Link(const LinkQuality& quality, std::uint64_t seed) : quality_(quality), random_(seed) {
    WA_ASSERT(quality.rate_bit_per_s > 0);
}

// Not a std::uniform_real_distribution: its results differ between standard libraries.
double Link::draw() {
    return double(random_() >> 11) * 0x1p-53;
}

std::uint64_t Link::sending_time(std::size_t bytes) const {
    return std::max<std::uint64_t>(1, std::uint64_t(bytes) * 8 * 1'000'000 / quality_.rate_bit_per_s);
}

void Link::drop(std::size_t bytes) {
    ++counters_.packets_dropped;
    counters_.bytes_dropped += bytes;
}

void Link::refuse(std::size_t bytes) {
    ++counters_.packets_offered;
    counters_.bytes_offered += bytes;
    drop(bytes);
}

void Link::offer(Packet packet, std::uint64_t now_us) {
    advance(now_us);
    const auto bytes = packet.size();
    if (cut_ || queued_bytes_ + bytes > quality_.queue_bytes) {
        refuse(bytes);
        return;
    }
    ++counters_.packets_offered;
    counters_.bytes_offered += bytes;
    if (queue_.empty()) {
        head_from_us_ = now_us;
        head_until_us_ = now_us + sending_time(bytes);
    }
    queued_bytes_ += bytes;
    queue_.push_back(std::move(packet));
}

void Link::advance(std::uint64_t now_us) {
    while (!queue_.empty() && head_until_us_ <= now_us) {
        Packet packet = std::move(queue_.front());
        queue_.pop_front();
        queued_bytes_ -= packet.size();
        note_busy(head_from_us_, head_until_us_);
        // Both draws for every packet: the pattern of loss stays the same when only the jitter changes.
        const bool lost = draw() < quality_.loss;
        const auto jitter = std::uint64_t(draw() * double(quality_.jitter_us + 1));
        if (lost) {
            drop(packet.size());
        } else {
            last_due_us_ = std::max(last_due_us_, head_until_us_ + quality_.delay_us + jitter);
            flights_.push_back({std::move(packet), last_due_us_});
        }
        if (!queue_.empty()) {
            head_from_us_ = head_until_us_;
            head_until_us_ += sending_time(queue_.front().size());
        }
    }
}

std::optional<std::uint64_t> Link::next_due() const {
    if (!flights_.empty()) return flights_.front().due_us;
    if (!queue_.empty()) return head_until_us_;
    return std::nullopt;
}

std::optional<Packet> Link::pop_due(std::uint64_t now_us) {
    advance(now_us);
    if (flights_.empty() || flights_.front().due_us > now_us) return std::nullopt;
    Packet packet = std::move(flights_.front().packet);
    flights_.pop_front();
    ++counters_.packets_delivered;
    counters_.bytes_delivered += packet.size();
    return packet;
}

void Link::set_quality(const LinkQuality& quality, std::uint64_t now_us) {
    WA_ASSERT(quality.rate_bit_per_s > 0);
    advance(now_us);
    quality_ = quality;
    if (queue_.empty()) return;
    head_from_us_ = now_us;
    head_until_us_ = now_us + sending_time(queue_.front().size());
}

void Link::cut() {
    cut_ = true;
    for (const auto& packet : queue_) drop(packet.size());
    for (const auto& flight : flights_) drop(flight.packet.size());
    queue_.clear();
    flights_.clear();
    queued_bytes_ = 0;
}

void Link::note_busy(std::uint64_t from_us, std::uint64_t to_us) {
    // Only the last slices count; a packet that takes longer than the window fills it.
    from_us = std::max(from_us, to_us - std::min(to_us, window_us));
    while (from_us < to_us) {
        const auto index = from_us / slice_us;
        const auto end = std::min(to_us, (index + 1) * slice_us);
        auto& slice = slices_[index % slices_.size()];
        if (slice.index != index) slice = {index, 0};
        slice.busy_us += end - from_us;
        from_us = end;
    }
}

double Link::utilisation(std::uint64_t now_us) const {
    const auto now_index = now_us / slice_us;
    std::uint64_t busy = 0;
    for (const auto& slice : slices_) {
        // Ten whole slices before the present one.
        if (slice.index < now_index && slice.index + window_us / slice_us >= now_index) busy += slice.busy_us;
    }
    if (!queue_.empty() && now_us > head_from_us_) {
        // The packet being sent is noted only when it is out; on a slow line that takes a while.
        const auto window_end = now_index * slice_us;
        const auto window_start = window_end - std::min(window_end, window_us);
        const auto from = std::max(head_from_us_, window_start);
        const auto until = std::min({now_us, head_until_us_, window_end});
        if (until > from) busy += until - from;
    }
    return std::min(1.0, double(busy) / double(window_us));
}

}  // namespace wa

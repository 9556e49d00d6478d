// One direction of an emulated line. Pure: time is an argument, randomness comes from the seed.
//
// A packet waits in a bounded queue, is sent at the line's rate, may then get lost on the air (it has used
// its share of the rate all the same), and arrives a delay later. Order is kept, as radio links keep it.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <vector>

namespace wa {

using Packet = std::vector<std::uint8_t>;

/// The qualities of one direction; see LineProfile for units and ranges.
struct LinkQuality {
    std::uint64_t rate_bit_per_s = 1'000'000;
    std::uint64_t delay_us = 0;
    std::uint64_t jitter_us = 0;
    double loss = 0;
    std::uint64_t queue_bytes = 64 * 1024;
};

/// Packets and their IP bytes since the start. offered = delivered + dropped + still under way.
struct LinkCounters {
    std::uint64_t packets_offered = 0;
    std::uint64_t packets_delivered = 0;
    std::uint64_t packets_dropped = 0;
    std::uint64_t bytes_offered = 0;
    std::uint64_t bytes_delivered = 0;
    std::uint64_t bytes_dropped = 0;
};

/// One direction. Times are microseconds of a clock that never goes back.
class Link {
  public:
    Link(const LinkQuality& quality, std::uint64_t seed);

    /// Takes a packet at `now_us`. It is dropped, silently, when the line is cut or the queue is full.
    void offer(Packet packet, std::uint64_t now_us);

    /// When to look again: something arrives or leaves the queue then. Empty when nothing is under way.
    std::optional<std::uint64_t> next_due() const;

    /// The next packet that has arrived by `now_us`, or empty.
    std::optional<Packet> pop_due(std::uint64_t now_us);

    /// Changes the qualities. What is on the air still arrives as planned; what waits is sent at the new
    /// rate.
    void set_quality(const LinkQuality& quality, std::uint64_t now_us);

    /// Drops everything under way and all that is offered until restore().
    void cut();
    void restore() { cut_ = false; }
    bool is_cut() const { return cut_; }

    /// Counts a packet that the line refuses for a reason of its own (an address that is no longer its).
    void refuse(std::size_t bytes);

    const LinkCounters& counters() const { return counters_; }
    /// Share of the second before `now_us` in which the sender was sending, 0 to 1.
    double utilisation(std::uint64_t now_us) const;
    /// Bytes that wait or are being sent.
    std::uint64_t queued_bytes() const { return queued_bytes_; }

  private:
    struct Flight {
        Packet packet;
        std::uint64_t due_us;
    };
    struct Slice {
        std::uint64_t index = 0;
        std::uint64_t busy_us = 0;
    };

    void advance(std::uint64_t now_us);
    void drop(std::size_t bytes);
    void note_busy(std::uint64_t from_us, std::uint64_t to_us);
    std::uint64_t sending_time(std::size_t bytes) const;
    double draw();

    LinkQuality quality_;
    std::mt19937_64 random_;
    bool cut_ = false;
    std::deque<Packet> queue_;        // the front is being sent
    std::uint64_t head_from_us_ = 0;  // when the front began to be sent
    std::uint64_t head_until_us_ = 0;
    std::uint64_t queued_bytes_ = 0;
    std::deque<Flight> flights_;
    std::uint64_t last_due_us_ = 0;
    LinkCounters counters_;
    std::array<Slice, 12> slices_;  // of 100 ms each; more than the second that is asked for
};

}  // namespace wa

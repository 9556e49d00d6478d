// Measures a line from what the other side says it has received, and says how much may be on its way: enough
// to fill the line, so little that an urgent text sent next waits behind almost nothing.
#pragma once

#include <cstdint>
#include <deque>

namespace wa::sync {

/// Milliseconds of a steady clock; its zero means nothing.
using Ticks = std::int64_t;

class Pace {
  public:
    /// A new connection: what was on its way is gone, the rate is kept as a first guess.
    void reset();
    void sent(Ticks now, std::int64_t bytes);
    /// The other side has `total` bytes of this connection now.
    void received(Ticks now, std::int64_t total);
    /// The time from a small message to its answer.
    void round_trip(Ticks now, Ticks milliseconds);

    /// Sent and not yet known to be received.
    std::int64_t in_flight() const { return sent_ - received_; }
    /// Bytes that may be in flight: about one bandwidth-delay product of 8 kB to 512 kB.
    std::int64_t window() const;
    bool may_send() const { return in_flight() < window(); }
    /// Bytes of one part: about a quarter of a second, 2 kB to 48 kB.
    std::int64_t part_size() const;
    std::int64_t bytes_per_second() const;  ///< 0: not measured yet
    Ticks round_trip_ms() const;            ///< 0: not measured yet

  private:
    struct Mark {
        Ticks at;
        std::int64_t sent_before;  ///< bytes sent when this part began
        std::int64_t sent_after;
        std::int64_t received_then;  ///< and what was known to be received
        Ticks received_at;
    };
    struct Sample {
        Ticks at;
        std::int64_t value;
    };
    void forget_old(Ticks now);

    std::int64_t sent_ = 0, received_ = 0;
    Ticks received_at_ = 0;
    std::deque<Mark> marks_;
    std::deque<Sample> rates_;  ///< bytes per second, the highest of the last 10 s counts
    std::deque<Sample> trips_;  ///< ms, the lowest of the last 30 s counts
    std::int64_t last_rate_ = 0;
};

}  // namespace wa::sync

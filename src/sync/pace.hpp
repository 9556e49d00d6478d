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
    /// A new connection: what was on its way is gone; the rate is kept, to be shown. It decides nothing: the
    /// next line may be a hundred times as slow.
    void reset();
    /// Until something is measured: the line is taken for a quick one, whose TCP begins four times as wide.
    void expect_quick();
    void sent(Ticks now, std::int64_t bytes);
    /// The other side has `total` bytes of this connection now.
    void received(Ticks now, std::int64_t total);
    /// What someone nearer to the line has measured, in bytes per second; 0: nothing.
    void measured(Ticks now, std::int64_t rate);

    /// Sent and not yet known to be received.
    std::int64_t in_flight() const { return sent_ - received_; }
    /// Bytes that may be in flight: four times the bandwidth-delay product or one and a half seconds, 8 kB to
    /// 4 MB. Word of what has come in takes a round trip, the hub's pause between two words, and the rest of
    /// a part; and as long as TCP still doubles its own window with every round trip, this one must be ahead
    /// of it. How much waits on a slow line is decided by fill(), which is far less.
    std::int64_t window() const;
    bool may_send() const { return in_flight() < window(); }
    /// Bytes of one part of a chunk: about an eighth of a second, 2 kB to 48 kB.
    std::int64_t part_size() const;
    /// What may wait in the kernel before anything urgent: a tenth of a second of the line, 4 kB to 256 kB;
    /// the socket's own queue holds a quarter of it and one part. All of it is lost to a cut.
    std::int64_t fill() const;
    std::int64_t rate() const;              ///< bytes per second of this connection; 0: not measured yet
    std::int64_t bytes_per_second() const;  ///< the same, or else that of the connection before
    Ticks round_trip_ms() const { return trip_; }  ///< 0: not measured yet

  private:
    struct Mark {
        Ticks at;
        std::int64_t sent_after;     ///< bytes sent when this frame was
        std::int64_t received_then;  ///< known to be received at that time,
        Ticks received_at;           ///< and since when
    };
    struct Sample {
        Ticks at;
        std::int64_t value;
    };
    void forget_old_rates();

    std::int64_t sent_ = 0, received_ = 0;
    Ticks received_at_ = 0;
    std::deque<Mark> marks_;
    std::deque<Sample> rates_;  ///< bytes per second; the highest of the 10 s before the last one counts
    /// The shortest of this connection: a later one would count what we have queued ourselves, and the queue
    /// would grow by its own measure.
    Ticks trip_ = 0;
    std::int64_t last_rate_ = 0;
    bool quick_ = false;
};

}  // namespace wa::sync

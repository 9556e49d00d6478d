// The node's side of the line, as a state machine: no socket, no clock, no disk, no randomness of its own.
//
//   transport                          session
//   next_line_step(now)          ->    open | close | none          (call after every input and at next_wake)
//   connected(now)               ->    the connection asked for is there
//   disconnected(now)            ->    it ended by itself (not: after `close`; that one is over when it is
//   asked for) bytes_seen(now)              ->    any byte has come in, also half a frame frame_received(now,
//   bytes)   ->    one whole frame next_frame(now)              <-    the next frame to write; ask only while
//   the socket's buffer is (almost)
//                                      empty, so that what is urgent is not behind what is not
#pragma once

#include <functional>
#include <map>

#include "base/time.hpp"
#include "sync/uploads.hpp"

namespace wa::sync {

/// What the desk shows.
struct LineState {
    bool connected = false;               ///< otherwise searching
    std::int64_t bytes_per_second = 0;    ///< upwards; 0: not measured yet
    Ticks round_trip_ms = 0;              ///< 0: not measured yet
    QueueCounts queue;                    ///< less the chunks that the hub has acknowledged
    std::int64_t seconds_left = 0;        ///< estimate for the queue; 0 when it is empty or not known
    std::int64_t hub_clock_ahead_ms = 0;  ///< of the hub's clock against ours, as of the last Welcome
    std::string error;                    ///< the hub's reason for ending the last connection: a problem code
};

struct NodeConfig {
    std::string device_id;
    Ticks heartbeat_after = 1500;
    Ticks dead_after = 5000;
    Ticks connect_timeout = 5000;
    Ticks backoff_first = 250;
    /// A line that is searched for: a packet or two a second are no burden, and it may be back any moment.
    Ticks backoff_searching = 1000;
    /// After half an hour of that, and when the hub has refused.
    Ticks backoff_max = 30000;
};

enum class LineStep { none, open, close };

class NodeSession {
  public:
    /// `random` draws a number from 0 to the given maximum, for the jitter of the back-off.
    using Random = std::function<std::uint32_t(std::uint32_t maximum)>;
    NodeSession(NodeConfig config, NodeQueue& queue, Random random);
    NodeSession(const NodeSession&) = delete;
    NodeSession& operator=(const NodeSession&) = delete;

    /// Of the connection that was asked for: its first frame, for a transport that can send it along while it
    /// still opens. Without this call next_frame gives it once connected. Empty when nothing is asked for.
    Bytes greet(Ticks now);
    /// Behind that: what may go before the hub has said anything, for a transport that can send it while it
    /// still opens. What has never been on a line, so that nothing of it travels twice. `quick`: the line
    /// before was, and this one answers as quickly.
    std::vector<Bytes> early_frames(Ticks now, bool quick);
    /// Whether the line, as it was measured last, carries what may go early in next to no time.
    bool was_quick() const;
    void connected(Ticks now);
    void disconnected(Ticks now);
    void bytes_seen(Ticks now) { heard_at_ = now; }
    /// `wall` is the node's clock, only to show how far it is off.
    void frame_received(Ticks now, std::span<const std::uint8_t> frame, Timestamp wall);
    std::optional<Bytes> next_frame(Ticks now);
    LineStep next_line_step(Ticks now);
    /// When to ask next_line_step and next_frame again if nothing else happens.
    Ticks next_wake() const;

    /// The queue has grown (an envelope, a document): look again.
    void work_added();
    /// The tour has ended here: once everything has arrived, ask for leave to wipe.
    void request_check_in(std::string tour_id);
    /// The store of the tour is destroyed: told until the hub has noted it.
    void report_wiped(std::string tour_id);
    /// What the kernel has measured upwards (bytes per second; 0: nothing). The hub's word lags behind it,
    /// most where packets are lost: what came behind a gap does not count yet.
    void line_measured(Ticks now, std::int64_t rate) { pace_.measured(now, rate); }
    /// The network has come back (new address, radio up): try at once. An attempt to connect begins anew.
    void line_may_be_back(Ticks now);
    /// The address of the present connection is no longer ours: it is dead, whatever the kernel still hopes.
    void address_lost(Ticks now);

    /// How long no hub has been reached.
    Ticks searching_for(Ticks now) const { return failures_ == 0 ? 0 : now - failing_since_; }
    bool is_live() const { return state_ == State::live; }
    /// Upwards, as measured; 0: not yet.
    std::int64_t bytes_per_second() const { return pace_.bytes_per_second(); }
    LineState line_state();
    /// What may wait in the kernel (bytes): see Pace::fill.
    std::int64_t fill() const { return pace_.fill(); }
    const Metrics& metrics() const { return metrics_; }

  private:
    enum class State { waiting, opening, greeting, live };

    void on(const Welcome& welcome, Timestamp wall);
    void on(const Answers& answers);
    void on(const Changes& changes);
    void on(const Error& error);
    void dispatch(const Message& message);
    void begin_connection();
    void forget_unanswered();
    void fall_back(Ticks now);
    Message hello();
    Bytes written(Ticks now, const Message& message);
    void note_sent(Ticks now, const Bytes& frame);
    std::optional<Message> next_message();
    std::optional<Message> next_text();
    std::optional<Message> next_ending();

    NodeConfig config_;
    NodeQueue& queue_;
    Random random_;
    Metrics metrics_;
    Pace pace_;
    Uploads uploads_;

    State state_ = State::waiting;
    Ticks since_ = 0, heard_at_ = 0, sent_at_ = 0, retry_at_ = 0;
    int failures_ = 0;
    Ticks failing_since_ = 0;
    bool give_up_ = false, hello_due_ = false, forked_ = false, hurry_ = false, refused_ = false;
    bool greeted_ = false;  ///< Hello has gone while the connection was still opening,
    bool early_ = false;    ///< and more behind it
    std::uint32_t dictionary_ = 0;
    NodePoint point_;

    bool text_due_ = true, rows_due_ = false;
    std::int64_t sent_seq_ = 0, highest_sent_ever_ = 0;
    std::map<std::int64_t, std::int64_t> unanswered_;  ///< number -> bytes of its envelope
    std::int64_t unanswered_bytes_ = 0;
    std::optional<std::int64_t> changes_ack_;
    std::optional<std::string> check_in_, wiped_;
    bool check_in_sent_ = false, wiped_sent_ = false;
    std::int64_t hub_clock_ahead_ms_ = 0;
    std::string error_;
};

}  // namespace wa::sync

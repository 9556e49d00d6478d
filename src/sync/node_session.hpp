// The node's side of the line, as a state machine: no socket, no clock, no disk, no randomness of its own.
//
//   transport                          session
//   next_line_step(now)          ->    open | close | none          (call after every input and at next_wake)
//   connected(now)               ->
//   disconnected(now)            ->
//   bytes_seen(now)              ->    any byte has come in, also half a frame
//   frame_received(now, bytes)   ->    one whole frame
//   next_frame(now)              <-    the next frame to write; ask only while the socket's buffer is
//   (almost) empty, so
//                                      that what is urgent is not behind what is not
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sync/pace.hpp"
#include "sync/wire.hpp"

namespace wa::sync {

/// What a node knows when a connection begins.
struct NodePoint {
    std::string tour_id;
    std::int64_t last_answered = 0;
    std::int64_t changes_seq = 0;
    JournalHead known_head;
    std::vector<std::int64_t> unsettled;
};

/// The node's store as the session needs it; synchronous. What must be durable is when the function returns;
/// false (full disk) makes the session end the connection and try again later.
class NodeQueue {
  public:
    virtual ~NodeQueue() = default;
    virtual NodePoint point() = 0;
    virtual std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                                  std::size_t max_count) = 0;
    virtual std::vector<PendingDocument> documents(std::size_t limit) = 0;
    virtual std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) = 0;
    virtual QueueCounts counts() = 0;
    virtual bool store_answers(const std::vector<HubAnswer>& answers) = 0;
    virtual bool store_document_at_hub(const std::string& hash) = 0;
    virtual bool store_changes(const Changes& changes) = 0;
    virtual bool store_hub_head(const JournalHead& head) = 0;
    /// The hub holds a second durable copy of everything: the tour's store may be destroyed. The wiring does
    /// it and calls report_wiped.
    virtual void wipe_allowed(const std::string& tour_id) = 0;
};

struct Metrics {
    std::int64_t bytes_sent = 0, bytes_received = 0;
    std::int64_t bytes_sent_again = 0;  ///< frames that carried something sent before a cut
    std::int64_t chunks_sent_again = 0;
    std::int64_t connections = 0;
};

/// What the desk shows.
struct LineState {
    bool connected = false;             ///< otherwise searching
    std::int64_t bytes_per_second = 0;  ///< upwards, 0: not measured yet
    Ticks round_trip_ms = 0;
    QueueCounts queue;                    ///< of documents: less what the hub has acknowledged
    std::int64_t seconds_left = 0;        ///< estimate for the queue; 0 when it is empty or not known
    std::int64_t hub_clock_ahead_ms = 0;  ///< of the hub's clock against ours, as of the last Welcome
    std::string error;                    ///< the hub's reason for ending the last connection, a problem code
};

struct NodeConfig {
    std::string device_id;
    Ticks heartbeat_after = 1500;
    Ticks dead_after = 5000;
    Ticks connect_timeout = 5000;
    Ticks backoff_first = 250;
    Ticks backoff_max = 30000;
};

enum class LineStep { none, open, close };

class NodeSession {
  public:
    /// `random` draws a number from 0 to the given maximum, for the jitter of the back-off.
    using Random = std::function<std::uint32_t(std::uint32_t maximum)>;
    NodeSession(NodeConfig config, NodeQueue& queue, Random random);

    void connected(Ticks now);
    void disconnected(Ticks now);
    void bytes_seen(Ticks now);
    /// `wall` is the node's clock, only to show how far it is off.
    void frame_received(Ticks now, std::span<const std::uint8_t> frame, Timestamp wall);
    std::optional<Bytes> next_frame(Ticks now);
    LineStep next_line_step(Ticks now);
    /// When to ask next_line_step and next_frame again if nothing else happens.
    Ticks next_wake(Ticks now) const;

    /// The queue has grown (an envelope, a document): look again.
    void work_added() {
        look_again_ = documents_exhausted_ = documents_known_ = false;
        look_again_ = true;
    }
    /// The tour has ended here: once everything has arrived, ask for leave to wipe.
    void request_check_in(std::string tour_id) {
        check_in_ = std::move(tour_id);
        check_in_sent_ = false;
    }
    /// The store of the tour is destroyed.
    void report_wiped(std::string tour_id) {
        wiped_ = std::move(tour_id);
        wiped_sent_ = false;
    }
    /// The network has come back (address change, netlink): try at once.
    void line_may_be_back(Ticks now);

    LineState line_state();
    const Metrics& metrics() const { return metrics_; }

  private:
    enum class State { waiting, opening, greeting, live, closing };
    struct Upload {
        std::string hash;
        std::int64_t size = 0;
        std::set<std::int64_t> to_send;   ///< positions the hub lacks and that are not on their way
        std::int64_t unacknowledged = 0;  ///< chunks sent
        bool answered = false;            ///< the hub has said what it holds
    };

    void on(const Welcome&, Ticks now, Timestamp wall);
    void on(const Answers&, Ticks now);
    void on(const Held&);
    void on(const ChunkAck&);
    void on(const Heartbeat&, Ticks now);
    void on(const Changes&);
    void on(const WipeAllowed&);
    void on(const Error&);
    void give_up();
    void fall_back(Ticks now);
    void held(const DocumentHeld& held);
    void document_done(const std::string& hash);
    Message hello();
    std::optional<Bytes> next_text(Ticks now);
    std::optional<Bytes> next_offer();
    std::optional<Bytes> next_part(Ticks now);
    bool load_chunk();
    std::optional<Bytes> next_ending();
    Bytes pack(const Message& message);

    NodeConfig config_;
    NodeQueue& queue_;
    Random random_;
    State state_ = State::waiting;
    Ticks since_ = 0, heard_at_ = 0, sent_at_ = 0, retry_at_ = 0;
    int failures_ = 0;
    bool hello_due_ = false;
    std::uint32_t dictionary_ = 0;
    NodePoint point_;

    bool look_again_ = true;
    std::int64_t sent_seq_ = 0, answered_seq_ = 0, highest_seq_sent_ever_ = 0;
    std::int64_t unanswered_bytes_ = 0;
    std::map<std::int64_t, std::int64_t> unanswered_;  ///< number -> bytes
    std::deque<std::pair<std::int64_t, Ticks>> text_sent_at_;
    std::optional<std::int64_t> changes_ack_;

    bool documents_known_ = false, documents_exhausted_ = false;
    std::vector<Upload> uploads_;
    std::set<std::pair<std::string, std::int64_t>> chunks_sent_ever_;
    std::int64_t unacknowledged_bytes_ = 0;
    struct Current {
        std::string hash;
        std::int64_t size = 0, position = 0;
        Bytes bytes;
        std::size_t offset = 0;
        bool again = false;
    };
    std::optional<Current> current_;
    Pace pace_;

    std::optional<std::string> check_in_, wiped_;
    bool check_in_sent_ = false, wiped_sent_ = false;
    std::int64_t hub_clock_ahead_ms_ = 0;
    std::string error_;
    Metrics metrics_;
};

}  // namespace wa::sync

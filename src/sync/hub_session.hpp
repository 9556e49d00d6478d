// The hub's side of one connection, as a state machine. The store works on another thread in group commits
// and answers later: every request to the inbox has its completion as an input here. The wiring drops
// completions of connections that are gone.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "sync/pace.hpp"
#include "sync/wire.hpp"

namespace wa::sync {

/// What the hub's store is asked for one connection; each call is answered by the session's function of the
/// name in brackets, in the order of the calls, after the commit.
class HubInbox {
  public:
    virtual ~HubInbox() = default;
    virtual void resume(const Hello& hello) = 0;                     ///< [resumed]
    virtual void execute(std::vector<Bytes> envelopes) = 0;          ///< [executed]
    virtual void offered(std::vector<DocumentOffer> documents) = 0;  ///< [held]
    virtual void store_chunk(Chunk chunk) = 0;                       ///< [chunk_stored]
    virtual void changes(std::int64_t after) = 0;                    ///< [changed]
    virtual void check_in(const CheckIn& check_in) = 0;              ///< [wipe_allowed], perhaps much later
    virtual void wiped(const std::string& tour_id) = 0;              ///< not answered
};

struct Resumed {
    Welcome welcome;
    /// Answers to what had arrived before the cut and to unsettled numbers, sent at once.
    std::vector<HubAnswer> answers;
};

struct HubConfig {
    std::string device_id;  ///< as the certificate of the connection says
    Ticks heartbeat_after = 1500;
    Ticks dead_after = 15000;
    Ticks progress_every = 200;
};

class HubSession {
  public:
    HubSession(HubConfig config, HubInbox& inbox, Ticks now);

    void bytes_seen(Ticks now) { heard_at_ = now; }
    void frame_received(Ticks now, std::span<const std::uint8_t> frame);
    /// The next frame to write; ask while the socket's buffer is almost empty.
    std::optional<Bytes> next_frame(Ticks now);
    /// True when the wiring is to end the connection (after next_frame has nothing more, or at once when
    /// dead).
    bool wants_close(Ticks now) const;
    Ticks next_wake(Ticks now) const;

    // Completions of the inbox.
    void resumed(Resumed resumed);
    /// `need_from`: not 0 when the chain has a gap.
    void executed(std::vector<HubAnswer> answers, std::int64_t need_from);
    void held(std::vector<DocumentHeld> documents);
    void chunk_stored(ChunkAck ack);
    void changed(Changes changes);
    void wipe_allowed(std::string tour_id);
    /// The store could not do it (full disk, device unknown, journal rewritten): said to the node, then
    /// closed.
    void failed(std::string code);

    /// Something in the working set of this tour may have changed at the hub, or an answer has (settled).
    void look_for_changes();
    void answer_changed(HubAnswer answer);

    const std::string& tour_id() const { return tour_id_; }
    bool live() const { return live_; }
    const std::int64_t& bytes_sent() const { return bytes_sent_; }
    const std::int64_t& bytes_received() const { return bytes_received_; }

  private:
    void on(Hello&&);
    void on(Commands&&);
    void on(Offer&&);
    void on(Chunk&&);
    void on(ChunkMore&&);
    void on(ChangesAck&&);
    void on(CheckIn&&);
    void on(Wiped&&);
    void take_part(std::size_t bytes);
    void push(const Message& message);

    HubConfig config_;
    HubInbox& inbox_;
    Ticks heard_at_, sent_at_;
    bool greeted_ = false, live_ = false, closing_ = false;
    std::string tour_id_;
    std::uint32_t dictionary_ = 0;
    std::deque<Bytes> out_;
    std::optional<Chunk> assembling_;
    std::int64_t chunk_bytes_received_ = 0, chunk_bytes_told_ = 0;
    Ticks progress_at_ = 0;
    bool changes_asked_ = false, changes_wanted_ = false;
    std::int64_t changes_seq_ = 0;
    std::int64_t bytes_sent_ = 0, bytes_received_ = 0;
};

}  // namespace wa::sync

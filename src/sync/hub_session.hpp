// The hub's side of one connection, as a state machine. The store works on another thread in group commits
// and answers later: every request to the inbox has its completion as an input here. The wiring drops
// completions of connections that are gone, and brings the others to the session's own thread.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/begun_chunks.hpp"
#include "sync/pace.hpp"
#include "sync/wire.hpp"

namespace wa::sync {

/// What the hub's store is asked for one connection. Each call is answered, after the commit and in the order
/// of the calls, by the session's function in brackets, or by failed(). hub_store.hpp does the work of each.
class HubInbox {
  public:
    virtual ~HubInbox() = default;
    virtual void resume(const Hello& hello) = 0;                     ///< [resumed]
    virtual void execute(std::vector<Bytes> envelopes) = 0;          ///< [executed]
    virtual void offered(std::vector<DocumentOffer> documents) = 0;  ///< [held]
    virtual void store_chunk(Chunk chunk) = 0;                       ///< [chunk_stored]
    virtual void changes(std::int64_t after) = 0;                    ///< [changed]
    /// Rows come with [changed] from here on, if the proof is that of the tour.
    virtual void rows_wanted(const Hash& proof) = 0;
    virtual void check_in(const CheckIn& check_in) = 0;  ///< [wipe_allowed], perhaps much later
    virtual void wiped(const std::string& tour_id) = 0;  ///< [wipe_noted]
};

struct Resumed {
    Welcome welcome;
    /// To what had arrived before the connection, and to numbers whose answer has changed since.
    std::vector<HubAnswer> answers;
    bool journal_rewritten = false;  ///< the node knows another past of this journal; journalled, to be shown
};

struct HubConfig {
    std::string device_id;  ///< as the certificate of the connection says
    Ticks heartbeat_after = 1500;
    Ticks dead_after = 15000;
    Ticks progress_every = 200;
    std::int64_t progress_bytes = 16 * 1024;
    /// Where the beginning of a chunk outlives the connection, and whose it is there; none: nowhere.
    std::shared_ptr<BegunChunks> begun = {};
    std::string owner = {};
    /// What another Koffer brought home is found at the latest after this.
    Ticks look_every = 20000;
};

class HubSession {
  public:
    HubSession(HubConfig config, HubInbox& inbox, Ticks now);
    HubSession(const HubSession&) = delete;
    HubSession& operator=(const HubSession&) = delete;

    void bytes_seen(Ticks now) { heard_at_ = now; }
    void frame_received(Ticks now, std::span<const std::uint8_t> frame);
    /// The next frame to write; ask while the socket's buffer is almost empty.
    std::optional<Bytes> next_frame(Ticks now);
    /// True when the wiring is to end the connection: no sign of life, or next_frame has brought out an
    /// Error.
    bool wants_close(Ticks now) const;
    /// When to ask next_frame and wants_close again if nothing else happens.
    Ticks next_wake() const;

    void resumed(Resumed resumed);
    /// `need_from`: not 0 when the chain has a gap.
    void executed(std::vector<HubAnswer> answers, std::int64_t need_from);
    void held(std::vector<DocumentHeld> documents);
    void chunk_stored(ChunkAck ack);
    void changed(Changes changes);
    void wipe_allowed(const std::string& tour_id);
    void wipe_noted(const std::string& tour_id);
    /// The store could not do it (full disk, revoked device): said to the node, then the connection is ended.
    void failed(std::string code);
    /// The problem that ends it; empty while there is none.
    const std::string& failure() const { return failure_; }

    /// Something in the working set of this tour may have changed at the hub.
    void look_for_changes();
    /// Work of this tour has come to the hub by another way, an older connection or a stick: said before the
    /// rows it changed, which the node would take for older than its own work as long as that waits.
    void answered_elsewhere(const std::vector<HubAnswer>& answers);
    /// An answer given before is different now: someone has settled the quarantine.
    void answer_changed(HubAnswer answer);

    const std::string& tour_id() const { return tour_id_; }
    bool is_live() const { return live_; }
    std::int64_t bytes_sent() const { return bytes_sent_; }
    std::int64_t bytes_received() const { return bytes_received_; }

  private:
    void on(Hello&& hello);
    void on(Chunk&& chunk);
    void on(ChunkMore&& more);
    void take(std::span<const std::uint8_t> frame);
    void keep_early(std::span<const std::uint8_t> frame);
    void take_early(const Welcome& welcome);
    void dispatch(Message&& message);
    void chunk_grown();
    void take_up_begun(Welcome& welcome);
    void ask_for_changes();
    void push(const Message& message);
    void push(const std::vector<HubAnswer>& answers, bool from_before, std::int64_t need_from = 0);
    void asked();

    HubConfig config_;
    HubInbox& inbox_;
    Ticks heard_at_, sent_at_, progress_at_, looked_at_;
    std::string failure_;
    bool greeted_ = false, live_ = false, closing_ = false;
    std::string tour_id_;
    std::uint32_t dictionary_ = 0;
    std::vector<Bytes> early_;  ///< frames that have come before the Welcome
    std::size_t early_bytes_ = 0;
    std::uint32_t offered_dictionary_ = 0;  ///< by Hello, as
    std::int64_t last_answered_ = 0;        ///< this was
    std::deque<Bytes> out_;
    int requests_ = 0;                                 ///< to the inbox, not answered yet
    bool checking_in_ = false, noting_wiped_ = false;  ///< asked as well, and not answered yet
    std::optional<Chunk> assembling_;
    bool taken_up_ = false;  ///< what is assembled came on a connection before; nothing of it on this one yet
    bool changes_asked_ = false, changes_wanted_ = false;
    std::int64_t changes_seq_ = 0;
    std::int64_t bytes_sent_ = 0, bytes_received_ = 0, bytes_told_ = 0;
};

}  // namespace wa::sync

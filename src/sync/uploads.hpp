// Which chunk of which document goes next. Only what the hub does not hold durably is sent.
#pragma once

#include <map>
#include <set>

#include "sync/node_queue.hpp"
#include "sync/pace.hpp"

namespace wa::sync {

class Uploads {
  public:
    Uploads(NodeQueue& queue, Pace& pace, Metrics& metrics) : queue_(queue), pace_(pace), metrics_(metrics) {}

    /// A new connection: what was on its way is sent again unless the hub says it has it.
    void restart();
    void look_again() { stale_ = true; }
    /// Documents of which the hub has not said yet what it holds; each is returned once.
    std::vector<DocumentOffer> to_offer(std::size_t limit);
    /// False when the node's store could not write.
    bool held(const DocumentHeld& held);
    bool acknowledged(const ChunkAck& ack);
    /// Goes on with a chunk whose beginning has arrived on an earlier connection, if it is ours to the byte.
    /// Before anything else of a chunk is sent.
    void go_on(const BegunChunk& begun);
    /// The next part of a chunk, if one may go now.
    std::optional<Message> next_part();
    /// Before the hub has said what it holds: of a document that is offered to it for the first time.
    std::optional<Message> next_early_part();
    /// Size of the frame that carried the last part.
    void part_sent(std::int64_t frame_bytes);
    /// Takes off what the hub has acknowledged of documents that are not complete.
    void subtract_held(QueueCounts& counts) const;

  private:
    struct Document {
        std::int64_t size = 0;
        bool offered = false, answered = false;
        std::set<std::int64_t> to_send, on_way;
        int false_hashes = 0;
    };
    struct Current {
        std::string hash;
        std::int64_t size = 0, position = 0;
        Bytes bytes;
        std::size_t offset = 0;
        std::size_t sent_before = 0;  ///< of its bytes, on an earlier connection
        std::size_t part = 0;         ///< bytes of the last part, which end at `offset`
        bool sealed = false;
    };
    using Place = std::pair<std::string, std::int64_t>;  ///< a chunk: hash of the document, position
    void refresh();
    Message cut_part();
    bool load_next();
    bool load_unheard();
    void has_arrived(const std::string& hash, std::int64_t position);
    /// Makes it the current one, from `offset` on. False when the chunk is damaged here.
    bool load(const std::string& hash, Document& document, std::int64_t position, std::size_t offset);
    bool finish(const std::string& hash);

    NodeQueue& queue_;
    Pace& pace_;
    Metrics& metrics_;
    bool stale_ = true;
    std::vector<std::string> order_;
    std::map<std::string, Document> documents_;
    /// Bytes of each, from its beginning, as long as the hub has not said that it holds it.
    std::map<Place, std::size_t> sent_before_, sent_now_;
    std::set<std::string> offered_before_;  ///< on an earlier connection
    std::int64_t unacknowledged_bytes_ = 0;
    std::optional<Current> current_;
};

}  // namespace wa::sync

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
    /// The next part of a chunk, if one may go now.
    std::optional<Message> next_part();
    /// Size of the frame that carried the last part; true once per chunk that is sent again.
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
        bool again = false, sealed = false;
    };
    void refresh();
    bool load_next();
    bool finish(const std::string& hash);

    NodeQueue& queue_;
    Pace& pace_;
    Metrics& metrics_;
    bool stale_ = true;
    std::vector<std::string> order_;
    std::map<std::string, Document> documents_;
    std::set<std::pair<std::string, std::int64_t>> sent_before_, sent_now_;
    std::int64_t unacknowledged_bytes_ = 0;
    std::optional<Current> current_;
};

}  // namespace wa::sync

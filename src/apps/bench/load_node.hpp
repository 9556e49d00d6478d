// A Koffer's line without a Koffer: the real session and socket, its work in memory.
#pragma once

#include <deque>
#include <functional>
#include <map>

#include "adapters/http/line_socket.hpp"
#include "apps/bench/fleet.hpp"
#include "sync/node_session.hpp"

namespace wa::bench {

/// Work of a Koffer in memory; answers only count.
class MemoryQueue final : public sync::NodeQueue {
  public:
    explicit MemoryQueue(const FleetDevice& device) : device_(device) {}
    void give(FleetCase work);
    bool is_empty() const { return envelopes_.empty() && scans_.empty(); }
    std::int64_t refused() const { return refused_; }

    sync::NodePoint point() override;
    std::optional<Hash> envelope_hash(std::int64_t) override { return std::nullopt; }
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t max_bytes,
                                          std::size_t max_count) override;
    std::vector<PendingDocument> documents(std::size_t limit) override;
    std::optional<Bytes> chunk(const std::string& hash, std::int64_t position) override;
    QueueCounts counts() override { return {}; }
    bool store_answers(const std::vector<HubAnswer>& answers) override;
    bool store_document_at_hub(const std::string& hash) override;
    bool store_changes(const sync::Changes& changes) override;
    bool requeue_after(std::int64_t) override { return true; }
    bool store_hub_head(const JournalHead&) override { return true; }
    void wipe_allowed(const std::string&) override {}
    void wipe_noted(const std::string&) override {}

  private:
    const FleetDevice& device_;
    std::deque<QueuedEnvelope> envelopes_;
    std::map<std::string, MadeScan> scans_;
    std::int64_t answered_ = 0, changes_ = 0, refused_ = 0;
};

/// All functions on the loop.
class LoadNode {
  public:
    LoadNode(http::Loop& loop, const Fleet& fleet, const FleetDevice& device);

    void start();
    bool is_live() const { return session_.is_live(); }
    /// Called with the milliseconds it took when all of it is at the hub, durably.
    void give(FleetCase work, std::function<void(double ms)> done);
    void tick();
    std::int64_t refused() const { return queue_.refused(); }
    std::int64_t connections() const { return session_.metrics().connections; }

  private:
    void connect();
    void pump();

    http::Loop& loop_;
    http::LineOptions options_;
    MemoryQueue queue_;
    sync::NodeSession session_;
    std::unique_ptr<http::LineSocket> socket_;
    Clock::time_point given_;
    std::function<void(double ms)> done_;
};

}  // namespace wa::bench

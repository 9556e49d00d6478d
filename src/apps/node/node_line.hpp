// Drives the node's sync: session, socket, timers, all on one loop.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "adapters/http/line_socket.hpp"
#include "adapters/system/network_changes.hpp"
#include "apps/node/device.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"

namespace wa::node {

/// All functions may be called from any thread; work happens on the loop.
class NodeLine {
  public:
    using OnState = std::function<void(const json::object&)>;
    NodeLine(const Device& device, http::Loop& loop, OnState on_state);
    ~NodeLine();

    /// Begins to keep a line for the tour of this queue.
    void start(std::shared_ptr<sync::NodeQueue> queue);
    /// Ends the line; the queue is let go of before it returns (unless called on the loop: at once).
    void stop();
    void work_added();
    void request_check_in(std::string tour_id);
    /// For the desk; as of the last look (at most a quarter of a second old).
    json::object state() const;

  private:
    void pump();
    void step();
    void connect();
    void watch_network();
    void remember_state();

    const Device& device_;
    http::Loop& loop_;
    OnState on_state_;
    system::NetworkChanges network_;
    std::unique_ptr<http::LineSocket> socket_;
    std::shared_ptr<sync::NodeQueue> queue_;
    std::unique_ptr<sync::NodeSession> session_;
    bool running_ = false;               // on the loop
    std::atomic<bool> started_ = false;  // from any thread: whether there is anything to stop
    std::string last_sent_state_;
    mutable std::mutex mutex_;
    json::object state_;
};

}  // namespace wa::node

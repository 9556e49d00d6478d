#include "apps/bench/load_node.hpp"

#include <algorithm>

#include "adapters/system/system.hpp"

namespace wa::bench {

namespace {

constexpr std::size_t socket_fill = 16 * 1024;

sync::NodeConfig config_of(const FleetDevice& device) {
    sync::NodeConfig config;
    config.device_id = device.id;
    // A crowd on two processors answers late; that is to be measured, not to be cut off.
    config.dead_after = config.connect_timeout = 60'000;
    return config;
}

}  // namespace

void MemoryQueue::give(FleetCase work) {
    envelopes_.insert(envelopes_.end(), std::make_move_iterator(work.envelopes.begin()),
                      std::make_move_iterator(work.envelopes.end()));
    for (auto& scan : work.scans) scans_.emplace(scan.hash, scan);
}

sync::NodePoint MemoryQueue::point() {
    sync::NodePoint point;
    point.tour_id = device_.tour_id;
    point.last_answered = answered_;
    return point;
}

std::vector<QueuedEnvelope> MemoryQueue::envelopes(std::int64_t after, std::size_t max_bytes,
                                                   std::size_t max_count) {
    std::vector<QueuedEnvelope> out;
    std::size_t bytes = 0;
    for (const auto& one : envelopes_) {
        if (one.device_seq <= after) continue;
        bytes += one.bytes.size();
        if (out.size() == max_count || (!out.empty() && bytes > max_bytes)) break;
        out.push_back(one);
    }
    return out;
}

std::vector<PendingDocument> MemoryQueue::documents(std::size_t limit) {
    std::vector<PendingDocument> out;
    for (const auto& [hash, scan] : scans_)
        if (out.size() < limit) out.push_back({hash, scan.size});
    return out;
}

std::optional<Bytes> MemoryQueue::chunk(const std::string& hash, std::int64_t position) {
    const auto found = scans_.find(hash);
    if (found == scans_.end()) return std::nullopt;
    return scan_chunk(found->second, position);
}

bool MemoryQueue::store_answers(const std::vector<HubAnswer>& answers) {
    for (const auto& answer : answers) {
        if (answer.outcome != Outcome::done || answer.quarantined) ++refused_;
        answered_ = std::max(answered_, answer.device_seq);
    }
    while (!envelopes_.empty() && envelopes_.front().device_seq <= answered_) envelopes_.pop_front();
    return true;
}

bool MemoryQueue::store_document_at_hub(const std::string& hash) {
    scans_.erase(hash);
    return true;
}

bool MemoryQueue::store_changes(const sync::Changes& changes) {
    changes_ = changes.up_to;
    return true;
}

LoadNode::LoadNode(http::Loop& loop, const Fleet& fleet, const FleetDevice& device)
    : loop_(loop), queue_(device), session_(config_of(device), queue_, [](std::uint32_t) { return 0u; }) {
    options_.host = "127.0.0.1";
    options_.port = fleet.sync_port();
    options_.path = "/sync";
    options_.ca_pem = fleet.ca_pem();
    options_.certificate_pem = device.identity.certificate_pem;
    options_.key_pem = device.identity.key_pem;
    options_.connect_timeout_ms = options_.handshake_timeout_ms = options_.user_timeout_ms = 60'000;
    options_.next_attempt_ms = 60'000;
}

void LoadNode::start() {
    pump();
}

void LoadNode::connect() {
    if (!socket_) socket_ = std::make_unique<http::LineSocket>(loop_);
    http::SocketCallbacks callbacks;
    callbacks.on_open = [this] {
        session_.connected(system::monotonic_ms());
        pump();
    };
    callbacks.on_message = [this](std::string_view frame, bool) {
        session_.frame_received(system::monotonic_ms(), as_span(frame), system::now());
        pump();
    };
    callbacks.on_bytes = [this] { session_.bytes_seen(system::monotonic_ms()); };
    callbacks.on_drained = [this] { pump(); };
    callbacks.on_close = [this](const http::CloseReason& reason) {
        if (reason.kind != http::CloseKind::aborted) session_.disconnected(system::monotonic_ms());
    };
    socket_->connect(options_, std::move(callbacks));
}

void LoadNode::give(FleetCase work, std::function<void(double ms)> done) {
    given_ = Clock::now();
    done_ = std::move(done);
    queue_.give(std::move(work));
    session_.work_added();
    pump();
}

void LoadNode::tick() {
    pump();
}

void LoadNode::pump() {
    const auto now = system::monotonic_ms();
    while (socket_ && socket_->queued_bytes() < socket_fill) {
        auto frame = session_.next_frame(now);
        if (!frame) break;
        socket_->send_binary(std::move(*frame));
    }
    switch (session_.next_line_step(now)) {
        case sync::LineStep::open:
            connect();
            break;
        case sync::LineStep::close:
            if (socket_) socket_->abort();
            break;
        case sync::LineStep::none:
            break;
    }
    if (done_ && queue_.is_empty()) std::exchange(done_, nullptr)(milliseconds_since(given_));
}

}  // namespace wa::bench

#include "apps/node/node_line.hpp"

#include <algorithm>
#include <future>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"

namespace wa::node {

namespace {
constexpr std::int64_t tick_ms = 100;
/// A line that has just gone is likely to be back any moment.
constexpr std::int64_t just_gone_ms = 60'000;
constexpr int quick_attempt_ms = 50;
}  // namespace

NodeLine::NodeLine(const Device& device, http::Loop& loop, OnState on_state)
    : device_(device), loop_(loop), on_state_(std::move(on_state)) {}

NodeLine::~NodeLine() {
    stop();
}

void NodeLine::start(std::shared_ptr<sync::NodeQueue> queue) {
    started_ = true;
    loop_.post([this, queue = std::move(queue)] {
        queue_ = queue;
        sync::NodeConfig config;
        config.device_id = device_.id;
        // The socket goes on asking, and gives up earlier.
        config.connect_timeout = 30'000;
        session_ = std::make_unique<sync::NodeSession>(config, *queue_, [](std::uint32_t maximum) {
            const auto random = system::random_bytes<4>();
            const std::uint32_t number =
                random[0] | random[1] << 8 | random[2] << 16 | std::uint32_t(random[3]) << 24;
            return maximum == 0 ? 0 : number % (maximum + 1);
        });
        running_ = true;
        step();
    });
}

void NodeLine::stop() {
    // The loop may have ended already when this is called a second time; nothing would answer.
    if (!started_.exchange(false)) return;
    auto end = [this] {
        running_ = false;
        socket_.reset();
        session_.reset();
        queue_.reset();
        remember_state();
    };
    if (loop_.is_this_thread()) return end();
    std::promise<void> ended;
    loop_.post([&] {
        end();
        ended.set_value();
    });
    ended.get_future().wait();
}

void NodeLine::work_added() {
    loop_.post([this] {
        if (!running_) return;
        session_->work_added();
        pump();
    });
}

void NodeLine::request_check_in(std::string tour_id) {
    loop_.post([this, tour_id = std::move(tour_id)] {
        if (!running_) return;
        session_->request_check_in(tour_id);
        pump();
    });
}

void NodeLine::connect() {
    if (!socket_) socket_ = std::make_unique<http::LineSocket>(loop_);
    http::SocketCallbacks callbacks;
    callbacks.first_message = [this] { return running_ ? session_->greet(system::monotonic_ms()) : Bytes{}; };
    callbacks.early_messages = [this](bool quick) {
        return running_ ? session_->early_frames(system::monotonic_ms(), quick) : std::vector<Bytes>{};
    };
    callbacks.on_open = [this] {
        if (!running_) return;
        session_->connected(system::monotonic_ms());
        pump();
    };
    callbacks.on_message = [this](std::string_view frame, bool) {
        if (!running_) return;
        session_->frame_received(system::monotonic_ms(), as_span(frame), system::now());
        pump();
    };
    callbacks.on_bytes = [this] {
        if (running_) session_->bytes_seen(system::monotonic_ms());
    };
    callbacks.on_drained = [this] { pump(); };
    callbacks.on_close = [this](const http::CloseReason& reason) {
        // A connection we gave up ourselves is over for the session already.
        if (reason.kind == http::CloseKind::aborted) return;
        log::info("line closed", {{"why", reason.text}});
        if (running_) session_->disconnected(system::monotonic_ms());
    };
    auto options = line_options(device_, "/sync");
    options.connect_timeout_ms = 20'000;
    if (session_->searching_for(system::monotonic_ms()) < just_gone_ms)
        options.quick_attempt_ms = quick_attempt_ms;
    options.quick = session_->was_quick();
    options.handshake_timeout_ms = 6000;
    options.user_timeout_ms = 6000;
    socket_->connect(std::move(options), std::move(callbacks));
}

void NodeLine::pump() {
    if (!running_) return;
    const auto now = system::monotonic_ms();
    while (running_ && socket_ && socket_->queued_bytes() < std::size_t(session_->fill() / 4)) {
        auto frame = session_->next_frame(now);
        if (!frame) break;
        socket_->send_binary(std::move(*frame));
    }
    if (!running_) return;
    switch (session_->next_line_step(now)) {
        case sync::LineStep::open:
            connect();
            break;
        case sync::LineStep::close:
            if (socket_) socket_->abort();
            break;
        case sync::LineStep::none:
            break;
    }
}

void NodeLine::step() {
    if (!running_) return;
    watch_network();
    if (const auto measured = socket_ ? socket_->measured() : std::nullopt)
        session_->line_measured(system::monotonic_ms(), measured->bytes_per_second);
    if (socket_) socket_->set_unsent_bytes(int(session_->fill()));
    pump();
    remember_state();
    if (running_) loop_.call_after(tick_ms, [this] { step(); });
}

/// A new address or a link that is back: waiting for silence to tell would cost seconds.
void NodeLine::watch_network() {
    if (!network_.any()) return;
    const auto now = system::monotonic_ms();
    const auto own = socket_ ? socket_->local_address() : std::string();
    if (own.empty() || system::has_address(own))
        session_->line_may_be_back(now);
    else
        session_->address_lost(now);
}

void NodeLine::remember_state() {
    json::object state{{"place", "koffer"}, {"connected", false}, {"state", "none"}};
    if (running_) {
        const auto line = session_->line_state();
        const auto& queue = line.queue;
        // Below this a scan takes minutes: people should know before they wait.
        constexpr std::int64_t slow_bytes_per_second = 16'000;
        const auto measured = socket_ ? socket_->measured() : std::nullopt;
        /// Fewer packets than this say nothing about loss.
        constexpr std::int64_t loss_sample_min = 100;
        const bool slow = line.bytes_per_second > 0 && line.bytes_per_second < slow_bytes_per_second;
        state = {
            {"place", "koffer"},
            {"connected", line.connected},
            {"state", !line.connected ? "down"
                      : slow          ? "slow"
                                      : "up"},
            {"rate", line.bytes_per_second},
            {"round_trip_ms", measured ? measured->round_trip_ms : line.round_trip_ms},
            {"loss", measured && measured->packets_sent > loss_sample_min
                         ? json::value(double(measured->packets_sent_again) / double(measured->packets_sent))
                         : json::value()},
            {"clock_ahead_ms", line.hub_clock_ahead_ms},
            {"queue", json::object{{"cases", queue.cases},
                                   {"commands", queue.commands},
                                   {"scans", queue.documents},
                                   {"chunks", queue.chunks},
                                   {"bytes", queue.command_bytes + queue.document_bytes},
                                   {"seconds", line.seconds_left}}},
            {"error", line.error},
            {"sent", json::object{{"bytes", session_->metrics().bytes_sent},
                                  {"bytes_again", session_->metrics().bytes_sent_again},
                                  {"chunks_again", session_->metrics().chunks_sent_again},
                                  {"connections", session_->metrics().connections}}}};
    }
    auto text = json::serialize(
        json::object{{"c", state["connected"]},
                     {"e", state.contains("error") ? state["error"] : json::value()},
                     {"t", state.contains("clock_ahead_ms") ? state["clock_ahead_ms"] : json::value()},
                     {"q", state.contains("queue") ? state["queue"] : json::value()}});
    {
        std::lock_guard lock(mutex_);
        state_ = state;
    }
    if (text == last_sent_state_) return;
    last_sent_state_ = std::move(text);
    if (on_state_) on_state_(state);
}

json::object NodeLine::state() const {
    std::lock_guard lock(mutex_);
    return state_.empty() ? json::object{{"place", "koffer"}, {"connected", false}, {"state", "none"}}
                          : state_;
}

}  // namespace wa::node

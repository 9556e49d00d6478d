// When a Koffer opens its line and gives it up, and what it sends before the hub has said a word.
#include <algorithm>

#include "sync/compression.hpp"
#include "sync/node_session.hpp"

namespace wa::sync {

namespace {

/// Of the time without a line, what a pause may take once it is long.
constexpr std::int64_t searching_share = 60;
/// An attempt that is younger, in ms, has been begun with today's address.
constexpr Ticks attempt_worth = 2000;
/// 8 Mbit/s: all that goes early is there in a sixth of a second.
constexpr std::int64_t quick_bytes_per_second = 1'000'000;

}  // namespace

Bytes NodeSession::greet(Ticks now) {
    if (state_ != State::opening) return {};
    begin_connection();
    greeted_ = true;
    hello_due_ = false;
    const auto message = hello();
    auto frame = write_message(message, dictionary_);
    note_sent(now, frame);
    return frame;
}

std::vector<Bytes> NodeSession::early_frames(Ticks now, bool quick) {
    std::vector<Bytes> frames;
    // What an earlier connection may have brought waits for the hub's word, and so does all after a refusal.
    if (state_ != State::opening || !greeted_ || highest_sent_ever_ > point_.last_answered || !error_.empty())
        return frames;
    const auto most = quick ? early_bytes_max : early_bytes_usual;
    if (quick) pace_.expect_quick();
    early_ = true;
    dictionary_ = own_dictionary();
    for (std::size_t bytes = 0; bytes < most; bytes += frames.back().size()) {
        auto message = next_text();
        if (!message) message = uploads_.next_early_part();
        if (!message) break;
        frames.push_back(written(now, *message));
    }
    dictionary_ = 0;
    return frames;
}

bool NodeSession::was_quick() const {
    return pace_.bytes_per_second() >= quick_bytes_per_second;
}

void NodeSession::connected(Ticks now) {
    if (state_ != State::opening) return;
    if (!greeted_) begin_connection();
    greeted_ = give_up_ = hurry_ = false;
    state_ = State::greeting;
    since_ = heard_at_ = sent_at_ = now;
    ++metrics_.connections;
}

void NodeSession::begin_connection() {
    forked_ = early_ = false;
    hello_due_ = text_due_ = true;
    check_in_sent_ = wiped_sent_ = false;
    changes_ack_.reset();
    forget_unanswered();
    pace_.reset();
    uploads_.restart();
}

void NodeSession::forget_unanswered() {
    unanswered_.clear();
    unanswered_bytes_ = 0;
}

void NodeSession::disconnected(Ticks now) {
    if (state_ != State::waiting) fall_back(now);
}

/// Waits 0.25 s, then twice as long each time up to a second; after a minute a sixtieth of the time that it
/// has failed, up to 30 s; as long as that at once when the hub has refused. Less up to a quarter, so that
/// not all come at once.
void NodeSession::fall_back(Ticks now) {
    if (failures_ == 0) failing_since_ = now;
    const auto quick = std::min(config_.backoff_first << std::min(failures_, 20), config_.backoff_searching);
    // By the clock, not by the number of failures: where nobody answers they take seconds each, where a
    // router says no they take none.
    const auto slow = refused_ ? config_.backoff_max : (now - failing_since_) / searching_share;
    const auto wait = hurry_ ? 0 : std::clamp(slow, quick, std::max(quick, config_.backoff_max));
    retry_at_ = now + wait - Ticks(random_(std::uint32_t(wait / 4)));
    ++failures_;
    state_ = State::waiting;
    give_up_ = hurry_ = refused_ = false;
}

LineStep NodeSession::next_line_step(Ticks now) {
    switch (state_) {
        case State::waiting:
            if (now < retry_at_) return LineStep::none;
            state_ = State::opening;
            greeted_ = false;
            since_ = now;
            return LineStep::open;
        case State::opening:
            if (!give_up_ && now - since_ < config_.connect_timeout) return LineStep::none;
            break;
        case State::greeting:
        case State::live:
            if (!give_up_ && now - heard_at_ < config_.dead_after) return LineStep::none;
            break;
    }
    fall_back(now);
    return LineStep::close;
}

Ticks NodeSession::next_wake() const {
    switch (state_) {
        case State::waiting:
            return retry_at_;
        case State::opening:
            return give_up_ ? since_ : since_ + config_.connect_timeout;
        case State::greeting:
            return give_up_ ? heard_at_ : heard_at_ + config_.dead_after;
        case State::live:
            break;
    }
    if (give_up_) return heard_at_;
    return std::min(heard_at_ + config_.dead_after, sent_at_ + config_.heartbeat_after);
}

void NodeSession::line_may_be_back(Ticks now) {
    failures_ = 0;
    if (state_ == State::waiting) retry_at_ = now;
    // An attempt from the address before would never be answered; one that has just begun is of the new one.
    if (state_ == State::opening && now - since_ >= attempt_worth) give_up_ = hurry_ = true;
}

void NodeSession::address_lost(Ticks now) {
    line_may_be_back(now);
    if (state_ == State::greeting || state_ == State::live) give_up_ = hurry_ = true;
}

}  // namespace wa::sync

#include "sync/node_session.hpp"

#include <algorithm>
#include <utility>

#include "sync/compression.hpp"

namespace wa::sync {

namespace {

/// Offered in Hello; the rest follows behind the text.
constexpr std::size_t offered_at_once = 16, offered_later = 50;
constexpr std::size_t commands_at_once = 200;
/// Texts on their way without an answer: enough for any line, little enough to resume quickly.
constexpr std::int64_t unanswered_max = 512 * 1024;
/// A batch of texts before compression (about a third of it afterwards): one to two seconds of the line.
constexpr std::int64_t batch_min = 16 * 1024, batch_max = 256 * 1024, batch_unmeasured = 48 * 1024;
/// What is left of an envelope on the wire, in per cent, for estimates.
constexpr std::int64_t packed_per_cent = 40;

}  // namespace

NodeSession::NodeSession(NodeConfig config, NodeQueue& queue, Random random)
    : config_(std::move(config)),
      queue_(queue),
      random_(std::move(random)),
      uploads_(queue, pace_, metrics_) {}

void NodeSession::work_added() {
    text_due_ = true;
    uploads_.look_again();
}

void NodeSession::request_check_in(std::string tour_id) {
    check_in_ = std::move(tour_id);
    check_in_sent_ = false;
}

void NodeSession::report_wiped(std::string tour_id) {
    wiped_ = std::move(tour_id);
    wiped_sent_ = false;
}

void NodeSession::frame_received(Ticks now, std::span<const std::uint8_t> frame, Timestamp wall) {
    if (state_ != State::greeting && state_ != State::live) return;
    heard_at_ = now;
    metrics_.bytes_received += std::int64_t(frame.size());
    const auto message = read_message(frame, dictionary_);
    if (!message) {
        give_up_ = true;
        return;
    }
    if (const auto* m = std::get_if<Error>(&*message)) return on(*m);
    if (const auto* m = std::get_if<Heartbeat>(&*message)) return pace_.received(now, m->bytes_received);
    if (const auto* m = std::get_if<Welcome>(&*message); m && state_ == State::greeting) return on(*m, wall);
    if (state_ != State::live) {
        give_up_ = true;
        return;
    }
    dispatch(*message);
}

void NodeSession::dispatch(const Message& message) {
    if (const auto* answers = std::get_if<Answers>(&message)) {
        on(*answers);
    } else if (const auto* changes = std::get_if<Changes>(&message)) {
        on(*changes);
    } else if (const auto* held = std::get_if<Held>(&message)) {
        for (const auto& one : held->documents)
            if (!uploads_.held(one)) give_up_ = true;
    } else if (const auto* ack = std::get_if<ChunkAck>(&message)) {
        if (!uploads_.acknowledged(*ack)) give_up_ = true;
    } else if (const auto* allowed = std::get_if<WipeAllowed>(&message)) {
        if (check_in_ != allowed->tour_id) return;
        // Something has been done since it was asked for: that goes home first, then it is asked again.
        check_in_sent_ = false;
        if (!queue_.counts().empty()) return;
        check_in_.reset();
        queue_.wipe_allowed(allowed->tour_id);
    } else if (const auto* wiped = std::get_if<Wiped>(&message)) {
        if (wiped_ != wiped->tour_id) return;
        wiped_.reset();
        queue_.wipe_noted(wiped->tour_id);
    } else {
        give_up_ = true;
    }
}

void NodeSession::on(const Welcome& welcome, Timestamp wall) {
    if (welcome.dictionary != 0 && welcome.dictionary != own_dictionary()) {
        give_up_ = true;
        return;
    }
    state_ = State::live;
    failures_ = 0;
    error_.clear();
    dictionary_ = welcome.dictionary;
    hub_clock_ahead_ms_ = welcome.hub_time_ms - wall.ms;
    // The hub's chain must be ours. If it is not (this store was restored from a copy), its stored answers
    // belong to other work: everything still queued is shown to it again.
    const bool mine =
        welcome.last_accepted == 0 || (welcome.last_accepted <= point_.head_seq &&
                                       queue_.envelope_hash(welcome.last_accepted) == welcome.last_hash);
    forked_ = welcome.forked || (!mine && welcome.last_accepted <= point_.head_seq);
    if (early_ && !early_frames_count(welcome, own_dictionary(), point_.last_answered)) {
        early_ = false;
        text_due_ = true;
        forget_unanswered();
        uploads_.restart();
    }
    if (mine && welcome.last_accepted < point_.last_answered) {
        if (!queue_.requeue_after(welcome.last_accepted)) give_up_ = true;
        point_.last_answered = welcome.last_accepted;
        uploads_.restart();
    }
    // What went early went from there on.
    if (!early_)
        sent_seq_ = forked_ ? point_.last_answered : std::max(point_.last_answered, welcome.last_accepted);
    if (mine && !forked_) highest_sent_ever_ = std::max(highest_sent_ever_, welcome.last_accepted);
    if (!queue_.store_hub_head(welcome.head)) give_up_ = true;
    for (const auto& held : welcome.documents)
        if (!uploads_.held(held)) give_up_ = true;
    if (welcome.begun) uploads_.go_on(*welcome.begun);
}

void NodeSession::on(const Answers& answers) {
    if (answers.need_from > 0) {
        sent_seq_ = std::max(point_.last_answered, answers.need_from - 1);
        forget_unanswered();
        text_due_ = true;
    }
    if (answers.answers.empty() || (answers.from_before && forked_)) return;
    if (!queue_.store_answers(answers.answers)) {
        give_up_ = true;
        return;
    }
    for (const auto& answer : answers.answers)
        if (const auto found = unanswered_.find(answer.device_seq); found != unanswered_.end()) {
            unanswered_bytes_ -= found->second;
            unanswered_.erase(found);
        }
}

void NodeSession::on(const Changes& changes) {
    if (queue_.store_changes(changes))
        changes_ack_ = changes.up_to;
    else
        give_up_ = true;
}

void NodeSession::on(const Error& error) {
    error_ = error.code;
    // What the hub refuses it will refuse again in a moment; it is asked again, but calmly.
    refused_ = true;
    give_up_ = true;
}

Message NodeSession::hello() {
    point_ = queue_.point();
    sent_seq_ = point_.last_answered;
    rows_due_ = point_.proof.has_value();
    dictionary_ = 0;
    Hello hello;
    hello.device_id = config_.device_id;
    hello.tour_id = point_.tour_id;
    hello.last_answered = point_.last_answered;
    hello.head_seq = point_.head_seq;
    hello.head_hash = point_.head_hash;
    hello.changes_seq = point_.changes_seq;
    hello.known_head = point_.known_head;
    hello.dictionary = own_dictionary();
    hello.unsettled = point_.unsettled;
    hello.documents = uploads_.to_offer(offered_at_once);
    return hello;
}

std::optional<Message> NodeSession::next_text() {
    if (!text_due_ || unanswered_bytes_ >= unanswered_max) return std::nullopt;
    const auto rate = pace_.rate();
    const auto batch =
        rate == 0 ? batch_unmeasured : std::clamp(rate * 100 / packed_per_cent, batch_min, batch_max);
    auto envelopes = queue_.envelopes(sent_seq_, std::size_t(batch), commands_at_once);
    if (envelopes.empty()) {
        text_due_ = false;
        return std::nullopt;
    }
    Commands commands;
    for (auto& envelope : envelopes) {
        sent_seq_ = envelope.device_seq;
        if (sent_seq_ <= highest_sent_ever_) {
            ++metrics_.commands_sent_again;
            metrics_.bytes_sent_again += std::int64_t(envelope.bytes.size()) * packed_per_cent / 100;
        }
        highest_sent_ever_ = std::max(highest_sent_ever_, sent_seq_);
        unanswered_[sent_seq_] = std::int64_t(envelope.bytes.size());
        unanswered_bytes_ += std::int64_t(envelope.bytes.size());
        commands.envelopes.push_back(std::move(envelope.bytes));
    }
    return commands;
}

std::optional<Message> NodeSession::next_ending() {
    if (wiped_ && !wiped_sent_) {
        wiped_sent_ = true;
        return Wiped{*wiped_};
    }
    if (check_in_ && !check_in_sent_ && queue_.counts().empty()) {
        check_in_sent_ = true;
        return CheckIn{*check_in_, queue_.point().head_seq};
    }
    return std::nullopt;
}

std::optional<Message> NodeSession::next_message() {
    if (changes_ack_) {
        const ChangesAck ack{*changes_ack_};
        changes_ack_.reset();
        return ack;
    }
    if (std::exchange(rows_due_, false)) return RowsWanted{*point_.proof};
    if (auto text = next_text()) return text;
    if (auto offers = uploads_.to_offer(offered_later); !offers.empty()) return Offer{std::move(offers)};
    if (auto part = uploads_.next_part()) return part;
    return next_ending();
}

std::optional<Bytes> NodeSession::next_frame(Ticks now) {
    if (give_up_ || (state_ != State::greeting && state_ != State::live)) return std::nullopt;
    std::optional<Message> message;
    if (hello_due_)
        message = hello();
    else if (state_ == State::live)
        message = next_message();
    if (!message && now - sent_at_ >= config_.heartbeat_after) message = Heartbeat{};
    if (!message) return std::nullopt;
    hello_due_ = false;
    return written(now, *message);
}

Bytes NodeSession::written(Ticks now, const Message& message) {
    auto frame = write_message(message, dictionary_);
    if (std::holds_alternative<Chunk>(message) || std::holds_alternative<ChunkMore>(message) ||
        std::holds_alternative<SealedChunk>(message))
        uploads_.part_sent(std::int64_t(frame.size()));
    note_sent(now, frame);
    return frame;
}

void NodeSession::note_sent(Ticks now, const Bytes& frame) {
    metrics_.bytes_sent += std::int64_t(frame.size());
    pace_.sent(now, std::int64_t(frame.size()));
    sent_at_ = now;
}

LineState NodeSession::line_state() {
    LineState out;
    out.connected = state_ == State::live && !give_up_;
    out.bytes_per_second = pace_.bytes_per_second();
    out.round_trip_ms = pace_.round_trip_ms();
    out.queue = queue_.counts();
    uploads_.subtract_held(out.queue);
    out.hub_clock_ahead_ms = hub_clock_ahead_ms_;
    out.error = error_;
    const auto bytes = out.queue.command_bytes * packed_per_cent / 100 + out.queue.document_bytes;
    if (out.bytes_per_second > 0 && !out.queue.empty())
        out.seconds_left = 1 + (out.round_trip_ms + bytes * 1000 / out.bytes_per_second) / 1000;
    return out;
}

}  // namespace wa::sync

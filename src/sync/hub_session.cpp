#include "sync/hub_session.hpp"

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "sync/compression.hpp"

namespace wa::sync {

namespace {

constexpr std::size_t answers_per_frame = 200;
/// A node has at most a few texts and half a megabyte of chunks under way; more is no node of ours.
constexpr int requests_max = 400;

}  // namespace

HubSession::HubSession(HubConfig config, HubInbox& inbox, Ticks now)
    : config_(std::move(config)),
      inbox_(inbox),
      heard_at_(now),
      sent_at_(now),
      progress_at_(now),
      looked_at_(now) {}

void HubSession::push(const Message& message) {
    if (!closing_) out_.push_back(write_message(message, dictionary_));
}

void HubSession::push(const std::vector<HubAnswer>& answers, bool from_before, std::int64_t need_from) {
    for (std::size_t from = 0; from < answers.size() || (from == 0 && need_from > 0);
         from += answers_per_frame) {
        Answers part;
        part.from_before = from_before;
        const auto until = std::min(from + answers_per_frame, answers.size());
        part.answers.assign(answers.begin() + std::ptrdiff_t(from), answers.begin() + std::ptrdiff_t(until));
        if (until == answers.size()) part.need_from = need_from;
        push(part);
    }
}

void HubSession::failed(std::string code) {
    if (closing_) return;
    failure_ = code;
    push(Error{std::move(code)});
    closing_ = true;
}

void HubSession::asked() {
    if (++requests_ > requests_max) failed(std::string(problems::sync_protocol.name));
}

void HubSession::frame_received(Ticks now, std::span<const std::uint8_t> frame) {
    heard_at_ = now;
    if (closing_) return;
    bytes_received_ += std::int64_t(frame.size());
    if (greeted_ && !live_) return keep_early(frame);
    take(frame);
}

/// How it is to be read is known with the Welcome.
void HubSession::keep_early(std::span<const std::uint8_t> frame) {
    constexpr std::size_t frame_costs = 64;  // of memory, however short it is
    if (early_bytes_ >= 2 * early_bytes_max) return failed(std::string(problems::sync_protocol.name));
    early_bytes_ += frame.size() + frame_costs;
    early_.emplace_back(frame.begin(), frame.end());
}

void HubSession::take_early(const Welcome& welcome) {
    const auto early = std::exchange(early_, {});
    if (!early_frames_count(welcome, offered_dictionary_, last_answered_)) return;
    for (const auto& frame : early)
        if (!closing_) take(frame);
}

void HubSession::take(std::span<const std::uint8_t> frame) {
    auto message = read_message(frame, dictionary_);
    if (!message) return failed(std::string(problems::sync_protocol.name));
    if (std::holds_alternative<Heartbeat>(*message)) return;
    if (std::holds_alternative<Hello>(*message)) return on(std::get<Hello>(std::move(*message)));
    if (!live_) return failed(std::string(problems::sync_protocol.name));
    dispatch(std::move(*message));
}

void HubSession::dispatch(Message&& message) {
    if (auto* commands = std::get_if<Commands>(&message)) {
        asked();
        inbox_.execute(std::move(commands->envelopes));
    } else if (auto* offer = std::get_if<Offer>(&message)) {
        asked();
        inbox_.offered(std::move(offer->documents));
    } else if (auto* chunk = std::get_if<Chunk>(&message)) {
        on(std::move(*chunk));
    } else if (auto* sealed = std::get_if<SealedChunk>(&message)) {
        on(std::move(sealed->chunk));
    } else if (auto* more = std::get_if<ChunkMore>(&message)) {
        on(std::move(*more));
    } else if (std::holds_alternative<ChangesAck>(message)) {
        changes_asked_ = false;
        ask_for_changes();
    } else if (auto* wanted = std::get_if<RowsWanted>(&message)) {
        inbox_.rows_wanted(wanted->proof);
        look_for_changes();
    } else if (auto* check_in = std::get_if<CheckIn>(&message)) {
        // One at a time: its answer costs a copy of the whole store.
        if (!std::exchange(checking_in_, true)) inbox_.check_in(*check_in);
    } else if (auto* wiped = std::get_if<Wiped>(&message)) {
        if (!std::exchange(noting_wiped_, true)) inbox_.wiped(wiped->tour_id);
    } else {
        failed(std::string(problems::sync_protocol.name));
    }
}

void HubSession::on(Hello&& hello) {
    if (greeted_ || hello.protocol != protocol_version || hello.device_id != config_.device_id)
        return failed(std::string(problems::sync_protocol.name));
    greeted_ = true;
    tour_id_ = hello.tour_id;
    changes_seq_ = hello.changes_seq;
    offered_dictionary_ = hello.dictionary;
    last_answered_ = hello.last_answered;
    if (hello.dictionary != own_dictionary()) hello.dictionary = 0;
    asked();
    inbox_.resume(hello);
}

void HubSession::resumed(Resumed resumed) {
    --requests_;
    take_up_begun(resumed.welcome);
    push(resumed.welcome);
    if (resumed.journal_rewritten) changes_seq_ = 0;
    dictionary_ = resumed.welcome.dictionary;
    live_ = true;
    push(resumed.answers, true);
    take_early(resumed.welcome);
    look_for_changes();
}

/// What the connection before left off with, if it is missing still.
void HubSession::take_up_begun(Welcome& welcome) {
    if (!config_.begun || welcome.documents.size() >= max_offered_documents) return;
    auto chunk = config_.begun->find(config_.owner);
    if (!chunk) return;
    const auto misses = [&](const DocumentHeld& held) {
        return held.hash == chunk->hash && !held.complete && !bitmap_has(held.bitmap, chunk->position);
    };
    if (std::none_of(welcome.documents.begin(), welcome.documents.end(), misses)) return;
    welcome.begun = {chunk->hash, chunk->position, std::int64_t(chunk->bytes.size()), sha256(chunk->bytes)};
    assembling_ = std::move(chunk);
    taken_up_ = true;
}

void HubSession::executed(std::vector<HubAnswer> answers, std::int64_t need_from) {
    --requests_;
    push(answers, false, need_from);
    look_for_changes();
}

void HubSession::held(std::vector<DocumentHeld> documents) {
    --requests_;
    push(Held{std::move(documents)});
}

void HubSession::chunk_stored(ChunkAck ack) {
    --requests_;
    push(ack);
}

void HubSession::on(Chunk&& chunk) {
    // A node whose chunk begins otherwise, or that is too old to have understood, begins it anew.
    if (assembling_ && !taken_up_) return failed(std::string(problems::sync_protocol.name));
    assembling_ = std::move(chunk);
    chunk_grown();
}

void HubSession::on(ChunkMore&& more) {
    if (!assembling_) return failed(std::string(problems::sync_protocol.name));
    assembling_->bytes.insert(assembling_->bytes.end(), more.bytes.begin(), more.bytes.end());
    chunk_grown();
}

void HubSession::chunk_grown() {
    taken_up_ = false;
    const auto whole = assembling_->whole();
    if (assembling_->bytes.size() > whole) return failed(std::string(problems::sync_protocol.name));
    if (assembling_->bytes.size() < whole) {
        if (config_.begun) config_.begun->keep(config_.owner, *assembling_);
        return;
    }
    if (config_.begun) config_.begun->drop(config_.owner);
    auto chunk = std::move(*assembling_);
    assembling_.reset();
    asked();
    inbox_.store_chunk(std::move(chunk));
}

void HubSession::look_for_changes() {
    changes_wanted_ = true;
    ask_for_changes();
}

/// One question at a time, and none while the node has not stored what came before.
void HubSession::ask_for_changes() {
    if (!live_ || changes_asked_ || !changes_wanted_ || tour_id_.empty()) return;
    changes_wanted_ = false;
    changes_asked_ = true;
    asked();
    inbox_.changes(changes_seq_);
}

void HubSession::changed(Changes changes) {
    --requests_;
    if (changes.rows.empty()) {
        changes_seq_ = std::max(changes_seq_, changes.up_to);
        changes_asked_ = false;
        return ask_for_changes();
    }
    changes_seq_ = changes.up_to;
    changes_wanted_ = true;  // perhaps it was not all
    push(changes);
}

void HubSession::wipe_allowed(const std::string& tour_id) {
    checking_in_ = false;
    push(WipeAllowed{tour_id});
}
void HubSession::wipe_noted(const std::string& tour_id) {
    noting_wiped_ = false;
    push(Wiped{tour_id});
}

void HubSession::answered_elsewhere(const std::vector<HubAnswer>& answers) {
    if (live_) push(answers, true);
}

void HubSession::answer_changed(HubAnswer answer) {
    if (live_) push(Answers{{std::move(answer)}, false, 0});
}

std::optional<Bytes> HubSession::next_frame(Ticks now) {
    if (live_ && now - looked_at_ >= config_.look_every) {
        looked_at_ = now;
        look_for_changes();
    }
    std::optional<Bytes> frame;
    if (!out_.empty()) {
        frame = std::move(out_.front());
        out_.pop_front();
    } else if (!closing_) {
        const auto untold = bytes_received_ - bytes_told_;
        const bool progress =
            live_ && untold > 0 &&
            (untold >= config_.progress_bytes || now - progress_at_ >= config_.progress_every);
        if (progress || now - sent_at_ >= config_.heartbeat_after) {
            frame = write_message(Heartbeat{bytes_received_}, dictionary_);
            bytes_told_ = bytes_received_;
            progress_at_ = now;
        }
    }
    if (!frame) return std::nullopt;
    sent_at_ = now;
    bytes_sent_ += std::int64_t(frame->size());
    return frame;
}

bool HubSession::wants_close(Ticks now) const {
    return (closing_ && out_.empty()) || now - heard_at_ >= config_.dead_after;
}

Ticks HubSession::next_wake() const {
    auto at = std::min(heard_at_ + config_.dead_after, sent_at_ + config_.heartbeat_after);
    if (live_) at = std::min(at, looked_at_ + config_.look_every);
    if (live_ && bytes_received_ > bytes_told_) at = std::min(at, progress_at_ + config_.progress_every);
    return at;
}

}  // namespace wa::sync

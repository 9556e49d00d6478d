#include "sync/uploads.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "kernel/documents.hpp"

namespace wa::sync {

namespace {

constexpr std::size_t documents_at_once = 100;
/// Chunks sent but not durable at the hub yet: enough for its group commit on a fast line.
constexpr std::int64_t unacknowledged_max = 2 * 1024 * 1024;
/// A document that arrives false this often on one connection waits for the next one.
constexpr int false_hashes_max = 2;

}  // namespace

void Uploads::restart() {
    stale_ = true;
    order_.clear();
    for (const auto& [hash, document] : documents_)
        if (document.offered) offered_before_.insert(hash);
    documents_.clear();
    current_.reset();
    unacknowledged_bytes_ = 0;
    for (const auto& [place, bytes] : sent_now_) sent_before_[place] = std::max(sent_before_[place], bytes);
    sent_now_.clear();
}

void Uploads::refresh() {
    if (!stale_) return;
    stale_ = false;
    order_.clear();
    std::map<std::string, Document> known;
    for (const auto& pending : queue_.documents(documents_at_once)) {
        order_.push_back(pending.hash);
        auto& document = known[pending.hash];
        if (const auto before = documents_.find(pending.hash); before != documents_.end())
            document = std::move(before->second);
        document.size = pending.size;
    }
    documents_ = std::move(known);
}

std::vector<DocumentOffer> Uploads::to_offer(std::size_t limit) {
    refresh();
    std::vector<DocumentOffer> out;
    for (const auto& hash : order_) {
        auto& document = documents_[hash];
        if (document.offered) continue;
        if (out.size() == limit) break;
        document.offered = true;
        out.push_back({hash, document.size});
    }
    return out;
}

bool Uploads::finish(const std::string& hash) {
    if (!queue_.store_document_at_hub(hash)) return false;
    for (const auto position : documents_[hash].on_way)
        unacknowledged_bytes_ -= std::int64_t(chunk_size(documents_[hash].size, position));
    for (auto* sent : {&sent_before_, &sent_now_})
        std::erase_if(*sent, [&](const auto& one) { return one.first.first == hash; });
    offered_before_.erase(hash);
    documents_.erase(hash);
    std::erase(order_, hash);
    stale_ = true;
    return true;
}

bool Uploads::held(const DocumentHeld& held) {
    const auto found = documents_.find(held.hash);
    if (found == documents_.end()) return true;
    if (held.complete) return finish(held.hash);
    auto& document = found->second;
    document.answered = true;
    for (std::int64_t position = 0; position < chunk_count(document.size); ++position)
        if (bitmap_has(held.bitmap, position))
            has_arrived(held.hash, position);
        else if (document.on_way.count(position) == 0)
            document.to_send.insert(position);
    return true;
}

void Uploads::has_arrived(const std::string& hash, std::int64_t position) {
    sent_before_.erase({hash, position});
    sent_now_.erase({hash, position});
}

bool Uploads::acknowledged(const ChunkAck& ack) {
    const auto found = documents_.find(ack.hash);
    if (found == documents_.end()) return true;
    auto& document = found->second;
    for (const auto position : ack.positions) {
        has_arrived(ack.hash, position);
        if (document.on_way.erase(position) > 0)
            unacknowledged_bytes_ -= std::int64_t(chunk_size(document.size, position));
    }
    if (ack.complete) return finish(ack.hash);
    if (ack.false_hash) {
        // The hub has dropped all of it. What is still on its way comes back as acknowledged or not; all
        // again.
        for (const auto position : document.on_way)
            unacknowledged_bytes_ -= std::int64_t(chunk_size(document.size, position));
        document.on_way.clear();
        if (current_ && current_->hash == ack.hash) document.on_way.insert(current_->position);
        if (++document.false_hashes < false_hashes_max)
            for (std::int64_t position = 0; position < chunk_count(document.size); ++position)
                if (document.on_way.count(position) == 0) document.to_send.insert(position);
    }
    return true;
}

bool Uploads::load(const std::string& hash, Document& document, std::int64_t position, std::size_t offset) {
    auto bytes = queue_.chunk(hash, position);
    Chunk chunk{hash, document.size, position, {}, false};
    chunk.sealed = bytes && bytes->size() > chunk.whole();
    if (!bytes || bytes->size() != chunk.whole()) return false;
    document.to_send.erase(position);
    document.on_way.insert(position);
    unacknowledged_bytes_ += std::int64_t(chunk_size(document.size, position));
    const auto found = sent_before_.find({hash, position});
    const auto before = found == sent_before_.end() ? 0 : found->second;
    if (before > offset) ++metrics_.chunks_sent_again;
    current_ = Current{hash, document.size, position, std::move(*bytes), offset, before, 0, chunk.sealed};
    return true;
}

void Uploads::go_on(const BegunChunk& begun) {
    const auto found = documents_.find(begun.hash);
    if (found == documents_.end() || current_ || found->second.to_send.count(begun.position) == 0) return;
    const auto bytes = queue_.chunk(begun.hash, begun.position);
    const auto there = std::size_t(begun.bytes);
    if (!bytes || there == 0 || there >= bytes->size() ||
        sha256(std::span(*bytes).first(there)) != begun.proof)
        return;
    if (load(begun.hash, found->second, begun.position, there)) ++metrics_.chunks_gone_on_with;
}

bool Uploads::load_next() {
    if (unacknowledged_bytes_ >= unacknowledged_max) return false;
    refresh();
    for (const auto& hash : order_) {
        auto& document = documents_[hash];
        while (document.answered && !document.to_send.empty()) {
            if (load(hash, document, *document.to_send.begin(), 0)) return true;
            document.to_send.clear();  // damaged here: the store's check says so to people
        }
    }
    return false;
}

/// None while a chunk of an earlier connection may be at the hub in part: that one goes on first.
bool Uploads::load_unheard() {
    if (!sent_before_.empty()) return false;
    for (const auto& hash : order_) {
        auto& document = documents_[hash];
        const bool unheard = document.offered && offered_before_.count(hash) == 0;
        if (unheard && document.size > 0 && document.on_way.empty()) return load(hash, document, 0, 0);
    }
    return false;
}

std::optional<Message> Uploads::next_early_part() {
    if (current_ && current_->offset == current_->bytes.size()) current_.reset();
    if (!current_ && !load_unheard()) return std::nullopt;
    return cut_part();
}

std::optional<Message> Uploads::next_part() {
    if (!pace_.may_send()) return std::nullopt;
    if (current_ && current_->offset == current_->bytes.size()) current_.reset();
    if (!current_ && !load_next()) return std::nullopt;
    return cut_part();
}

Message Uploads::cut_part() {
    auto& now = *current_;
    const auto rest = now.bytes.size() - now.offset;
    auto take = std::min(rest, std::size_t(pace_.part_size()));
    if (rest - take < 1024) take = rest;  // no crumbs
    const auto* begin = now.bytes.data() + now.offset;
    Bytes part(begin, begin + take);
    const bool first = now.offset == 0;
    now.offset += take;
    now.part = take;
    if (first) {
        Chunk chunk{now.hash, now.size, now.position, std::move(part), now.sealed};
        if (now.sealed) return SealedChunk{std::move(chunk)};
        return chunk;
    }
    return ChunkMore{std::move(part)};
}

void Uploads::part_sent(std::int64_t frame_bytes) {
    if (!current_) return;
    const auto& now = *current_;
    auto& sent = sent_now_[{now.hash, now.position}];
    sent = std::max(sent, now.offset);
    const auto begin = now.offset - now.part;
    if (begin >= now.sent_before) return;
    const auto new_bytes = now.offset - std::min(now.offset, now.sent_before);
    metrics_.bytes_sent_again += frame_bytes - std::int64_t(new_bytes);
}

void Uploads::subtract_held(QueueCounts& counts) const {
    for (const auto& [hash, document] : documents_) {
        if (!document.answered) continue;
        for (std::int64_t position = 0; position < chunk_count(document.size); ++position) {
            if (document.to_send.count(position) > 0 || document.on_way.count(position) > 0) continue;
            --counts.chunks;
            counts.document_bytes -= std::int64_t(chunk_size(document.size, position));
        }
    }
}

}  // namespace wa::sync

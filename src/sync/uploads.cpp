#include "sync/uploads.hpp"

#include <algorithm>

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
    documents_.clear();
    current_.reset();
    unacknowledged_bytes_ = 0;
    sent_before_.merge(sent_now_);
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
        if (!bitmap_has(held.bitmap, position)) document.to_send.insert(position);
    return true;
}

bool Uploads::acknowledged(const ChunkAck& ack) {
    const auto found = documents_.find(ack.hash);
    if (found == documents_.end()) return true;
    auto& document = found->second;
    for (const auto position : ack.positions)
        if (document.on_way.erase(position) > 0)
            unacknowledged_bytes_ -= std::int64_t(chunk_size(document.size, position));
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

bool Uploads::load_next() {
    if (unacknowledged_bytes_ >= unacknowledged_max) return false;
    refresh();
    for (const auto& hash : order_) {
        auto& document = documents_[hash];
        while (document.answered && !document.to_send.empty()) {
            const auto position = *document.to_send.begin();
            document.to_send.erase(document.to_send.begin());
            auto bytes = queue_.chunk(hash, position);
            Chunk chunk{hash, document.size, position, {}, false};
            chunk.sealed = bytes && bytes->size() > chunk.whole();
            if (!bytes || bytes->size() != chunk.whole()) {
                document.to_send.clear();  // damaged here: the store's check says so to people
                break;
            }
            document.on_way.insert(position);
            unacknowledged_bytes_ += std::int64_t(chunk_size(document.size, position));
            const bool again = sent_before_.count({hash, position}) > 0;
            sent_now_.emplace(hash, position);
            if (again) ++metrics_.chunks_sent_again;
            current_ = Current{hash, document.size, position, std::move(*bytes), 0, again, chunk.sealed};
            return true;
        }
    }
    return false;
}

std::optional<Message> Uploads::next_part() {
    if (!pace_.may_send()) return std::nullopt;
    if (current_ && current_->offset == current_->bytes.size()) current_.reset();
    if (!current_ && !load_next()) return std::nullopt;
    auto& now = *current_;
    const auto rest = now.bytes.size() - now.offset;
    auto take = std::min(rest, std::size_t(pace_.part_size()));
    if (rest - take < 1024) take = rest;  // no crumbs
    const auto* begin = now.bytes.data() + now.offset;
    Bytes part(begin, begin + take);
    const bool first = now.offset == 0;
    now.offset += take;
    if (first) {
        Chunk chunk{now.hash, now.size, now.position, std::move(part), now.sealed};
        if (now.sealed) return SealedChunk{std::move(chunk)};
        return chunk;
    }
    return ChunkMore{std::move(part)};
}

void Uploads::part_sent(std::int64_t frame_bytes) {
    if (current_ && current_->again) metrics_.bytes_sent_again += frame_bytes;
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

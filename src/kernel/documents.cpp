#include "kernel/documents.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "kernel/data.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

bool is_document_hash(std::string_view hash) {
    return hash.size() == 64 && std::all_of(hash.begin(), hash.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

void set_held(Transaction& tx, const std::string& hash, std::int64_t held, bool verified) {
    tx.execute(statements::count_document_chunks,
               {{"hash", hash}, {"chunks_held", held}, {"verified", std::int64_t(verified)}});
}

bool whole_is_true(Transaction& tx, const std::string& hash, std::int64_t count) {
    Sha256 sum;
    for (std::int64_t position = 0; position < count; ++position) {
        const auto bytes = read_chunk(tx, hash, position);
        if (!bytes) return false;
        sum.add(*bytes);
    }
    return to_hex(sum.finish()) == hash;
}

void drop(Transaction& tx, const std::string& hash) {
    tx.execute(statements::drop_document_chunks, {{"hash", hash}});
    tx.execute(statements::drop_document, {{"hash", hash}});
}

}  // namespace

std::int64_t chunk_count(std::int64_t size) {
    if (size < 1 || size > max_document_bytes) return 0;
    return (size + std::int64_t(document_chunk_bytes) - 1) / std::int64_t(document_chunk_bytes);
}

std::size_t chunk_size(std::int64_t size, std::int64_t position) {
    if (position < 0 || position >= chunk_count(size)) return 0;
    return std::size_t(
        std::min(std::int64_t(document_chunk_bytes), size - position * std::int64_t(document_chunk_bytes)));
}

Result<std::string> put_document(Transaction& tx, std::span<const std::uint8_t> bytes) {
    const auto size = std::int64_t(bytes.size());
    const auto count = chunk_count(size);
    if (count == 0) return fail(problems::document_too_large, {{"megabytes", size / (1024 * 1024)}});
    auto hash = to_hex(sha256(bytes));
    const auto state = document_state(tx, hash);
    // A Koffer lets go of the bytes of a finished case: then they are needed again.
    if (state && state->complete && read_chunk(tx, hash, 0)) return hash;
    // What is there of it is a part that came over the line; the whole is at hand, so it is replaced.
    if (state) drop(tx, hash);
    tx.execute(statements::add_document, {{"hash", hash}, {"size", size}, {"chunk_count", count}});
    for (std::int64_t position = 0; position < count; ++position) {
        const auto part =
            bytes.subspan(std::size_t(position) * document_chunk_bytes, chunk_size(size, position));
        tx.execute(statements::add_document_chunk,
                   {{"hash", hash}, {"position", position}, {"bytes", Bytes(part.begin(), part.end())}});
    }
    set_held(tx, hash, count, true);
    return hash;
}

Result<ChunkOutcome> put_chunk(Transaction& tx, std::string_view hash_text, std::int64_t size,
                               std::int64_t position, std::span<const std::uint8_t> bytes) {
    const std::string hash(hash_text);
    if (!is_document_hash(hash) || chunk_size(size, position) == 0 ||
        bytes.size() != chunk_size(size, position))
        return fail(problems::document_false_chunk);
    const auto count = chunk_count(size);
    auto state = document_state(tx, hash);
    if (state && state->complete) return ChunkOutcome::held;
    if (state && state->size != size) return fail(problems::document_false_chunk);
    if (!state) {
        tx.execute(statements::add_document, {{"hash", hash}, {"size", size}, {"chunk_count", count}});
        state = DocumentState{size, count, 0, false};
    }
    const auto added =
        tx.execute(statements::add_document_chunk,
                   {{"hash", hash}, {"position", position}, {"bytes", Bytes(bytes.begin(), bytes.end())}});
    if (added == 0) return ChunkOutcome::held;
    const auto held = state->chunks_held + 1;
    if (held < count) {
        set_held(tx, hash, held, false);
        return ChunkOutcome::stored;
    }
    if (!whole_is_true(tx, hash, count)) {
        drop(tx, hash);
        return fail(problems::document_false_hash);
    }
    set_held(tx, hash, held, true);
    return ChunkOutcome::complete;
}

std::optional<DocumentState> document_state(Transaction& tx, std::string_view hash) {
    const auto rows = tx.query(statements::document_state, {{"hash", std::string(hash)}});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    return DocumentState{row.integer("size"), row.integer("chunk_count"), row.integer("chunks_held"),
                         row.integer("verified") != 0};
}

Result<Bytes> read_document(Transaction& tx, std::string_view hash) {
    const auto state = document_state(tx, hash);
    if (!state || !state->complete) return fail(problems::document_missing);
    Bytes whole;
    whole.reserve(std::size_t(state->size));
    for (std::int64_t position = 0; position < state->chunk_count; ++position) {
        const auto bytes = read_chunk(tx, hash, position);
        if (!bytes || bytes->size() != chunk_size(state->size, position))
            return fail(problems::store_damaged);
        whole.insert(whole.end(), bytes->begin(), bytes->end());
    }
    return whole;
}

bool is_scan(Transaction& tx, std::string_view hash) {
    return !tx.query(statements::scan_of_a_case, {{"hash", std::string(hash)}}).empty();
}

std::optional<Bytes> read_chunk(Transaction& tx, std::string_view hash, std::int64_t position) {
    const auto rows =
        tx.query(statements::document_chunk, {{"hash", std::string(hash)}, {"position", position}});
    if (rows.empty()) return std::nullopt;
    return rows.front().bytes("bytes");
}

Bytes chunk_bitmap(Transaction& tx, std::string_view hash, std::int64_t size) {
    const auto count = chunk_count(size);
    Bytes bitmap(std::size_t((count + 7) / 8), 0);
    for (const auto& row : tx.query(statements::document_positions, {{"hash", std::string(hash)}})) {
        const auto position = row.integer("position");
        if (position < count) bitmap[std::size_t(position / 8)] |= std::uint8_t(1u << (position % 8));
    }
    return bitmap;
}

bool bitmap_has(std::span<const std::uint8_t> bitmap, std::int64_t position) {
    const auto byte = std::size_t(position / 8);
    return position >= 0 && byte < bitmap.size() && (bitmap[byte] >> (position % 8) & 1) != 0;
}

}  // namespace wa

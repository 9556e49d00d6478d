// Documents (scans, photographs, signatures, letters): content-addressed by the SHA-256 of their plain bytes
// and stored in chunks beside the rows, so that a document and the row that names it are committed together
// (docs/decisions/0003-documents-in-the-store.md).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "kernel/store.hpp"

namespace wa {

inline constexpr std::size_t document_chunk_bytes = 48 * 1024;
inline constexpr std::int64_t max_document_bytes = 64 * 1024 * 1024;

/// How much of a document is in this store.
struct DocumentState {
    std::int64_t size = 0;
    std::int64_t chunk_count = 0;
    std::int64_t chunks_held = 0;
    bool complete = false;  ///< all chunks are here and the whole has the hash it is called by
};

/// Chunks of a document of this size; 0 for a size outside 1 … max_document_bytes.
std::int64_t chunk_count(std::int64_t size);
/// Bytes of one chunk: 48 kB, the last one what is left. 0 for a position that does not exist.
std::size_t chunk_size(std::int64_t size, std::int64_t position);

/// Stores a whole document and returns its hash (64 hex digits); storing it twice changes nothing.
/// Problem: document_too_large (more than 64 MiB, or empty).
Result<std::string> put_document(Transaction& tx, std::span<const std::uint8_t> bytes);

enum class ChunkOutcome {
    stored,    ///< new here; chunks are still missing
    held,      ///< was here already; nothing was written
    complete,  ///< with this chunk the document is whole, and has the hash it is called by
};
/// Stores one chunk, in any order, any number of times. The chunk that makes the document whole has the whole
/// hash verified: if it is false, all chunks are dropped and the answer is document_false_hash. A position,
/// size or hash that cannot be: document_false_chunk; nothing is changed then.
Result<ChunkOutcome> put_chunk(Transaction& tx, std::string_view hash, std::int64_t size,
                               std::int64_t position, std::span<const std::uint8_t> bytes);

/// Empty when nothing of this document is here.
std::optional<DocumentState> document_state(Transaction& tx, std::string_view hash);
/// The plain bytes. Problem document_missing unless it is complete; store_damaged if a chunk is missing.
Result<Bytes> read_document(Transaction& tx, std::string_view hash);
/// Whether a case has it as a document of its own, not only as a preview of one.
bool is_scan(Transaction& tx, std::string_view hash);
/// One chunk; empty when it is not here.
std::optional<Bytes> read_chunk(Transaction& tx, std::string_view hash, std::int64_t position);
/// One bit per chunk, lowest bit of the first byte first: 1 is held. As long as `size` asks; all zero when
/// nothing is here.
Bytes chunk_bitmap(Transaction& tx, std::string_view hash, std::int64_t size);
bool bitmap_has(std::span<const std::uint8_t> bitmap, std::int64_t position);

}  // namespace wa

// The sealed queue of a Koffer as one file, carried to the hub on a stick; and drafts, which no envelope
// holds.
//
// The file may be read by anybody and says nothing but whose it is. Everything in it is proved again where it
// is taken: envelopes by their signatures and their place in the chain, scans by the hash they are called by,
// drafts by the device's signature. So the same file taken twice does nothing twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/wire.hpp"

namespace wa::sync {

/// What a clerk was typing when the tour ended. Signed by the device: it was never submitted, so no clerk
/// has.
struct Draft {
    std::string device_id, tour_id, case_id, saved_by;
    std::int64_t saved_at_ms = 0;
    std::string form;  ///< JSON of an object
};
Bytes write_draft(const Draft& draft, const SignKeys& device);
/// Empty unless it is whole and signed with this key.
std::optional<Draft> read_draft(std::span<const std::uint8_t> bytes, const Hash& device_key);

inline constexpr std::size_t max_draft_bytes = 2 * 1024 * 1024;

struct QueueHead {
    std::string tenant_id, device_id, tour_id;
    std::int64_t made_at_ms = 0;
};
/// One thing in the file, in the order of writing: envelopes by number, then scans, then drafts.
struct QueueItem {
    enum class Kind { envelope = 1, chunk = 2, draft = 3 };
    Kind kind = Kind::envelope;
    Bytes sealed;  ///< an envelope, a draft, or the bytes of `chunk`
    Chunk chunk;   ///< for a chunk: which, always sealed; its bytes are in `sealed`
};

/// Appends to a file's bytes.
class QueueWriter {
  public:
    explicit QueueWriter(const QueueHead& head);
    void envelope(std::span<const std::uint8_t> sealed);
    void chunk(const std::string& hash, std::int64_t size, std::int64_t position,
               std::span<const std::uint8_t> sealed);
    void draft(std::span<const std::uint8_t> sealed);
    /// Ends the file with its checksum: a stick pulled out too early is noticed.
    Bytes finish() &&;

  private:
    ByteWriter out_;
};

/// Reads a file from untrusted bytes, one item after the other; the bytes must outlive it.
class QueueReader {
  public:
    /// Empty when these bytes are no whole file of this kind.
    static std::optional<QueueReader> open(std::span<const std::uint8_t> bytes);
    const QueueHead& head() const { return head_; }
    /// Empty at the end, and when an item is malformed: then malformed() is true.
    std::optional<QueueItem> next();
    bool malformed() const { return malformed_; }

  private:
    QueueReader(QueueHead head, ByteReader in) : head_(std::move(head)), in_(in) {}
    QueueHead head_;
    ByteReader in_;
    bool malformed_ = false;
};

}  // namespace wa::sync

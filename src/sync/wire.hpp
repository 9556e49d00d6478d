// The messages between a node and the hub. Each is one binary frame: a type byte and a body; strict and
// bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "kernel/journal.hpp"
#include "kernel/outgoing.hpp"
#include "sync/sealed.hpp"

namespace wa::sync {

inline constexpr int protocol_version = 1;
inline constexpr std::size_t max_frame_bytes = 2 * 1024 * 1024;
/// Of a compressed body, unpacked.
inline constexpr std::size_t max_unpacked_bytes = 4 * 1024 * 1024;
inline constexpr std::size_t max_offered_documents = 200;
inline constexpr std::size_t max_commands_per_frame = 1000;
inline constexpr std::size_t max_rows_per_frame = 20000;

/// A node sends a further frame between Hello and Welcome as long as those before have less than this: on any
/// line; on a quick one, whose first two round trips hold as much, and what a hub must take.
inline constexpr std::size_t early_bytes_usual = 48 * 1024, early_bytes_max = 160 * 1024;

struct DocumentOffer {
    std::string hash;  ///< 64 hex digits
    std::int64_t size = 0;
};
/// Which chunks of a document the hub holds durably.
struct DocumentHeld {
    std::string hash;
    bool complete = false;
    Bytes bitmap;  ///< as wa::chunk_bitmap; empty when nothing or everything is held
};

/// First message of the node on a connection.
struct Hello {
    std::int64_t protocol = protocol_version;
    std::string device_id, tour_id;
    std::int64_t last_answered = 0;
    std::int64_t head_seq = 0;  ///< the node's own chain ends here
    Hash head_hash{};
    std::int64_t changes_seq = 0;         ///< number in the hub's journal up to which changes have come down
    JournalHead known_head;               ///< the hub's journal as this node last heard of it
    std::uint32_t dictionary = 0;         ///< the dictionary this node compresses with; 0: none
    std::vector<std::int64_t> unsettled;  ///< numbers whose answer may have changed
    std::vector<DocumentOffer> documents;
};
/// What has arrived of a chunk whose line was cut: its rest follows as ChunkMore, if the node's chunk begins
/// with these very bytes; else it begins anew with Chunk.
struct BegunChunk {
    std::string hash;  ///< of the document
    std::int64_t position = 0;
    std::int64_t bytes = 0;  ///< of the chunk as it travels, from its beginning
    Hash proof{};            ///< their SHA-256
};
/// The hub's answer to it.
struct Welcome {
    std::int64_t last_accepted = 0;
    Hash last_hash{};
    /// The hub knows another chain under this device and tour (a restored copy): everything is judged anew.
    bool forked = false;
    /// Number 0 when the node knows another past of the journal (a restored copy): all rows come down anew.
    JournalHead head;
    std::int64_t hub_time_ms = 0;
    std::uint32_t dictionary = 0;  ///< the node's if the hub has it too, else 0
    std::vector<DocumentHeld> documents;
    /// Travels among the documents, under a hash that none has: a node that does not know of it passes it
    /// over. Takes the place of one of max_offered_documents.
    std::optional<BegunChunk> begun = {};
};
/// Whether what came between Hello and Welcome counts: written with the dictionary that Hello offers, and
/// behind the number answered last, it is read only where both are the hub's, too. Else it never was.
bool early_frames_count(const Welcome& welcome, std::uint32_t offered_dictionary, std::int64_t last_answered);
/// Signed envelopes in order.
struct Commands {
    std::vector<Bytes> envelopes;
};
/// Answers in order of their numbers; later ones correct earlier ones.
struct Answers {
    std::vector<HubAnswer> answers;
    bool from_before = false;    ///< to what had arrived before this connection
    std::int64_t need_from = 0;  ///< not 0: the chain has a gap; send again from here
};
/// Documents that came up after Hello: which chunks are there? Answered by Held.
struct Offer {
    std::vector<DocumentOffer> documents;
};
struct Held {
    std::vector<DocumentHeld> documents;
};
/// The beginning of a chunk (perhaps all of it). Its rest follows in ChunkMore; other messages may come
/// between.
struct Chunk {
    std::string hash;
    std::int64_t size = 0;  ///< of the document
    std::int64_t position = 0;
    Bytes bytes;
    bool sealed = false;  ///< to the tenant (sealed.hpp), then longer than chunk_size
    /// Of the whole chunk on the line.
    std::size_t whole() const { return chunk_size(size, position) + (sealed ? sealed_chunk_overhead : 0); }
};
struct ChunkMore {
    Bytes bytes;
};
/// Chunks that are durable at the hub.
struct ChunkAck {
    std::string hash;
    std::vector<std::int64_t> positions;
    bool complete = false;
    bool false_hash = false;  ///< the whole does not have this hash: everything was dropped
};
/// Sent when nothing else was for a while, and by the hub to say how much has come in.
struct Heartbeat {
    std::int64_t bytes_received = 0;  ///< of frames on this connection; 0 from a node
};
/// Rows of the working set that changed at the hub.
struct Changes {
    struct ChangedRow {
        std::string table, id;
        std::string json;  ///< as wa::row_to_json; empty: the row no longer exists
    };
    std::int64_t up_to = 0;  ///< the hub's journal number this brings the node to
    std::vector<ChangedRow> rows;
    Hash hash{};  ///< of the journal there: another one later means another past
};
struct ChangesAck {
    std::int64_t up_to = 0;
};
/// The store of a tour is destroyed; the hub answers the same when it has noted it.
struct Wiped {
    std::string tour_id;
};
/// The tour has ended at the node, everything is answered: may its store be wiped?
struct CheckIn {
    std::string tour_id;
    std::int64_t last_seq = 0;
};
/// Everything is here, and in a second durable copy.
struct WipeAllowed {
    std::string tour_id;
};
/// Why the other side ends the connection; a problem code.
struct Error {
    std::string code;
};
/// Chunk, sealed.
struct SealedChunk {
    Chunk chunk;
};
/// Rows that change at the hub may come down: asked by an opened tour only, which alone knows the proof
/// (tour_proof).
struct RowsWanted {
    Hash proof{};
};

using Message =
    std::variant<Hello, Welcome, Commands, Answers, Offer, Held, Chunk, ChunkMore, ChunkAck, Heartbeat,
                 Changes, ChangesAck, CheckIn, WipeAllowed, Wiped, Error, SealedChunk, RowsWanted>;

/// In the place of a document's hash: the entry is a BegunChunk.
const std::string& begun_mark();

/// One frame. Asserts on values outside the bounds above (a broken program, never a foreign value).
/// @param dictionary what both sides have agreed on; 0: none
Bytes write_message(const Message& message, std::uint32_t dictionary);
/// Empty for anything write_message would not have written (but for another compression of the same).
std::optional<Message> read_message(std::span<const std::uint8_t> frame, std::uint32_t dictionary);

}  // namespace wa::sync

// Writing of frames; wire_reading.cpp is the other half.
#include "sync/wire.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "kernel/documents.hpp"
#include "sync/compression.hpp"

namespace wa::sync {

namespace {

/// What people need of a problem is far less; longer details stay at the hub.
constexpr std::size_t max_answer_details = 4096;

void put_hash(ByteWriter& out, const std::string& hex) {
    const auto raw = from_hex(hex);
    WA_ASSERT(raw && raw->size() == 32);
    out.raw(*raw);
}

void put_number(ByteWriter& out, std::int64_t value) {
    WA_ASSERT(value >= 0);
    out.varint(std::uint64_t(value));
}

void put_head(ByteWriter& out, const JournalHead& head) {
    put_number(out, head.seq);
    out.raw(head.hash);
}

void put(ByteWriter& out, const std::vector<DocumentOffer>& documents) {
    WA_ASSERT(documents.size() <= max_offered_documents);
    out.varint(documents.size());
    for (const auto& document : documents) {
        put_hash(out, document.hash);
        put_number(out, document.size);
    }
}

void put(ByteWriter& out, const DocumentHeld& document) {
    put_hash(out, document.hash);
    out.u8(document.complete ? 1 : 0);
    const bool any =
        std::any_of(document.bitmap.begin(), document.bitmap.end(), [](auto b) { return b != 0; });
    out.bytes(any && !document.complete ? std::span<const std::uint8_t>(document.bitmap)
                                        : std::span<const std::uint8_t>());
}

/// As a document that nobody has offered, with all of it where the bitmap of one stands.
void put(ByteWriter& out, const BegunChunk& begun) {
    ByteWriter entry;
    put_hash(entry, begun.hash);
    put_number(entry, begun.position);
    put_number(entry, begun.bytes);
    entry.raw(begun.proof);
    put_hash(out, begun_mark());
    out.u8(0);
    out.bytes(entry.written());
}

void put(ByteWriter& out, const std::vector<DocumentHeld>& documents,
         const std::optional<BegunChunk>& begun = {}) {
    const auto count = documents.size() + (begun ? 1 : 0);
    WA_ASSERT(count <= max_offered_documents);
    out.varint(count);
    for (const auto& document : documents) put(out, document);
    if (begun) put(out, *begun);
}

void put(ByteWriter& out, const Hello& m, std::uint32_t) {
    put_number(out, m.protocol);
    out.text(m.device_id);
    out.text(m.tour_id);
    put_number(out, m.last_answered);
    put_number(out, m.head_seq);
    out.raw(m.head_hash);
    put_number(out, m.changes_seq);
    put_head(out, m.known_head);
    out.varint(m.dictionary);
    out.varint(m.unsettled.size());
    for (const auto seq : m.unsettled) put_number(out, seq);
    put(out, m.documents);
}

void put(ByteWriter& out, const Welcome& m, std::uint32_t) {
    put_number(out, m.last_accepted);
    out.raw(m.last_hash);
    out.u8(m.forked ? 1 : 0);
    put_head(out, m.head);
    put_number(out, m.hub_time_ms);
    out.varint(m.dictionary);
    put(out, m.documents, m.begun);
}

/// Texts are packed together; signatures are random, so they follow as they are: mixed in they would cost
/// more. An envelope's `previous` is left out where it is the hash of the one before it in the frame.
void put(ByteWriter& out, const Commands& m, std::uint32_t dictionary) {
    WA_ASSERT(!m.envelopes.empty() && m.envelopes.size() <= max_commands_per_frame);
    ByteWriter texts, signatures;
    texts.varint(m.envelopes.size());
    Hash before{};
    bool first = true;
    for (const auto& envelope : m.envelopes) {
        WA_ASSERT(envelope.size() > envelope_signature_bytes + 33);
        const std::span<const std::uint8_t> all(envelope);
        const auto canonical = all.first(all.size() - envelope_signature_bytes);
        const auto previous = canonical.subspan(1, before.size());
        const bool follows = !first && std::equal(previous.begin(), previous.end(), before.begin());
        texts.u8(follows ? 1 : 0);
        Bytes rest(canonical.begin(), canonical.end());
        if (follows) rest.erase(rest.begin() + 1, rest.begin() + 33);
        texts.bytes(rest);
        signatures.raw(all.last(envelope_signature_bytes));
        before = envelope_hash(canonical);
        first = false;
    }
    out.bytes(compress(texts.written(), dictionary));
    out.raw(signatures.written());
}

void put(ByteWriter& out, const Answers& m, std::uint32_t) {
    WA_ASSERT(m.answers.size() <= max_commands_per_frame);
    put_number(out, m.need_from);
    out.u8(m.from_before ? 1 : 0);
    out.varint(m.answers.size());
    for (const auto& answer : m.answers) {
        put_number(out, answer.device_seq);
        out.u8(std::uint8_t(int(answer.outcome) | (answer.quarantined ? 4 : 0) | int(answer.certainty) << 3));
        if (answer.outcome == Outcome::done) continue;
        out.text(answer.problem.code);
        const auto details = json::serialize(answer.problem.details);
        out.text(details.size() <= max_answer_details ? details : "{}");
    }
}

void put(ByteWriter& out, const Offer& m, std::uint32_t) {
    put(out, m.documents);
}
void put(ByteWriter& out, const Held& m, std::uint32_t) {
    put(out, m.documents);
}

void put(ByteWriter& out, const Chunk& m, std::uint32_t) {
    put_hash(out, m.hash);
    put_number(out, m.size);
    put_number(out, m.position);
    out.bytes(m.bytes);
}

void put(ByteWriter& out, const ChunkMore& m, std::uint32_t) {
    out.bytes(m.bytes);
}

void put(ByteWriter& out, const ChunkAck& m, std::uint32_t) {
    put_hash(out, m.hash);
    out.u8(std::uint8_t((m.complete ? 1 : 0) | (m.false_hash ? 2 : 0)));
    out.varint(m.positions.size());
    for (const auto position : m.positions) put_number(out, position);
}

void put(ByteWriter& out, const Heartbeat& m, std::uint32_t) {
    put_number(out, m.bytes_received);
}

void put(ByteWriter& out, const Changes& m, std::uint32_t dictionary) {
    WA_ASSERT(m.rows.size() <= max_rows_per_frame);
    ByteWriter rows;
    put_number(rows, m.up_to);
    rows.varint(m.rows.size());
    for (const auto& row : m.rows) {
        rows.text(row.table);
        rows.text(row.id);
        rows.text(row.json);
    }
    rows.raw(m.hash);
    out.bytes(compress(rows.written(), dictionary));
}

void put(ByteWriter& out, const ChangesAck& m, std::uint32_t) {
    put_number(out, m.up_to);
}
void put(ByteWriter& out, const CheckIn& m, std::uint32_t) {
    out.text(m.tour_id);
    put_number(out, m.last_seq);
}
void put(ByteWriter& out, const WipeAllowed& m, std::uint32_t) {
    out.text(m.tour_id);
}
void put(ByteWriter& out, const Wiped& m, std::uint32_t) {
    out.text(m.tour_id);
}
void put(ByteWriter& out, const Error& m, std::uint32_t) {
    out.text(m.code);
}
void put(ByteWriter& out, const SealedChunk& m, std::uint32_t dictionary) {
    put(out, m.chunk, dictionary);
}
void put(ByteWriter& out, const RowsWanted& m, std::uint32_t) {
    out.raw(m.proof);
}

}  // namespace

const std::string& begun_mark() {
    static const auto mark = to_hex(sha256("wanderamt begun chunk 1"));
    return mark;
}

bool early_frames_count(const Welcome& welcome, std::uint32_t offered_dictionary,
                        std::int64_t last_answered) {
    return !welcome.forked && welcome.dictionary == offered_dictionary &&
           welcome.last_accepted == last_answered;
}

Bytes write_message(const Message& message, std::uint32_t dictionary) {
    ByteWriter out;
    out.u8(std::uint8_t(message.index() + 1));
    std::visit([&](const auto& m) { put(out, m, dictionary); }, message);
    WA_ASSERT(out.written().size() <= max_frame_bytes);
    return std::move(out).take();
}

}  // namespace wa::sync

// Reading of frames: strict and bounded, from untrusted bytes.
#include <algorithm>

#include "kernel/documents.hpp"
#include "sync/compression.hpp"
#include "sync/wire.hpp"

namespace wa::sync {

namespace {

constexpr std::size_t max_name = 80;

/// A reader that remembers the first failure, so that messages read as plainly as they are written.
class In {
  public:
    explicit In(std::span<const std::uint8_t> bytes) : in_(bytes) {}

    std::int64_t number(std::uint64_t maximum = std::uint64_t(INT64_MAX)) {
        const auto value = in_.varint();
        return check(value && *value <= maximum) ? std::int64_t(*value) : 0;
    }
    std::uint8_t flags(std::uint8_t maximum) {
        const auto value = in_.u8();
        return check(value && *value <= maximum) ? *value : std::uint8_t(0);
    }
    std::string text(std::size_t maximum = max_name) {
        const auto value = in_.text(maximum);
        return check(value.has_value()) ? std::string(*value) : std::string();
    }
    Bytes bytes(std::size_t maximum) {
        const auto value = in_.bytes(maximum);
        return check(value.has_value()) ? Bytes(value->begin(), value->end()) : Bytes();
    }
    Bytes raw(std::size_t count) {
        const auto value = in_.raw(count);
        return check(value.has_value()) ? Bytes(value->begin(), value->end()) : Bytes();
    }
    Hash hash() {
        Hash out{};
        const auto value = raw(out.size());
        std::copy(value.begin(), value.end(), out.begin());
        return out;
    }
    std::string hex() { return to_hex(hash()); }
    bool check(bool good) { return good_ = good_ && good; }
    bool good() const { return good_; }
    bool at_end() const { return good_ && in_.at_end(); }
    std::size_t remaining() const { return in_.remaining(); }

  private:
    ByteReader in_;
    bool good_ = true;
};

JournalHead read_head(In& in) {
    JournalHead head;
    head.seq = in.number();
    head.hash = in.hash();
    return head;
}

std::vector<DocumentOffer> read_offers(In& in) {
    std::vector<DocumentOffer> out;
    const auto count = in.number(max_offered_documents);
    for (std::int64_t i = 0; i < count && in.good(); ++i) {
        DocumentOffer offer{in.hex(), in.number(std::uint64_t(max_document_bytes))};
        in.check(offer.size > 0);
        out.push_back(std::move(offer));
    }
    return out;
}

std::vector<DocumentHeld> read_held(In& in) {
    std::vector<DocumentHeld> out;
    const auto count = in.number(max_offered_documents);
    for (std::int64_t i = 0; i < count && in.good(); ++i) {
        DocumentHeld held;
        held.hash = in.hex();
        held.complete = in.flags(1) != 0;
        held.bitmap = in.bytes(std::size_t(chunk_count(max_document_bytes) + 7) / 8);
        out.push_back(std::move(held));
    }
    return out;
}

/// The entry that is none of a document comes last.
std::optional<BegunChunk> take_begun(In& in, std::vector<DocumentHeld>& documents) {
    if (documents.empty() || documents.back().hash != begun_mark()) return std::nullopt;
    In entry(documents.back().bitmap);
    BegunChunk begun;
    begun.hash = entry.hex();
    begun.position = entry.number(std::uint64_t(chunk_count(max_document_bytes)));
    begun.bytes = entry.number(document_chunk_bytes + sealed_chunk_overhead);
    begun.proof = entry.hash();
    in.check(entry.at_end() && !documents.back().complete);
    documents.pop_back();
    return begun;
}

void get(In& in, Hello& m, std::uint32_t) {
    m.protocol = in.number(1000);
    m.device_id = in.text();
    m.tour_id = in.text();
    m.last_answered = in.number();
    m.head_seq = in.number();
    m.head_hash = in.hash();
    m.changes_seq = in.number();
    m.known_head = read_head(in);
    m.dictionary = std::uint32_t(in.number(UINT32_MAX));
    const auto count = in.number(max_commands_per_frame);
    for (std::int64_t i = 0; i < count && in.good(); ++i) m.unsettled.push_back(in.number());
    m.documents = read_offers(in);
}

void get(In& in, Welcome& m, std::uint32_t) {
    m.last_accepted = in.number();
    m.last_hash = in.hash();
    m.forked = in.flags(1) != 0;
    m.head = read_head(in);
    m.hub_time_ms = in.number();
    m.dictionary = std::uint32_t(in.number(UINT32_MAX));
    m.documents = read_held(in);
    m.begun = take_begun(in, m.documents);
}

void get(In& in, Commands& m, std::uint32_t dictionary) {
    const auto packed = in.bytes(max_frame_bytes);
    if (!in.good()) return;
    const auto texts = decompress(packed, dictionary, max_unpacked_bytes);
    if (!in.check(texts.has_value())) return;
    In inner(*texts);
    const auto count = inner.number(max_commands_per_frame);
    inner.check(count > 0);
    Hash before{};
    for (std::int64_t i = 0; i < count && inner.good() && in.good(); ++i) {
        const bool follows = inner.flags(i == 0 ? 0 : 1) != 0;
        auto envelope = inner.bytes(max_envelope_bytes);
        if (!inner.check(!envelope.empty())) break;
        if (follows) envelope.insert(envelope.begin() + 1, before.begin(), before.end());
        before = envelope_hash(envelope);
        const auto signatures = in.raw(envelope_signature_bytes);
        envelope.insert(envelope.end(), signatures.begin(), signatures.end());
        m.envelopes.push_back(std::move(envelope));
    }
    in.check(inner.at_end());
}

void get(In& in, Answers& m, std::uint32_t) {
    m.need_from = in.number();
    m.from_before = in.flags(1) != 0;
    const auto count = in.number(max_commands_per_frame);
    for (std::int64_t i = 0; i < count && in.good(); ++i) {
        HubAnswer answer;
        answer.device_seq = in.number();
        const auto flags = in.flags(31);
        if (!in.check((flags & 3) <= int(Outcome::refused) && (flags >> 3) <= int(Certainty::final_))) return;
        answer.outcome = Outcome(flags & 3);
        answer.quarantined = (flags & 4) != 0;
        answer.certainty = Certainty(flags >> 3);
        if (answer.outcome != Outcome::done) {
            auto code = in.text();
            const auto details = parse_json(in.text(4096));
            if (!in.check(details && details->is_object())) return;
            answer.problem = Problem(std::move(code), details->get_object());
        }
        m.answers.push_back(std::move(answer));
    }
}

void get(In& in, Offer& m, std::uint32_t) {
    m.documents = read_offers(in);
}
void get(In& in, Held& m, std::uint32_t) {
    m.documents = read_held(in);
}

void get(In& in, Chunk& m, std::uint32_t) {
    m.hash = in.hex();
    m.size = in.number(std::uint64_t(max_document_bytes));
    m.position = in.number(std::uint64_t(chunk_count(max_document_bytes)));
    m.bytes = in.bytes(document_chunk_bytes + sealed_chunk_overhead);
    in.check(!m.bytes.empty() && chunk_size(m.size, m.position) > 0 && m.bytes.size() <= m.whole());
}

void get(In& in, SealedChunk& m, std::uint32_t dictionary) {
    m.chunk.sealed = true;
    get(in, m.chunk, dictionary);
}

void get(In& in, ChunkMore& m, std::uint32_t) {
    m.bytes = in.bytes(document_chunk_bytes + sealed_chunk_overhead);
    in.check(!m.bytes.empty());
}

void get(In& in, ChunkAck& m, std::uint32_t) {
    m.hash = in.hex();
    const auto flags = in.flags(2);
    m.complete = flags == 1;
    m.false_hash = flags == 2;
    const auto count = in.number(std::uint64_t(chunk_count(max_document_bytes)));
    for (std::int64_t i = 0; i < count && in.good(); ++i)
        m.positions.push_back(in.number(std::uint64_t(chunk_count(max_document_bytes))));
}

void get(In& in, Heartbeat& m, std::uint32_t) {
    m.bytes_received = in.number();
}

void get(In& in, Changes& m, std::uint32_t dictionary) {
    const auto packed = in.bytes(max_frame_bytes);
    if (!in.good()) return;
    const auto rows = decompress(packed, dictionary, max_unpacked_bytes);
    if (!in.check(rows.has_value())) return;
    In inner(*rows);
    m.up_to = inner.number();
    const auto count = inner.number(max_rows_per_frame);
    for (std::int64_t i = 0; i < count && inner.good(); ++i)
        m.rows.push_back({inner.text(), inner.text(), inner.text(max_unpacked_bytes)});
    m.hash = inner.hash();
    in.check(inner.at_end());
}

void get(In& in, ChangesAck& m, std::uint32_t) {
    m.up_to = in.number();
}
void get(In& in, CheckIn& m, std::uint32_t) {
    m.tour_id = in.text();
    m.last_seq = in.number();
}
void get(In& in, WipeAllowed& m, std::uint32_t) {
    m.tour_id = in.text();
}
void get(In& in, Wiped& m, std::uint32_t) {
    m.tour_id = in.text();
}
void get(In& in, Error& m, std::uint32_t) {
    m.code = in.text();
}
void get(In& in, RowsWanted& m, std::uint32_t) {
    m.proof = in.hash();
}

template <class M>
std::optional<Message> read_as(std::span<const std::uint8_t> body, std::uint32_t dictionary) {
    In in(body);
    M message;
    get(in, message, dictionary);
    if (!in.at_end()) return std::nullopt;
    return Message(std::move(message));
}

template <std::size_t... Index>
std::optional<Message> read_index(std::size_t index, std::span<const std::uint8_t> body,
                                  std::uint32_t dictionary, std::index_sequence<Index...>) {
    std::optional<Message> out;
    const bool known =
        ((index == Index &&
          (out = read_as<std::variant_alternative_t<Index, Message>>(body, dictionary), true)) ||
         ...);
    return known ? out : std::nullopt;
}

}  // namespace

std::optional<Message> read_message(std::span<const std::uint8_t> frame, std::uint32_t dictionary) {
    if (frame.empty() || frame.size() > max_frame_bytes || frame[0] == 0) return std::nullopt;
    return read_index(std::size_t(frame[0] - 1), frame.subspan(1), dictionary,
                      std::make_index_sequence<std::variant_size_v<Message>>());
}

}  // namespace wa::sync

#include "sync/sealed_queue.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace wa::sync {

namespace {

constexpr std::string_view queue_magic = "wanderamt sealed queue 1\n";
constexpr std::string_view draft_mark = "wanderamt draft 1\n";
constexpr std::size_t max_device_name = 80;

Hash draft_digest(std::span<const std::uint8_t> bytes) {
    return sha256(bytes);
}

bool is_plain_name(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.' || c == ':';
    });
}

bool read_name(ByteReader& in, std::string& out) {
    const auto text = in.text(max_device_name);
    if (!text || !is_plain_name(*text)) return false;
    out = *text;
    return true;
}

bool read_number(ByteReader& in, std::int64_t& out, std::int64_t maximum) {
    const auto value = in.varint();
    if (!value || *value > std::uint64_t(maximum)) return false;
    out = std::int64_t(*value);
    return true;
}

}  // namespace

Bytes write_draft(const Draft& draft, const SignKeys& device) {
    ByteWriter out;
    out.raw(as_span(draft_mark));
    for (const auto* name : {&draft.device_id, &draft.tour_id, &draft.case_id, &draft.saved_by})
        out.text(*name);
    out.varint(std::uint64_t(draft.saved_at_ms));
    out.text(draft.form);
    const auto signature = sign(device, draft_digest(out.written()));
    out.raw(signature);
    return std::move(out).take();
}

std::optional<Draft> read_draft(std::span<const std::uint8_t> bytes, const Hash& device_key) {
    Signature signature{};
    if (bytes.size() < signature.size() + draft_mark.size() || bytes.size() > max_draft_bytes)
        return std::nullopt;
    const auto text = bytes.first(bytes.size() - signature.size());
    std::copy_n(bytes.last(signature.size()).begin(), signature.size(), signature.begin());
    if (!verify(device_key, draft_digest(text), signature)) return std::nullopt;
    ByteReader in(text);
    const auto mark = in.raw(draft_mark.size());
    Draft draft;
    constexpr std::int64_t last_ms = 253'402'300'799'999;  // end of the year 9999
    if (!mark || as_view(*mark) != draft_mark || !read_name(in, draft.device_id) ||
        !read_name(in, draft.tour_id) || !read_name(in, draft.case_id) || !read_name(in, draft.saved_by) ||
        !read_number(in, draft.saved_at_ms, last_ms))
        return std::nullopt;
    const auto form = in.text(max_draft_bytes);
    if (!form || !in.at_end()) return std::nullopt;
    draft.form = *form;
    return draft;
}

QueueWriter::QueueWriter(const QueueHead& head) {
    out_.raw(as_span(queue_magic));
    out_.text(head.tenant_id);
    out_.text(head.device_id);
    out_.text(head.tour_id);
    out_.varint(std::uint64_t(head.made_at_ms));
}

void QueueWriter::envelope(std::span<const std::uint8_t> sealed) {
    out_.u8(std::uint8_t(QueueItem::Kind::envelope));
    out_.bytes(sealed);
}

void QueueWriter::chunk(const std::string& hash, std::int64_t size, std::int64_t position,
                        std::span<const std::uint8_t> sealed) {
    const auto raw = from_hex(hash);
    WA_ASSERT(raw && raw->size() == 32);
    out_.u8(std::uint8_t(QueueItem::Kind::chunk));
    out_.raw(*raw);
    out_.varint(std::uint64_t(size));
    out_.varint(std::uint64_t(position));
    out_.bytes(sealed);
}

void QueueWriter::draft(std::span<const std::uint8_t> sealed) {
    out_.u8(std::uint8_t(QueueItem::Kind::draft));
    out_.bytes(sealed);
}

Bytes QueueWriter::finish() && {
    const auto sum = sha256(out_.written());
    out_.raw(sum);
    return std::move(out_).take();
}

std::optional<QueueReader> QueueReader::open(std::span<const std::uint8_t> bytes) {
    Hash sum{};
    if (bytes.size() < queue_magic.size() + sum.size()) return std::nullopt;
    const auto content = bytes.first(bytes.size() - sum.size());
    std::copy_n(bytes.last(sum.size()).begin(), sum.size(), sum.begin());
    if (sha256(content) != sum) return std::nullopt;
    ByteReader in(content);
    QueueHead head;
    const auto magic = in.raw(queue_magic.size());
    if (!magic || as_view(*magic) != queue_magic || !read_name(in, head.tenant_id) ||
        !read_name(in, head.device_id) || !read_name(in, head.tour_id) ||
        !read_number(in, head.made_at_ms, INT64_MAX))
        return std::nullopt;
    return QueueReader(std::move(head), in);
}

std::optional<QueueItem> QueueReader::next() {
    if (malformed_ || in_.at_end()) return std::nullopt;
    malformed_ = true;
    QueueItem item;
    const auto kind = in_.u8();
    if (!kind || *kind < 1 || *kind > 3) return std::nullopt;
    item.kind = QueueItem::Kind(*kind);
    std::size_t maximum = item.kind == QueueItem::Kind::envelope ? max_envelope_bytes : max_draft_bytes;
    if (item.kind == QueueItem::Kind::chunk) {
        const auto raw = in_.raw(32);
        if (!raw || !read_number(in_, item.chunk.size, max_document_bytes) ||
            !read_number(in_, item.chunk.position, chunk_count(max_document_bytes)))
            return std::nullopt;
        item.chunk.hash = to_hex(*raw);
        item.chunk.sealed = true;
        if (chunk_size(item.chunk.size, item.chunk.position) == 0) return std::nullopt;
        maximum = item.chunk.whole();
    }
    const auto sealed = in_.bytes(maximum);
    if (!sealed || (item.kind == QueueItem::Kind::chunk && sealed->size() != maximum)) return std::nullopt;
    item.sealed.assign(sealed->begin(), sealed->end());
    malformed_ = false;
    return item;
}

}  // namespace wa::sync

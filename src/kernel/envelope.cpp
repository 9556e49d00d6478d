#include "kernel/envelope.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "base/json.hpp"

namespace wa {

namespace {

constexpr std::uint8_t encoding_version = 1;
constexpr std::size_t max_name = 80;
constexpr std::int64_t last_ms = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

/// Names of ours: never empty where `may_be_empty` is false, no white space, no control characters.
bool is_name(std::string_view text, bool may_be_empty = false) {
    if (text.empty()) return may_be_empty;
    return text.size() <= max_name && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.' || c == ':';
           });
}

/// Names of tables end up in statements.
bool is_table(std::string_view text) {
    return !text.empty() && text.size() <= max_name && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// The object whose canonical text this is.
std::optional<json::object> read_canonical(std::string_view payload) {
    if (payload.size() > max_envelope_payload) return std::nullopt;
    auto value = parse_json(payload);
    if (!value || !value->is_object() || canonical_json(*value) != payload) return std::nullopt;
    return std::move(value->get_object());
}

/// All of it but the payload.
bool is_sound(const Envelope& e) {
    if (!parse_id(e.command_id) || !is_name(e.name) || e.version < 1 || e.version > 1'000'000) return false;
    if (!is_name(e.stream) || !is_name(e.device_id) || !is_name(e.tour_id, true)) return false;
    if (e.device_seq < 1 || e.at_ms < 0 || e.at_ms > last_ms) return false;
    if (!is_name(e.user_id, true) || !is_name(e.place) || e.seen.size() > max_envelope_seen) return false;
    for (const auto& seen : e.seen)
        if (!is_table(seen.table) || !is_name(seen.id) || !is_name(seen.version)) return false;
    return true;
}

Bytes signed_text(const Hash& hash) {
    auto message = to_bytes("wanderamt-envelope-1");
    message.insert(message.end(), hash.begin(), hash.end());
    return message;
}

bool read_name(ByteReader& in, std::string& out) {
    const auto text = in.text(max_name);
    if (text) out = *text;
    return text.has_value();
}

template <class Number>
bool read_number(ByteReader& in, Number& out, std::uint64_t maximum) {
    const auto value = in.varint();
    if (!value || *value > maximum) return false;
    out = Number(*value);
    return true;
}

bool read_id(ByteReader& in, std::string& out) {
    const auto raw = in.raw(16);
    if (!raw) return false;
    Id id;
    std::copy(raw->begin(), raw->end(), id.bytes.begin());
    out = id.text();
    return true;
}

bool read_seen(ByteReader& in, std::vector<Seen>& out) {
    std::size_t count = 0;
    if (!read_number(in, count, max_envelope_seen)) return false;
    for (std::size_t i = 0; i < count; ++i) {
        Seen seen;
        if (!read_name(in, seen.table) || !read_name(in, seen.id) || !read_name(in, seen.version))
            return false;
        out.push_back(std::move(seen));
    }
    return true;
}

}  // namespace

std::optional<Bytes> write_envelope(const Envelope& e) {
    if (!is_sound(e) || !read_canonical(e.payload)) return std::nullopt;
    ByteWriter out;
    out.u8(encoding_version);
    out.raw(e.previous);
    out.raw(parse_id(e.command_id)->bytes);
    out.text(e.name);
    out.varint(std::uint64_t(e.version));
    out.text(e.stream);
    out.text(e.device_id);
    out.text(e.tour_id);
    out.varint(std::uint64_t(e.device_seq));
    out.varint(std::uint64_t(e.at_ms));
    out.text(e.user_id);
    out.text(e.place);
    out.text(e.payload);
    out.varint(e.seen.size());
    for (const auto& seen : e.seen) {
        out.text(seen.table);
        out.text(seen.id);
        out.text(seen.version);
    }
    return std::move(out).take();
}

namespace {

std::optional<Envelope> read_envelope(std::span<const std::uint8_t> bytes, json::object& payload_read) {
    ByteReader in(bytes);
    if (in.u8() != encoding_version) return std::nullopt;
    Envelope e;
    const auto previous = in.raw(e.previous.size());
    if (!previous) return std::nullopt;
    std::copy(previous->begin(), previous->end(), e.previous.begin());
    if (!read_id(in, e.command_id) || !read_name(in, e.name) || !read_number(in, e.version, 1'000'000) ||
        !read_name(in, e.stream) || !read_name(in, e.device_id) || !read_name(in, e.tour_id) ||
        !read_number(in, e.device_seq, std::uint64_t(INT64_MAX)) ||
        !read_number(in, e.at_ms, std::uint64_t(last_ms)) || !read_name(in, e.user_id) ||
        !read_name(in, e.place))
        return std::nullopt;
    const auto payload = in.text(max_envelope_payload);
    if (!payload) return std::nullopt;
    e.payload = *payload;
    if (!read_seen(in, e.seen) || !in.at_end() || !is_sound(e)) return std::nullopt;
    auto object = read_canonical(e.payload);
    if (!object) return std::nullopt;
    payload_read = std::move(*object);
    return e;
}

}  // namespace

std::optional<Envelope> parse_envelope(std::span<const std::uint8_t> bytes) {
    json::object payload;
    return read_envelope(bytes, payload);
}

Hash envelope_hash(std::span<const std::uint8_t> canonical) {
    return sha256(canonical);
}

Bytes sign_envelope(std::span<const std::uint8_t> canonical, const SignKeys& device, const SignKeys& clerk) {
    const auto message = signed_text(envelope_hash(canonical));
    Bytes out(canonical.begin(), canonical.end());
    for (const auto* keys : {&device, &clerk}) {
        const auto signature = sign(*keys, message);
        out.insert(out.end(), signature.begin(), signature.end());
    }
    return out;
}

std::optional<SignedEnvelope> parse_signed_envelope(std::span<const std::uint8_t> bytes) {
    if (bytes.size() <= envelope_signature_bytes || bytes.size() > max_envelope_bytes) return std::nullopt;
    const auto canonical = bytes.first(bytes.size() - envelope_signature_bytes);
    const auto signatures = bytes.last(envelope_signature_bytes);
    SignedEnvelope out;
    auto envelope = read_envelope(canonical, out.payload);
    if (!envelope) return std::nullopt;
    out.envelope = std::move(*envelope);
    out.hash = envelope_hash(canonical);
    std::copy_n(signatures.begin(), out.device_signature.size(), out.device_signature.begin());
    std::copy_n(signatures.begin() + std::ptrdiff_t(out.device_signature.size()), out.clerk_signature.size(),
                out.clerk_signature.begin());
    return out;
}

bool signed_by_device(const SignedEnvelope& envelope, const Hash& public_key) {
    return envelope.device_key == public_key ||
           verify(public_key, signed_text(envelope.hash), envelope.device_signature);
}

bool signed_by_clerk(const SignedEnvelope& envelope, const Hash& public_key) {
    return envelope.clerk_key == public_key ||
           verify(public_key, signed_text(envelope.hash), envelope.clerk_signature);
}

void prove(SignedEnvelope& envelope, const std::optional<Hash>& device_key,
           const std::optional<Hash>& clerk_key) {
    if (device_key && signed_by_device(envelope, *device_key)) envelope.device_key = device_key;
    if (clerk_key && signed_by_clerk(envelope, *clerk_key)) envelope.clerk_key = clerk_key;
}

}  // namespace wa

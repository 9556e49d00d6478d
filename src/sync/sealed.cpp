#include "sync/sealed.hpp"

#include <fmt/format.h>

#include "sync/compression.hpp"

namespace wa::sync {

namespace {
constexpr std::uint8_t sealed_mark = 'S';
}

SealKeys tenant_seal_keys(const Key32& digest_key) {
    return SealKeys::from_seed(Key32(keyed_hash(digest_key, "wanderamt sealed work 1")));
}

Hash tour_proof(const Key32& digest_key, std::string_view device_id, std::string_view tour_id) {
    return keyed_hash(digest_key, fmt::format("wanderamt tour proof 1 {} {}", device_id, tour_id));
}

Bytes seal_chunk(const Hash& tenant_key, std::span<const std::uint8_t> bytes, const Key32& ephemeral) {
    return seal_to(tenant_key, bytes, ephemeral);
}

std::optional<Bytes> open_chunk(const SealKeys& tenant, std::span<const std::uint8_t> sealed) {
    return open_sealed(tenant, sealed);
}

Bytes seal_work(const Hash& tenant_key, std::span<const std::uint8_t> work, const Key32& ephemeral) {
    ByteWriter out;
    out.u8(sealed_mark);
    out.varint(own_dictionary());
    out.raw(seal_to(tenant_key, compress(work, own_dictionary()), ephemeral));
    return std::move(out).take();
}

bool is_sealed(std::span<const std::uint8_t> bytes) {
    return !bytes.empty() && bytes.front() == sealed_mark;
}

std::optional<Bytes> open_work(const SealKeys& tenant, std::span<const std::uint8_t> sealed,
                               std::size_t maximum) {
    ByteReader in(sealed);
    if (in.u8() != sealed_mark) return std::nullopt;
    const auto dictionary = in.varint();
    const auto box = in.raw(in.remaining());
    if (!dictionary || *dictionary > UINT32_MAX || !box) return std::nullopt;
    const auto packed = open_sealed(tenant, *box);
    return packed ? decompress(*packed, std::uint32_t(*dictionary), maximum) : std::nullopt;
}

}  // namespace wa::sync

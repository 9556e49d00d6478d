// Work on its way home, sealed to the tenant: whoever holds the bytes, the Koffer itself included, cannot
// read them. Envelopes, chunks and drafts are sealed one by one, so that they travel, resume and count as the
// open ones do (docs/decisions/0014-useless-to-a-thief.md).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/crypto.hpp"
#include "kernel/documents.hpp"

namespace wa::sync {

/// The tenant's key pair for sealed work, from the secret only its hub and its backups have. A Koffer is
/// given the public half with each tour.
SealKeys tenant_seal_keys(const Key32& digest_key);

/// What a Koffer shows to be sent rows: given out with a tour, for a PIN, and kept in the tour's store, so
/// that the device's certificate alone learns nothing of the register.
Hash tour_proof(const Key32& digest_key, std::string_view device_id, std::string_view tour_id);

/// What a sealed chunk has more than the open one.
inline constexpr std::size_t sealed_chunk_overhead = 48;
Bytes seal_chunk(const Hash& tenant_key, std::span<const std::uint8_t> bytes, const Key32& ephemeral);

/// Compresses with this program's dictionary, then seals. As long as a Koffer may hold work sealed under a
/// dictionary, the hub must have it. @param ephemeral 32 fresh random bytes
Bytes seal_work(const Hash& tenant_key, std::span<const std::uint8_t> work, const Key32& ephemeral);
/// By the first byte, which no envelope begins with.
bool is_sealed(std::span<const std::uint8_t> bytes);
/// Empty when it is not sealed to this tenant, was changed, or unpacks to more than `maximum`.
std::optional<Bytes> open_work(const SealKeys& tenant, std::span<const std::uint8_t> sealed,
                               std::size_t maximum);
std::optional<Bytes> open_chunk(const SealKeys& tenant, std::span<const std::uint8_t> sealed);

}  // namespace wa::sync

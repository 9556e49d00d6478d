// A command on its way from a node to the hub: one value, one encoding, signed by the device, co-signed by
// the clerk and chained to the one before.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "base/json.hpp"
#include "kernel/records.hpp"

namespace wa {

inline constexpr std::size_t max_envelope_payload = 1024 * 1024;
inline constexpr std::size_t max_envelope_seen = 1000;
/// Above what any envelope within the two bounds can need.
inline constexpr std::size_t max_envelope_bytes = max_envelope_payload + max_envelope_seen * 200 + 1024;

struct Envelope {
    Hash previous{};  ///< hash of the envelope before it on this tour; all zero for the first
    std::string command_id;
    std::string name;    ///< of the command
    int version = 1;     ///< of the command's payload
    std::string stream;  ///< order is kept within it: the case, or the command itself
    std::string device_id, tour_id;
    std::int64_t device_seq = 0;  ///< per tour, from 1, without gaps
    std::int64_t at_ms = 0;       ///< by the device's clock; 1970 to 9999
    std::string user_id;
    std::string place;
    std::string payload;  ///< canonical JSON of an object, as prepared at the node
    std::vector<Seen> seen;
};

/// The canonical bytes (without signatures): version byte, previous hash, then the fields in the order above.
/// Empty when a bound is exceeded or a field has characters it must not have.
std::optional<Bytes> write_envelope(const Envelope& envelope);
/// Reads exactly what write_envelope writes; everything else is empty.
std::optional<Envelope> parse_envelope(std::span<const std::uint8_t> bytes);
/// What the next envelope names as previous, and what is signed: SHA-256 of the canonical bytes.
Hash envelope_hash(std::span<const std::uint8_t> canonical);

struct SignedEnvelope {
    Envelope envelope;
    json::object payload;  ///< what envelope.payload says
    Hash hash{};
    Signature device_signature{}, clerk_signature{};
    /// Keys they were proved with by prove(); whose keys these are is another question.
    std::optional<Hash> device_key = {}, clerk_key = {};
};

/// Canonical bytes, device signature (64), clerk signature (64). Both sign "wanderamt-envelope-1" and the
/// hash, so that they can be proved later without the payload.
Bytes sign_envelope(std::span<const std::uint8_t> canonical, const SignKeys& device, const SignKeys& clerk);
std::optional<SignedEnvelope> parse_signed_envelope(std::span<const std::uint8_t> bytes);
/// Proves the signatures with the keys that are expected; what another key has made stays unproved.
void prove(SignedEnvelope& envelope, const std::optional<Hash>& device_key,
           const std::optional<Hash>& clerk_key);
/// Whether the device's or the clerk's signature is that of this key: proved before, or now.
bool signed_by_device(const SignedEnvelope& envelope, const Hash& public_key);
bool signed_by_clerk(const SignedEnvelope& envelope, const Hash& public_key);

/// Both signatures one after the other, as kept with the arrival as evidence.
inline constexpr std::size_t envelope_signature_bytes = 128;

}  // namespace wa

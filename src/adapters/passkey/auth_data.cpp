#include "adapters/passkey/auth_data.hpp"

#include <algorithm>

#include "adapters/passkey/cbor.hpp"
#include "base/hash.hpp"

namespace wa::passkey {
namespace {

using View = std::span<const std::uint8_t>;

// WebAuthn § 6.1, flags.
constexpr std::uint8_t user_present = 0x01, user_verified = 0x04, backup_eligible = 0x08, backed_up = 0x10,
                       has_credential = 0x40, has_extensions = 0x80;

bool flags_fit(std::uint8_t flags, Ceremony ceremony) {
    const auto set = [&](std::uint8_t flag) { return (flags & flag) != 0; };
    return set(user_present) && set(user_verified) && (set(backup_eligible) || !set(backed_up)) &&
           set(has_credential) == (ceremony == Ceremony::registration);
}

/// Takes one CBOR map off the front; empty when there is none.
std::optional<View> take_map(ByteReader& reader, View whole) {
    const auto rest = whole.last(reader.remaining());
    CborReader cbor(rest);
    if (rest.empty() || rest.front() >> 5 != 5 || !cbor.skip()) return std::nullopt;
    return reader.raw(rest.size() - cbor.remaining());
}

/// aaguid (16 bytes, not used), length of the id (2), id, key.
bool read_credential(ByteReader& reader, View whole, AuthData& out) {
    const auto head = reader.raw(18);
    if (!head) return false;
    const auto length = std::size_t((*head)[16]) << 8 | (*head)[17];
    if (length == 0 || length > longest_credential) return false;
    const auto credential = reader.raw(length);
    const auto key = credential ? take_map(reader, whole) : std::nullopt;
    if (!key) return false;
    out.credential = *credential;
    out.public_key = *key;
    return true;
}

}  // namespace

std::optional<AuthData> read_auth_data(View bytes, Ceremony ceremony, std::string_view rp_id) {
    ByteReader reader(bytes);
    const auto rp_id_hash = reader.raw(32);
    const auto flags = reader.u8();
    const auto count = reader.raw(4);
    if (!count || !flags_fit(*flags, ceremony)) return std::nullopt;
    if (!std::ranges::equal(*rp_id_hash, sha256(rp_id))) return std::nullopt;
    AuthData out;
    for (const auto byte : *count) out.sign_count = out.sign_count << 8 | byte;
    if (ceremony == Ceremony::registration && !read_credential(reader, bytes, out)) return std::nullopt;
    if ((*flags & has_extensions) != 0 && !take_map(reader, bytes)) return std::nullopt;
    if (!reader.at_end()) return std::nullopt;
    return out;
}

std::optional<View> auth_data_in(View attestation_object) {
    CborReader reader(attestation_object);
    if (reader.map() != 3) return std::nullopt;
    std::optional<std::string_view> format;
    std::optional<View> auth_data;
    std::optional<bool> statement_empty;
    for (int i = 0; i < 3; ++i) {
        const auto key = reader.text();
        if (key == "fmt" && !format) {
            format = reader.text();
        } else if (key == "authData" && !auth_data) {
            auth_data = reader.bytes();
        } else if (key == "attStmt" && !statement_empty) {
            const auto rest = attestation_object.last(reader.remaining());
            if (rest.empty() || rest.front() >> 5 != 5 || !reader.skip()) return std::nullopt;
            statement_empty = rest.front() == 0xA0;
        } else {
            return std::nullopt;
        }
    }
    if (!reader.at_end() || !format || !auth_data || !statement_empty) return std::nullopt;
    if (*format == "none" && !*statement_empty) return std::nullopt;
    return auth_data;
}

}  // namespace wa::passkey

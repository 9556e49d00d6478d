// The little CBOR that WebAuthn speaks (CTAP2 canonical form, CTAP 2.1 § 8), read from untrusted bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace wa::passkey {

/// Reads items one after the other; never past the end, and nothing is allocated for what a length claims.
/// Refuses what the canonical form forbids: indefinite lengths, tags, numbers longer than necessary, deep
/// nesting. (The order of keys is not checked; whoever reads a map sees to it that no key is there twice.) A
/// function that is empty or false leaves the reader failed: every later read fails too.
class CborReader {
  public:
    /// The bytes must outlive the reader and the views it hands out.
    explicit CborReader(std::span<const std::uint8_t> bytes) : reader_(bytes) {}

    /// An integer of either sign that fits into 64 bits with sign.
    std::optional<std::int64_t> integer();
    std::optional<std::span<const std::uint8_t>> bytes();
    std::optional<std::string_view> text();
    /// The number of pairs of a map; the pairs follow. At most as many as there are bytes left.
    std::optional<std::uint64_t> map();
    /// One item of any kind with all that is in it, at most 8 levels deep.
    bool skip();

    std::size_t remaining() const { return reader_.remaining(); }
    /// Everything was read, and all of it could be read.
    bool at_end() const { return reader_.at_end(); }

  private:
    struct Head {
        std::uint8_t major = 0;
        std::uint8_t info = 0;
        std::uint64_t argument = 0;
    };
    std::optional<Head> head();
    std::optional<std::uint64_t> head_of(std::uint8_t major);
    std::optional<std::span<const std::uint8_t>> run(std::uint8_t major);
    bool skip_item(int levels);
    std::nullopt_t fail();

    ByteReader reader_;
};

}  // namespace wa::passkey

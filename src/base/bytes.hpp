// Bytes and their texts (hex, base64url), and the small binary format of our own messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wa {

using Bytes = std::vector<std::uint8_t>;

/// The same bytes seen as a string_view, without a copy; valid as long as the bytes are.
std::string_view as_view(std::span<const std::uint8_t> bytes);
/// The same characters seen as bytes, without a copy; valid as long as the text is.
std::span<const std::uint8_t> as_span(std::string_view text);
Bytes to_bytes(std::string_view text);

/// Two lower-case hexadecimal digits per byte.
std::string to_hex(std::span<const std::uint8_t> bytes);
/// Accepts upper and lower case; empty for an odd length or another character.
std::optional<Bytes> from_hex(std::string_view text);

/// Base64 with the alphabet for URLs and without padding (RFC 4648 § 5).
std::string to_base64url(std::span<const std::uint8_t> bytes);
/// Empty for padding, a foreign character, an impossible length or left-over bits that are not zero: so
/// that one value has one text.
std::optional<Bytes> from_base64url(std::string_view text);

/// Writes values one after the other; ByteReader reads them back in the same order.
class ByteWriter {
  public:
    void u8(std::uint8_t value);
    /// Unsigned LEB128: 1 to 10 bytes.
    void varint(std::uint64_t value);
    /// Length as varint, then the bytes.
    void bytes(std::span<const std::uint8_t> value);
    void text(std::string_view value);
    /// The bytes as they are, without a length.
    void raw(std::span<const std::uint8_t> value);

    const Bytes& written() const { return written_; }
    Bytes take() && { return std::move(written_); }

  private:
    Bytes written_;
};

/// Reads what a ByteWriter wrote, from untrusted bytes: never past the end, never more than the stated
/// maximum. Every function is empty when the bytes do not hold the value; the reader is then failed and
/// every later read is empty too. The bytes must outlive the reader and the spans it hands out.
class ByteReader {
  public:
    explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

    std::optional<std::uint8_t> u8();
    /// Refuses more than 64 bits and forms longer than necessary, so that one value has one encoding.
    std::optional<std::uint64_t> varint();
    /// A length-prefixed run of at most `maximum` bytes; a view into the input.
    std::optional<std::span<const std::uint8_t>> bytes(std::size_t maximum);
    std::optional<std::string_view> text(std::size_t maximum);
    /// Exactly `count` bytes without a length.
    std::optional<std::span<const std::uint8_t>> raw(std::size_t count);

    std::size_t remaining() const { return rest_.size(); }
    bool failed() const { return failed_; }
    /// Everything was read, and all of it could be read.
    bool at_end() const { return !failed_ && rest_.empty(); }

  private:
    std::nullopt_t fail();

    std::span<const std::uint8_t> rest_;
    bool failed_ = false;
};

}  // namespace wa
